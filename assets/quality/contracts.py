"""Contracts put to frames: which rows break which rule, as pandera tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

FAILURES = {"row": pl.UInt32, "rule": pl.String}


def types_of(contract: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    """Names and types of the columns of a contract."""
    return {name: column.dtype.type for name, column in contract.to_schema().columns.items()}


def as_contract(frame: pl.DataFrame, contract: type[pa.DataFrameModel]) -> pl.DataFrame:
    """The columns of the contract with its types, null where a column is missing or a cell is not of the type."""
    types = types_of(contract)
    if frame.is_empty():
        return pl.DataFrame(schema=types)
    return pl.DataFrame([_as_type(frame, name, dtype) for name, dtype in types.items()])


def _as_type(frame: pl.DataFrame, name: str, dtype: pl.DataType) -> pl.Series:
    # `strict=False` gives null for a cell that does not fit, but still raises for some pairs of types, and keeps a struct.
    try:
        cast = frame[name].cast(dtype, strict=False)
    except pl.exceptions.PolarsError:
        cast = None
    return cast if cast is not None and cast.dtype == dtype else pl.Series(name, [None], dtype).new_from_index(0, frame.height)


def has_types(frame: pl.DataFrame, contract: type[pa.DataFrameModel], *, alone: bool = True) -> bool:
    """Whether every column of the contract is there with its type and, where they must stand `alone`, no other column."""
    types = types_of(contract)
    return all(frame.schema.get(name) == dtype for name, dtype in types.items()) and not (alone and frame.width > len(types))


def broken_cells(frame: pl.DataFrame, contract: type[pa.DataFrameModel]) -> pl.DataFrame:
    """Rows of a frame with right types that break its contract: row (number in the frame), rule `unique_key` or `domain`."""
    cases = _failure_cases(frame, contract.to_schema())
    rule = pl.when(pl.col("check") == "field_uniqueness").then(pl.lit("unique_key")).otherwise(pl.lit("domain"))
    return cases.select(row=pl.col("index").cast(pl.UInt32), rule=rule).unique(maintain_order=True)


def broken_rules(facts: pl.DataFrame, rules: Mapping[str, pl.Expr], *, unknown: bool) -> pl.DataFrame:
    """Rows of `facts` that break a rule: row, rule; one row for each pair.

    Args:
        facts: see `assets.quality.facts.facts_of`.
        rules: expressions that are true where a row keeps the rule.
        unknown: whether a rule that yields null counts as kept.
    """
    kept = facts.select(expression.fill_null(value=unknown).alias(rule) for rule, expression in rules.items())
    cases = _failure_cases(kept, _all_true(rules))
    return cases.select(row=pl.col("index").cast(pl.UInt32), rule="column")


def _all_true(rules: Iterable[str]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({rule: pa.Column(pl.Boolean, pa.Check.eq(value=True)) for rule in rules})


def _failure_cases(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> pl.DataFrame:
    """`failure_cases` of an eager, lazy validation: never `drop_invalid_rows`, which loses rows without a word."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases: pl.DataFrame = error.failure_cases
        return cases
    return pl.DataFrame(schema={"column": pl.String, "check": pl.String, "index": pl.Int32})
