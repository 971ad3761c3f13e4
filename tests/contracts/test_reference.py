"""The lists that codes come from: the catalogue of indicators, units, places, sectors."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from assets.observations.schema import MEASURES, PLACE_LEVELS
from assets.reference import SEEDS, table
from assets.star.schema import INDICATOR_KINDS

CATALOGUE = SEEDS.parent.parent / "shared" / "reference" / "indicators.csv"
KEYS = {
    "indicators": ["code"],
    "canonical_units": ["unit"],
    "vsic": ["code"],
    "places": ["path", "level", "code", "valid_from", "valid_to"],
    "quality_rules": ["rule"],
    "identities": ["whole"],
    "measure_units": ["measure"],
    "negative_levels": ["indicator"],
    "compound_families": ["numerator", "denominator"],
    "plausible_bounds": ["indicator", "measure", "place_level", "unit", "severity"],
}
FAMILIES = set(table("canonical_units")["family"])
COMPOUND = set(table("compound_families")["families"].str.split("|").explode())


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique(name: str) -> None:
    keys = table(name).select(KEYS[name])
    assert keys.filter(keys.is_duplicated()).rows() == []


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the catalogue of the design is not beside the project")
def test_indicators_are_those_of_the_design() -> None:
    assert set(table("indicators")["code"]) == set(pl.read_csv(Path(CATALOGUE), infer_schema=False)["code"])


def test_an_indicator_says_what_it_is_and_what_it_is_stated_in() -> None:
    rows = table("indicators")
    assert [name for name in rows.columns if name != "unit" and rows[name].null_count()] == []
    assert rows.filter(~pl.col("code").str.contains("^[a-z][a-z0-9_]*$")).rows() == []
    assert rows["name_vi"].is_unique().all()
    assert rows["name_en"].is_unique().all()
    assert set(rows["kind"]) <= set(INDICATOR_KINDS)
    assert set(rows["percent_reads_as"]) <= set(MEASURES)


def test_an_indicator_is_stated_in_families_that_exist_and_its_usual_unit_is_of_one() -> None:
    families = dict(table("canonical_units").select("unit", "family").iter_rows())
    for code, unit, listed in table("indicators").select("code", "unit", "unit_families").iter_rows():
        assert set(listed.split("|")) <= (FAMILIES | COMPOUND) - {"same"}, code
        if unit in families:
            assert families[unit] in listed.split("|"), code
        elif unit is not None:
            assert set(unit.split("/")) <= set(families), code


def test_a_canonical_unit_has_a_factor_and_a_base_of_its_family() -> None:
    rows = table("canonical_units")
    assert (rows["factor"].cast(pl.Float64) > 0).all()
    bases = rows.join(rows.select(base_unit="unit", base_family="family"), on="base_unit", how="left")
    assert bases.filter(pl.col("base_family").ne_missing(pl.col("family"))).rows() == []
    assert set(rows["code_system"]) <= {"UCUM", "ISO 4217"}


def test_every_compound_of_units_finds_a_row() -> None:
    rows = table("compound_families")
    known = FAMILIES | set(table("canonical_units")["unit"]) | {"any"}
    assert set(rows["numerator"]) | set(rows["denominator"]) <= known
    assert rows.row(-1)[:2] == ("any", "any")


def test_a_sector_lies_in_a_section() -> None:
    rows = table("vsic")
    sections = set(rows.filter(pl.col("code").str.contains("^[A-Z]$"))["code"])
    divisions = rows.filter(pl.col("code").str.contains("^[0-9]"))
    assert set(rows["section"].drop_nulls()) <= sections
    assert divisions["section"].null_count() == 0
    assert divisions["code"].str.contains("^[0-9]{2}$").all()


def dated(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("valid_from", "valid_to").str.to_date("%Y-%m-%d"))


def test_places_have_levels_codes_and_days() -> None:
    rows = dated(table("places"))
    assert set(rows["level"]) <= set(PLACE_LEVELS)
    assert rows.filter(pl.col("valid_from") > pl.col("valid_to")).rows() == []
    digits = {"province": 2, "district": 3, "commune": 5}
    lengths = rows.filter(pl.col("code").is_not_null()).select(
        "code", wrong=~pl.col("code").str.contains("^[0-9]+$") | (pl.col("code").str.len_chars() != pl.col("level").replace_strict(digits))
    )
    assert lengths.filter("wrong").rows() == []


def test_a_path_ends_with_the_name_and_lies_in_a_place_of_the_same_time() -> None:
    rows = dated(table("places"))
    assert rows.filter(pl.col("path").str.split(" > ").list.last() != pl.col("name")).rows() == []
    below = rows.filter(pl.col("path").str.contains(" > ", literal=True)).with_columns(parent=pl.col("path").str.replace(" > [^>]*$", ""))
    above = rows.select(parent="path", from_above="valid_from", to_above="valid_to")
    together = (pl.col("to_above").is_null() | pl.col("valid_from").is_null() | (pl.col("to_above") >= pl.col("valid_from"))) & (
        pl.col("valid_to").is_null() | pl.col("from_above").is_null() | (pl.col("valid_to") >= pl.col("from_above"))
    )
    standing = below.join(above, on="parent").filter(together).select("path", "level").unique()
    assert below.join(standing, on=["path", "level"], how="anti").rows() == []


def test_a_code_names_one_place_at_a_time() -> None:
    rows = dated(table("places")).filter(pl.col("code").is_not_null())
    pairs = rows.join(rows, on=["code", "level"], suffix="_other").filter(pl.col("path") < pl.col("path_other"))
    apart = (pl.col("valid_to") < pl.col("valid_from_other")) | (pl.col("valid_to_other") < pl.col("valid_from"))
    assert pairs.filter(~apart.fill_null(value=False)).select("code", "path", "path_other").rows() == []


def test_a_place_is_spelled_in_one_way() -> None:
    """`Thanh Hóa` and `Thanh Hoá` are one name: two would be two places in the published file."""
    paths = table("places").select("path").unique()
    folded = paths.with_columns(
        one=pl.col("path").str.normalize("NFD").str.replace_all(r"(o|u)(\p{M})?(a|e|y)(\p{M})?", "${1}${3}${2}${4}")
    )
    assert folded.filter(pl.col("one").is_duplicated()).sort("one")["path"].to_list() == []


def test_a_successor_is_a_place() -> None:
    successors = table("places")["successor"].drop_nulls().str.split(" | ").explode()
    assert set(successors) <= set(table("places")["path"])
