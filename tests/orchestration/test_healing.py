"""What is tried again and what is not, in runs of Dagster; full disks and folders that nobody may write to."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from typer.testing import Result

from orchestration import healing
from orchestration.definitions import job
from orchestration.healing import can_heal
from orchestration.store import BatchNotWholeError, Store
from tests.orchestration.conftest import chitieu, contents, write
from warehouse.refusal import PublishRefusedError

FULL = OSError(errno.ENOSPC, "No space left on device", "/out")
LOCKED_UP = PermissionError(errno.EACCES, "Permission denied", "/out")


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        FULL,
        ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
        TimeoutError("no answer"),
        OSError(errno.EIO, "Input/output error"),
        duckdb.IOException("could not write"),
        caused(PublishRefusedError("Table fact_observation could not be loaded."), duckdb.IOException("could not write")),
    ],
)
def test_disks_and_networks_can_heal(error: Exception) -> None:
    assert can_heal(error)


@pytest.mark.parametrize(
    "error",
    [
        LOCKED_UP,
        FileNotFoundError(errno.ENOENT, "No such file", "/tin"),
        OSError(errno.EROFS, "Read-only file system"),
        BatchNotWholeError("not whole"),
        PublishRefusedError("3 quantities are missing"),
        ValueError("a fault of ours"),
        duckdb.ConstraintException("twice the same key"),
    ],
)
def test_faults_stay(error: Exception) -> None:
    assert not can_heal(error)


@pytest.fixture
def failing(planted: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Publishes while the first attempts fail with these errors; tells what Dagster did with the step."""

    def run(*errors: Exception) -> list[str]:
        left, publication = list(errors), Store.publication

        def fail_first(store: Store, batches: Sequence[str]) -> str:
            if left:
                raise left.pop(0)
            return publication(store, batches)

        monkeypatch.setattr(healing, "WAIT_SECONDS", 0)
        monkeypatch.setattr(Store, "publication", fail_first)
        result = job("publish", str(planted.out)).execute_in_process(raise_on_error=False)
        kinds = ("STEP_UP_FOR_RETRY", "STEP_SUCCESS", "STEP_FAILURE")
        return [event.event_type_value for event in result.all_events if event.event_type_value in kinds]

    return run


def test_a_full_disk_is_waited_for(failing: Callable[..., list[str]], planted: Store) -> None:
    assert failing(FULL, FULL) == ["STEP_UP_FOR_RETRY", "STEP_UP_FOR_RETRY", "STEP_SUCCESS"]
    assert planted.is_published()


def test_waiting_has_an_end(failing: Callable[..., list[str]]) -> None:
    assert failing(*[FULL] * (healing.ATTEMPTS + 1)) == ["STEP_UP_FOR_RETRY"] * healing.ATTEMPTS + ["STEP_FAILURE"]


@pytest.mark.parametrize("error", [LOCKED_UP, BatchNotWholeError("not whole"), ValueError("a fault of ours")])
def test_a_fault_is_not_tried_again(failing: Callable[..., list[str]], error: Exception) -> None:
    assert failing(error) == ["STEP_FAILURE"]


def told(result: Result, *words: str) -> bool:
    return result.exit_code == 1 and "Traceback" not in result.output and all(word in result.stderr for word in words)


def test_people_are_not_made_to_wait_for_a_full_disk(
    first_run: tuple[Store, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: Store, *_: object) -> None:
        raise FULL

    monkeypatch.setattr(healing, "WAIT_SECONDS", 10_000)
    monkeypatch.setattr(Store, "write", fail)
    result = chitieu("run", write(tmp_path / "tin"), "--out", tmp_path / "out")
    assert told(result, "read_batch failed in step documents", "No space left on device")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that one file fills; skips where nobody may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk: a full one was NOT tried")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("free_kilobytes", [0, 150, 900])
def test_once_a_full_disk_has_room_a_rerun_gives_the_same_rows(
    copied: tuple[Store, Path], small_disk: Path, tmp_path: Path, free_kilobytes: int
) -> None:
    store, articles = copied
    shutil.copytree(store.out, small_disk / "out")
    full, ballast = Store(small_disk / "out"), small_disk / "ballast"
    old = contents(full.published)
    write(articles, {"them.txt": "Hưng Yên, ngày 09/01/2024\n\nNăm 2023, tỉnh Hưng Yên có 41.500 lao động trong các khu công nghiệp.\n"})
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - free_kilobytes * 1024))
    assert told(chitieu("run", articles, "--out", full.out), "o space left on device")
    assert contents(full.published) == old
    ballast.unlink()
    assert chitieu("run", articles, "--out", full.out).exit_code == 0
    assert chitieu("run", articles, "--out", tmp_path / "clean").exit_code == 0
    assert contents(full.published) == contents(Store(tmp_path / "clean").published) != old


def test_a_disk_that_nobody_may_write_to_is_named(copied: tuple[Store, Path], small_disk: Path) -> None:
    store, articles = copied
    shutil.copytree(store.out, small_disk / "out")
    old = contents(Store(small_disk / "out").published)
    write(articles, {"them.txt": "Tin vừa đến."})
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert told(chitieu("run", articles, "--out", small_disk / "out"), f"{small_disk}/out", "Read-only file system")
    assert contents(Store(small_disk / "out").published) == old
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert chitieu("run", articles, "--out", small_disk / "out").exit_code == 0


def test_a_folder_that_nobody_may_write_to_is_named(copied: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    store, articles = copied
    write(articles, {"them.txt": "Tin vừa đến."})

    def refuse(*_: object, **__: object) -> None:
        raise LOCKED_UP

    with monkeypatch.context() as locked:
        locked.setattr("polars.DataFrame.write_parquet", refuse)
        assert told(chitieu("run", articles, "--out", store.out), "read_batch failed in step documents", "Permission denied: '/out'")
    assert chitieu("run", articles, "--out", store.out).exit_code == 0
