"""Sensors: one, off until someone switches it on."""

from collections.abc import Iterator

import dagster as dg

from assets.wiring import BATCHES
from orchestration.fingerprint import fingerprint, input_stamp
from orchestration.jobs import READ_BATCH
from orchestration.store import Store


@dg.sensor(
    job=READ_BATCH,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Read a registered batch again when its files, or the code and vocabulary, have changed since it was read.",
)
def changed_batches(context: dg.SensorEvaluationContext, store: dg.ResourceParam[Store]) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run for every registered batch that does not stand on disk as today's code would make it."""
    fingerprint.cache_clear()  # this process lives on while people edit the vocabulary; the run is a process of its own
    stale = {}
    for batch in store.registered():
        if store.source(batch).exists():
            stamp = input_stamp(store.source(batch))
            if not store.is_fresh(batch, stamp):
                stale[batch] = stamp
    context.instance.add_dynamic_partitions(str(BATCHES.name), list(stale))
    for batch, stamp in stale.items():
        # One run for each change of what stands on disk: none while it goes on, none again after it failed.
        key = f"{batch} read {store.read_at(batch)}, now {stamp} {fingerprint('quality')}"
        yield dg.RunRequest(run_key=key, partition_key=batch)
    if not stale:
        yield dg.SkipReason("Every registered batch is as its files, the code and the vocabulary would make it now.")
