"""What the rules look up: families of units, what an indicator or a measure may be stated in, plausible bounds."""

from __future__ import annotations

from functools import cache
from math import prod

import polars as pl

from assets.observations.schema import PLACE_LEVELS
from assets.reference import table

_UNIT_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "unit": pl.String,
    "unit_families": pl.List(pl.String),
    "base_unit": pl.String,
    "base_factor": pl.Float64,
}


@cache
def rule_table() -> pl.DataFrame:
    """Rules in the order in which they are tried: rule, severity, description, advice."""
    return table("quality_rules")


@cache
def canonical_units() -> dict[str, tuple[str, str, float]]:
    """Unit → family, base unit, factor to it, as `seeds/canonical_units.csv` lists them."""
    rows = table("canonical_units").select("unit", "family", "base_unit", pl.col("factor").cast(pl.Float64)).iter_rows()
    return {unit: (family, base, factor) for unit, family, base, factor in rows}


def unit_facts(units: pl.Series) -> pl.DataFrame:
    """For each distinct unit: unit, unit_families (list), base_unit, base_factor (value × factor is in base units).

    A compound takes its families from `seeds/compound_families.csv`; a unit with an unknown part has nulls.
    """
    rows = [(unit, *_read_unit(unit)) for unit in units.drop_nulls().unique().sort()]
    return pl.DataFrame(rows, schema=_UNIT_TYPES, orient="row")


def _read_unit(unit: str) -> tuple[list[str], str, float] | tuple[None, None, None]:
    parts = unit.split("/")
    known = [canonical_units().get(part) for part in parts]
    found = [part for part in known if part is not None]
    if len(found) < len(parts):
        return None, None, None
    (family, base, factor), per = found[0], found[1:]
    if not per:
        return [family], base, factor
    compound_base = "/".join([base, *(part[1] for part in per)])
    return _compound_families(family, parts[1:], per), compound_base, factor / prod(part[2] for part in per)


def _compound_families(family: str, names: list[str], per: list[tuple[str, str, float]]) -> list[str]:
    """The first row of the table that names the numerator and the first denominator that is no time decides."""
    denominators = [{name, part[0], "any"} for name, part in zip(names, per, strict=True) if part[0] != "time"]
    denominator = denominators[0] if denominators else {"time", "any"}
    rows = table("compound_families").iter_rows()
    families: str = next(found for numerator, below, found in rows if numerator in {family, "any"} and below in denominator)
    return [family if name == "same" else name for name in families.split("|")]


@cache
def indicator_facts() -> pl.DataFrame:
    """For each indicator of the catalogue: indicator, indicator_families (list), may_be_negative."""
    negative = table("negative_levels")["indicator"].implode()
    return table("indicators").select(
        indicator="code", indicator_families=pl.col("unit_families").str.split("|"), may_be_negative=pl.col("code").is_in(negative)
    )


def unit_fit(statement: pl.DataFrame) -> pl.DataFrame:
    """For each distinct indicator, measure and unit of `statement`: of_indicator, unit_fits.

    `of_indicator` tells whether the measure may be stated in the units of the indicator itself; `unit_fits` is null where
    indicator or unit are unknown.
    """
    allowed = table("measure_units").select("measure", families=pl.col("families").str.split("|"))
    own = pl.col("families").list.contains("indicator")
    families = pl.when(own).then(pl.col("families").list.concat("indicator_families")).otherwise("families")
    return (
        statement.select("indicator", "measure", "unit", "unit_families")
        .unique(["indicator", "measure", "unit"])
        .join(allowed, on="measure")
        .join(indicator_facts(), on="indicator")
        .select(
            "indicator",
            "measure",
            "unit",
            of_indicator=own,
            unit_fits=families.list.set_intersection("unit_families").list.len() > 0,
        )
    )


@cache
def bounds(severity: str) -> pl.DataFrame:
    """Bounds by indicator, measure, place_level (null: no place) and base_unit: lowest, highest in base units.

    Args:
        severity: `impossible`, `unlikely`, or `unlikely of all` for what is about a whole place. A row for one level of place
            goes before a row for all, one for an indicator before one for `any`.
    """
    rows = table("plausible_bounds").filter(pl.col("severity") == severity)
    any_level, any_indicator = pl.col("place_level").is_null(), pl.col("indicator") == "any"
    indicators = pl.lit(table("indicators")["code"].to_list())
    rows = rows.join(unit_facts(rows["unit"]), on="unit").with_columns(
        pl.col("lowest", "highest").cast(pl.Float64) * pl.col("base_factor"),
        levels=pl.when(any_level).then(pl.lit([*PLACE_LEVELS, None])).otherwise(pl.concat_list("place_level")),
        codes=pl.when(any_indicator).then(indicators).otherwise(pl.concat_list("indicator")),
        rank=any_indicator.cast(pl.Int8) * 2 + any_level.cast(pl.Int8),
    )
    return (
        rows.sort("rank", maintain_order=True)
        .drop("indicator", "place_level")
        .explode("codes")
        .explode("levels")
        .rename({"codes": "indicator", "levels": "place_level"})
        .unique(["indicator", "measure", "place_level", "base_unit"], keep="first", maintain_order=True)
        .select("indicator", "measure", "place_level", "base_unit", "lowest", "highest")
    )


@cache
def listed_places() -> pl.DataFrame:
    """Every place that has a code, in all its versions: place (path), place_code, place_level."""
    return table("places").select(place="path", place_code="code", place_level="level").drop_nulls().unique()


@cache
def listed_sectors() -> pl.Series:
    """Codes of VSIC that are listed: sections and divisions."""
    return table("vsic")["code"]
