from __future__ import annotations

import polars as pl
import pytest

from assets.observations.schema import Observation
from assets.quality.contracts import as_contract, broken_cells, broken_rules, has_types
from tests.quality.planted import planted

STATED = planted().observation
DTYPES = [pl.Object, pl.List(pl.Int64), pl.Struct({"x": pl.Int64}), pl.Binary, pl.Boolean, pl.String, pl.Float32, pl.Date, pl.Null]


def of_type(dtype: pl.DataType | type[pl.DataType], height: int) -> pl.Series:
    """A column of a type, most cells filled."""
    if dtype == pl.Object:
        return pl.Series([object()] * height, dtype=pl.Object)
    values = {pl.List: [1], pl.Struct: {"x": 1}, pl.Binary: b"\xff", pl.Boolean: True, pl.String: "x", pl.Float32: 1.5}
    return pl.Series([values.get(dtype.base_type())] * height, dtype=dtype)


def test_a_value_rule_is_checked_and_not_the_types_alone() -> None:
    """On a LazyFrame pandera would look at types only: `roughly` is a string like any other."""
    wrong = STATED.with_columns(bound=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("roughly")).otherwise("bound"))
    assert has_types(wrong, Observation)
    assert broken_cells(wrong, Observation).rows() == [(3, "domain")]


def test_every_broken_cell_is_found_and_not_the_first_alone() -> None:
    row = pl.int_range(pl.len())
    wrong = STATED.with_columns(
        bound=pl.when(row.is_in([1, 4])).then(pl.lit("roughly")).otherwise("bound"),
        unit=pl.when(row == 2).then(None).otherwise("unit"),
        observation_key=pl.when(row.is_in([5, 6])).then(pl.lit("twin")).otherwise("observation_key"),
    )
    expected = [(1, "domain"), (2, "domain"), (4, "domain"), (5, "unique_key"), (6, "unique_key")]
    assert sorted(broken_cells(wrong, Observation).rows()) == expected


def test_a_good_frame_breaks_nothing() -> None:
    assert broken_cells(STATED, Observation).is_empty()
    assert broken_cells(STATED.clear(), Observation).is_empty()


def test_rules_are_told_apart_and_unknown_counts_as_asked() -> None:
    facts = pl.DataFrame({"x": [1, 5, None]})
    rules = {"small": pl.col("x") < 3, "odd": pl.col("x") % 2 == 1}
    assert sorted(broken_rules(facts, rules, unknown=True).rows()) == [(1, "small")]
    assert sorted(broken_rules(facts, rules, unknown=False).rows()) == [(1, "small"), (2, "odd"), (2, "small")]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("column", ["value", "evidence_start", "period_start", "evidence", "ambiguous_numeral"])
def test_a_column_of_any_type_becomes_one_of_the_contract(column: str, dtype: pl.DataType) -> None:
    wrong = STATED.with_columns(of_type(dtype, STATED.height).alias(column))
    made = as_contract(wrong, Observation)
    assert made.schema == STATED.schema
    assert made.drop(column).equals(STATED.drop(column))
    assert has_types(wrong, Observation) == (wrong.schema == STATED.schema)


def test_missing_columns_are_null_and_others_are_left_out() -> None:
    made = as_contract(STATED.drop("unit").with_columns(more=1), Observation)
    assert made.schema == STATED.schema
    assert made["unit"].null_count() == STATED.height
    assert as_contract(pl.DataFrame(), Observation).schema == STATED.schema


def test_types_hold_for_exactly_the_columns_of_the_contract() -> None:
    assert has_types(STATED, Observation)
    assert has_types(STATED.select(reversed(STATED.columns)), Observation)
    assert not has_types(STATED.drop("unit"), Observation)
    assert not has_types(STATED.with_columns(pl.col("value").cast(pl.Float32)), Observation)
    assert not has_types(STATED.with_columns(more=1), Observation)
    assert has_types(STATED.with_columns(more=1), Observation, alone=False)
