"""Sensors: one, off until someone switches it on."""

from collections.abc import Iterator

import dagster as dg

from assets.wiring import BATCHES
from orchestration.fingerprint import fingerprint, input_stamp
from orchestration.jobs import READ_BATCH
from orchestration.store import Store


@dg.sensor(
    job=READ_BATCH,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Read a registered batch again when its files, or the code and vocabulary, have changed since it was read.",
)
def changed_batches(context: dg.SensorEvaluationContext, store: dg.ResourceParam[Store]) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run for every registered batch that does not stand on disk as today's code would make it."""
    stale = {}
    for batch in store.registered():
        if store.source(batch).exists():
            stamp = input_stamp(store.source(batch))
            if not store.is_fresh(batch, stamp):
                stale[batch] = stamp
    context.instance.add_dynamic_partitions(str(BATCHES.name), list(stale))
    for batch, stamp in stale.items():
        yield dg.RunRequest(run_key=f"{batch} {stamp} {fingerprint('quality')}", partition_key=batch)
    if not stale:
        yield dg.SkipReason("Every registered batch is as its files, the code and the vocabulary would make it now.")
