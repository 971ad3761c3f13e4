"""Numerals: Vietnamese `27.320` and `6.113,48`, English-style `27,320` and `37.5`, and which of them a document writes."""

from __future__ import annotations

import polars as pl

NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
_RANGE = r"\s?%?\s?(?:-|–|—|đến|tới)\s?"
# A numeral with the upper end of its range, or with what stands after the stroke.
EXPRESSION = rf"{NUMERAL}(?:{_RANGE}{NUMERAL}|\s?/\s?{NUMERAL})?"

_VIETNAMESE = r"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$|^[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})$"
_ENGLISH = r"^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+$|^[0-9]{1,3}(?:,[0-9]{3}){2,}$|^[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})$"
_EITHER = r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"


def writes_english(numeral: pl.Expr) -> pl.Expr:
    """Whether most of the clear numerals of a group are English-style; to be used in `group_by` or `over`."""
    return numeral.str.contains(_ENGLISH).sum() > numeral.str.contains(_VIETNAMESE).sum()


def undecided(numeral: pl.Expr) -> pl.Expr:
    """Whether a group holds as many clear numerals of one style as of the other (none of both, as a rule)."""
    return numeral.str.contains(_ENGLISH).sum() == numeral.str.contains(_VIETNAMESE).sum()


def could_be_either(numeral: pl.Expr) -> pl.Expr:
    """Whether dot or comma may be read both ways: `27.320`, `27,320`."""
    return numeral.str.contains(_EITHER)


def number(numeral: pl.Expr, english: pl.Expr) -> pl.Expr:
    """The value of a numeral; its own form decides where it is clear, `english` where it could be either."""
    reads_english = numeral.str.contains(_ENGLISH) | (could_be_either(numeral) & english)
    commas_out = numeral.str.replace_all(",", "", literal=True)
    dots_out = numeral.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    return pl.when(reads_english).then(commas_out).otherwise(dots_out).cast(pl.Float64, strict=False)


def ends_of(expression: pl.Expr) -> pl.Expr:
    """The numerals of an expression: one, or the two of a range or fraction."""
    return expression.str.extract_all(NUMERAL)


def is_fraction(expression: pl.Expr) -> pl.Expr:
    """Whether the expression is `13/13` rather than a range."""
    return expression.str.contains("/", literal=True)
