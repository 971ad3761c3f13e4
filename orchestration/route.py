"""The whole route for the command line: register a batch, read it, publish, and say what came of it; or redo what is stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from orchestration.launch import execute
from orchestration.sources import Address, stamp
from orchestration.store import Store

Say = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """What a batch came to: numbers of rows."""

    batch: str
    documents: int
    unread: int
    quantities: int
    accepted: int
    rejected: int
    not_assigned: int
    warnings: int


def run_route(source: Address, store: Store, say: Say) -> bool:
    """Read `source` and publish; False where nothing had changed since it was last done.

    Args:
        source: folder or file with texts, or the address of one in an object store.
        store: where all goes to.
        say: told of each stage, in a few words.

    Raises:
        FileNotFoundError: there is no such input.
        RunFailedError: a run failed; Dagster's history says why.
    """
    stamped = stamp(source)
    batch = store.register(source)
    read, published = store.is_fresh(batch, stamped), store.is_published()
    if not read:
        say(f"reading batch {batch}")
        execute("read_batch", store, batch)
    if not (read and published):
        say("publishing")
        execute("publish", store)
    return not (read and published)


def run_stale(store: Store, say: Say) -> list[str]:
    """Read again every batch whose files, code or vocabulary have changed, then publish; returns the names of those batches.

    A batch whose files are gone stays as it was read.

    Args:
        store: where all lies.
        say: told of each stage, in a few words.

    Raises:
        RunFailedError: a run failed; Dagster's history says why.
    """
    stale = [batch for batch in store.registered() if store.is_stale(batch)]
    for number, batch in enumerate(stale, 1):
        say(f"reading batch {batch}, {number} of {len(stale)}")
        execute("read_batch", store, batch)
    if stale or not store.is_published():
        say("publishing")
        execute("publish", store)
    return stale


def summarise(store: Store, batch: str) -> Summary:
    """Count the rows of a batch in the store."""

    def rows(room: str, table: str) -> int:
        return int(pl.scan_parquet(store.path(room, table, batch)).select(pl.len()).collect().item())

    judged = {table: rows("quality", table) for table in ("accepted", "rejected", "not_assigned")}
    return Summary(
        batch=batch,
        documents=rows("documents", "document"),
        unread=rows("documents", "unread_record"),
        quantities=sum(judged.values()),
        warnings=rows("quality", "warning"),
        **judged,
    )
