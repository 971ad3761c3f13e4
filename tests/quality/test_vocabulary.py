from __future__ import annotations

import polars as pl
import pytest

from assets.observations.schema import MEASURES, PLACE_LEVELS
from assets.quality import vocabulary
from assets.quality.vocabulary import bounds, canonical_units, indicator_facts, rule_table, unit_facts, unit_fit
from assets.reference import table

SEVERITIES = ("impossible", "unlikely", "unlikely of all")


@pytest.mark.parametrize(
    ("unit", "families", "base", "factor"),
    [
        ("VND", ["money"], "VND", 1.0),
        ("USD", ["money"], "USD", 1.0),
        ("km2", ["area"], "ha", 100.0),
        ("percent", ["percent"], "percent", 1.0),
        ("VND/person/month", ["money_per_person"], "VND/person/month", 1.0),
        ("VND/household/year", ["money_per_person"], "VND/household/year", 1.0),
        ("VND/month", ["money"], "VND/month", 1.0),
        ("USD/t", ["price"], "USD/t", 1.0),
        ("VND/kg", ["price"], "VND/t", 1000.0),
        ("VND/kWh/month", ["price"], "VND/kWh/month", 1.0),
        ("t/ha", ["yield"], "t/ha", 1.0),
        ("kg/m2/crop", ["yield"], "t/ha/crop", 10.0),
        ("t/year", ["mass", "rate"], "t/year", 1.0),
        ("person/day", ["people", "rate"], "person/day", 1.0),
        ("m3/person", ["rate"], "m3/person", 1.0),
    ],
)
def test_a_unit_has_families_and_a_base(unit: str, families: list[str], base: str, factor: float) -> None:
    (row,) = unit_facts(pl.Series([unit])).iter_rows()
    assert row[:3] == (unit, families, base)
    assert row[3] == pytest.approx(factor)


@pytest.mark.parametrize("unit", ["furlong", "VND/furlong", "furlong/VND", "", "/", "VND/", "vnd"])
def test_a_unit_with_a_part_that_nobody_knows_has_neither(unit: str) -> None:
    assert unit_facts(pl.Series([unit])).rows() == [(unit, None, None, None)]


def test_each_unit_is_looked_up_once_and_none_is_none() -> None:
    assert unit_facts(pl.Series(["t", None, "t", "kg"]))["unit"].to_list() == ["kg", "t"]
    assert unit_facts(pl.Series([], dtype=pl.String)).is_empty()


@pytest.mark.parametrize("pair", [(a, b) for a in ("VND", "t", "count", "percent", "ha", "kWh") for b in ("person", "year", "ha", "count")])
def test_every_compound_of_known_parts_has_a_family(pair: tuple[str, str]) -> None:
    assert unit_facts(pl.Series(["/".join(pair)]))["unit_families"].to_list()[0]


@pytest.mark.parametrize(
    ("indicator", "measure", "unit", "of_indicator", "fits"),
    [
        ("industrial_output_value", "level", "VND", True, True),
        ("industrial_output_value", "level", "USD", True, True),
        ("industrial_output_value", "level", "ha", True, False),
        ("industrial_output_value", "growth", "percent", False, True),
        ("industrial_output_value", "growth", "percentage_point", False, False),
        ("industrial_output_value", "change", "VND", True, True),
        ("poverty_rate", "change", "percentage_point", True, True),
        ("industrial_output_value", "multiple", "times", False, True),
        ("industrial_output_value", "multiple", "percent", False, False),
        ("average_income", "level", "VND/person/month", True, True),
        ("iip", "index", "percent", False, True),
    ],
)
def test_a_unit_fits_the_indicator_or_the_measure(indicator: str, measure: str, unit: str, of_indicator: bool, fits: bool) -> None:
    statement = pl.DataFrame({"indicator": [indicator], "measure": [measure], "unit": [unit]})
    fit = unit_fit(statement.join(unit_facts(statement["unit"]), on="unit"))
    assert fit.rows() == [(indicator, measure, unit, of_indicator, fits)]


def limits(severity: str, indicator: str, measure: str, level: str | None) -> tuple[float, float] | None:
    found = bounds(severity).filter(
        (pl.col("indicator") == indicator) & (pl.col("measure") == measure) & pl.col("place_level").eq_missing(pl.lit(level))
    )
    return found.select("lowest", "highest").row(0) if found.height else None


def test_a_bound_of_a_level_of_place_holds_for_that_level_alone() -> None:
    widths = [limits("unlikely", "population", "level", level) for level in ("country", "province", "district", "commune")]
    highest = [width[1] for width in widths if width]
    assert len(highest) == 4
    assert highest == sorted(highest, reverse=True)
    assert len(set(highest)) == 4
    assert limits("unlikely", "population", "level", None) is None


def test_a_bound_without_a_level_holds_for_all_and_for_no_place() -> None:
    found = {limits("impossible", "poverty_rate", "level", level) for level in (*PLACE_LEVELS, None)}
    assert found == {(0.0, 100.0)}


def test_the_nearer_bound_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the indicator before one of any, then one of the level of place before one of all; amounts in base units."""
    given = [
        ("any", None, "m2", 10),
        ("crop_area", None, "km2", 20),
        ("any", "district", "ha", 30),
        ("crop_area", "district", "ha", 40),
    ]
    rows = [
        {"indicator": code, "measure": "level", "place_level": level, "unit": unit, "lowest": "0", "highest": f"{highest}"}
        for code, level, unit, highest in given
    ]
    planted = pl.DataFrame(rows, schema_overrides={"place_level": pl.String}).with_columns(severity=pl.lit("unlikely"))
    monkeypatch.setattr(vocabulary, "table", lambda name: planted if name == "plausible_bounds" else table(name))
    found = vocabulary.bounds.__wrapped__("unlikely")
    highest = {
        (code, level): found.filter((pl.col("indicator") == code) & pl.col("place_level").eq_missing(pl.lit(level)))["highest"].to_list()
        for code in ("crop_area", "industrial_land_area")
        for level in ("district", None)
    }
    assert highest[("crop_area", "district")] == [40.0]
    assert highest[("crop_area", None)] == [2000.0]
    assert highest[("industrial_land_area", "district")] == [30.0]
    assert highest[("industrial_land_area", None)] == [0.001]
    assert found["highest"].max() == 2000.0


def test_bounds_are_in_base_units() -> None:
    yields = bounds("unlikely").filter((pl.col("indicator") == "crop_yield") & (pl.col("measure") == "level"))
    assert set(yields["base_unit"]) == {"t/ha"}
    assert all(unit_facts(pl.Series([unit]))["base_unit"].to_list() == [unit] for unit in bounds("unlikely")["base_unit"].unique())


def test_everything_that_the_table_of_bounds_names_exists() -> None:
    rows = table("plausible_bounds")
    codes = {*table("indicators")["code"], "any"}
    assert set(rows["indicator"]) <= codes
    assert set(rows["measure"]) <= set(MEASURES)
    assert set(rows["place_level"].drop_nulls()) <= set(PLACE_LEVELS)
    assert set(rows["severity"]) == set(SEVERITIES)
    assert unit_facts(rows["unit"]).filter(pl.col("base_unit").is_null()).is_empty()
    assert rows.filter(pl.col("lowest").cast(pl.Float64) >= pl.col("highest").cast(pl.Float64)).is_empty()
    assert rows.filter(pl.col("reason").str.len_chars() < 3).is_empty()


def test_a_bound_is_given_once_and_in_a_unit_that_fits() -> None:
    rows = table("plausible_bounds")
    assert rows.select("indicator", "measure", "place_level", "unit", "severity").is_unique().all()
    named = rows.filter(pl.col("indicator") != "any")
    fit = unit_fit(named.join(unit_facts(named["unit"]), on="unit"))
    assert fit.filter(~pl.col("unit_fits")).rows() == []


def test_every_indicator_has_a_bound_for_its_levels_and_money_and_counts_have_one_for_each_level_of_place() -> None:
    levels = pl.concat([bounds(severity) for severity in ("impossible", "unlikely")]).filter(pl.col("measure") == "level")
    # A price is that of anything: of a share, a tonne of rice, a square metre.
    assert set(table("indicators")["code"]) - set(levels["indicator"]) == {"price"}
    summed = table("indicators").filter(pl.col("kind").is_in(["stock", "flow"]))["code"].implode()
    told = levels.filter(pl.col("indicator").is_in(summed) & pl.col("place_level").is_not_null())
    assert told.group_by("indicator", "base_unit").agg(pl.col("place_level").n_unique()).filter(pl.col("place_level") < 2).rows() == []


def test_what_is_impossible_is_also_unlikely() -> None:
    keys = ["indicator", "measure", "place_level", "base_unit"]
    both = bounds("impossible").join(bounds("unlikely"), on=keys, nulls_equal=True, suffix="_unlikely")
    wider = (pl.col("lowest_unlikely") < pl.col("lowest")) | (pl.col("highest_unlikely") > pl.col("highest"))
    assert both.filter(wider).rows() == []


def test_what_may_be_negative_is_in_the_catalogue_and_has_no_bound_above_zero() -> None:
    negative = indicator_facts().filter("may_be_negative")["indicator"]
    assert negative.len() == table("negative_levels").height
    for severity in SEVERITIES:
        levels = bounds(severity).filter((pl.col("measure") == "level") & pl.col("indicator").is_in(negative.implode()))
        assert levels.filter(pl.col("lowest") >= 0).rows() == []


def test_every_measure_says_which_units_it_takes() -> None:
    rows = table("measure_units")
    assert sorted(rows["measure"]) == sorted(MEASURES)
    named = set(rows["families"].str.split("|").explode()) - {"indicator"}
    assert named <= {family for family, _, _ in canonical_units().values()}


def test_identities_are_of_indicators_in_one_family() -> None:
    rows, facts = table("identities"), dict(indicator_facts().select("indicator", "indicator_families").iter_rows())
    assert set(rows["sign"]) <= {"+", "-"}
    for whole, first, _, second in rows.iter_rows():
        assert set(facts[whole]) & set(facts[first]) & set(facts[second]), whole


def test_a_rule_is_told_in_sentences() -> None:
    rows = rule_table()
    assert rows["rule"].is_unique().all()
    assert set(rows["severity"]) == {"blocking", "row", "warning"}
    for name in ("description", "advice"):
        assert rows.filter(~pl.col(name).str.contains(r"^[A-Z].*\.$") | (pl.col(name).str.len_chars() < 20)).rows() == []
