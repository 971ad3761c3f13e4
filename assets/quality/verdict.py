"""The verdict on a batch: every rule once, whether it holds, and for people which rows break it and what to do."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from assets.quality.schema import Verdict
from assets.quality.vocabulary import rule_table

# Failing rows that a message names.
_EXAMPLES = 3


def verdict_of(batch: str, failing: pl.DataFrame, document: pl.DataFrame, tables: Mapping[str, int]) -> pl.DataFrame:
    """One row a rule, in the order of `seeds/quality_rules.csv`; columns of `Verdict`.

    Args:
        batch: name of the batch.
        failing: rule, document_key, evidence: one row for each statement that breaks a rule.
        document: `assets.documents.schema.Document`, for the names of documents.
        tables: number of failing rows of each rule about a whole table.
    """
    by_row = _counted(failing, document)
    by_table = pl.DataFrame(list(tables.items()), schema={"rule": pl.String, "in_table": pl.Int64}, orient="row")
    failed, count = pl.col("failing_rows") > 0, pl.col("failing_rows").cast(pl.String)
    rows = pl.when(pl.col("failing_rows") == 1).then(pl.lit("failing row")).otherwise(pl.lit("failing rows"))
    shown = pl.when(pl.col("examples").is_null()).then(pl.lit("")).otherwise(pl.format(", first {}", "examples"))
    return (
        rule_table()
        .join(by_row, on="rule", how="left", maintain_order="left")
        .join(by_table, on="rule", how="left", maintain_order="left")
        .with_columns(failing_rows=pl.coalesce("rows", "in_table", pl.lit(0)).cast(pl.Int64))
        .with_columns(
            batch=pl.lit(batch),
            # A source's fault is set aside with its row: for the batch it is something to look at, not to stop at.
            severity=pl.col("severity").replace("row", "warning"),
            passed=~failed,
            message=pl.when(failed).then(pl.format("{} {}{}. {}", count, rows, shown, "advice")).otherwise(pl.lit("")),
        )
        .select(*Verdict.to_schema().columns)
    )


def _counted(failing: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """For each rule that a statement breaks: rule, rows, examples."""
    names = document.select("document_key", "document").unique("document_key", keep="first")
    shown = failing.group_by("rule", maintain_order=True).head(_EXAMPLES).join(names, on="document_key", how="left", maintain_order="left")
    where = pl.format("{}: «{}»", pl.col("document").fill_null("unknown document"), pl.col("evidence").fill_null(""))
    examples = shown.group_by("rule").agg(examples=where.str.join("; "))
    return failing.group_by("rule").agg(rows=pl.len()).join(examples, on="rule")
