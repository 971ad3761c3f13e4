"""The shell of `chitieu query`, and the command that opens the user interface."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from orchestration.query import shell
from tests.orchestration.conftest import ROOT, chitieu


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "chitieu.duckdb"
    publish(path, 1)
    return path


def publish(path: Path, value: int) -> None:
    new = path.with_suffix(".new")
    with duckdb.connect(str(new)) as connection:
        connection.execute(f"CREATE TABLE fact AS SELECT {value} AS value; COMMENT ON TABLE fact IS 'What is so'")
    new.replace(path)


def ask(lines: Iterator[str], published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold a conversation with the shell."""
    monkeypatch.setattr(Console, "input", lambda *_, **__: next(lines))
    shell(published)


def test_a_question_may_take_lines_and_a_wrong_one_is_told(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(iter(["SELECT valeu FROM fact;", "SELECT value + 41 AS answer", "FROM fact;", "\\q"]), published, monkeypatch)
    told = capsys.readouterr().out
    assert "valeu" in told
    assert "answer" in told
    assert "42" in told


def test_it_lists_tables_with_what_they_say(published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ask(iter(["\\d", "exit"]), published, monkeypatch)
    assert "What is so" in capsys.readouterr().out


def test_a_new_publication_shows_at_once(published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def conversation() -> Iterator[str]:
        yield "SELECT value FROM fact;"
        publish(published, 777)
        yield "SELECT value FROM fact;"
        yield "quit"

    ask(conversation(), published, monkeypatch)
    assert "777" in capsys.readouterr().out


def test_the_end_of_input_leaves_it(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(*_: object, **__: object) -> str:
        raise EOFError

    monkeypatch.setattr(Console, "input", end)
    shell(published)


def test_the_user_interface_opens_on_this_machine_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: started.append([program, *words]))
    monkeypatch.chdir(tmp_path)
    result = chitieu("ui", "--out", "out", "--port", 4321)
    assert result.exit_code == 0, result.output
    assert "http://127.0.0.1:4321" in result.stdout
    (words,) = started
    assert Path(words[0]).name == "dg"
    assert words[2:] == ["dev", "--host", "127.0.0.1", "--port", "4321", "-w", "workspace.yaml"]
    assert Path.cwd() == ROOT
    assert os.environ["DAGSTER_HOME"] == str(tmp_path / "out" / "dagster")
    assert (tmp_path / "out" / "dagster" / "history" / "runs.db").exists()
