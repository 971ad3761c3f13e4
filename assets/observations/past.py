"""Figures of another time than the one that their sentence names: results beside guesses and plans, and stocks behind what raised them."""

from __future__ import annotations

import polars as pl

from assets.observations.bases import COMPARED
from assets.observations.stream import Quantities, cue, in_same

# Days by which a time that a result describes may outlast its article: a year that is reported in December.
UNFINISHED = 45
_OPEN_ENDED = ["estimate", "preliminary", "target", "forecast"]
# Rules that take a word for what is no result from somewhere before the figure, and not from right beside it.
_FROM_AFAR = ["cue", "will", "carried", "part", "paragraph"]
# Rules of times that stand beside their figure.
_DATED = ["behind", "before", "brackets", "same months"]
# Forms of times that things are added over.
_SPANS = ["months", "month", "month_range", "quarter", "quarters", "half", "year_range", "since_year", "since_january", "date_range"]


def with_past(bound: pl.DataFrame) -> pl.DataFrame:
    """Lets is_over hold for figures of earlier times, too: `ước tăng 6% so với cùng kỳ (cùng kỳ năm 2023 tăng 0,5%)`.

    A word of its own says so of the second: `ước tăng 5% (năm 2023 ước tăng 6%)` tells of two estimates.
    """
    # Groups are dear, and few figures are no results by a word from afar.
    seen = Quantities(bound).those(pl.col("status").is_in(_OPEN_ENDED) & pl.col("rule_status").is_in(_FROM_AFAR))
    latest = pl.col("period_start").cum_max().shift(1).over("sentence_id", "status_start")
    gone = (pl.col("period_end") < latest) | (pl.col("rule_period") == "same months")
    gone &= pl.col("rule_period").is_in(_DATED) & (pl.col("period_end") <= pl.col("day").dt.offset_by(f"{UNFINISHED}d"))
    own = pl.col("status_start") >= seen.at("start", "last_quantity")
    earlier = gone & ~own.fill_null(value=False)
    return seen.with_columns(is_over=pl.col("is_over") | earlier.fill_null(value=False))


def with_raised(bound: pl.DataFrame) -> pl.DataFrame:
    """`Giai đoạn 2022-2024 thành lập 8 cụm, nâng tổng số cụm công nghiệp lên 25 cụm`: so many there are by now, or were when it ended."""
    seen = Quantities(bound)
    state = (pl.col("indicator_kind") == "stock") | ((pl.col("indicator_kind") == "rate") & ~pl.col("measure").is_in(COMPARED))
    raised = state & in_same("sentence_id", seen.last_row(cue("raises"))).is_not_null() & (pl.col("rule_period") != "behind")
    raised &= seen.at("form", "time_row").is_in(_SPANS) & ~pl.col("status").is_in(["target", "forecast"])
    by_now = pl.col("published_on") <= pl.col("period_end").dt.offset_by(f"{UNFINISHED}d")
    day = pl.when(by_now).then("published_on").otherwise("period_end")
    told = raised.fill_null(value=False)
    return seen.with_columns(
        period_start=pl.when(told).then(day).otherwise("period_start"), period_end=pl.when(told).then(day).otherwise("period_end")
    )
