"""Documents of all batches: one row each, with the cluster of those that say the same in nearly the same words."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from assets.star.clusters import with_clusters

READ_BEFORE = "same content as"


class Documents(NamedTuple):
    """The documents that stand, and the records that could not be read or were read before."""

    dim_document: pl.DataFrame
    unread_record: pl.DataFrame


def settle(document: pl.DataFrame, unread_record: pl.DataFrame) -> Documents:
    """Keep each document once, in the first batch (by name) that has it; its other records become unread ones.

    `cluster_key` is the first key among documents with equal or near-identical texts, in whatever files they came.
    """
    ordered = document.sort("content_hash", "document_key", "batch")
    first = ordered.unique("document_key", keep="first", maintain_order=True)
    standing = with_clusters(first)
    read_in = first.select("document_key", first_batch="batch")
    again = ordered.join(read_in, on="document_key").filter(pl.col("batch") != pl.col("first_batch"))
    repeated = again.select(
        "batch",
        "source_file",
        record="record_id",
        reason=pl.lit(READ_BEFORE),
        detail=pl.format("Batch {} has the same record, and it is read there: nothing to do.", "first_batch"),
    )
    return Documents(standing, pl.concat([unread_record.select(repeated.columns), repeated]).sort("batch", "source_file", "record"))


def of_standing(frame: pl.DataFrame, dim_document: pl.DataFrame) -> pl.DataFrame:
    """Rows of the documents that stand, each with the day of its article; rows of their other copies are left out."""
    return frame.join(dim_document.select("document_key", "batch", "published_on"), on=["document_key", "batch"])
