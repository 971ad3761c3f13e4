from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from assets.reference import table

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "reference" / "official"
NONE = "no official code"

with_sources = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official lists are not at hand: they lie in ../shared/reference")


def test_every_unit_that_is_read_is_a_canonical_unit_of_the_same_family() -> None:
    read = table("units").filter(pl.col("role") == "unit").select("unit", "family").unique()
    known = table("canonical_units").select("unit", "family")
    assert read.join(known, on=["unit", "family"], how="anti").rows() == []


def test_base_units_are_their_own_base() -> None:
    units = table("canonical_units")
    bases = units.filter(pl.col("unit").is_in(units["base_unit"].implode()))
    assert bases.filter((pl.col("unit") != pl.col("base_unit")) | (pl.col("factor").cast(pl.Float64) != 1)).rows() == []
    assert set(units["base_unit"]) <= set(units["unit"])


def test_codes_of_sectors_are_in_the_classification() -> None:
    named = table("industries").drop_nulls("code").select(code=pl.col("code").str.replace("^([0-9]{2}).*$", "${1}")).unique()
    assert named.join(table("vsic"), on="code", how="anti").sort("code")["code"].to_list() == []


def official(name: str) -> pl.DataFrame:
    return pl.read_csv(OFFICIAL / f"{name}.csv", infer_schema=False)


@with_sources
def test_official_codes_of_indicators_are_those_that_were_verified() -> None:
    listed = official("indicators").drop_nulls("code").select("code", "national_code", system=pl.col("system").str.extract("^VN-([A-Z]+)"))
    provincial = listed.filter(pl.col("system") == "PROV")
    national = set(listed.filter(pl.col("system") == "NAT")["code"]) | set(provincial["national_code"].drop_nulls())
    rows = table("indicators")
    assert set(rows["provincial_code"]) - {NONE} <= set(provincial["code"])
    assert set(rows["national_code"]) - {NONE} <= national
    pairs = rows.filter((pl.col("provincial_code") != NONE) & (pl.col("national_code") != NONE))
    expected = dict(provincial.drop_nulls("national_code").select("code", "national_code").iter_rows())
    assert [expected[code] for code in pairs["provincial_code"]] == pairs["national_code"].to_list()


def test_an_indicator_without_an_official_code_says_so() -> None:
    codes = {
        code: (national, provincial)
        for code, national, provincial in table("indicators").select("code", "national_code", "provincial_code").iter_rows()
    }
    assert codes["industrial_output_value"] == (NONE, NONE)
    assert codes["iip"] == ("0901", "T0901")
    assert codes["gdp"] == ("0501", NONE)
    assert codes["grdp"] == (NONE, "T0501")
    assert all(code == NONE or code[1:].isdigit() for pair in codes.values() for code in pair)


def test_sections_that_an_indicator_covers_are_ranges_of_letters() -> None:
    rows = table("indicators")
    assert rows.filter(~pl.col("vsic_sections").str.contains("^(all|[A-U](-[A-U])?)$")).rows() == []
    covered = dict(rows.select("code", "vsic_sections").iter_rows())
    assert (covered["iip"], covered["industry_share"], covered["population"]) == ("B-E", "B-F", "all")


@with_sources
def test_codes_of_both_versions_of_the_classification_are_the_official_ones() -> None:
    listed = official("vsic").select(code="vsic_code", old="name_vi_2018", new="name_vi_2025", isic="isic4_code")
    joined = listed.join(table("vsic"), on="code", how="left")
    assert joined.filter(pl.col("name_2025").is_null()).rows() == []
    assert joined.filter((pl.col("old") != pl.col("name")) | (pl.col("new") != pl.col("name_2025"))).rows() == []
    assert joined.filter((pl.col("isic") != pl.col("isic4")) | (pl.col("code_2025") != pl.col("code"))).rows() == []
    # Of sections and divisions that the official list does not hold no other code is claimed.
    others = table("vsic").join(listed, on="code", how="anti").filter(~pl.col("code").str.contains("-"))
    assert others["code_2025"].null_count() == others.height


@with_sources
def test_codes_of_units_are_the_official_ones() -> None:
    spelled = (
        official("units")
        .with_columns(pl.col("unit_vi").str.split("|"))
        .explode("unit_vi")
        .select(name="unit_vi", official="canonical_code")
    )
    own = table("canonical_units").filter(pl.col("factor") == "1")
    known = own.join(spelled.unique("name"), on="name")
    # `điểm` alone is a point of an index here, and percentage points are told by their own words. Multiples have the base unit there.
    wrong = known.filter((pl.col("code") != pl.col("official")) & (pl.col("unit") != "point"))
    assert wrong.select("unit", "code", "official").rows() == []
    assert known.height > 10
    assert set(table("canonical_units")["code_system"]) == {"ISO 4217", "UCUM"}
