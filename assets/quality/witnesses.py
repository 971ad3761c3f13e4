"""Witnesses: statements of one document that arithmetic ties together."""

from __future__ import annotations

import polars as pl

from assets.quality.schema import Warning_, Witness


def find_witnesses(accepted: pl.DataFrame) -> pl.DataFrame:
    """Relations between accepted statements of one document; columns of `Witness`."""
    return pl.DataFrame(schema={name: column.dtype.type for name, column in Witness.to_schema().columns.items()})


def disagreements(witness: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Warnings (columns of `Warning_`) on the statements of relations that do not agree."""
    return pl.DataFrame(schema={name: column.dtype.type for name, column in Warning_.to_schema().columns.items()})
