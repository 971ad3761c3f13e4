"""Figures that a text tells twice, once without saying when or how sure: the headline, and the sentence that it is made of."""

from __future__ import annotations

import polars as pl

_FIGURE = ["document_key", "indicator", "measure", "unit", "direction"]
# Lines that repeat what the text tells, often rounded; and by how much.
_HEADS, _ROUNDED = ["title", "heading", "caption"], 0.01
# Code points that a numeral of the text itself must have to be the same figure and not just alike: `37.392`.
_LENGTH = 5
# Rules that take a time or a place from elsewhere, and those of the sentence itself.
_UNTIMED, _TIMED = ["ahead", "document", "published"], ["behind", "before", "later", "line"]
_UNSURE, _UNPLACED = ["default", "carried"], ["home", "nation"]
_OF_VINTAGE, _GUESSES = ["document_key", "indicator", "place", "period_start", "period_end"], ["estimate", "preliminary"]
_TIMES = ["period", "period_start", "period_end", "base", "base_start", "base_end"]
_TOLD = ["status", *_TIMES, "place", "place_code", "place_level"]


def with_echoes(bound: pl.DataFrame, block: pl.DataFrame) -> pl.DataFrame:
    """`bound` in which a figure that is told again has the time, status and place of its fuller telling.

    Args:
        bound: quantities with everything that was bound to them, in order.
        block: `document_key`, `block`, `role`.

    Returns:
        the same rows; what was taken from elsewhere has the rule `echo`.
    """
    heads = block.filter(pl.col("role").is_in(_HEADS)).select("document_key", "block", is_head=pl.lit(value=True))
    rows = bound.with_row_index("echo").join(heads, on=["document_key", "block"], how="left", maintain_order="left")
    is_head = pl.col("is_head").is_not_null()
    figures = rows.filter(pl.col("indicator").is_not_null())
    told = figures.filter(pl.col("rule_period").is_in(_TIMED) & ~is_head)
    told = told.select(*_FIGURE, "value", *(pl.col(name).alias(f"{name}_told") for name in _TOLD), by="rule_place")
    untimed = pl.col("rule_period").is_null() | pl.col("rule_period").is_in(_UNTIMED)
    bare = figures.filter(is_head | (untimed & (pl.col("end") - pl.col("start") >= _LENGTH)))
    found = _first_told(bare, told)
    return _taken_over(bound.with_row_index("echo").join(found, on="echo", how="left", maintain_order="left")).select(bound.columns)


def _first_told(bare: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """echo → what the first fuller telling of the same figure has; heads may round it, and then the nearest one counts."""
    first = told.unique([*_FIGURE, "value"], keep="first", maintain_order=True)
    exact = bare.select("echo", *_FIGURE, "value").join(first, on=[*_FIGURE, "value"], nulls_equal=True)
    heads = bare.filter(pl.col("is_head").is_not_null()).select("echo", *_FIGURE, "value")
    # Not each with each, for a text may have thousands of both.
    nearest = _by_value(heads).join_asof(
        _by_value(first).drop(_FIGURE), on="value", by="figure", strategy="nearest", coalesce=False, check_sortedness=False
    )
    near = (pl.col("value") - pl.col("value_right")).abs() <= _ROUNDED * pl.col("value_right").abs()
    rounded = nearest.filter(near).select(exact.columns)
    return pl.concat([exact, rounded]).unique("echo", keep="first", maintain_order=True).drop(*_FIGURE, "value")


def _by_value(figures: pl.DataFrame) -> pl.DataFrame:
    """With `figure`, equal where `_FIGURE` is, nulls too; as `join_asof` wants it."""
    return figures.with_columns(figure=pl.struct(_FIGURE).hash()).sort("value")


def _taken_over(rows: pl.DataFrame) -> pl.DataFrame:
    found = pl.col("status_told").is_not_null()
    untimed = found & (pl.col("rule_period").is_null() | pl.col("rule_period").is_in(_UNTIMED)) & pl.col("period_end_told").is_not_null()
    unsure = found & pl.col("rule_status").is_in(_UNSURE)
    unplaced = found & ~pl.col("by").is_in(_UNPLACED) & (pl.col("rule_place").is_null() | pl.col("rule_place").is_in(_UNPLACED))
    cases = [(untimed, _TIMES, "rule_period"), (unsure, ["status"], "rule_status")]
    cases.append((unplaced, ["place", "place_code", "place_level"], "rule_place"))
    return rows.with_columns(
        *(pl.when(taken).then(f"{name}_told").otherwise(name).alias(name) for taken, names, _ in cases for name in names),
        *(pl.when(taken).then(pl.lit("echo")).otherwise(rule).alias(rule) for taken, _, rule in cases),
    )


def with_vintages(bound: pl.DataFrame) -> pl.DataFrame:
    """`bound` in which what is told of a time that the text has only an estimate of is that estimate still.

    `Xuất khẩu tháng 6 ước đạt 33 tỷ USD. So với cùng kỳ, xuất khẩu tháng 6 tăng 10%`: so is the second. What was taken from elsewhere
    has the rule `vintage`. A firm may well report what it had guessed, in one text.
    """
    # What stands on a day, as prices do, differs from thing to thing.
    of_span = pl.col("period_start") < pl.col("period_end")
    dated = bound.with_row_index("vintage").filter(pl.col("indicator").is_not_null() & of_span & pl.col("entity").is_null())
    told = pl.when(pl.col("rule_status") != "default").then("status").forward_fill().over(_OF_VINTAGE)
    guessed = dated.select("vintage", guess=pl.when((pl.col("rule_status") == "default") & told.is_in(_GUESSES)).then(told))
    rows = bound.with_row_index("vintage").join(guessed, on="vintage", how="left", maintain_order="left").drop("vintage")
    taken = pl.col("guess").is_not_null()
    rule = pl.when(taken).then(pl.lit("vintage")).otherwise("rule_status")
    return rows.with_columns(status=pl.coalesce("guess", "status"), rule_status=rule).drop("guess")
