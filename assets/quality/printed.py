"""Whether a statement says what its evidence prints: digits of the value, unit, labels of its times, one statement once.

The reading is not asked again: digits, words and days of a row are held against each other, so that a value which slipped
into another row, or a unit which was swapped, shows.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.observations.calendar import label
from assets.quality.vocabulary import canonical_units
from assets.reference import table

_NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
# Exponents of ten are whole numbers up to this: digits are compared, and twelve of them are more than any text prints.
_SAME = 1e-9
# Units of these families are read in more than one way: `%` also as points, `người` also as a count.
_LOOSE = {"percent", "percentage_point", "point", "times", "count", "time"}
_PER = re.compile(r"\s?/\s?|\s(?:một|mỗi)\s")

# What makes two rows the same statement.
_SAID = [
    "document_key", "evidence_start", "evidence_end", "indicator", "measure", "value", "value_upper", "denominator", "unit", "status",
    "place", "place_code", "entity", "industry", "period_start", "period_end", "base_start", "base_end",
]  # fmt: skip


def value_stands() -> pl.Expr:
    """Whether the evidence begins with the numeral, and value, upper end and denominator have its digits.

    Null where there is nothing to compare: a number in words, a share that was printed as a fraction, a value of no number.
    """
    numeral = pl.col("value_as_written")
    first, last = _digits(numeral.str.extract(f"({_NUMERAL})")), _digits(numeral.str.extract(f"({_NUMERAL})$"))
    second = pl.coalesce("value_upper", "denominator")
    as_share = numeral.str.contains("/", literal=True) & pl.col("denominator").is_null()
    begins = pl.col("evidence").str.starts_with(numeral)
    return begins & (as_share | _are(pl.col("value"), first)) & (second.is_null() | _are(second, last)).fill_null(value=True)


def _digits(numeral: pl.Expr) -> pl.Expr:
    return numeral.str.replace_all("[.,]", "").cast(pl.Float64, strict=False)


def _are(value: pl.Expr, digits: pl.Expr) -> pl.Expr:
    """Whether a value is the digits times a power of ten; every factor of `seeds/units.csv` is one."""
    power = (value.abs() / digits).log10()
    same = pl.when((value == 0) | (digits == 0)).then(value == digits).otherwise((power - power.round()).abs() < _SAME)
    return pl.when(value.is_finite()).then(same)


def units_as_printed(observation: pl.DataFrame) -> pl.DataFrame:
    """For each distinct unit and unit_as_written: unit_stands, null where no word of `seeds/units.csv` opens what is printed."""
    pairs = observation.select("unit", "unit_as_written").drop_nulls().unique()
    stands = [_may_mean(unit, written) for unit, written in pairs.iter_rows()]
    return pairs.with_columns(unit_stands=pl.Series(stands, dtype=pl.Boolean))


def _may_mean(unit: str, written: str) -> bool | None:
    printed, said = _printed_unit(written), canonical_units().get(unit.split("/")[0])
    if printed is None or said is None:
        return None
    (family, base, _), (said_family, said_base, _) = canonical_units()[printed], said
    return base == said_base or {family, said_family} <= _LOOSE


def _printed_unit(written: str) -> str | None:
    """The canonical unit of the words that open `written`, after its words for thousands and millions."""
    words = _PER.split(" ".join(written.lower().split()), maxsplit=1)[0].split(" ")
    surfaces = _surfaces()
    while words and (scale := _opening(words, surfaces["scale"])):
        words = words[scale:]
    found = _opening(words, surfaces["unit"])
    return surfaces["unit"][" ".join(words[:found])] if found else None


def _opening(words: list[str], surfaces: dict[str, str]) -> int:
    """How many of the first words are the longest of the surfaces; 0 for none."""
    return next((count for count in range(len(words), 0, -1) if " ".join(words[:count]) in surfaces), 0)


@cache
def _surfaces() -> dict[str, dict[str, str]]:
    rows = table("units").select("role", "surface", pl.col("unit").fill_null("")).reverse()
    return {role: {surface: unit for found, surface, unit in rows.iter_rows() if found == role} for role in ("scale", "unit")}


def times_as_named(observation: pl.DataFrame, time: str) -> pl.DataFrame:
    """For each distinct `period` (or `base`, as `time` says) with its first and last day: whether the label names these days."""
    name, first, last = time, f"{time}_start", f"{time}_end"
    named = (pl.col(name) == label(pl.col(first), pl.col(last))).fill_null(value=False)
    untold = pl.all_horizontal(pl.col(name, first, last).is_null())
    return observation.select(name, first, last).unique().with_columns((named | untold).alias(f"{time}_named"))


def is_first() -> pl.Expr:
    """Whether no row before says the same of the same numeral."""
    return pl.struct(_SAID).is_first_distinct()
