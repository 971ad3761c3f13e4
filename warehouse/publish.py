"""Publishing: build a new file beside the old one, audit it, and put it in its place with one rename.

Readers see the old file or the new one, whole. A process that is killed leaves the old file, and a folder
`<target>.building` that the next one removes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from assets.star.schema import CONTRACTS, MADE_BY_PUBLISHING
from warehouse.audit import Check, audit
from warehouse.blueprint import create_tables, create_views
from warehouse.lock import publishing
from warehouse.refusal import PublishRefusedError
from warehouse.report import report_of

# The format that DuckDB 1.5 reads: it is what people have installed.
STORAGE_VERSION = "v1.5.0"
PATIENCE_SECONDS = 600.0


class Publication(NamedTuple):
    """What was published: rows of each table, the audit that the file passed, and what is suspicious in it."""

    target: Path
    rows: dict[str, int]
    checks: list[Check]


def publish(
    tables: Mapping[str, pl.DataFrame],
    verdict: pl.DataFrame,
    target: Path,
    *,
    memory_limit: str = "1GB",
    patience_seconds: float = PATIENCE_SECONDS,
) -> Publication:
    """Publish the tables of `assets.star.build` as the DuckDB file `target`.

    `verdict` has the rules of every batch: `batch, rule, description, severity, passed, failing_rows, message`. The history of
    publications lies beside the file as `<target>.run_log.parquet`.

    Raises:
        PublishRefusedError: a blocking rule of a batch failed, a batch has no verdict or no rows, a table is missing or does not
            fit, the audit found rows, a write-ahead log of somebody else lies beside the target, or another process publishes.
            The last good file stays.
    """
    _check_complete(tables)
    _check_verdicts(verdict, tables["dim_document"], tables["unread_record"])
    with publishing(target, patience_seconds):
        _check_no_foreign_log(target)
        building = target.with_name(target.name + ".building")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            return _build_and_swap(tables, verdict, target, building, memory_limit)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def history_of(target: Path) -> Path:
    """Where the history of publications of a file lies."""
    return target.with_name(target.name + ".run_log.parquet")


def _build_and_swap(
    tables: Mapping[str, pl.DataFrame], verdict: pl.DataFrame, target: Path, building: Path, memory_limit: str
) -> Publication:
    new, new_history = building / target.name, building / "run_log.parquet"
    run_log = _with_this_run(history_of(target), tables)
    checks = _build({**tables, "run_log": run_log}, verdict, new, memory_limit)
    if failed := [check for check in checks if not check.passed and check.severity == "blocking"]:
        told = "\n".join(check.complaint for check in failed)
        msg = f"The new file fails its audit and {target} stays as it was:\n{told}"
        raise PublishRefusedError(msg, checks)
    run_log.write_parquet(new_history)
    for path in (new, new_history):
        _flush(path)
    _check_no_foreign_log(target)
    new.replace(target)
    new_history.replace(history_of(target))
    _flush(target.parent)
    return Publication(target, {name: tables[name].height for name in CONTRACTS if name in tables}, checks)


def _build(tables: Mapping[str, pl.DataFrame], verdict: pl.DataFrame, new: Path, memory_limit: str) -> list[Check]:
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit, "temp_directory": str(new.parent / "spill")}
    with duckdb.connect(config=settings) as connection:
        connection.execute(f"ATTACH '{_quoted(new)}' AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE warehouse")
        create_tables(connection)
        for name in CONTRACTS:
            if name in tables:
                _load(connection, name, tables[name])
        create_views(connection)
        checks = audit(connection, ["integrity", "drift"])
        _load(connection, "quality_report", report_of(verdict, checks))
        checks += audit(connection, ["history"])
        connection.execute("USE memory")
        connection.execute("DETACH warehouse")
    return checks


def _load(connection: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> None:
    connection.register("incoming", rows)
    try:
        connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
    except duckdb.Error as error:
        msg = (
            f"Table {name} could not be loaded as warehouse/ddl describes it, so nothing was published: {error}\n"
            "The last good file stays. Read the batch of such a row again; if it comes back, repair the room `star`, which made the table."
        )
        raise PublishRefusedError(msg) from error
    finally:
        connection.unregister("incoming")


def _with_this_run(history: Path, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    document = tables["dim_document"]
    batches = pl.concat([document["batch"], tables["unread_record"]["batch"]]).n_unique()
    counted = {
        "batches": batches,
        "documents": document.height,
        "unread_records": tables["unread_record"].height,
        "accepted": tables["fact_observation"].height,
        "rejected": tables["rejected_observation"].height,
        "not_assigned": tables["not_assigned"].height,
        "warnings": tables["warning"].height,
        "newest_article": document.join(tables["fact_observation"], on="document_key", how="semi")["published_on"].max(),
    }
    this = pl.DataFrame([{"published_at": datetime.now(UTC).replace(tzinfo=None), **counted}], schema_overrides={"newest_article": pl.Date})
    earlier = [pl.read_parquet(history)] if history.exists() else []
    # An older release may have counted other things: what it did not count is null, what is no longer counted is left out.
    return pl.concat([this.clear(), *earlier, this], how="diagonal_relaxed").select(this.columns)


def _check_complete(tables: Mapping[str, pl.DataFrame]) -> None:
    if missing := [name for name in CONTRACTS if name not in {*tables, *MADE_BY_PUBLISHING}]:
        msg = f"Nothing was published, the last good file stays: there is no table {', '.join(missing)}. `assets.star.build` makes all."
        raise PublishRefusedError(msg)


def _check_verdicts(verdict: pl.DataFrame, dim_document: pl.DataFrame, unread_record: pl.DataFrame) -> None:
    failed = verdict.filter((pl.col("severity") == "blocking") & ~pl.col("passed")).sort("batch", "rule")
    complaints = [f"Batch {row['batch']}: {row['rule']}: {row['message']}" for row in failed.iter_rows(named=True)]
    unjudged = sorted(set(dim_document["batch"]) - set(verdict["batch"]))
    complaints += [f"Batch {batch} has documents but no verdict: run read_batch for it." for batch in unjudged]
    lost = sorted(set(verdict["batch"]) - {*dim_document["batch"], *unread_record["batch"], ""})
    complaints += [f"Batch {batch} was judged, but none of its rows arrived here: run read_batch for it." for batch in lost]
    if complaints:
        msg = "Nothing was published, the last good file stays:\n" + "\n".join(complaints)
        raise PublishRefusedError(msg)


def _check_no_foreign_log(target: Path) -> None:
    log = target.with_name(target.name + ".wal")
    if log.exists():
        msg = (
            f"{log} lies beside the published file: some program has {target.name} open for writing, or died while it had. "
            "A new file under this log would be unreadable, so nothing was published. Close that program; if none is running, "
            f"open {target.name} once with DuckDB and close it (its log is then written back), or remove the log. Then publish again."
        )
        raise PublishRefusedError(msg)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
