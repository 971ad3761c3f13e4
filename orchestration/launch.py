"""Runs that the command line starts: in its own process, and in Dagster's history like any other run."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from orchestration.settings import prepare_dagster_home
from orchestration.store import Store

if TYPE_CHECKING:
    from dagster import DagsterInstance, JobExecutionResult

# The console is for people; every event of a run is in Dagster's history.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
PROCESS_TAG = "chitieu/process"


class RunFailedError(Exception):
    """A Dagster run did not succeed."""


def execute(job: str, store: Store, batch: str | None = None) -> None:
    """Run `read_batch` for a batch, or `publish`.

    Raises:
        RunFailedError: the run failed; its message is that of the first error.
    """
    home = prepare_dagster_home(store.out)
    import dagster as dg  # the commands that do not run anything must not wait for it

    from orchestration.definitions import publish_job, read_batch_job

    target = {"read_batch": read_batch_job, "publish": publish_job}[job]
    with dg.DagsterInstance.get() as instance, _alive(home) as tags:
        end_dead_runs(instance, home)
        if batch is not None:
            instance.add_dynamic_partitions("batch", [batch])
            tags["dagster/partition"] = batch
        with dg.execute_job(dg.reconstructable(target), instance, run_config=QUIET, tags=tags) as result:
            if not result.success:
                raise RunFailedError(_why(job, result))


def end_dead_runs(instance: DagsterInstance, home: Path) -> None:
    """Mark the runs of killed command lines as failed: Dagster would let them run, and take a place in its queue, for ever."""
    from dagster import DagsterRunStatus, RunsFilter

    begun = [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]
    for run in instance.get_runs(RunsFilter(statuses=begun)):
        lock = home / "processes" / run.tags.get(PROCESS_TAG, "")
        if PROCESS_TAG in run.tags and not _is_held(lock):
            instance.report_run_failed(run, "The process of this run was killed.")
            lock.unlink(missing_ok=True)


@contextmanager
def _alive(home: Path) -> Iterator[dict[str, str]]:
    """The tag of a run of this process, whose lock the kernel frees when the process dies."""
    lock = home / "processes" / uuid4().hex
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield {PROCESS_TAG: lock.name}
        finally:
            lock.unlink()


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _why(job: str, result: JobExecutionResult) -> str:
    """The first error of a failed run, as people read it."""
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error is not None:
            error = event.step_failure_data.error
            message = (error.cause or error).message.strip()
            return f"{job} failed in step {event.step_key}: {re.sub(r'^[A-Za-z_.]+: ', '', message)}"
    return f"{job} failed in run {result.run_id}; `chitieu ui` shows its history."
