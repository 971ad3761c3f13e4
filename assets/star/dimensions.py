"""Dimensions: each value that an accepted figure uses, once, with what the reference tables know of it."""

from __future__ import annotations

import polars as pl

from assets.reference import table
from assets.star.keys import with_key

PLACE = ["place", "place_code"]
PERIOD = ["period", "period_start", "period_end"]
BASE = ["base", "base_start", "base_end"]
INDUSTRY = ["industry", "industry_code"]

_DIVISION_DIGITS = 2


def dim_indicator() -> pl.DataFrame:
    """Every indicator of the catalogue, used or not."""
    return table("indicators").select(
        indicator="code",
        indicator_group="group",
        indicator_name="name_vi",
        indicator_name_en="name_en",
        indicator_unit="unit",
        indicator_kind="kind",
        unit_families="unit_families",
        national_code="national_code",
        provincial_code="provincial_code",
        vsic_sections="vsic_sections",
    )


def dim_unit(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every canonical unit, and the compounds (`VND/person/month`) that accepted figures use.

    A compound is put together from its parts: its factor is that of the first divided by those of the others. A unit with a
    part that nobody knows is its own base and has no family.
    """
    known = table("canonical_units").select(
        unit="unit",
        unit_family="family",
        base_unit="base_unit",
        factor=pl.col("factor").cast(pl.Float64),
        unit_code="code",
        unit_code_system="code_system",
        unit_name="name",
    )
    used = accepted.select("unit").unique().join(known, on="unit", how="anti")
    part = used.with_columns(part=pl.col("unit").str.split("/")).explode("part")
    part = part.with_columns(rank=pl.int_range(pl.len()).over("unit"))
    part = part.join(known.rename({"unit": "part"}), on="part", how="left").sort("unit", "rank")
    factor = pl.when(pl.col("rank") == 0).then(pl.col("factor")).otherwise(1 / pl.col("factor"))
    whole = part.group_by("unit", maintain_order=True).agg(
        *(pl.col(name).str.join("/", ignore_nulls=False) for name in ("unit_family", "base_unit", "unit_code", "unit_name")),
        pl.col("unit_code_system").unique(maintain_order=True).str.join(" + ", ignore_nulls=False),
        known=pl.col("base_unit").is_not_null().all(),
        factor=factor.product(),
    )
    compound = whole.select(
        "unit",
        "unit_family",
        pl.when("known").then("base_unit").otherwise("unit").alias("base_unit"),
        pl.when("known").then("factor").otherwise(1.0).alias("factor"),
        "unit_code",
        "unit_code_system",
        "unit_name",
    )
    return pl.concat([known, compound])


def dim_period(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every period and base that accepted figures use."""
    used = pl.concat([accepted.select(PERIOD), accepted.select(BASE).rename(dict(zip(BASE, PERIOD, strict=True)))])
    used = used.drop_nulls("period").unique()
    start, end = pl.col("period_start"), pl.col("period_end")
    months = (end.dt.year() - start.dt.year()) * 12 + end.dt.month() - start.dt.month() + 1
    whole = (start.dt.day() == 1) & (end == end.dt.month_end())
    kind = (
        pl.when(start.is_null() | end.is_null())
        .then(None)
        .when(start == end)
        .then(pl.lit("date"))
        .when(whole & (months == 12) & (start.dt.month() == 1))
        .then(pl.lit("year"))
        .when(whole & (months == 3) & (start.dt.month() % 3 == 1))
        .then(pl.lit("quarter"))
        .when(whole & (months == 1))
        .then(pl.lit("month"))
        .otherwise(pl.lit("range"))
    )
    return with_key(used, "period_key", PERIOD).with_columns(period_kind=kind, year=end.dt.year())


def dim_industry(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every sector, ownership group or product that accepted figures are limited to, with the listed code that holds it.

    Below the divisions of VSIC (two digits) a code may mean another thing in another version, and no names are listed: a class
    has the division and section that it lies in, and no name.
    """
    vsic = table("vsic").select(
        listed="code",
        industry_name="name",
        industry_name_en="name_en",
        industry_section="section",
        vsic_2018="code",
        vsic_2025="code_2025",
        isic_4="isic4",
    )
    used = accepted.select(INDUSTRY).drop_nulls("industry").unique()
    code = pl.col("industry_code")
    listed = pl.when(code.str.contains("^[0-9]")).then(code.str.head(_DIVISION_DIGITS)).otherwise(code)
    found = used.with_columns(industry_folded=_folded("industry"), listed=listed).join(vsic, on="listed", how="left")
    own = pl.when(code == pl.col("listed"))
    named = found.with_columns(own.then(pl.col(name)).alias(name) for name in ("industry_name", "industry_name_en"))
    return with_key(named, "industry_key", INDUSTRY)


def dim_entity(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every organisation or named site that accepted figures are about."""
    used = accepted.select("entity").drop_nulls().unique()
    return with_key(used, "entity_key", ["entity"]).with_columns(entity_folded=_folded("entity"))


def _folded(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
