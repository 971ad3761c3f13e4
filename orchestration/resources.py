"""Resources: what the wirings need from outside. Nothing is opened before a run begins."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from orchestration.fingerprint import input_stamp
from orchestration.io_manager import ParquetIOManager
from orchestration.store import Store

PARTITION_TAG = "dagster/partition"


@dg.io_manager(required_resource_keys={"store"}, description="Keeps each table of a batch as one Parquet file.")
def parquet(context: dg.InitResourceContext) -> ParquetIOManager:
    """The I/O manager of one run; the batch's files are stamped now, before any of them is read.

    A file that changes while it is read then leaves a batch that is stale, not one that looks fresh.
    """
    store: Store = context.resources.store
    batch = context.run.tags.get(PARTITION_TAG) if context.run else None
    source = store.source(batch) if batch is not None else None
    return ParquetIOManager(store, input_stamp(source) if source is not None and source.exists() else None)


def resources(out: Path) -> dict[str, object]:
    """The store below `out`, and the I/O manager that keeps tables in it."""
    return {"store": Store(out), "io_manager": parquet}
