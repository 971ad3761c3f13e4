"""Runs that the command line starts: in its own process, and in Dagster's history like any other run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from orchestration.alerts import alert, without_text
from orchestration.locks import held, is_held
from orchestration.settings import prepare_dagster_home
from orchestration.store import Store

if TYPE_CHECKING:
    from dagster import DagsterInstance, JobExecutionResult

# The console is for people, who need not wait to see whether a full disk heals; every event is in Dagster's history.
FOR_PEOPLE = {
    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    "execution": {"config": {"retries": {"disabled": {}}}},
}
PROCESS_TAG = ".dagster/process"  # Dagster hides the tags that begin like this
# Where `workspace.yaml` finds the jobs: without it the pages of the jobs would not show the runs of the command line.
REPOSITORY_TAG = {".dagster/repository": "__repository__@chitieu"}


class RunFailedError(Exception):
    """A Dagster run did not succeed."""


def execute(job: str, store: Store, batch: str | None = None) -> None:
    """Run `read_batch` for a batch, or `publish`.

    Raises:
        RunFailedError: the run failed; its message is that of the first error.
    """
    home = prepare_dagster_home(store.out)
    import dagster as dg  # the commands that do not run anything must not wait for it

    # Named by store: Dagster keeps the last job that it has built, and would take it for the next store too.
    arguments = {"name": job, "out": str(store.out)}
    target = dg.build_reconstructable_job("orchestration.definitions", "job", reconstructable_kwargs=arguments)
    with history(home) as instance, _process(home) as tags:
        if batch is not None:
            instance.add_dynamic_partitions("batch", [batch])
            tags["dagster/partition"] = batch
        try:
            with dg.execute_job(target, instance, run_config=FOR_PEOPLE, tags=tags) as result:
                if not result.success:
                    alert(job, batch, result.run_id, _told(result))
                    raise RunFailedError(_why(job, result))
        except dg.DagsterUserCodeExecutionError as error:
            alert(job, batch, None, f"before its first step: {type(error.user_exception).__name__}")
            msg = f"{job} failed before its first step: {error.user_exception}"
            raise RunFailedError(msg) from error


@contextmanager
def history(home: Path) -> Iterator[DagsterInstance]:
    """Dagster's history, in which no run of a killed process goes on.

    Raises:
        RunFailedError: the history cannot be written.
    """
    from dagster import DagsterInstance
    from sqlalchemy.exc import DBAPIError

    try:
        with ExitStack() as stack:
            with held(home / "history.lock"):
                _make_whole(home)
                instance = stack.enter_context(DagsterInstance.get())
                end_dead_runs(instance, home)
            yield instance
    except DBAPIError as error:
        msg = f"Dagster's history in {home} cannot be written: {error.orig}. If there is no space left on device, make room and run again."
        raise RunFailedError(msg) from error


def _make_whole(home: Path) -> None:
    """Make the databases of the history beside their place: half made ones, by a killed process, would break every later run."""
    from dagster import DagsterInstance

    if (home / "history").exists():
        return
    beside = home / "new"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    shutil.copy(home / "dagster.yaml", beside)
    with DagsterInstance.from_config(str(beside)):
        pass
    for name in ("schedules", "history"):
        if not (home / name).exists():
            (beside / name).rename(home / name)
    shutil.rmtree(beside)


def end_dead_runs(instance: DagsterInstance, home: Path) -> None:
    """Mark the runs of killed processes as failed: Dagster would let them run, and take a place in its queue, for ever."""
    from dagster import DagsterRunStatus, RunsFilter

    begun = [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]
    for run in instance.get_runs(RunsFilter(statuses=begun)):
        lock = home / "processes" / run.tags.get(PROCESS_TAG, run.run_id)
        has_lived = PROCESS_TAG in run.tags or lock.exists()
        if has_lived and not is_held(lock):
            instance.report_run_failed(run, "The process of this run was killed.")
            lock.unlink(missing_ok=True)


@contextmanager
def alive(home: Path, name: str) -> Iterator[None]:
    """A sign that a process lives: a lock of this name, which the kernel frees when the process dies."""
    lock = home / "processes" / name
    with ExitStack() as stack:
        with held(home / "history.lock"):  # nobody may look between the making of the file and its locking
            stack.enter_context(held(lock))
        try:
            yield
        finally:
            lock.unlink()


@contextmanager
def _process(home: Path) -> Iterator[dict[str, str]]:
    """The tags of a run of this process, for as long as it lives; Dagster's daemon does not start such a run again."""
    name = uuid4().hex
    with alive(home, name):
        yield {PROCESS_TAG: name, "dagster/max_retries": "0", **REPOSITORY_TAG}


def _told(result: JobExecutionResult) -> str:
    """The first error of a failed run, without text of documents."""
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error is not None:
            return f"in step {event.step_key}: {without_text(event.step_failure_data.error)}"
    return "unknown"


def _why(job: str, result: JobExecutionResult) -> str:
    """The first error of a failed run, as people read it."""
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error is not None:
            error = event.step_failure_data.error
            message = (error.cause or error).message.strip()
            return f"{job} failed in step {event.step_key}: {re.sub(r'^[A-Za-z_.]+: ', '', message)}"
    return f"{job} failed in run {result.run_id}; `chitieu ui` shows its history."
