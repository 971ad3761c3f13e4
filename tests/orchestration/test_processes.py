"""The command line in processes of its own: killed, side by side, and quick where it runs nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from orchestration.settings import prepare_dagster_home
from orchestration.store import Store
from tests.conftest import Child
from tests.orchestration.conftest import ROOT, chitieu, contents, publications, write

pytestmark = pytest.mark.e2e

CHANGED = {
    "ke-hoach.txt": """Hà Nam điều chỉnh kế hoạch năm 2024

Ngày 12/01/2024

Năm 2024, tỉnh Hà Nam đặt mục tiêu giá trị sản xuất công nghiệp đạt 35.500 tỷ đồng.
"""
}
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(child: Child) -> Start:
    """Starts the command line as a process of this test."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DAGSTER_HOME", "CHITIEU_OUT")}
    return lambda *words: child([sys.executable, "-m", "orchestration.cli", *map(str, words)], env=environment)


def finish(process: subprocess.Popen[str]) -> str:
    output, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return output


def wait_until_made(path: Path, since: float, process: subprocess.Popen[str]) -> None:
    """Wait until a process has made a file anew, or has ended."""
    while process.poll() is None:
        if path.exists() and path.stat().st_mtime > since:
            return
        time.sleep(0.002)


def unfinished(store: Store) -> list[str]:
    """Jobs that the history takes for running."""
    prepare_dagster_home(store.out)
    with dg.DagsterInstance.get() as instance:
        return [run.job_name for run in instance.get_runs() if not run.is_finished]


def test_killed_anywhere_a_rerun_gives_equal_rows(tmp_path: Path, start: Start) -> None:
    store, articles = Store(tmp_path / "out"), write(tmp_path / "tin")
    assert chitieu("run", articles, "--out", store.out).exit_code == 0
    old = contents(store.published)
    write(articles, CHANGED)
    expected = Store(tmp_path / "expected")
    assert chitieu("run", articles, "--out", expected.out).exit_code == 0
    new = contents(expected.published)
    assert new != old

    moments = random.Random(20)
    tables = (store.path("documents", "document", "tin"), store.path("quality", "accepted", "tin"))
    for made in (*tables, store.published.with_name("chitieu.duckdb.building")):
        since = time.time()
        process = start("run", articles, "--out", store.out)
        wait_until_made(made, since, process)
        time.sleep(moments.uniform(0, 0.1))
        process.kill()
        process.wait()
        assert contents(store.published) in (old, new)

    finish(start("run", articles, "--out", store.out))
    assert contents(store.published) == new
    assert unfinished(store) == []
    assert not list(store.out.glob("*.building"))


def test_two_batches_side_by_side_are_both_published(tmp_path: Path, start: Start) -> None:
    store = Store(tmp_path / "out")
    folders = [write(tmp_path / "mot"), write(tmp_path / "hai", CHANGED)]
    runs = [start("run", folder, "--out", store.out) for folder in folders]
    for run in runs:
        finish(run)
    assert store.batches() == ["hai", "mot"]
    assert {row[1] for row in contents(store.published)["dim_document"]} == {"hai", "mot"}
    assert publications(store.published) == 2


def test_commands_that_run_nothing_do_not_wait_for_dagster() -> None:
    program = "import sys; from orchestration import cli, query, reading, explain; sys.exit('dagster' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
