"""Times as intervals of days: what a span of time means on the day that its article appeared."""

from __future__ import annotations

import polars as pl

PARTS_OF_YEARS = [
    "month", "month_half", "month_days", "months", "month_range", "quarter", "quarters", "half", "date", "date_range", "since_january",
]  # fmt: skip
"""Forms of times that are shorter than those that plans are made for."""
# What tells the span of a time.
_ASKED = ["form", "rel", "half", "y1", "y2", "m1", "m2", "n", "q", "d1", "d2", "day"]


def first_of(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """First day of a month; null where year or month is null or no month."""
    ok = year.is_between(1900, 2100) & month.is_between(1, 12)
    return pl.when(ok).then(pl.date(pl.when(ok).then(year), pl.when(ok).then(month), 1))


def last_of(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """Last day of a month."""
    return first_of(year, month).dt.month_end()


def day_of(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day, or null where the calendar has none such (`31/4`)."""
    # Days are numbers: to add some costs a fraction of reading from words how many.
    found = (first_of(year, month).cast(pl.Int32) + (day - 1)).cast(pl.Date)
    return pl.when(found.dt.month() == month).then(found)


def shifted(date: pl.Expr, years: pl.Expr) -> pl.Expr:
    """The date some years earlier; the end of a month stays the end of its month."""
    moved = date.dt.offset_by(pl.concat_str((years * -12).cast(pl.String), pl.lit("mo")))
    return pl.when(date == date.dt.month_end()).then(moved.dt.month_end()).otherwise(moved)


def trading_day_before(day: pl.Expr) -> pl.Expr:
    """The day on which markets were open last before a day: Friday before Sundays and Mondays."""
    before = day.dt.offset_by("-1d")
    return before.dt.offset_by(pl.when(before.dt.weekday() == 7).then(pl.lit("-2d")).otherwise(pl.lit("0d")))


def label(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """ISO 8601 of an interval in its shortest form: `2023`, `2023-Q1`, `2023-09`, `2023-01/2023-09`, `2014-12-31`."""
    whole_months = (start.dt.day() == 1) & (end == end.dt.month_end())
    months = (end.dt.year() - start.dt.year()) * 12 + end.dt.month() - start.dt.month() + 1
    whole_years = whole_months & (start.dt.month() == 1) & (end.dt.month() == 12)
    quarter = whole_months & (months == 3) & ((start.dt.month() - 1) % 3 == 0)
    year, month, day = "%Y", "%Y-%m", "%Y-%m-%d"
    return (
        pl.when(start == end)
        .then(start.dt.to_string(day))
        .when(whole_years & (months == 12))
        .then(start.dt.to_string(year))
        .when(whole_years)
        .then(pl.concat_str(start.dt.to_string(year), pl.lit("/"), end.dt.to_string(year)))
        .when(quarter)
        .then(pl.concat_str(start.dt.to_string(year), pl.lit("-Q"), start.dt.quarter().cast(pl.String)))
        .when(whole_months & (months == 1))
        .then(start.dt.to_string(month))
        .when(whole_months)
        .then(pl.concat_str(start.dt.to_string(month), pl.lit("/"), end.dt.to_string(month)))
        .otherwise(pl.concat_str(start.dt.to_string(day), pl.lit("/"), end.dt.to_string(day)))
    )


def resolve(marks: pl.DataFrame) -> pl.DataFrame:
    """Adds span_start and span_end (Date) to marks of time.

    Args:
        marks: the columns of `assets.mentions.periods.find_periods`, `day` (Date: publication, or what stands for it) and
            `near_year` (Int32: a year named shortly before, or null).
    """
    asked = marks.select(*_ASKED, own_year=_year(), place=pl.int_range(pl.len(), dtype=pl.UInt32))
    forms = _by_form()
    # Each form is asked for at its own marks alone.
    found = [asked.clear().select("place", span_start=pl.lit(None, pl.Date), span_end=pl.lit(None, pl.Date))]
    for (form,), some in asked.partition_by("form", as_dict=True).items():
        if form in forms:
            found.append(some.select("place", span_start=forms[form][0], span_end=forms[form][1]))
    spans = pl.concat(found)
    nowhere = pl.Series([None], dtype=pl.Date).new_from_index(0, asked.height)
    return marks.with_columns(nowhere.scatter(spans["place"], spans[edge]).alias(edge) for edge in ("span_start", "span_end"))


def _by_form() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """Where a time of each form starts and ends."""
    day, year = pl.col("day"), pl.col("own_year")
    this = day.dt.year()
    quarter_start = (pl.col("q") - 1) * 3 + 1
    second_half = pl.col("half").is_in(["cuối", "2"])
    half_start = pl.when(pl.col("half") == "cuối").then(7).otherwise(1)
    m1, m2, n = pl.col("m1"), pl.col("m2"), pl.col("n")
    year2 = pl.coalesce("y2", year)
    # `từ 26/12 đến 1/2/2017`: one year told for both ends is that of the later; over new year the earlier lies in the year before.
    year1 = pl.coalesce("y1", year2 - (m1 > m2).cast(pl.Int32))
    day_1, day_2 = day_of(year1, m1, pl.col("d1")), day_of(year2, m2, pl.col("d2"))
    # `18 tháng qua`: more months than a year has, counted back from the day.
    many = (pl.col("form") == "months") & (pl.col("rel") == "qua") & (n > 12)
    since = day.dt.month_start().dt.offset_by(pl.concat_str(n * -1, pl.lit("mo")))
    # `những tháng đầu năm`: up to the last month that is over.
    month_before = day.dt.month_start().dt.offset_by("-1d")
    return {
        "date_range": (day_1, day_2),
        "since_year_to_month": (first_of(pl.col("y1"), pl.lit(1)), last_of(year2, m2)),
        "month_range": (first_of(year1, m1), last_of(year2, m2)),
        "year_range": (first_of(pl.col("y1"), pl.lit(1)), last_of(pl.col("y2"), pl.lit(12))),
        "until_year": (first_of(this, pl.lit(1)), last_of(pl.col("y2"), pl.lit(12))),
        "since_year": (first_of(pl.col("y1"), pl.lit(1)), day),
        "date": (day_of(year, m1, pl.col("d1")), day_of(year, m1, pl.col("d1"))),
        "months_left": (first_of(year, 13 - n), last_of(year, pl.lit(12))),
        "months": (
            pl.when(many).then(since).otherwise(first_of(year, pl.lit(1))),
            pl.when(many).then(day.dt.month_start().dt.offset_by("-1d")).otherwise(last_of(year, n)),
        ),
        "quarters": (first_of(year, pl.lit(1)), last_of(year, n * 3)),
        "early_months": (first_of(year, pl.lit(1)), pl.when((year == this) & (day.dt.month() > 1)).then(month_before)),
        "half": (first_of(year, half_start), last_of(year, half_start + 5)),
        "quarter": (first_of(year, quarter_start), last_of(year, quarter_start + 2)),
        "month_half": (
            pl.when(second_half).then(day_of(year, m1, pl.lit(16))).otherwise(first_of(year, m1)),
            pl.when(second_half).then(last_of(year, m1)).otherwise(day_of(year, m1, pl.lit(15))),
        ),
        "month_days": (first_of(year, m1), day_of(year, m1, pl.col("d2"))),
        "month": (first_of(year, m1), last_of(year, m1)),
        "year_end": (last_of(year, pl.lit(12)), last_of(year, pl.lit(12))),
        "since_january": (first_of(year, pl.lit(1)), day),
        "year_start": (first_of(year, pl.lit(1)), first_of(year, pl.lit(1))),
        "horizon": (first_of(year, pl.lit(1)), last_of(year, pl.lit(12))),
        "year": (first_of(year, pl.lit(1)), last_of(year, pl.lit(12))),
        "relative_year": (first_of(year, pl.lit(1)), last_of(year, pl.lit(12))),
        **_counted_back(),
    }


def _counted_back() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """Where times start and end that are told from the day of the article: `tuần qua`, `thứ Sáu tuần trước`."""
    day, n = pl.col("day"), pl.col("n")
    back = pl.when(pl.col("rel") == "này").then(pl.lit("0mo")).otherwise(pl.lit("-1mo"))
    quarter_told = pl.when(pl.col("rel") == "qua").then(day.dt.truncate("1q").dt.offset_by("-3mo"))
    month_told = day.dt.month_start().dt.offset_by(back)
    today = (day.cast(pl.Int32) - pl.when(pl.col("rel") == "qua").then(1).otherwise(0)).cast(pl.Date)
    # `tuần qua`: from Saturday on it is the week that ends.
    gone = pl.col("rel").is_in(["trước", "kề"]) | ((pl.col("rel") == "qua") & (day.dt.weekday() < 6))
    week_start = pl.when(pl.col("rel").is_not_null()).then(
        day.dt.truncate("1w").dt.offset_by(pl.when(gone).then(pl.lit("-7d")).otherwise(pl.lit("0d")))
    )
    week_end = pl.when(gone).then(week_start.dt.offset_by("6d")).otherwise(pl.when(week_start.is_not_null()).then(day))
    # `thứ Sáu tuần trước`; without a week the last such day.
    week, since_monday = pl.col("rel").is_in(["trước", "này"]), (n - 2).cast(pl.Int32)
    monday = day.dt.truncate("1w").cast(pl.Int32) - pl.when(pl.col("rel") == "trước").then(7).otherwise(0)
    days_back = (day.dt.weekday().cast(pl.Int32) - 1 - since_monday + 7) % 7
    told = pl.when(week.fill_null(value=False)).then(monday + since_monday).otherwise(day.cast(pl.Int32) - days_back)
    weekday = pl.when(~pl.col("rel").is_in(["tới", "sau"]).fill_null(value=False)).then(told).cast(pl.Date)
    return {
        "relative_quarter": (quarter_told, quarter_told.dt.offset_by("3mo").dt.offset_by("-1d")),
        "relative_month": (month_told, month_told.dt.month_end()),
        "now": (day, day),
        "weekday": (weekday, weekday),
        "relative_week": (week_start, week_end),
        "today": (today, today),
    }


def _year() -> pl.Expr:
    """The year of a mark: its own, the one its words point to, the one named before, else the latest that fits the day."""
    this = pl.col("day").dt.year()
    pointed = {"nay": this, "ngoái": this - 1, "trước": this - 1, "tới": this + 1, "sau": this + 1, "qua": _year_gone_by()}
    # `năm qua` is a year, `5 tháng qua` are months of the year that they fit, whatever year was named before them.
    gone = (pl.col("form").is_in(["month", "months", "quarter"]) & (pl.col("rel") == "qua")).fill_null(value=False)
    relative = pl.coalesce([pl.when((pl.col("rel") == word) & ~gone).then(year) for word, year in pointed.items()])
    last_month = pl.coalesce(
        "m2",
        "m1",
        pl.when(pl.col("form") == "quarters").then(pl.col("n") * 3),
        "n",
        pl.col("q") * 3 - 2,
        pl.when(pl.col("half") == "cuối").then(7),
    )
    # A month well ahead of the publication is last year's: in January, `11 tháng` looks back.
    fitting = pl.when(last_month > pl.col("day").dt.month() + 1).then(this - 1).otherwise(this)
    looks_back = ~pl.col("form").is_in(["months_left", "horizon"])
    near = pl.when(~gone).then("near_year")
    return pl.coalesce("y1", relative, near, pl.when(looks_back).then(fitting).otherwise(this)).cast(pl.Int32)


def _year_gone_by() -> pl.Expr:
    """`năm qua`: until March it is the year before, later the year that runs."""
    day = pl.col("day")
    return pl.when(day.dt.month() <= 3).then(day.dt.year() - 1).otherwise(day.dt.year())
