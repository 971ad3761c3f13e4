"""Figures of a time before the one that their sentence guesses or plans: results, whatever is told of the figure beside them."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities

_OPEN_ENDED = ["estimate", "preliminary", "target", "forecast"]
# Rules that take a word for what is no result from somewhere before the figure, and not from right beside it.
_FROM_AFAR = ["cue", "will", "carried", "part", "paragraph"]
# Rules of times that stand beside their figure.
_DATED = ["behind", "before", "brackets", "same months"]


def with_past(bound: pl.DataFrame) -> pl.DataFrame:
    """Lets is_over hold for figures of earlier times, too: `ước tăng 6% so với cùng kỳ (cùng kỳ năm 2023 tăng 0,5%)`.

    A word of its own says so of the second: `ước tăng 5% (năm 2023 ước tăng 6%)` tells of two estimates.
    """
    seen = Quantities(bound)
    afar = pl.col("status").is_in(_OPEN_ENDED) & pl.col("rule_status").is_in(_FROM_AFAR)
    latest = pl.when(afar).then("period_start").cum_max().shift(1).over("sentence_id", "status_start")
    gone = (pl.col("period_end") < latest) | (pl.col("rule_period") == "same months")
    gone &= pl.col("rule_period").is_in(_DATED) & (pl.col("period_end") <= pl.col("day"))
    own = (pl.col("status_start") >= pl.col("start").shift(1)) & pl.col("last_quantity").is_not_null()
    earlier = afar & gone & ~own.fill_null(value=False)
    return seen.with_columns(is_over=pl.col("is_over") | earlier.fill_null(value=False))
