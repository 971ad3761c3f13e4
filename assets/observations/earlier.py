"""What is told of a time before the one of the figure beside it: bases in brackets, the same months of another year."""

from __future__ import annotations

import polars as pl

from assets.observations.bases import COMPARED
from assets.observations.calendar import shifted
from assets.observations.stream import Quantities, Rows, ahead, cue, in_gap

# `đạt 39% cùng kỳ năm 2023`: code points between the unit and such a time behind it.
_BEHIND_REACH = 9
# `so với mức tăng 5,9%`, `(cùng kỳ năm 2022 chỉ tăng 9,3%)`: code points before the figure.
_LEVEL_REACH = 16
# `tăng 12% so với cùng kỳ (1.050 tỷ đồng)`: code points between a growth and the bracket with its base.
_BRACKET_REACH, _BRACKET_AT_ONCE = 40, 4
# `(chỉ đạt hơn 1.050 tỷ đồng)`: code points before the first figure of a bracket.
_FIRST_REACH = 14


def told_earlier(bound: pl.DataFrame) -> pl.DataFrame:
    """Moves what is told of a time before: period_start, period_end and rule_period (`brackets`, `same months`) of such quantities."""
    return bound.pipe(_in_brackets).pipe(_told_of_before).pipe(_goes_on)


def _in_brackets(bound: pl.DataFrame) -> pl.DataFrame:
    """The amount in brackets behind a growth is that of its base: `tăng 12% so với cùng kỳ (1.050 tỷ đồng)`."""
    seen = Quantities(bound)
    opened = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != ",")))
    back = (pl.col("measure") == "level") & (seen.at("code", opened) == "(") & seen.at("measure", "last_quantity").is_in(COMPARED)
    # `(trong đó, công ty mẹ đạt 2.300 tỷ đồng)` is no base.
    back &= (seen.gap_from(opened) <= _FIRST_REACH) & ~(seen.at("bracket", "time_row") == pl.col("bracket")).fill_null(value=False)
    # In a list each thing has brackets of its own: `gạo (5 tỷ USD, tăng 3%), cà phê (4 tỷ USD)`.
    shut = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == ")")))
    compares = in_gap(seen.last_row(pl.col("is_base"))).is_not_null()
    reach = pl.when(compares).then(_BRACKET_REACH).otherwise(_BRACKET_AT_ONCE)
    back &= (pl.col("rule_period") != "behind") & shut.is_null() & (seen.at("start", opened) - seen.at("end", "last_quantity") <= reach)
    back &= seen.at("base_start", "last_quantity").is_not_null()
    few = seen.those(back)
    return few.with_columns(
        period_start=few.at("base_start", "last_quantity"), period_end=few.at("base_end", "last_quantity"), rule_period=pl.lit("brackets")
    )


def _told_of_before(bound: pl.DataFrame) -> pl.DataFrame:
    """`… đạt 40% kế hoạch; cùng kỳ năm 2023 đạt 39%`, `so với mức lỗ 5 tỷ đồng cùng kỳ`: what is told of the same months of before."""
    seen = Quantities(bound)
    same_months = pl.col("is_told_base") & (pl.col("form") == "same_period")
    base = in_gap(seen.last_row(same_months))
    # `tăng 37% cùng kỳ năm trước; lợi nhuận đạt …`: there it belongs to the growth before it.
    parted = (seen.at("clause_row", base) > pl.col("last_quantity")) | pl.col("last_quantity").is_null()
    told = base.is_not_null() & parted & (pl.col("rule_period") != "behind")
    behind, mark = ahead(seen.next_row(same_months)), ahead(seen.next_row((pl.col("kind") == "clause") | cue("versus")))
    close = (seen.at("start", behind) <= pl.col("end") + pl.col("unit_length") + _BEHIND_REACH) & (mark.is_null() | (mark > behind))
    # A bare `trong cùng kỳ` is the time that was told already; `đạt 95% cùng kỳ` compares.
    close &= seen.at("text", behind).str.len_chars() > len("cùng kỳ")
    compared, moves = pl.col("measure").is_in([*COMPARED, "attainment"]), pl.col("measure").is_in(COMPARED)
    # `cao hơn mức 16,5% cùng kỳ năm trước`, `so với mức tăng 5,9% của cùng kỳ năm 2022`.
    than = in_gap(seen.last_row(cue("than", "versus") & (pl.col("code") != "same_period")))
    close &= ~compared | ((seen.gap_from(than) <= _LEVEL_REACH) & (than > in_gap(seen.last_row(pl.col("kind") == "clause")).fill_null(0)))
    # `tăng 12,6% so với cùng kỳ (cùng kỳ năm 2022 tăng 9,3%)`.
    again = (seen.gap_from(base) <= _LEVEL_REACH) & (seen.at("start", base) - seen.at("end", seen.at("clause_row", base)) <= 1)
    again &= moves & (seen.at("measure", "last_quantity") == pl.col("measure"))
    # `đạt 22% kế hoạch, thấp hơn so với cùng kỳ năm 2020 (26%)`.
    shown = in_gap(seen.last_row(pl.col("is_base") & (pl.col("form") == "same_period")))
    opened = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == "(")))
    bare = (seen.gap_from(opened) <= 1) & (seen.at("start", opened).cast(pl.Int64) - seen.at("end", shown)).is_between(0, 1)
    bare &= ~moves & (pl.col("family") == "percent") & (seen.at("measure", "last_quantity") == pl.col("measure"))
    # What stands in an expression more than once is worked out as often.
    steps = {"again": told & (~moves | again), "close": close, "bare": bare, "shown": shown, "behind": behind, "before": base}
    few = Quantities(seen.with_columns(**steps)).those(pl.any_horizontal("again", "close", "bare"))
    return _of_other_years(few).drop(*steps)


def _of_other_years(few: Rows) -> pl.DataFrame:
    """Moves quantities back to the year that their time before names, or by one."""
    base = pl.when("bare").then("shown").when("close").then("behind").otherwise("before")
    own = {name: pl.coalesce(few.at(name, "last_quantity"), name) for name in ("period_start", "period_end")}
    told = few.select("base_start", "base_end", moves=pl.col("measure").is_in(COMPARED), year=few.at("y1", base), **own)
    start, end, moves = pl.col("period_start"), pl.col("period_end"), pl.col("moves").fill_null(value=False)
    years = pl.coalesce(end.dt.year() - pl.col("year"), pl.lit(1))
    moved = told.select(
        period_start=shifted(start, years),
        period_end=shifted(end, years),
        rule_period=pl.lit("same months"),
        base_start=pl.when(moves).then(shifted(start, years + 1)).otherwise("base_start"),
        base_end=pl.when(moves).then(shifted(end, years + 1)).otherwise("base_end"),
    )
    return few.spread(moved)


def _goes_on(bound: pl.DataFrame) -> pl.DataFrame:
    """`cùng kỳ năm 2023 đạt 39% kế hoạch và 42% dự toán`: what is told of the same months is so of all of them."""
    seen = Quantities(bound)
    mark = in_gap(seen.last_row(pl.col("kind").is_in(["clause", "period"])))
    near = pl.col("start") - seen.at("end", "last_quantity") <= _BRACKET_REACH
    on = (seen.at("rule_period", "last_quantity") == "same months") & mark.is_null() & near & ~pl.col("measure").is_in(COMPARED)
    few = seen.those(on)
    return few.with_columns(few.at(name, "last_quantity").alias(name) for name in ("period_start", "period_end", "rule_period"))
