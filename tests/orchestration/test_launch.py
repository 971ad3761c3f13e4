from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.launch import PROCESS_TAG, RunFailedError, execute, history
from orchestration.locks import held
from orchestration.settings import prepare_dagster_home
from orchestration.store import Store


@dg.job
def nothing() -> None: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return prepare_dagster_home(tmp_path / "out")


def test_runs_of_killed_command_lines_end_in_the_history(home: Path) -> None:
    processes = home / "processes"
    processes.mkdir()
    (processes / "dead").touch()
    with history(home) as instance:
        runs = {
            name: instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED, tags=tags)
            for name, tags in {
                "killed": {PROCESS_TAG: "dead"},
                "lost": {PROCESS_TAG: "gone"},
                "alive": {PROCESS_TAG: "alive"},
                "launched by the user interface": {},
            }.items()
        }
    with held(processes / "alive"), history(home) as instance:
        finished = {run.run_id for run in instance.get_runs() if run.is_finished}
    ended = {name for name, run in runs.items() if run.run_id in finished}
    assert ended == {"killed", "lost"}
    assert [path.name for path in processes.iterdir()] == ["alive"]


def test_a_history_that_a_killed_process_has_half_made_is_made_again(home: Path) -> None:
    half = home / "new" / "history" / "runs"
    half.mkdir(parents=True)
    (half / "index.db").touch()
    (home / "schedules").mkdir()
    with history(home) as instance:
        instance.add_dynamic_partitions("batch", ["tin"])
        instance.create_run_for_job(nothing)
    assert not (home / "new").exists()


def test_a_history_is_kept(home: Path) -> None:
    for _ in range(2):
        with history(home) as instance:
            instance.create_run_for_job(nothing)
    with history(home) as instance:
        assert len(instance.get_runs()) == 2


def test_a_failed_run_ends_with_the_message_of_its_error(tmp_path: Path) -> None:
    with pytest.raises(RunFailedError, match=r"^publish failed in step warehouse: No batch has been read"):
        execute("publish", Store(tmp_path))
    assert list((tmp_path / "dagster" / "processes").iterdir()) == []


def test_a_run_over_a_batch_that_nobody_knows_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunFailedError, match="No batch is called nowhere"):
        execute("read_batch", Store(tmp_path), "nowhere")
