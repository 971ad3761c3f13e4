"""Dagster's daemon, left alone: it reads what comes in and what changes, publishes, and gets over a killed run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.launch import execute, history
from orchestration.settings import prepare_dagster_home
from orchestration.store import Store
from tests.e2e.conftest import processes_with

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240
ARTICLE = """Hà Nam: Công nghiệp tăng khá

Ngày 05/01/2024

Năm 2023, giá trị sản xuất công nghiệp của tỉnh Hà Nam đạt 30.640 tỷ đồng.
"""


def begin(*command: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.DEVNULL, start_new_session=True)


def end(process: subprocess.Popen[str], home: Path) -> None:
    """Ask a daemon to end, and end what is left of what it has started."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    deadline = time.monotonic() + 15
    while processes_with("DAGSTER_HOME", home) and time.monotonic() < deadline:
        time.sleep(0.2)
    for left in processes_with("DAGSTER_HOME", home):
        os.kill(left, signal.SIGKILL)


@pytest.fixture(scope="module")
def left_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A daemon that does all by itself over three batches, of which one changes while a fourth comes into the inbox."""
    folder = tmp_path_factory.mktemp("daemon")
    store, articles = Store(folder / "out"), folder / "tin"
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("DAGSTER_HOME", "CHITIEU_OUT"):
            patch.setenv(variable, "to be set, and put back")
        home = prepare_dagster_home(store.out)
        for batch in (articles, folder / "hai", folder / "ba"):
            drop(batch, "Hà Nam")
            execute("read_batch", store, store.register(batch))
        execute("publish", store)
        environment = {**os.environ, "CHITIEU_PUBLISH_CRON": "* * * * *", "CHITIEU_AUTOMATIC": "yes"}
        daemon = begin(sys.executable, "-m", "orchestration.cli", "daemon", environment=environment)
        drop(articles, "Hưng Yên")
        drop(store.out / "inbox" / "Ngày 1", "Thái Bình")
        try:
            yield store
        finally:
            end(daemon, home)
            with history(home):
                pass


def drop(folder: Path, place: str) -> None:
    """Put an article about a place into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{place}.txt").write_text(ARTICLE.replace("Hà Nam", place), encoding="utf-8")


def within_patience(condition: Callable[[], bool], pause: float = 0.5) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return condition()


def ask(store: Store, question: str) -> int:
    with duckdb.connect(str(store.published), read_only=True) as connection:
        return int(connection.sql(question).pl().item())


def publishing_process() -> tuple[str, int] | None:
    """The run that publishes now, and its process."""
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(dg.RunsFilter(job_name="publish", statuses=[dg.DagsterRunStatus.STARTED])):
            for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT):
                message = entry.dagster_event.message if entry.dagster_event else None
                if found := re.search(r"Executing steps in process \(pid: ([0-9]+)\)", message or ""):
                    return run.run_id, int(found[1])
    return None


def runs_after(run_id: str) -> tuple[bool, bool]:
    """Whether a run has failed and been started again, and whether one that published has succeeded since."""
    with dg.DagsterInstance.get() as instance:
        runs = instance.get_runs(dg.RunsFilter(job_name="publish"))  # the newest comes first
    at = next(number for number, run in enumerate(runs) if run.run_id == run_id)
    again = any(run.parent_run_id == run_id for run in runs[:at])
    return again and runs[at].is_failure, any(run.is_success for run in runs[:at])


def test_the_published_file_changes_by_itself(left_alone: Store) -> None:
    before = left_alone.published.stat().st_ino
    published = ask(left_alone, "SELECT count(*) AS n FROM run_log")
    assert within_patience(lambda: ask(left_alone, "SELECT count(*) AS n FROM run_log") > published)
    assert left_alone.published.stat().st_ino != before


@pytest.mark.parametrize("place", ["Thái Bình", "Hưng Yên"])
def test_what_comes_into_the_inbox_or_changes_is_published_by_itself(left_alone: Store, place: str) -> None:
    assert within_patience(lambda: ask(left_alone, f"SELECT count(*) AS n FROM observation WHERE place = '{place}'") == 1)


def test_a_backfill_reads_just_its_batches_again(left_alone: Store) -> None:
    read_at = {batch: left_alone.read_at(batch) for batch in ("hai", "ba", "tin")}
    words = ("job", "backfill", "-w", "workspace.yaml", "-j", "read_batch", "--partitions", "hai,ba", "--noprompt")
    asked = begin(str(Path(sys.executable).with_name("dagster")), *words, environment=dict(os.environ))
    assert asked.wait(timeout=PATIENCE_SECONDS) == 0
    assert within_patience(lambda: all(left_alone.read_at(batch) > read_at[batch] for batch in ("hai", "ba")))
    assert left_alone.read_at("tin") == read_at["tin"]


def test_a_publishing_run_that_is_killed_fails_is_started_again_and_blocks_nobody(left_alone: Store) -> None:
    found: list[tuple[str, int]] = []

    def is_publishing() -> bool:
        found.extend(filter(None, [publishing_process()]))
        return bool(found)

    assert within_patience(is_publishing, pause=0.05)
    run_id, process = found[0]
    os.kill(process, signal.SIGKILL)
    assert within_patience(lambda: runs_after(run_id) == (True, True))
    assert ask(left_alone, "SELECT count(*) AS n FROM observation WHERE place = 'Thái Bình'") == 1
