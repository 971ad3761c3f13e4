from __future__ import annotations

import re

import duckdb
import pytest

from assets.observations.schema import BOUNDS, MEASURES, PLACE_LEVELS, PRICE_BASES, STATUSES
from assets.quality.schema import SEVERITIES
from assets.star.accounts import SCOPES
from assets.star.schema import CONTRACTS, DATED_BY, INDICATOR_KINDS, PERIOD_KINDS
from warehouse.blueprint import Relation, create_tables, relations, scripts

ENUMS = {
    "measure": MEASURES,
    "bound": BOUNDS,
    "status": STATUSES,
    "price_basis": PRICE_BASES,
    "place_level": PLACE_LEVELS,
    "period_kind": PERIOD_KINDS,
    "indicator_kind": INDICATOR_KINDS,
    "dated_by": DATED_BY,
    "witness_scope": SCOPES,
    "severity": SEVERITIES,
}
TYPES = {
    "VARCHAR": "String",
    "DOUBLE": "Float64",
    "DATE": "Date",
    "INTEGER": "Int32",
    "UINTEGER": "UInt32",
    "BIGINT": "Int64",
    "BOOLEAN": "Boolean",
    "TIMESTAMP": "Datetime(time_unit='us', time_zone=None)",
}
# The view that others read; names and order are a promise.
OBSERVATION = """document, source, url, title, published_on, evidence, evidence_start, evidence_end, sentence, indicator, indicator_name,
measure, value, value_upper, denominator, unit, value_as_written, unit_as_written, bound, place, place_code, place_level, entity, industry,
industry_code, period, period_start, period_end, base, base_start, base_end, status, price_basis, warnings"""


@pytest.fixture(scope="module")
def shape() -> dict[str, Relation]:
    return {relation.name: relation for relation in relations()}


def test_tables_are_as_their_contracts_say(shape: dict[str, Relation]) -> None:
    assert {name for name, relation in shape.items() if not relation.is_view} == set(CONTRACTS)
    for name, contract in CONTRACTS.items():
        agreed = [(column, str(schema.dtype), schema.nullable) for column, schema in contract.to_schema().columns.items()]
        built = [(c.name, "String" if c.type.startswith("ENUM") else TYPES[c.type], c.nullable) for c in shape[name].columns]
        assert built == agreed, name


def test_a_key_that_the_contract_calls_unique_is_a_primary_key() -> None:
    with duckdb.connect() as connection:
        create_tables(connection)
        found = connection.execute(
            "SELECT table_name, constraint_column_names[1] FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    agreed = {(name, key) for name, contract in CONTRACTS.items() for key, column in contract.to_schema().columns.items() if column.unique}
    assert set(found) == agreed


@pytest.mark.parametrize("name", ENUMS)
def test_closed_lists_are_those_of_the_rooms(name: str) -> None:
    with duckdb.connect() as connection:
        create_tables(connection)
        row = connection.execute(f"SELECT enum_range(NULL::{name})").fetchone()
    assert row == (ENUMS[name],)


def test_every_table_view_and_column_says_what_it_is(shape: dict[str, Relation]) -> None:
    for relation in shape.values():
        assert relation.description.endswith("."), relation.name
        assert [column.name for column in relation.columns if not column.description] == [], relation.name


def test_the_view_observation_has_the_columns_that_others_read(shape: dict[str, Relation]) -> None:
    promised = re.findall(r"\w+", OBSERVATION)
    assert [column.name for column in shape["observation"].columns][: len(promised)] == promised


def test_a_view_tells_what_it_reads(shape: dict[str, Relation]) -> None:
    assert shape["conflict"].reads == ("indicator_value", "observation")
    assert shape["place_today"].reads == ("dim_indicator", "dim_place", "panel")
    assert all(relation.reads for relation in shape.values() if relation.is_view)


@pytest.mark.parametrize("path", scripts("marts"), ids=lambda path: path.stem)
def test_a_file_of_the_marts_makes_the_view_of_its_name(path: object, shape: dict[str, Relation]) -> None:
    assert shape[str(path).rpartition("/")[2].removesuffix(".sql").partition("_")[2]].is_view
