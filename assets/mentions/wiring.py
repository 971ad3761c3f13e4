"""Wiring of the room `mentions`: documents become spans."""

import dagster as dg
import polars as pl

from assets import mentions
from assets.mentions.schema import Mention
from assets.wiring import BATCHES, Contracts, Frames, table_ins, table_outs

CONTRACTS: Contracts = {"mention": Mention}
PICTURES = {"mention": "kind"}


@dg.multi_asset(
    name="mentions",
    ins=table_ins(("documents", "document"), ("documents", "block")),
    outs=table_outs("mentions", CONTRACTS, PICTURES),
    partitions_def=BATCHES,
)
def find_mentions(document: pl.DataFrame, block: pl.DataFrame) -> Frames:
    """Find every span that matters."""
    yield dg.Output(mentions.find_mentions(document, block), output_name="mention")


ASSETS = [find_mentions]
