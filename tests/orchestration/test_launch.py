from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
from typer.testing import Result

from orchestration.definitions import job
from orchestration.launch import PROCESS_TAG, RunFailedError, alive, execute, history
from orchestration.locks import held, is_held
from orchestration.settings import prepare_dagster_home
from orchestration.store import Store


@dg.job
def nothing() -> None: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return prepare_dagster_home(tmp_path / "out")


def test_runs_of_killed_processes_end_in_the_history(home: Path) -> None:
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
                "of the daemon": {},
            }.items()
        }
        started = dg.DagsterRunStatus.STARTED
        of_the_daemon = {name: instance.create_run_for_job(nothing, status=started) for name in ("daemon's, killed", "daemon's, alive")}
    runs |= of_the_daemon
    (processes / of_the_daemon["daemon's, killed"].run_id).touch()
    with held(processes / "alive"), alive(home, runs["daemon's, alive"].run_id), history(home) as instance:
        finished = {run.run_id for run in instance.get_runs() if run.is_finished}
    ended = {name for name, run in runs.items() if run.run_id in finished}
    assert ended == {"killed", "lost", "daemon's, killed"}
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


def test_a_run_shows_that_it_lives_whoever_started_it(planted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    signs: list[str] = []
    publication = Store.publication

    def look(store: Store, batches: list[str]) -> str:
        signs.extend(path.name for path in (store.dagster_home / "processes").iterdir() if is_held(path))
        return publication(store, batches)

    monkeypatch.setattr(Store, "publication", look)
    result = job("publish", str(planted.out)).execute_in_process()
    assert set(signs) == {result.run_id}
    assert list((planted.dagster_home / "processes").iterdir()) == []


def test_neither_logs_nor_tags_of_a_run_hold_text_of_documents(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    prepare_dagster_home(store.out)
    words = ("giữ nhịp tăng", "30.640 tỷ", "đặt mục tiêu")
    with dg.DagsterInstance.get() as instance:
        runs = instance.get_runs()
        entries = [entry for run in runs for entry in instance.all_logs(run.run_id)]
        logs = [f"{entry.user_message} {entry.dagster_event.message if entry.dagster_event else ''}" for entry in entries]
        told = "\n".join([*logs, *(str(run.tags) + str(run.run_config) for run in runs)])
    told += "\n".join(path.read_text("utf-8", "replace") for path in (store.dagster_home / "storage").rglob("*") if path.is_file())
    assert len(logs) > 50
    assert [word for word in words if word in told] == []


def test_nothing_is_stored_as_a_pickle(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    protocols = [bytes([0x80, protocol]) for protocol in range(2, 6)]
    files = [path for path in store.out.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path for path in files if path.read_bytes()[:2] in protocols] == []
