"""Dagster's daemon, left alone: its schedule publishes, its sensor reads what has changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

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


def dagster(program: str, *words: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name(program)), *words, "-w", "workspace.yaml"]
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
def left_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """A published batch, and a daemon with schedule and sensor on; the store and the folder of articles."""
    folder = tmp_path_factory.mktemp("daemon")
    store, articles = Store(folder / "out"), folder / "tin"
    articles.mkdir()
    (articles / "ha-nam.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("DAGSTER_HOME", "CHITIEU_OUT"):
            patch.setenv(variable, "to be set, and put back")
        home = prepare_dagster_home(store.out)
        execute("read_batch", store, store.register(articles))
        execute("publish", store)
        environment = {**os.environ, "CHITIEU_PUBLISH_CRON": "* * * * *"}
        for kind, name in (("schedule", "publish_daily"), ("sensor", "changed_batches")):
            assert dagster("dagster", kind, "start", name, environment=environment).wait(timeout=120) == 0
        daemon = dagster("dagster-daemon", "run", environment=environment)
        try:
            yield store, articles
        finally:
            end(daemon, home)
            with history(home):
                pass


def within_patience(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.5)
    return condition()


def ask(store: Store, question: str) -> int:
    with duckdb.connect(str(store.published), read_only=True) as connection:
        return int(connection.sql(question).pl().item())


def test_the_published_file_changes_by_itself(left_alone: tuple[Store, Path]) -> None:
    store, _ = left_alone
    before = store.published.stat().st_ino
    published = ask(store, "SELECT count(*) AS n FROM run_log")
    assert within_patience(lambda: ask(store, "SELECT count(*) AS n FROM run_log") > published)
    assert store.published.stat().st_ino != before


def test_a_file_that_is_dropped_in_is_published_by_itself(left_alone: tuple[Store, Path]) -> None:
    store, articles = left_alone
    (articles / "hung-yen.txt").write_text(ARTICLE.replace("Hà Nam", "Hưng Yên"), encoding="utf-8")
    assert within_patience(lambda: ask(store, "SELECT count(*) AS n FROM observation WHERE place = 'Hưng Yên'") == 1)
