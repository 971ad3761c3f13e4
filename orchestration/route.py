"""The whole route for the command line: register a batch, read it, publish, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from orchestration.fingerprint import input_stamp
from orchestration.settings import prepare_dagster_home
from orchestration.store import Store

# The console is for people; every event of a run is in Dagster's history.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

Say = Callable[[str], None]


class RunFailedError(Exception):
    """A Dagster run did not succeed."""


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
        _execute("read_batch", store, batch)
    if not (read and published):
        say("publishing")
        _execute("publish", store)
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


def _execute(job: str, store: Store, batch: str | None = None) -> None:
    """Run a job in this process, in Dagster's history like any other run."""
    prepare_dagster_home(store.out)
    import dagster as dg  # the commands that do not run anything must not wait for it

    from orchestration.definitions import publish_job, read_batch_job

    target = {"read_batch": read_batch_job, "publish": publish_job}[job]
    with dg.DagsterInstance.get() as instance:
        tags = {}
        if batch is not None:
            instance.add_dynamic_partitions("batch", [batch])
            tags = {"dagster/partition": batch}
        with dg.execute_job(dg.reconstructable(target), instance, run_config=QUIET, tags=tags) as result:
            if not result.success:
                raise RunFailedError(_why(job, result))


def _why(job: str, result: object) -> str:
    """The first error of a failed run, as people read it."""
    from dagster import JobExecutionResult

    assert isinstance(result, JobExecutionResult)
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error is not None:
            error = event.step_failure_data.error
            cause = error.cause or error
            return f"{job} failed in step {event.step_key}: {cause.message.strip()}"
    return f"{job} failed in run {result.run_id}; `make ui` shows its history."
