from __future__ import annotations

import polars as pl

from assets.reference import table


def test_every_unit_that_is_read_is_a_canonical_unit_of_the_same_family() -> None:
    read = table("units").filter(pl.col("role") == "unit").select("unit", "family").unique()
    known = table("canonical_units").select("unit", "family")
    assert read.join(known, on=["unit", "family"], how="anti").rows() == []


def test_base_units_are_their_own_base() -> None:
    units = table("canonical_units")
    bases = units.filter(pl.col("unit").is_in(units["base_unit"].implode()))
    assert bases.filter((pl.col("unit") != pl.col("base_unit")) | (pl.col("factor").cast(pl.Float64) != 1)).rows() == []
    assert set(units["base_unit"]) <= set(units["unit"])


def test_63_provinces_became_34() -> None:
    provinces = table("provinces_today")
    assert provinces.select(pl.n_unique("old_code", "old_province", "today_code", "today_province")).row(0) == (63, 64, 34, 34)
    counted = provinces.group_by("today_code").agg(found=pl.n_unique("old_code"), said=pl.col("parts").cast(pl.UInt32).first())
    assert counted.filter(pl.col("found") != pl.col("said")).is_empty()
    last = provinces.filter(pl.col("valid_to") == "2025-06-30")
    reused = last.join(provinces, left_on="old_code", right_on="today_code").filter(
        pl.col("old_province") != pl.col("today_province_right")
    )
    assert set(reused["old_code"]) == {"15", "24", "44", "52", "80", "82", "91"}


def test_codes_of_sectors_are_in_the_classification() -> None:
    named = table("industries").drop_nulls("code").select(code=pl.col("code").str.replace("^([0-9]{2}).*$", "${1}")).unique()
    assert named.join(table("vsic"), on="code", how="anti").sort("code")["code"].to_list() == []
