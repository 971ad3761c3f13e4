"""Wiring of the room `observations`: spans become statements."""

import dagster as dg
import polars as pl

from assets import observations
from assets.observations.schema import Observation
from assets.wiring import BATCHES, Contracts, Frames, table_ins, table_outs

CONTRACTS: Contracts = {"observation": Observation}
PICTURES = {"observation": "measure"}


@dg.multi_asset(
    name="observations",
    ins=table_ins(("documents", "document"), ("documents", "block"), ("mentions", "mention")),
    outs=table_outs("observations", CONTRACTS, PICTURES),
    partitions_def=BATCHES,
)
def bind(document: pl.DataFrame, block: pl.DataFrame, mention: pl.DataFrame) -> Frames:
    """Give every quantity what its sentence says of it."""
    yield dg.Output(observations.bind(document, block, mention), output_name="observation")


ASSETS = [bind]
