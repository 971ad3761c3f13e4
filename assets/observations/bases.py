"""What time a quantity is compared with."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import shifted, trading_day_before
from assets.observations.stream import QUANTITY, Rows, ahead, cue, in_gap, in_same
from assets.observations.wholes import TRADED

# Measures that have a base.
COMPARED = ["growth", "change", "multiple", "index"]
# Lines behind a total in which its parts are told.
_NEAR_LINES = 2
# Those in which the groups of goods of a price index are told of.
_INDEX_LINES, _MONTH = 12, "relative_month"
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
    told = in_gap(seen.last_row(is_base))
    seen = Rows(seen.with_columns(**_in_pairs(seen)), compared)
    # `giảm 1,9% so với năm trước; chế biến tăng 0,6% và tăng 2,2%`: a pair has the bases of the pair before it.
    apart = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == ";")))
    told = pl.when(~(pl.col("is_paired") & (told < apart)).fill_null(value=False)).then(told)
    behind = ahead(seen.next_row(is_base))
    # `tăng 2,6%, cao hơn tốc độ tăng của cùng kỳ năm 2021` is no growth since 2021.
    parts = (pl.col("kind") == "clause") & (pl.col("code") == ",")
    than = seen.next_row(cue("than"))
    of_rate = (seen.next_row(parts) < than) & (than < behind)
    of_rate &= seen.at("is_told_base", behind)
    later = pl.when(~of_rate.fill_null(value=False)).then(later)
    own = pl.coalesce(pl.when(later.is_not_null()).then(behind), told, later, opening)
    # What stands in an expression more than once is worked out as often: rows that many ask for are columns.
    seen = Rows(seen.with_columns(own_base=own), compared)
    seen = Rows(seen.with_columns(total_row=in_same("document_key", _total(seen))), compared)
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
    # Beside the growth of something else a price moves as that does: `sản lượng tăng 10% (giá bán giảm 7%)`.
    beside = [seen.at("indicator", side).fill_null("price") == "price" for side in ("last_quantity", "next_quantity")]
    time_form = pl.when(beside[0] & beside[1]).then(seen.at("form", "time_row"))
    rows = seen.select("row", "measure", "indicator", "period_start", "period_end", base_row=base_row, other=other, time_form=time_form)
    named = {"base_form": "form", "base_year": "y1", "named_start": "span_start", "named_end": "span_end"}
    asked = rows.with_columns(**{name: seen.at(column, "base_row") for name, column in named.items()})
    spans = asked.filter(~pl.col("other")).pipe(_spans)
    bound = asked.select("row", "period_start").join(spans, on="row", how="left", maintain_order="left")
    edges = bound.select(pl.coalesce("later_start", "period_start").alias("period_start"), "base_start", "base_end")
    return seen.spread(edges).drop("own_base", "total_row", "opens_pair", "is_paired")


def _in_pairs(seen: Rows) -> dict[str, pl.Expr]:
    """Whether two moves stand side by side, `tăng 0,1% và tăng 1,7%`, and whether one opens such a pair."""
    around = [pl.col("measure") == seen.at("measure", side) for side in ("last_quantity", "next_quantity")]
    gaps = [seen.gap_from("last_quantity"), seen.gap_to("next_quantity")]
    second, opens = ((same & (gap <= _PAIR_REACH)).fill_null(value=False) for same, gap in zip(around, gaps, strict=True))
    return {"opens_pair": opens & ~second, "is_paired": opens ^ second}


def _total(seen: Rows) -> pl.Expr:
    """Row of the last figure with a base of its own whose time is a month, as that of this one, or longer or shorter, as that."""
    monthly = (pl.col("period_end") - pl.col("period_start")).dt.total_days().is_between(27, 30).fill_null(value=False)
    of_month, of_other = (seen.last_row(pl.col("own_base").is_not_null() & fits) for fits in (monthly, ~monthly))
    return pl.when(monthly).then(of_month).otherwise(of_other)


def _of_total(seen: Rows) -> pl.Expr:
    """Row of the base of what a text goes on with: `… tăng 3% so với tháng trước. Trong đó, xuất khẩu tăng 4%`."""
    total = pl.col("total_row")
    same_time = pl.all_horizontal(seen.at(name, total) == pl.col(name) for name in ("period_start", "period_end"))
    # `Xuất nhập khẩu tăng 3% so với tháng trước. Trong đó, xuất khẩu tăng 4%`.
    part = (seen.at("indicator", total) == "trade_turnover") & pl.col("indicator").is_in(TRADED)
    same_time &= (seen.at("indicator", total) == pl.col("indicator")) | part
    # The prices of groups of goods move as the index in its headline does: `CPI tăng 0,2% so với tháng trước … Giao thông tăng 2%`.
    of_index = (pl.col("indicator") == "cpi").fill_null(value=False)
    near = seen.at("line_id", total) + pl.when(of_index).then(_INDEX_LINES).otherwise(_NEAR_LINES) >= pl.col("line_id")
    last, first = seen.at("own_base", total), seen.at("own_base", seen.at("last_quantity", total))
    # `tăng 0,2% so với tháng trước và tăng 4% so với cùng kỳ. Trong đó, … tăng 0,1% và tăng 1,7%`: two each, in the same order.
    two = (first != last).fill_null(value=False)
    in_pair = pl.col("is_paired")
    opens = pl.col("opens_pair") | (of_index & ~in_pair & (seen.at("form", last) != _MONTH))
    base = pl.when(two & opens).then(first).when(~two | in_pair | of_index).then(last)
    told_before = (pl.col("time_row") < pl.col("sentence_id_first")) | of_index | (two & in_pair)
    form = seen.at("form", base)
    known = form.is_in(_RELATIVE) | (two & in_pair & form.is_in(["same_period", "relative_year"]))
    return pl.when(same_time & told_before & near & known).then(base)


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
    # `Từ đầu năm, giá vàng tăng 12%`, `trong tháng 7 tăng 6%`: from where it stood before.
    run = pl.when(form.is_null() & (pl.col("indicator") == "price")).then("time_form")
    new_year = pl.col("period_start").dt.offset_by("-1d")
    by_form = [
        (run == "since_january", new_year, new_year),
        (daily, day_before, day_before),
        (of_day, pl.col("period_end").dt.offset_by("-1mo"), pl.col("period_end").dt.offset_by("-1mo")),
        (form == "relative_week", pl.col("period_start").dt.offset_by("-7d"), pl.col("period_end").dt.offset_by("-7d")),
        ((form == "relative_month") | (run == "month"), month.dt.offset_by("-1mo"), month.dt.offset_by("-1d")),
        ((form == "relative_quarter") | (run == "quarter"), quarter.dt.offset_by("-3mo"), quarter.dt.offset_by("-1d")),
        (same, shifted(pl.col("period_start"), years), shifted(pl.col("period_end"), years)),
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
