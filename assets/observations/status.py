"""Whether a number is a result, an estimate, a target or a forecast: the status words of its sentence."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import QUANTITY, at, in_same, last_row, next_row

# `đạt 85% kế hoạch`, `so với mục tiêu`, `vượt chỉ tiêu`: a plan that is only compared with sets no status.
_COMPARED_REACH = 22


def bind_status(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds status, rule_status (`cue`, `default`) and price_basis to the quantities of the stream."""
    is_cue = pl.col("kind") == "cue"
    status = is_cue & (pl.col("family") == "status")
    compared = pl.col("code").is_in(["plan", "target"]) & (
        (pl.col("start") - at("end", "compare_row") <= _COMPARED_REACH) | (pl.col("start") - at("unit_end", "last_quantity") <= _COMPARED_REACH)
    )
    compare = is_cue & pl.col("family").is_in(["versus", "exceed", "reach", "equal"])
    marked = stream.with_columns(unit_end=pl.col("end") + pl.col("unit_length")).with_columns(
        compare_row=in_same("sentence_id", last_row(compare)),
    )
    marked = marked.with_columns(says=status & ~compared.fill_null(value=False))
    marked = marked.with_columns(status_row=in_same("sentence_id", last_row(pl.col("says"))))
    found = at("code", "status_row").replace("plan", "target")
    return marked.with_columns(
        status=pl.when(QUANTITY).then(found.fill_null("actual")),
        rule_status=pl.when(QUANTITY).then(pl.when(found.is_not_null()).then(pl.lit("cue")).otherwise(pl.lit("default"))),
        price_basis=pl.when(QUANTITY & (pl.col("measure") != "share")).then(at("code", _price_row())),
    ).drop("unit_end", "compare_row", "says", "status_row")


def _price_row() -> pl.Expr:
    """Row of the price basis that the sentence names, before the quantity or behind it."""
    basis = (pl.col("kind") == "cue") & (pl.col("family") == "price_basis")
    return pl.coalesce(in_same("sentence_id", last_row(basis)), in_same("sentence_id", next_row(basis)))


