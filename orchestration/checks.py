"""Checks: every room's contracts, and the verdict of a batch, as asset checks that Dagster shows.

They are the alarm, not the gate: a blocking check stops what comes later in its own run only, so publishing looks at the
verdicts itself.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from assets.wiring import BATCHES, Contracts, first_line, plain, sample

FAILING_ROWS = 10


def contract_checks(room: str, contracts: Contracts) -> list[dg.AssetChecksDefinition]:
    """One blocking check a table: it is as its contract says, column by column and row by row."""
    return [_contract_check(room, table, contract) for table, contract in contracts.items()]


def _contract_check(room: str, table: str, contract: type[pa.DataFrameModel]) -> dg.AssetChecksDefinition:
    with _preview_allowed():

        @dg.asset_check(
            asset=dg.AssetKey([room, table]),
            name="contract",
            description=f"{first_line(contract)} Every column and row is as the contract of the room says.",
            blocking=True,
            partitions_def=BATCHES,
        )
        def check(frame: pl.DataFrame) -> dg.AssetCheckResult:
            return contract_result(frame, contract)

    return check


def contract_result(frame: pl.DataFrame, contract: type[pa.DataFrameModel]) -> dg.AssetCheckResult:
    """Validate a frame: passed, or how many values failed which rule, with the first rows that did."""
    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        failing = frame[cases["index"].drop_nulls().unique().sort().head(FAILING_ROWS).cast(pl.UInt32).to_list()]
        rules = cases.group_by("column", "check").agg(values=pl.len()).sort("column", "check")
        return dg.AssetCheckResult(
            passed=False,
            description=f"{cases.height} values break the contract {contract.__name__}.",
            metadata={"rows": frame.height, "broken_rules": sample(rules, rules.height), "failing_rows": sample(failing, FAILING_ROWS)},
        )
    return dg.AssetCheckResult(passed=True, metadata={"rows": frame.height, "rules": len(contract.to_schema().columns)})


def verdict_checks() -> list[dg.AssetChecksDefinition]:
    """Two checks on a batch's verdict: nothing of ours is broken (an error), nothing in the data is suspect (a warning)."""
    ours = "No fault of ours: publishing refuses the batch while this fails."
    suspect = "Nothing in the data looks wrong: a suspicion never stops a run."
    return [
        _verdict_check("no_fault_of_ours", "blocking", ours, dg.AssetCheckSeverity.ERROR),
        _verdict_check("no_suspicion", "warning", suspect, dg.AssetCheckSeverity.WARN),
    ]


def _verdict_check(name: str, severity: str, description: str, shown_as: dg.AssetCheckSeverity) -> dg.AssetChecksDefinition:
    with _preview_allowed():

        @dg.asset_check(asset=dg.AssetKey(["quality", "verdict"]), name=name, description=description, partitions_def=BATCHES)
        def check(verdict: pl.DataFrame) -> dg.AssetCheckResult:
            return verdict_result(verdict.filter(pl.col("severity") == severity), shown_as)

    return check


def verdict_result(rules: pl.DataFrame, severity: dg.AssetCheckSeverity) -> dg.AssetCheckResult:
    """The rows of a verdict as one result: which rules failed and in how many rows, and a table of what to look at."""
    failed = rules.filter(~pl.col("passed")).sort("failing_rows", descending=True, maintain_order=True)
    told: dict[str, Any] = {"rules": rules.height, "failed_rules": failed.height, "failing_rows": int(failed["failing_rows"].sum())}
    text = None
    if failed.height:
        counts = ", ".join(f"{rule} ({rows:,})" for rule, rows in failed.select("rule", "failing_rows").iter_rows())
        fail = "fails" if failed.height == 1 else "fail"
        text = f"{failed.height} of {rules.height} rules {fail}, with the number of rows: {counts}."
        told["failed"] = dg.MetadataValue.md(_failed_table(failed.select("rule", "failing_rows", "message")))
    if rules.height:
        first_failed = rules.sort("passed", maintain_order=True)
        told["verdict"] = sample(first_failed.select("rule", "passed", "failing_rows", "description", "message"), rules.height)
    return dg.AssetCheckResult(passed=failed.is_empty(), severity=severity, description=text, metadata=told)


def _failed_table(failed: pl.DataFrame) -> str:
    """Failed rules as a markdown table: how many rows break each, the first of them and what to do."""
    lines = [f"| `{rule}` | {rows:,} | {' '.join(plain(message).split())} |" for rule, rows, message in failed.iter_rows()]
    return "\n".join(["| rule | rows | the first of them, and what to do |", "|---|---:|---|", *lines])


@contextmanager
def _preview_allowed() -> Iterator[None]:
    """Checks with partitions are a preview of Dagster; without them a check would forget which batch it saw."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)
        yield
