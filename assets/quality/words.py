"""What people are told of a broken rule: the rule's sentence, and what stands in the row."""

from __future__ import annotations

import polars as pl

from assets.quality.schema import Warning_
from assets.quality.vocabulary import rule_table

# Of a number; what a computer adds behind them is noise.
_DIGITS = 12


def with_reasons(stated: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
    """Rows of `stated` that broke a rule, in their order, with `rule` (the first) and `reason` (the words of all).

    Args:
        stated: `assets.observations.schema.Observation`.
        broken: row (number in `stated`), rule; by row and in the order of the rules.
    """
    said = (
        broken.join(rule_table().select("rule", "description"), on="rule", how="left", maintain_order="left")
        .group_by("row", maintain_order=True)
        .agg(pl.col("rule").first(), reason=pl.col("description").str.join(" "))
    )
    rows = stated.with_row_index("row").join(said, on="row", how="inner", maintain_order="left")
    return rows.with_columns(reason=pl.format("This does not hold: {} {}", "reason", _here())).select(*stated.columns, "rule", "reason")


def suspicion_rows(kept: pl.DataFrame, suspected: pl.DataFrame) -> pl.DataFrame:
    """Warnings (columns of `Warning_`) for the pairs row (number in `kept`), rule of `suspected`."""
    rows = suspected.join(kept.with_row_index("row"), on="row", how="left", maintain_order="left")
    rows = rows.join(rule_table().select("rule", "description"), on="rule", how="left", maintain_order="left")
    return rows.with_columns(message=pl.format("This does not hold: {} {}", "description", _here())).select(*Warning_.to_schema().columns)


def with_warnings(kept: pl.DataFrame, warning: pl.DataFrame) -> pl.DataFrame:
    """`kept` with the column `warnings`: names of the rules that suspect a row, joined by `|`, empty for none."""
    names = warning.group_by("observation_key").agg(warnings=pl.col("rule").unique().sort().str.join("|"))
    return kept.join(names, on="observation_key", how="left", maintain_order="left").with_columns(pl.col("warnings").fill_null(""))


def shown(number: pl.Expr) -> pl.Expr:
    """A number for people, English-style: 30,640,000,000,000 and 6,113.48."""
    text = number.round_sig_figs(_DIGITS).cast(pl.String)
    whole = text.str.extract(r"^-?([0-9]+)").str.reverse().str.replace_all("([0-9]{3})", "${1},").str.reverse().str.strip_prefix(",")
    grouped = pl.concat_str(text.str.extract("^(-?)"), whole, text.str.extract(r"^-?[0-9]+(.*)$").str.strip_suffix(".0"))
    return pl.when(text.str.contains(r"^-?[0-9]+(\.[0-9]+)?$")).then(grouped).otherwise(text)


def _here() -> pl.Expr:
    """What a row states: `Here: «…» as level of exports, 5,000,000 USD, 2023 against 2022.`"""
    names = (*(pl.col(name) for name in ("evidence", "measure", "indicator")), shown(pl.col("value")), pl.col("unit"))
    stated = pl.format("Here: «{}» as {} of {}, {} {}", *(name.fill_null("-") for name in names))
    period = pl.format(", {}", pl.col("period")).fill_null("")
    return pl.concat_str(stated, period, pl.format(" against {}", pl.col("base")).fill_null(""), pl.lit("."))
