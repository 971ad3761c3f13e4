"""Resources: what the wirings need from outside. Nothing is opened before a run begins."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import dagster as dg

from orchestration.inbox import Inbox
from orchestration.io_manager import ParquetIOManager
from orchestration.launch import PROCESS_TAG, alive
from orchestration.run_store import RunStore

PARTITION_TAG = "dagster/partition"


def parquet(context: dg.InitResourceContext) -> Iterator[ParquetIOManager]:
    """The I/O manager of one run; a run over a batch waits for another run over it."""
    store: RunStore = context.resources.store
    batch = context.run.tags.get(PARTITION_TAG) if context.run else None
    if batch is None:
        yield ParquetIOManager(store)
        return
    with store.reading(batch):
        try:
            yield ParquetIOManager(store)
        finally:
            shutil.rmtree(store.fetched(batch), ignore_errors=True)


def resources(out: Path, inbox: Inbox) -> dict[str, object]:
    """The store below `out`, the I/O manager that keeps tables in it, and the inbox."""

    def opened(context: dg.InitResourceContext) -> Iterator[RunStore]:
        """The store of one run, and a sign for as long as its process lives."""
        store, run = RunStore(out), context.run
        sign: AbstractContextManager[object] = nullcontext()
        if run is not None and PROCESS_TAG not in run.tags:
            sign = alive(store.dagster_home, run.run_id)
        with sign:
            yield store

    manager = dg.IOManagerDefinition(
        parquet,  # type: ignore[arg-type] # Dagster takes one that yields, as for every resource; its types do not say so
        required_resource_keys={"store"},
        description="Keeps each table of a batch as one Parquet file.",
    )
    return {"store": dg.ResourceDefinition(opened), "io_manager": manager, "inbox": inbox}
