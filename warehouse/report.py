"""The report on the quality of a file: every rule of every batch, and what was asked of the file itself."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from assets.star.accounts import QualityReport
from warehouse.audit import Check


def report_of(verdict: pl.DataFrame, checks: Iterable[Check]) -> pl.DataFrame:
    """Rows of `QualityReport`: the verdicts on the batches, and checks of the file, which belong to no batch; sorted.

    Args:
        verdict: batch, rule, description, severity, passed, failing_rows, message.
        checks: answers to what was asked of the file.
    """
    types = {name: column.dtype.type for name, column in QualityReport.to_schema().columns.items()}
    rows = [(None, check.name, check.severity, check.passed, check.failing_rows, check.demand, check.message) for check in checks]
    of_file = pl.DataFrame(rows, schema=types, orient="row")
    of_batches = verdict.select(*types).cast(types).with_columns(pl.col("message").replace("", None))
    return pl.concat([of_batches, of_file]).sort("batch", "rule", nulls_last=True)
