"""`chitieu quality`: the state of all checks."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from typer.testing import Result

from orchestration.definitions import job
from orchestration.quality import report
from orchestration.store import Store
from tests.orchestration.conftest import chitieu, put
from tests.star.planted import verdicts
from warehouse.audit import SEVERITIES
from warehouse.blueprint import scripts


@pytest.fixture
def out(planted: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The planted store, published, on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "160")
    assert job("publish", str(planted.out)).execute_in_process().success
    return planted


def quality(store: Store) -> Result:
    return chitieu("quality", "--out", store.out)


def states(result: Result) -> dict[str, list[str]]:
    """The words behind the name of each rule in the table."""
    lines = [line.split() for line in result.stdout.splitlines()]
    return {next(word for word in words if "_" in word or word == "freshness"): words for words in lines if {"holds", "fails"} & set(words)}


def tamper(store: Store, sql: str) -> None:
    with duckdb.connect(str(store.published)) as connection:
        connection.execute(sql)


def test_every_rule_of_batches_and_file_is_listed_with_its_state(out: Store) -> None:
    result = quality(out)
    assert result.exit_code == 0
    asked = {path.stem for folder in SEVERITIES for path in scripts(folder)}
    assert set(states(result)) == asked | {"row_balance"}
    assert all("holds" in words for words in states(result).values())
    assert result.stdout.rstrip().endswith(f"{len(asked) + 1} rules: 0 blocking and 0 warning rules fail.")


def test_a_blocking_rule_that_a_batch_fails_is_told_with_its_message_and_the_exit_code(out: Store) -> None:
    put(out, verdicts("b2", passed=False), "quality", "verdict", "b2")
    result = quality(out)
    assert result.exit_code == 1
    assert "  b2: 3 quantities are missing" in result.stdout
    assert "1 blocking and 0 warning rules fail." in result.stdout


def test_a_fault_in_the_published_file_is_told_with_rows_and_what_to_do(out: Store) -> None:
    tamper(out, "UPDATE fact_observation SET sentence = 'Câu này không có trong bài.' WHERE value = 12.15")
    result = quality(out)
    assert result.exit_code == 1
    assert "  published file: 1 rows break this, first: {'observation_key': " in result.stdout
    assert "Read the batch of the document again" in result.stdout


def test_a_suspicion_is_told_and_no_failure(out: Store) -> None:
    tamper(out, "INSERT INTO run_log (published_at, documents, accepted) VALUES (TIMESTAMP '2020-01-01', 800, 900)")
    result = quality(out)
    assert result.exit_code == 0
    assert "fails" in states(result)["nothing_shrinks"]
    assert "'documents_before': '800'" in result.stdout
    assert "0 blocking and 1 warning rules fail." in result.stdout


def test_many_failing_batches_are_told_by_the_first(out: Store) -> None:
    for number in range(5):
        put(out, verdicts(f"c{number}", passed=False), "quality", "verdict", f"c{number}")
        put(out, out.read("documents", "document", "b1").clear(), "documents", "document", f"c{number}")
    result = quality(out)
    assert result.stdout.count(": 3 quantities are missing") == 3
    assert "and in 2 more batches" in result.stdout


def test_batches_are_told_before_anything_is_published(planted: Store) -> None:
    told = report(planted)
    assert told["batch"].to_list() == ["b1", "b2"]


def test_where_nothing_was_read_that_is_said(tmp_path: object) -> None:
    result = chitieu("quality", "--out", tmp_path)
    assert result.exit_code == 1
    assert "Nothing has been read into" in result.stderr


def test_a_file_of_another_release_is_said_and_no_trace_of_python(out: Store) -> None:
    tamper(out, "DROP VIEW drift")
    result = quality(out)
    assert result.exit_code == 1
    assert "does not answer what is asked of it" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_published_report_has_what_is_told_of_batches(out: Store) -> None:
    with duckdb.connect(str(out.published), read_only=True) as connection:
        published = connection.sql("SELECT batch, rule, passed FROM quality_report WHERE batch IS NOT NULL ORDER BY ALL").fetchall()
    assert published == report(out).filter(pl.col("batch").is_not_null()).select("batch", "rule", "passed").sort("batch", "rule").rows()
