"""What time a quantity is compared with."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import shifted, trading_day_before
from assets.observations.stream import QUANTITY, Rows, ahead, cue, in_gap, in_same

# Measures that have a base.
COMPARED = ["growth", "change", "multiple", "index"]
# Lines behind a total in which its parts are told.
_NEAR_LINES = 2
# `tăng 0,1% và tăng 1,7%`: code points between the two.
_PAIR_REACH = 12
# `gấp hai lần so với`: code points from the unit to the comparison.
_VERSUS_REACH = 12
# `so với mức tăng trưởng 4,7%`: code points from the comparison to a figure.
_FIGURE_REACH = 40
# Years of a span that are more than those of a season (`niên vụ 2022/2023`).
_MANY_YEARS = 2
# Forms of times that are counted back from the one described.
_RELATIVE = ["relative_month", "relative_quarter", "year_end"]


def bind_base(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds base_start and base_end to what compares: the time named behind, else in the gap, else later in the sentence."""
    compared, is_base = QUANTITY & pl.col("measure").is_in(COMPARED), pl.col("is_base")
    seen = Rows(stream, compared)
    later = in_same("sentence_id", seen.next_row(is_base))
    # `So với năm 2015, xuất khẩu gấp 2,3 lần, nhập khẩu gấp 1,9 lần`: what opens a sentence holds for all of it.
    opening = in_same("sentence_id", seen.last_row(is_base & pl.col("last_quantity").is_null()))
    own = pl.coalesce(ahead(seen.next_row(is_base)), in_gap(seen.last_row(is_base)), later, opening)
    # What stands in an expression more than once is worked out as often: rows that many ask for are columns.
    seen = Rows(seen.with_columns(own_base=own), compared)
    seen = Rows(seen.with_columns(total_row=in_same("document_key", seen.last_row(pl.col("own_base").is_not_null()))), compared)
    # `Cả tuần, giá vàng tăng 1,8%`.
    week = in_same("sentence_id", seen.last_row(pl.col("form") == "relative_week"))
    own_week = pl.when(seen.at("form", "time_row") == "relative_week").then("time_row")
    base_row = pl.coalesce("own_base", own_week, _of_total(seen), pl.when(pl.col("indicator") == "price").then(week))
    # `gấp hai lần so với nhập khẩu`: compared with something else than a time.
    versus = ahead(seen.next_row(cue("versus") & (pl.col("code") != "same_period")))
    other = (seen.at("start", versus) - pl.col("end") - pl.col("unit_length") <= _VERSUS_REACH) & pl.col("own_base").is_null()
    # `… so với mức tăng 4,7% của năm 2023` names the time of the figure that it compares with.
    other &= (seen.at("start", "next_quantity") - seen.at("end", versus) > _FIGURE_REACH).fill_null(value=True)
    other = other.fill_null(value=False) & (pl.col("indicator") != "price").fill_null(value=True)
    rows = seen.select("row", "measure", "indicator", "period_start", "period_end", base_row=base_row, other=other)
    named = {"base_form": "form", "base_year": "y1", "named_start": "span_start", "named_end": "span_end"}
    asked = rows.with_columns(**{name: seen.at(column, "base_row") for name, column in named.items()})
    spans = asked.filter(~pl.col("other")).pipe(_spans)
    bound = asked.select("row", "period_start").join(spans, on="row", how="left", maintain_order="left")
    return seen.spread(bound.select(pl.coalesce("later_start", "period_start").alias("period_start"), "base_start", "base_end"))


def _of_total(seen: Rows) -> pl.Expr:
    """Row of the base of what a text goes on with: `… tăng 3% so với tháng trước. Trong đó, xuất khẩu tăng 4%`."""
    total = pl.col("total_row")
    same_time = pl.all_horizontal(seen.at(name, total) == pl.col(name) for name in ("period_start", "period_end", "indicator"))
    told_before = pl.col("time_row") < pl.col("sentence_id_first")
    near = seen.at("line_id", total) + _NEAR_LINES >= pl.col("line_id")
    last, first = seen.at("own_base", total), seen.at("own_base", seen.at("last_quantity", total))
    # `tăng 0,2% so với tháng trước và tăng 4% so với cùng kỳ. Trong đó, … tăng 0,1% và tăng 1,7%`: two each, in the same order.
    two = first != last
    around = [pl.col("measure") == seen.at("measure", side) for side in ("last_quantity", "next_quantity")]
    gaps = [seen.gap_from("last_quantity"), seen.gap_to("next_quantity")]
    second, opens = ((same & (gap <= _PAIR_REACH)).fill_null(value=False) for same, gap in zip(around, gaps, strict=True))
    base = pl.when(two.fill_null(value=False)).then(pl.when(opens & ~second).then(first).when(second & ~opens).then(last)).otherwise(last)
    return pl.when(same_time & told_before & near & seen.at("form", base).is_in(_RELATIVE)).then(base)


def _spans(compared: pl.DataFrame) -> pl.DataFrame:
    """row, later_start, base_start, base_end of what compares; null where a text compares a time with itself.

    `later_start` is where the time described begins if its words also tell the base.
    """
    form, own_year = pl.col("base_form"), pl.col("period_end").dt.year()
    years = pl.when((form == "same_period") & pl.col("base_year").is_not_null()).then(own_year - pl.col("base_year")).otherwise(1)
    same = form.is_null() | (form == "same_period") | form.is_in(["relative_year"])
    # Prices of a day move from one trading day to the next.
    daily = form.is_null() & (pl.col("indicator") == "price") & (pl.col("period_start") == pl.col("period_end"))
    day_before = trading_day_before(pl.col("period_end"))
    month, quarter = pl.col("period_end").dt.month_start(), pl.col("period_start")
    # `tại thời điểm 1/6 tăng 0,2% so với cùng thời điểm tháng trước`.
    of_day = (form == "relative_month") & (pl.col("period_start") == pl.col("period_end")) & (pl.col("indicator") != "price")
    by_form = [
        (daily, day_before, day_before),
        (same, shifted(pl.col("period_start"), years), shifted(pl.col("period_end"), years)),
        (of_day, pl.col("period_end").dt.offset_by("-1mo"), pl.col("period_end").dt.offset_by("-1mo")),
        (form == "relative_week", pl.col("period_start").dt.offset_by("-7d"), pl.col("period_end").dt.offset_by("-7d")),
        (form == "relative_month", month.dt.offset_by("-1mo"), month.dt.offset_by("-1d")),
        (form == "relative_quarter", quarter.dt.offset_by("-3mo"), quarter.dt.offset_by("-1d")),
        (pl.lit(value=True), pl.col("named_start"), pl.col("named_end")),
    ]
    which = pl.coalesce([pl.when(fits).then(pl.lit(number)) for number, (fits, _, _) in enumerate(by_form)])
    start, end = (
        pl.coalesce([pl.when(pl.col("which") == number).then(case[side]) for number, case in enumerate(by_form)]) for side in (1, 2)
    )
    # `từ năm 2002 đến năm 2012 tăng 6,4 lần`: from the first year to the last; other moves of many years have no base.
    long = form.is_null() & (own_year - pl.col("period_start").dt.year() >= _MANY_YEARS)
    ends = long & (pl.col("measure") == "multiple")
    start = pl.when(ends).then("period_start").when(~long).then(start)
    end = pl.when(ends).then(pl.date(pl.col("period_start").dt.year(), 12, 31)).when(~long).then(end)
    later = pl.when(ends).then(pl.date(own_year, 1, 1))
    spans = compared.with_columns(which=which).select("row", "period_start", later_start=later, base_start=start, base_end=end)
    told = (pl.col("base_start") < pl.coalesce("later_start", "period_start")) | pl.col("period_start").is_null()
    return spans.select("row", "later_start", pl.when(told).then("base_start"), pl.when(told).then("base_end"))
