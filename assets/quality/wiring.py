"""Wiring of the room `quality`: statements become accepted, rejected and not assigned ones, warnings, witnesses, and a verdict."""

import dagster as dg
import polars as pl

from assets import quality
from assets.quality.schema import Accepted, NotAssigned, Rejected, Verdict, Warning_, Witness
from assets.wiring import BATCHES, Contracts, Frames, outputs, table_ins, table_outs

CONTRACTS: Contracts = {
    "accepted": Accepted,
    "rejected": Rejected,
    "not_assigned": NotAssigned,
    "warning": Warning_,
    "witness": Witness,
    "verdict": Verdict,
}
PICTURES = {"accepted": "indicator", "rejected": "rule", "not_assigned": "unit", "warning": "rule", "witness": "kind", "verdict": "passed"}


@dg.multi_asset(
    name="quality",
    ins=table_ins(("documents", "document"), ("documents", "unread_record"), ("mentions", "mention"), ("observations", "observation")),
    outs=table_outs("quality", CONTRACTS, PICTURES),
    partitions_def=BATCHES,
)
def judge(document: pl.DataFrame, unread_record: pl.DataFrame, mention: pl.DataFrame, observation: pl.DataFrame) -> Frames:
    """Decide what to stand behind."""
    yield from outputs(quality.judge(document, unread_record, mention, observation))


ASSETS = [judge]
