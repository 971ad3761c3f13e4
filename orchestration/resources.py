"""Resources: what the wirings need from outside. Nothing is opened before a run begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from orchestration.fingerprint import input_stamp
from orchestration.io_manager import ParquetIOManager
from orchestration.store import Store

PARTITION_TAG = "dagster/partition"


def parquet(context: dg.InitResourceContext) -> Iterator[ParquetIOManager]:
    """The I/O manager of one run; a run over a batch waits for another run over it.

    The batch's files are stamped now, before any of them is read: one that changes while it is read then leaves a batch that
    is stale, not one that looks fresh.
    """
    store: Store = context.resources.store
    batch = context.run.tags.get(PARTITION_TAG) if context.run else None
    if batch is None:
        yield ParquetIOManager(store, None)
        return
    with store.reading(batch):
        source = store.source(batch)
        yield ParquetIOManager(store, input_stamp(source) if source.exists() else None)


def resources(out: Path) -> dict[str, object]:
    """The store below `out`, and the I/O manager that keeps tables in it."""
    manager = dg.IOManagerDefinition(
        parquet,  # type: ignore[arg-type] # Dagster takes one that yields, as for every resource; its types do not say so
        required_resource_keys={"store"},
        description="Keeps each table of a batch as one Parquet file.",
    )
    return {"store": Store(out), "io_manager": manager}
