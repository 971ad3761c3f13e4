"""What is posted when a run fails, and that nothing breaks when it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import dagster as dg
import pytest
from dagster_shared.error import SerializableErrorInfo

from orchestration.alerts import alert, without_text
from orchestration.definitions import job
from orchestration.launch import PROCESS_TAG
from orchestration.sensors import RETRIED_TAG, tell_failure
from orchestration.store import Store
from tests.orchestration.conftest import chitieu, put, write
from tests.star.planted import verdicts

SENTENCE = "Năm 2023, tỉnh Hà Nam đạt 30.640 tỷ đồng."


class Desk:
    """A server that keeps what is posted to it, and answers with `status`."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.status = 200
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/json; charset=utf-8"
                desk.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(desk.status)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = Desk()
    thread = Thread(target=desk.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("CHITIEU_ALERT_URL", desk.url)
    yield desk
    desk.server.shutdown()
    thread.join()
    desk.server.server_close()


def fail(store: Store, **tags: str) -> tuple[dg.DagsterInstance, dg.RunFailureSensorContext]:
    """A run of `publish` that fails for a batch's verdict, as the sensor is told of it."""
    put(store, verdicts("b2", passed=False), "quality", "verdict", "b2")
    instance = dg.DagsterInstance.ephemeral()
    result = job("publish", str(store.out)).execute_in_process(raise_on_error=False, instance=instance, tags=tags)
    assert not result.success
    context = dg.build_run_status_sensor_context(
        sensor_name="failed_runs", dagster_event=result.get_run_failure_event(), dagster_instance=instance, dagster_run=result.dagster_run
    )
    return instance, context.for_run_failure()


def test_a_failed_run_is_posted(desk: Desk, planted: Store) -> None:
    _, context = fail(planted)
    tell_failure(context)
    (posted,) = desk.posted
    assert datetime.fromisoformat(posted.pop("time")).tzinfo is not None
    assert posted == {
        "job": "publish",
        "batch": None,
        "run_id": context.dagster_run.run_id,
        "error": "in step warehouse: PublishRefusedError: Nothing was published, the last good file stays",
    }


@pytest.mark.parametrize("tags", [{RETRIED_TAG: "true"}, {PROCESS_TAG: "of the command line"}])
def test_a_run_that_is_started_again_or_was_told_before_is_not_posted(desk: Desk, planted: Store, tags: dict[str, str]) -> None:
    _, context = fail(planted, **tags)
    tell_failure(context)
    assert desk.posted == []


def test_a_failed_command_is_posted(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError(SENTENCE)

    monkeypatch.setattr("assets.mentions.find_mentions", fail)
    assert chitieu("run", write(tmp_path / "Tin ngày 1"), "--out", tmp_path / "out").exit_code == 1
    (posted,) = desk.posted
    assert (posted["job"], posted["batch"]) == ("read_batch", "tin-ngày-1")
    assert posted["error"] == "in step mentions: ValueError"
    assert SENTENCE not in json.dumps(posted, ensure_ascii=False)


@pytest.mark.parametrize("status", [404, 500])
def test_an_address_that_refuses_breaks_nothing(desk: Desk, status: int) -> None:
    desk.status = status
    assert not alert("publish", None, "1", "killed")
    assert len(desk.posted) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "file:///etc/passwd", "no address", "http://", "http://[::1"])
def test_an_address_that_is_none_breaks_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHITIEU_ALERT_URL", address)
    assert not alert("publish", None, "1", "killed")


def test_without_an_address_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.alerts.urlopen", lambda *_, **__: pytest.fail("something was posted"))
    assert not alert("publish", None, "1", "killed")


def error(kind: str, message: str, cause: SerializableErrorInfo | None = None) -> SerializableErrorInfo:
    return SerializableErrorInfo(message=f"{kind}: {message}\n", stack=[], cls_name=kind, cause=cause)


def test_words_of_documents_are_left_out() -> None:
    told = {
        "ComputeError": error("ComputeError", f"conversion failed for {SENTENCE}"),
        "ConversionException": error("DagsterExecutionStepExecutionError", SENTENCE, error("ConversionException", SENTENCE)),
        "PublishRefusedError: The new file fails its audit and /out/chitieu.duckdb stays as it was": error(
            "PublishRefusedError", f"The new file fails its audit and /out/chitieu.duckdb stays as it was:\n{SENTENCE}"
        ),
        "PublishRefusedError: Table dim_entity could not be loaded, so nothing was published": error(
            "PublishRefusedError", f"Table dim_entity could not be loaded, so nothing was published: {SENTENCE}"
        ),
        "OSError: [Errno 28] No space left on device: '/out'": error("OSError", "[Errno 28] No space left on device: '/out'"),
        "BatchNotWholeError: Batch b1 has not been read to its end": error("BatchNotWholeError", "Batch b1 has not been read to its end"),
    }
    assert {without_text(each) for each in told.values()} == set(told)
