"""The words that texts are searched for: one meaning each, and every code that they lead to exists."""

from __future__ import annotations

import re

import polars as pl
import pytest

from assets.mentions.schema import KINDS
from assets.observations.schema import BOUNDS, PLACE_LEVELS, PRICE_BASES, STATUSES
from assets.reference import table

CODES = set(table("indicators")["code"])
ALIASES = table("indicator_aliases")
# Words that make a name of what stands beside them; see `assets/observations/names.py`.
MADE_BY_SECTORS = {"crop", "product", "services", *table("industries")["code"].drop_nulls()}

# Column of the words, and what else tells two meanings of a word apart. A word is sought in any case of letters.
SPELLINGS = {
    "indicator_aliases": ("alias", "role"),
    "cues": ("cue", "family"),
    "industries": ("term",),
    "units": ("surface", "role"),
    "bounds": ("word", "side"),
    "not_quantities": ("word", "side"),
    "page_words": ("word", "role", "where"),
    "place_words": ("word",),
    "place_spellings": ("spelling",),
    "organisation_words": ("word",),
    "function_words": ("word",),
    "number_words": ("word",),
    "short_forms": ("long",),
    "surnames": ("surname",),
}
# Names of organisations are sought as they are printed.
CASED = ["organisation_words"]


def codes_of(role: str) -> set[str]:
    return set(ALIASES.filter(pl.col("role") == role)["code"].drop_nulls())


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_word_is_listed_once(name: str) -> None:
    word, *more = SPELLINGS[name]
    rows = table(name) if name in CASED else table(name).with_columns(pl.col(word).str.to_lowercase())
    assert rows.filter(pl.struct(word, *more).is_duplicated()).rows() == []


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_word_is_empty(name: str) -> None:
    assert table(name)[SPELLINGS[name][0]].null_count() == 0


@pytest.mark.parametrize("role", ["indicator", "counted", "fallback"])
def test_a_name_leads_to_an_indicator_of_the_catalogue(role: str) -> None:
    assert codes_of(role) <= CODES


def test_names_play_known_roles() -> None:
    assert set(ALIASES["role"]) <= {*KINDS, "ignore"}
    assert ALIASES.filter(pl.col("role").is_in(["indicator", "fallback", "head", "object"]) & pl.col("code").is_null()).rows() == []
    assert codes_of("ignore") == set()
    # Those that the reading tells apart from other names of nothing: a share of the market, a number of something, and what
    # behind a budget is a part of it or names it once more.
    assert codes_of("block") == {"market", "number", "tax", "takings", "head"}
    assert set(ALIASES["sign"].drop_nulls()) <= {"-"}


def test_every_indicator_can_be_found() -> None:
    """By a name of its own, or by a head with its object."""
    named = codes_of("indicator") | codes_of("counted") | codes_of("fallback")
    assert CODES - named - set(table("indicator_compounds")["indicator"]) == set()


def test_a_name_of_an_indicator_is_no_name_of_something_else() -> None:
    names = ALIASES.with_columns(pl.col("alias").str.to_lowercase())
    named, other = (set(names.filter(pl.col("role").is_in(roles))["alias"]) for roles in (["indicator"], ["block", "ignore"]))
    assert not named & other


def test_a_compound_is_made_of_heads_and_objects_that_can_be_found() -> None:
    rows = table("indicator_compounds")
    assert rows.select("head", "object").is_unique().all()
    assert set(rows["head"]) <= codes_of("head")
    counted_in = set(table("units").filter((pl.col("role") == "unit") & pl.col("unit").is_in(["count", "kWh"]))["surface"])
    assert set(rows["object"]) <= codes_of("object") | MADE_BY_SECTORS | counted_in
    assert set(rows["indicator"]) <= CODES


def test_a_head_leads_to_a_compound() -> None:
    assert codes_of("head") <= set(table("indicator_compounds")["head"])


def test_a_refinement_is_of_indicators_and_of_a_context_that_can_be_found() -> None:
    rows = table("indicator_refinements")
    assert rows.select("counted", "context").is_unique().all()
    assert {*rows["counted"], *rows["indicator"]} <= CODES
    assert set(rows["context"]) <= CODES | codes_of("object")


def test_a_shift_is_of_an_indicator_by_a_context_or_a_unit() -> None:
    rows = table("indicator_shifts")
    assert rows.select("indicator", "context", "unit").is_unique().all()
    assert {*rows["indicator"], *rows["becomes"].drop_nulls()} <= CODES
    assert set(rows["context"].drop_nulls()) <= set(table("cues")["family"])
    parts = {part for unit in rows["unit"].drop_nulls() for part in unit.split("/")}
    assert parts <= set(table("units")["unit"])
    assert rows.filter(pl.col("context").is_null() == pl.col("unit").is_null()).rows() == []


def test_cues_of_status_and_prices_have_the_codes_of_the_contract() -> None:
    cues = table("cues")
    assert cues["code"].null_count() == cues["family"].null_count() == 0
    # `will` (sẽ) marks what is planned where nothing else is said, `assigned` (được giao) only an amount right behind it, `approved`
    # (phê duyệt) a plan before it is carried out, `called` (mời gọi đầu tư) projects that look for investors; `noted` (ghi nhận)
    # ends a plan before it.
    assert set(cues.filter(pl.col("family") == "status")["code"]) <= {*STATUSES, "will", "assigned", "approved", "called", "noted"}
    assert set(cues.filter(pl.col("family") == "price_basis")["code"]) <= set(PRICE_BASES)
    assert set(cues.filter(pl.col("family") == "direction")["code"]) <= {"up", "down", "up_to", "down_to"}


def test_words_of_bounds_have_the_codes_of_the_contract() -> None:
    # `cao hơn 1,5` compares; it is listed so that its `hơn` is no bound.
    assert set(table("bounds")["bound"]) <= set(BOUNDS)
    assert set(table("bounds")["side"]) | set(table("not_quantities")["side"]) <= {"before", "after"}


def test_units_are_read_into_canonical_ones() -> None:
    rows, known = table("units"), set(table("canonical_units")["unit"])
    assert set(rows["role"]) <= {"scale", "unit", "per"}
    assert rows.filter((pl.col("role") == "scale") != pl.col("unit").is_null()).rows() == []
    assert set(rows["unit"].drop_nulls()) <= known


def test_the_factor_of_a_printed_unit_is_a_power_of_ten() -> None:
    """The digits of a value are then those that are printed, which the rule `value_as_printed` relies on."""
    factors = table("units")["factor"].cast(pl.Float64)
    assert (factors > 0).all()
    exponents = factors.log10()
    assert ((exponents - exponents.round()).abs() < 1e-9).all()


def test_numbers_in_words_are_numbers() -> None:
    numbers = table("number_words")["number"].cast(pl.Float64)
    assert (numbers > 0).all()


def test_words_of_places_have_levels_of_the_contract() -> None:
    assert set(table("place_words")["level"].drop_nulls()) <= set(PLACE_LEVELS)


def test_a_spelling_is_of_a_place_that_exists() -> None:
    assert set(table("place_spellings")["name"]) <= set(table("places")["name"])


def test_forms_of_times_are_patterns() -> None:
    """`{D}`, `{M}` … are filled in by `assets/mentions/periods.py`; named groups are those of the engine that runs them."""
    for form, pattern in table("period_forms").select("form", "pattern").iter_rows():
        filled = re.sub(r"\{[A-Z]+\}", "x", pattern)
        assert pl.select(pl.lit("x").str.contains(filled)).item() is not None, form


def test_a_sector_has_a_code_of_the_classification() -> None:
    assert set(table("industries")["code"].drop_nulls()) <= set(table("vsic")["code"])


def test_partners_and_owners_are_no_sectors() -> None:
    rows = table("industries")
    assert rows.filter(pl.col("kind").is_in(["partner", "ownership"]) & pl.col("code").is_not_null()).rows() == []
