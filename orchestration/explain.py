"""A document that was read before, found again in the store with its quantities."""

from __future__ import annotations

import polars as pl

from orchestration.reading import Reading, with_fates
from orchestration.store import Store


def find(store: Store, name: str) -> Reading:
    """The document with this name or key; every one of them where several batches have one.

    Raises:
        FileNotFoundError: no batch has such a document.
    """
    found = [reading for batch in store.batches() if (reading := _in_batch(store, batch, name)) is not None]
    if not found:
        msg = f"No batch in {store.out} has a document called {name}, and there is no such file."
        raise FileNotFoundError(msg)
    return Reading(
        pl.concat([reading.document for reading in found]),
        pl.concat([reading.unread_record for reading in found]),
        pl.concat([reading.quantity for reading in found], how="diagonal"),
    )


def _in_batch(store: Store, batch: str, name: str) -> Reading | None:
    wanted = (pl.col("document") == name) | (pl.col("document_key") == name)
    document = pl.scan_parquet(store.path("documents", "document", batch)).filter(wanted).collect()
    if document.is_empty():
        return None
    store.check_whole(batch)
    keys = document["document_key"].implode()
    fates = [
        pl.scan_parquet(store.path("quality", table, batch)).filter(pl.col("document_key").is_in(keys)).collect()
        for table in ("accepted", "rejected", "not_assigned")
    ]
    return Reading(document, store.read("documents", "unread_record", batch).clear(), with_fates(*fates))
