"""Wiring of the room `documents`: the files of a batch become documents, blocks and unread records."""

import dagster as dg

from assets import documents
from assets.documents.schema import Block, Document, UnreadRecord
from assets.wiring import BATCHES, Contracts, Frames, Store, outputs, table_outs

CONTRACTS: Contracts = {"document": Document, "block": Block, "unread_record": UnreadRecord}
PICTURES = {"document": "published_on_from", "block": "role", "unread_record": "reason"}


@dg.multi_asset(name="documents", outs=table_outs("documents", CONTRACTS, PICTURES), partitions_def=BATCHES)
def read_documents(context: dg.AssetExecutionContext, store: dg.ResourceParam[Store]) -> Frames:
    """Read the files of the batch."""
    yield from outputs(documents.read_batch(store.source(context.partition_key), context.partition_key))


ASSETS = [read_documents]
