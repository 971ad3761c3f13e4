"""Percentages between which something moves: `giảm từ 7,02% xuống 2,91%` tells two rates, and not a growth by the first."""

from __future__ import annotations

import polars as pl

from assets.observations.cues import TO
from assets.observations.stream import Quantities, ahead, cue, in_gap, in_same

# Code points between the two ends of a move, and from the growth that moves to the first.
_REACH, _GROWTH_REACH = 60, 70
# What tells which indicator a quantity is of.
_OF_NAME = ["indicator", "reads", "indicator_kind", "rule_indicator", "name_row", "name_start", "name_end"]


def with_moves(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds move to the quantities: `growth`, `share` or `rate` where a percentage is an end of a move, else null."""
    seen, behind = Quantities(stream), pl.col("next_quantity")
    percent = pl.col("family") == "percent"
    parted = ahead(seen.next_row((pl.col("kind") == "clause") & (pl.col("code") == ";"))).is_not_null()
    ends = (seen.at("family", behind) == "percent") & seen.at("act_code", behind).is_in(TO)
    near = seen.gap_to(behind) <= _REACH
    begins = percent & pl.col("comes_from") & pl.col("value_upper").is_null() & ends & near & ~parted
    of_share = in_gap(seen.last_row(cue("share"))).is_not_null()
    grows = seen.gap_from(in_same("sentence_id", seen.last_row(cue("grows")))) <= _GROWTH_REACH
    kind = pl.when(of_share).then(pl.lit("share")).when(grows).then(pl.lit("growth")).otherwise(pl.lit("rate"))
    first = Quantities(seen.with_columns(move=pl.when(begins.fill_null(value=False)).then(kind)))
    arrives = percent & pl.col("act_code").is_in(TO)
    moved = Quantities(first.with_columns(move=pl.coalesce("move", pl.when(arrives).then(first.at("move", "last_quantity")))))
    # `tỷ trọng … tăng từ 31% lên 38%`: both are of one thing.
    bare = pl.col("indicator").is_null() & arrives & pl.col("move").is_in(["growth", "share"])
    bare &= moved.at("rule_indicator", "last_quantity").is_in(["gap", "sentence"])
    few = moved.those(bare)
    return few.with_columns(few.at(name, "last_quantity").alias(name) for name in _OF_NAME)
