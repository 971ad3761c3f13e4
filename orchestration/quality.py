"""The state of all checks: the verdict on every batch, and what is asked of the published file, asked again now."""

from __future__ import annotations

import duckdb
import polars as pl
from rich.console import Console
from rich.text import Text

from assets.star.accounts import QualityReport
from orchestration.console import table
from orchestration.query import QueryError
from orchestration.store import Store
from warehouse.audit import SEVERITIES, audit
from warehouse.report import report_of

# Failing batches of one rule whose rows are shown; the others are counted.
_SHOWN_BATCHES = 3
_FILE = "file"
_STYLES = {"blocking": "bold red", "warning": "yellow"}


def report(store: Store) -> pl.DataFrame:
    """Every rule of every batch that was read and of the published file; columns of `QualityReport`.

    A file that is not there has no rows. The file is opened read-only.

    Raises:
        FileNotFoundError: nothing was read or published yet.
        QueryError: the published file cannot be asked, for it was made by another release.
    """
    batches = [batch for batch in store.batches() if store.path("quality", "verdict", batch).exists()]
    if not batches and not store.published.exists():
        msg = f"Nothing has been read into {store.out} yet. `chitieu run FOLDER` reads and publishes."
        raise FileNotFoundError(msg)
    types = {name: column.dtype.type for name, column in QualityReport.to_schema().columns.items()}
    verdicts = [store.read("quality", "verdict", batch).select(*types).cast(types) for batch in batches]
    verdict = pl.concat([pl.DataFrame(schema=types), *verdicts])
    if not store.published.exists():
        return verdict
    try:
        with duckdb.connect(str(store.published), read_only=True) as connection:
            return report_of(verdict, audit(connection, SEVERITIES))
    except duckdb.Error as error:
        msg = f"{store.published} does not answer what is asked of it: {error}. `chitieu run` publishes it anew."
        raise QueryError(msg) from error


def show(told: pl.DataFrame, console: Console) -> bool:
    """Print every rule with its state, and below what fails with its first rows; False where a blocking rule fails.

    Args:
        told: see `report`.
        console: where to print.
    """
    rules = _by_rule(told)
    console.print(table(rules.select("about", "rule", "severity", "state", "rows", "batches")))
    for rule in rules.filter(pl.col("state") == "fails").iter_rows(named=True):
        console.print(Text.assemble((f"\n{rule['rule']}", _STYLES[rule["severity"]]), f"  {rule['description']}"), soft_wrap=True)
        rows = rule["messages"]
        for row in rows[:_SHOWN_BATCHES]:
            console.print(f"  {row['batch'] or 'published file'}: {row['message']}", markup=False, soft_wrap=True)
        if len(rows) > _SHOWN_BATCHES:
            console.print(f"  … and in {len(rows) - _SHOWN_BATCHES:,} more batches: see the table quality_report.", soft_wrap=True)
    failing = rules.filter(pl.col("state") == "fails")["severity"].to_list()
    blocking, warnings = failing.count("blocking"), failing.count("warning")
    console.print(f"\n{rules.height} rules: {blocking} blocking and {warnings} warning rules fail.")
    return blocking == 0


def _by_rule(told: pl.DataFrame) -> pl.DataFrame:
    """One row a rule: the blocking ones first, failing before those that hold; of batches before those of the file."""
    fails = ~pl.col("passed")
    return (
        told.with_columns(about=pl.when(pl.col("batch").is_null()).then(pl.lit(_FILE)).otherwise(pl.lit("batch")))
        .group_by("about", "rule", "severity", maintain_order=True)
        .agg(
            pl.col("description").first(),
            pl.col("failing_rows").sum().alias("rows"),
            fails.sum().alias("batches"),
            messages=pl.struct("batch", "message").filter(fails),
        )
        .with_columns(state=pl.when(pl.col("batches") > 0).then(pl.lit("fails")).otherwise(pl.lit("holds")))
        .with_columns(pl.when(pl.col("about") != _FILE).then("batches").alias("batches"))
        .sort("severity", "state", "about", "rows", "rule", descending=[False, False, False, True, False])
    )
