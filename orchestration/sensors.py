"""Sensors: what comes into the inbox, what would be read otherwise than it was, and runs that failed."""

from __future__ import annotations

import time
from collections.abc import Callable

import dagster as dg

from assets.wiring import BATCHES
from orchestration.alerts import alert, without_text
from orchestration.fingerprint import fingerprint
from orchestration.inbox import Inbox, Looks
from orchestration.jobs import READ_BATCH
from orchestration.launch import PROCESS_TAG
from orchestration.resources import PARTITION_TAG
from orchestration.settings import ALERT_VARIABLE
from orchestration.sources import look, stamp
from orchestration.store import Store

AT_ONCE = 50
"""How many batches one look deals with: the others wait for the next."""
EVERY_SECONDS = 30
RETRIED_TAG = "dagster/will_retry"


def new_batches(status: dg.DefaultSensorStatus) -> dg.SensorDefinition:
    """The sensor of the inbox."""

    @dg.sensor(
        name="new_batches",
        job=READ_BATCH,
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=status,
        description="Read each folder or file that comes into the inbox, or changes there, once it has stopped growing.",
    )
    def sensor(context: dg.SensorEvaluationContext, store: dg.ResourceParam[Store], inbox: dg.ResourceParam[Inbox]) -> dg.SensorResult:
        return look_into(inbox, store, Looks(context.cursor), time.time())

    return sensor


def changed_batches(status: dg.DefaultSensorStatus) -> dg.SensorDefinition:
    """The sensor of what was read before."""

    @dg.sensor(
        name="changed_batches",
        job=READ_BATCH,
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=status,
        description="Read a batch again when the code or the vocabulary, or its files outside the inbox, have changed since it was read.",
    )
    def sensor(context: dg.SensorEvaluationContext, store: dg.ResourceParam[Store], inbox: dg.ResourceParam[Inbox]) -> dg.SensorResult:
        return look_back(inbox, store, Looks(context.cursor), time.time())

    return sensor


def failed_runs(status: dg.DefaultSensorStatus) -> dg.SensorDefinition:
    """The sensor that posts failures."""

    @dg.run_failure_sensor(
        name="failed_runs",
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=status,
        description=f"Post each run that has failed to the address in {ALERT_VARIABLE}, unless it will be started again.",
    )
    def sensor(context: dg.RunFailureSensorContext) -> None:
        tell_failure(context)

    return sensor


def tell_failure(context: dg.RunFailureSensorContext) -> None:
    """Post a failed run; not one that Dagster starts again, nor one of the command line, which has posted it itself."""
    run = context.dagster_run
    if run.tags.get(RETRIED_TAG) == "true" or PROCESS_TAG in run.tags:
        return
    steps = [event for event in context.get_step_failure_events() if event.step_failure_data.error is not None]
    if steps and (error := steps[0].step_failure_data.error) is not None:
        why = f"in step {steps[0].step_key}: {without_text(error)}"
    else:
        why = (context.failure_event.message or "unknown").splitlines()[0]
    alert(run.job_name, run.tags.get(PARTITION_TAG), run.run_id, why)


def look_into(inbox: Inbox, store: Store, looks: Looks, now: float) -> dg.SensorResult:
    """One run for each batch of the inbox that is new or has changed, and has not grown for a while."""

    def batch_to_read(name: str) -> str | None:
        batch = store.register(inbox.address / name)
        read = store.provenance("quality", "verdict", batch)
        # Files that were only touched, or put back, are not read again.
        return None if read is not None and read.input == stamp(store.address(batch)) else batch

    return _ask(looks, inbox.look(), now, batch_to_read, store)


def look_back(inbox: Inbox, store: Store, looks: Looks, now: float) -> dg.SensorResult:
    """One run for each registered batch that does not stand on disk as today's code would make it of its files.

    Batches of the inbox are read again here only for the code and the vocabulary.
    """
    fingerprint.cache_clear()  # this process lives on while people edit the vocabulary; the run is a process of its own
    today = fingerprint("quality")
    shown = {}
    for batch in store.registered():
        address = store.address(batch)
        files = "of the inbox" if inbox.holds(address) else look(address)
        if files is not None:
            shown[batch] = f"{files} {today}"

    def batch_to_read(batch: str) -> str | None:
        if inbox.holds(store.address(batch)):
            was_read = store.provenance("quality", "verdict", batch) is not None
            return batch if was_read and not store.is_of_today(batch) else None
        return batch if store.is_stale(batch) else None

    return _ask(looks, shown, now, batch_to_read, store)


def _ask(looks: Looks, shown: dict[str, str], now: float, batch_to_read: Callable[[str], str | None], store: Store) -> dg.SensorResult:
    """Runs for what has settled; each is asked for once, so that nothing is read twice and a failed one not for ever.

    A run key also says when the batch was last read: a change that is taken back and made again is another one.
    """
    asked = []
    for name in looks.settled(shown, now)[:AT_ONCE]:
        if (batch := batch_to_read(name)) is not None:
            key = f"{batch} {shown[name]} after {store.read_at(batch)}"
            asked.append(dg.RunRequest(run_key=key, partition_key=batch))
        looks.deal_with(name)
    arriving = looks.arriving()
    told = f"Waiting until it has stopped growing: {', '.join(arriving)}." if arriving else "Nothing has changed."
    return dg.SensorResult(
        run_requests=asked,
        skip_reason=None if asked else told,
        cursor=looks.as_cursor(),
        dynamic_partitions_requests=[BATCHES.build_add_request([str(request.partition_key) for request in asked])] if asked else [],
    )
