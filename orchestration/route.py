"""The whole route for the command line: register a batch, read it, publish, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from orchestration.fingerprint import input_stamp
from orchestration.launch import execute
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


def run_route(source: Path, store: Store, say: Say) -> bool:
    """Read `source` and publish; False where nothing had changed since it was last done.

    Args:
        source: folder or file with texts.
        store: where all goes to.
        say: told of each stage, in a few words.

    Raises:
        FileNotFoundError: there is no such input.
        RunFailedError: a run failed; Dagster's history says why.
    """
    stamp = input_stamp(source)
    batch = store.register(source)
    read, published = store.is_fresh(batch, stamp), store.is_published()
    if not read:
        say(f"reading batch {batch}")
        execute("read_batch", store, batch)
    if not (read and published):
        say("publishing")
        execute("publish", store)
    return not (read and published)


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
