"""Whether a statement says what its evidence prints: digits of the value, unit, labels of its times, one statement once.

The reading is not asked again: digits, words and days of a row are held against each other, so that a value which slipped
into another row, or a unit which was swapped, shows.
"""

from __future__ import annotations

import re
from functools import cache
from math import log10

import polars as pl

from assets.observations.calendar import label
from assets.quality.vocabulary import canonical_units
from assets.reference import table

_NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
# Exponents of ten are whole numbers up to this: digits are compared, and twelve of them are more than any text prints.
_SAME = 1e-9
# Units of these families are read in more than one way: `%` also as points, `người` also as a count.
_LOOSE = {"percent", "percentage_point", "point", "times", "count", "time"}
# `tạ/ha` is read as tonnes, not kilograms.
_KILO = 3.0
_MARKS = '.,;:?!…()"“”'
_PER = re.compile(r"\s?/\s?|\s(?:một|mỗi)\s")

# What makes two rows the same statement.
_SAID = [
    "document_key", "evidence_start", "evidence_end", "indicator", "measure", "value", "value_upper", "denominator", "unit", "status",
    "place", "place_code", "entity", "industry", "period_start", "period_end", "base_start", "base_end",
]  # fmt: skip


def value_stands() -> pl.Expr:
    """Whether the evidence begins with the numeral, and value, upper end and denominator have its digits and its scale.

    Needs the columns of `units_as_printed`. Null where there is nothing to compare: a number in words, a share that was printed
    as a fraction, a value of no number.
    """
    asked = ("evidence", "value_as_written", "value", "value_upper", "denominator", "unit", "printed_power")
    return pl.struct(asked).map_batches(lambda rows: _value_stands(rows.struct.unnest()), return_dtype=pl.Boolean)


def _value_stands(rows: pl.DataFrame) -> pl.Series:
    second = pl.coalesce("value_upper", "denominator")
    as_share = pl.col("has_slash") & pl.col("denominator").is_null()
    begins = pl.col("evidence").str.starts_with(pl.col("value_as_written"))
    # `500 triệu đến 1 tỷ`: what stands behind the second numeral is not the scale of the first.
    scaled = (_has_scale(pl.col("value")) | pl.col("has_letter")).fill_null(value=True)
    is_first = as_share | (_has_digits(pl.col("value"), "first") & scaled)
    in_order = is_first & (second.is_null() | _has_digits(second, "last")).fill_null(value=True)
    # `5.200 - 4.800 đồng/kg` is a range from 4.800 to 5.200.
    turned = (_has_digits(pl.col("value"), "last") & _has_digits(pl.col("value_upper"), "first")).fill_null(value=False)
    read = rows.lazy().join(_numerals(rows).lazy(), on="value_as_written", how="left", maintain_order="left")
    # Lazily, for the rule asks the same digits many times.
    return read.select(stands=begins & (in_order | turned)).collect(engine="in-memory")["stands"]


def _numerals(rows: pl.DataFrame) -> pl.DataFrame:
    """For each distinct value_as_written its first and its last numeral: digits (without marks) and whether all are zero.

    Also decimals (digits behind the last mark of the first), has_slash, has_letter.
    """
    written = pl.col("value_as_written")
    numeral = rows.select(written).drop_nulls().unique()
    numeral = numeral.with_columns(first=written.str.extract(f"({_NUMERAL})"), last=written.str.extract(f"({_NUMERAL})$"))
    return numeral.select(
        written,
        *(pl.col(name).str.replace_all("[.,]", "").cast(pl.Float64, strict=False).alias(f"{name}_digits") for name in ("first", "last")),
        *((~pl.col(name).str.contains("[1-9]")).alias(f"{name}_is_zero") for name in ("first", "last")),
        decimals=pl.col("first").str.extract(r"[.,]([0-9]+)$").str.len_chars().fill_null(0).cast(pl.Float64),
        has_slash=written.str.contains("/", literal=True),
        has_letter=written.str.contains(r"\p{L}"),
    )


def _power(value: pl.Expr, side: str) -> pl.Expr:
    """The exponent of ten that leads from the bare digits of a numeral to a value; null where one of them is zero or no number."""
    digits = pl.col(f"{side}_digits")
    return pl.when((value != 0) & (digits != 0) & value.is_finite()).then((value.abs() / digits).log10())


def _has_digits(value: pl.Expr, side: str) -> pl.Expr:
    power, both_zero = _power(value, side), (value == 0) == pl.col(f"{side}_is_zero")
    whole = pl.when(power.is_null()).then(both_zero).otherwise((power - power.round()).abs() < _SAME)
    return pl.when(value.is_finite()).then(whole)


def _has_scale(value: pl.Expr) -> pl.Expr:
    """Whether the words behind the first numeral lead to the value: its last mark sets off decimals or thousands, who knows."""
    beyond = (_power(value, "first") - pl.col("printed_power")).round()
    decimals = pl.col("decimals")
    per = pl.when(pl.col("unit").str.contains("/", literal=True)).then(_KILO).otherwise(0.0)
    return (beyond == 0) | (beyond == -decimals) | (beyond == -per) | (beyond == -decimals - per)


def units_as_printed(observation: pl.DataFrame) -> pl.DataFrame:
    """For each distinct unit and unit_as_written: unit_stands, printed_power; null where no known word opens what is printed.

    `unit_stands` tells whether the unit is of the printed kind; `printed_power` is the exponent of ten of the printed words:
    9 for `tỷ đồng`, 2 for `tạ` (in kg).
    """
    pairs = observation.select("unit", "unit_as_written").drop_nulls().unique()
    read = [_compared(unit, written) for unit, written in pairs.iter_rows()]
    found = pl.DataFrame(read, schema={"unit_stands": pl.Boolean, "printed_power": pl.Float64}, orient="row")
    return pl.concat([pairs, found], how="horizontal")


def _compared(unit: str, written: str) -> tuple[bool | None, float | None]:
    printed, power = _printed(written)
    said = canonical_units().get(unit.split("/")[0])
    if printed is None or said is None:
        return None, power or None
    (family, base, _), (said_family, said_base, _) = canonical_units()[printed], said
    return base == said_base or {family, said_family} <= _LOOSE, power


def _printed(written: str) -> tuple[str | None, float]:
    """Canonical unit and exponent of ten of the words that open `written`: those for thousands and millions, then one for a unit."""
    head = _PER.split(" ".join(written.lower().split()), maxsplit=1)[0]
    words, power = [word.strip(_MARKS) for word in head.split(" ")], 0.0
    for role in ("scale", "scale", "unit"):
        surfaces = _surfaces(role)
        found = next((count for count in range(len(words), 0, -1) if " ".join(words[:count]) in surfaces), 0)
        unit, factor = surfaces[" ".join(words[:found])] if found else (None, 1.0)
        words, power = words[found:], power + log10(factor)
    return unit, power


@cache
def _surfaces(role: str) -> dict[str, tuple[str | None, float]]:
    rows = table("units").filter(pl.col("role") == role).select("surface", "unit", pl.col("factor").cast(pl.Float64)).reverse()
    return {surface: (unit, factor) for surface, unit, factor in rows.iter_rows()}


def times_as_named(observation: pl.DataFrame, time: str) -> pl.DataFrame:
    """For each distinct `period` (or `base`, as `time` says) with its first and last day: whether the label names these days."""
    name, first, last = time, f"{time}_start", f"{time}_end"
    named = (pl.col(name) == label(pl.col(first), pl.col(last))).fill_null(value=False)
    untold = pl.all_horizontal(pl.col(name, first, last).is_null())
    return observation.select(name, first, last).unique().with_columns((named | untold).alias(f"{time}_named"))


def is_first(observation: pl.DataFrame) -> pl.Series:
    """Whether no row before says the same of the same numeral, for each row; few numerals have more rows than one."""
    several = observation.select("document_key", "evidence_start").is_duplicated()
    again = observation.filter(several).select(~pl.struct(_SAID).is_first_distinct()).to_series()
    return ~pl.zeros(observation.height, pl.Boolean, eager=True).alias("is_first").scatter(several.arg_true(), again)
