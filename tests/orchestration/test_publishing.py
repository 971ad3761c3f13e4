"""The job `publish` over the planted country: what Dagster is told, and what makes it refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from assets.marts import catalogue
from assets.marts.wiring import everything
from orchestration.definitions import job
from orchestration.provenance import Provenance
from orchestration.store import Store
from tests.orchestration.conftest import contents, publications, put
from tests.star.planted import verdicts
from warehouse.audit import SEVERITIES
from warehouse.blueprint import scripts
from warehouse.publish import history_of

Publish = Callable[[], dg.ExecuteInProcessResult]


@pytest.fixture
def publish(planted: Store) -> Publish:
    """Runs the job over the planted store."""

    def run() -> dg.ExecuteInProcessResult:
        return job("publish", str(planted.out)).execute_in_process(raise_on_error=False)

    return run


def why(result: dg.ExecuteInProcessResult) -> str:
    """The message of what ended a failed run."""
    assert not result.success
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    error = failure.step_failure_data.error
    assert error is not None
    return str((error.cause or error).message)


def materializations(result: dg.ExecuteInProcessResult) -> dict[tuple[str, ...], dg.AssetMaterialization]:
    told = result.asset_materializations_for_node("warehouse")
    return {tuple(each.asset_key.path): each for each in told if each.asset_key is not None}


def evaluations(result: dg.ExecuteInProcessResult) -> dict[str, dg.AssetCheckEvaluation]:
    return {evaluation.check_name: evaluation for evaluation in result.get_asset_check_evaluations()}


def test_every_table_and_view_is_told_with_its_rows(publish: Publish, planted: Store) -> None:
    told = materializations(publish())
    assert set(told) == {entry.path for entry in catalogue()}
    with duckdb.connect(str(planted.published), read_only=True) as connection:
        for (_, name), materialization in told.items():
            rows = connection.sql(f"SELECT count(*) AS n FROM {name}").pl().item()
            assert materialization.metadata["dagster/row_count"].value == rows, name
            assert ("sample" in materialization.metadata) == (rows > 0), name
    assert told["star", "fact_observation"].metadata["dagster/row_count"].value == 13
    assert "| `Hà Nam` | " in str(told["marts", "observation"].metadata["picture"].value)


def test_what_is_asked_of_the_file_is_told_as_checks_that_passed(publish: Publish) -> None:
    checks = evaluations(publish())
    assert set(checks) == {path.stem for folder in SEVERITIES for path in scripts(folder)}
    assert all(check.passed for check in checks.values())
    assert {name for name, check in checks.items() if check.blocking} == {path.stem for path in scripts("integrity")}
    severities = {name: check.severity for name, check in checks.items()}
    assert severities["row_balance"] == dg.AssetCheckSeverity.ERROR
    assert severities["freshness"] == severities["unread_rate"] == dg.AssetCheckSeverity.WARN


def test_a_suspicion_is_told_with_numbers_rows_and_what_to_do_and_stops_nothing(publish: Publish, planted: Store) -> None:
    publish()
    log = history_of(planted.published)
    was = pl.read_parquet(log)
    was.with_columns(documents=100, accepted=200).write_parquet(log)
    result = publish()
    assert result.success
    check = evaluations(result)["nothing_shrinks"]
    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert check.description == f"1 rows break this: {check.metadata['demand'].value}"
    assert "run_log" in str(check.metadata["to_do"].value)
    rows = check.metadata["first_rows"]
    assert isinstance(rows, dg.TableMetadataValue)
    assert {(record.data["documents"], record.data["documents_before"]) for record in rows.records} == {("8", "100")}


def test_what_was_published_is_noted(publish: Publish, planted: Store) -> None:
    assert not planted.is_published()
    assert publish().success
    assert planted.is_published()


def test_a_failed_audit_shows_its_rows_and_the_last_file_stays(publish: Publish, planted: Store) -> None:
    publish()
    before = planted.published.read_bytes()
    accepted = planted.read("quality", "accepted", "b1")
    put(planted, accepted.with_columns(sentence=pl.lit("Câu này không có trong bài.")), "quality", "accepted", "b1")
    result = publish()
    assert "The new file fails its audit" in why(result)
    failed = evaluations(result)["fact_in_text"]
    assert not failed.passed
    assert failed.metadata["failing_rows"].value == accepted.height
    rows = failed.metadata["first_rows"]
    assert isinstance(rows, dg.TableMetadataValue)
    assert {record.data["sentence"] for record in rows.records} == {"Câu này không có trong bài."}
    assert evaluations(result)["foreign_keys"].passed
    assert planted.published.read_bytes() == before


def test_a_failed_verdict_refuses_and_the_last_file_stays(publish: Publish, planted: Store) -> None:
    publish()
    before = planted.published.read_bytes()
    put(planted, verdicts("b2", passed=False), "quality", "verdict", "b2")
    assert "Batch b2: row_balance: 3 quantities are missing" in why(publish())
    assert planted.published.read_bytes() == before


def test_a_table_that_breaks_its_contract_refuses_and_names_rule_and_rows(publish: Publish, planted: Store) -> None:
    accepted = planted.read("quality", "accepted", "b1")
    put(planted, accepted.with_columns(measure=pl.lit("guess"), bound=pl.lit(None, pl.String)), "quality", "accepted", "b1")
    message = why(publish())
    assert "the table of FactObservation breaks its contract" in message
    assert f": {accepted.height} rows, first guess, guess, guess" in message
    assert "bound does not keep not_nullable" in message
    assert "Read the batch of such a row again" in message
    assert not planted.published.exists()


def test_a_half_read_batch_refuses_and_the_last_file_stays(publish: Publish, planted: Store) -> None:
    publish()
    before = planted.published.read_bytes()
    document = planted.read("documents", "document", "b1")
    planted.write(document, "documents", "document", "b1", Provenance.of("documents", "of changed files"))
    assert "Batch b1 has not been read to its end" in why(publish())
    assert planted.published.read_bytes() == before


def test_a_foreign_log_refuses_and_the_last_file_stays(publish: Publish, planted: Store) -> None:
    publish()
    before = planted.published.read_bytes()
    log = planted.published.with_name("chitieu.duckdb.wal")
    log.write_bytes(b"of somebody else")
    assert "chitieu.duckdb.wal lies beside the published file" in why(publish())
    assert planted.published.read_bytes() == before
    log.unlink()
    assert publish().success


def test_nothing_read_yet_is_said(publish: Publish, planted: Store, tmp_path: Path) -> None:
    (planted.out / "rooms").rename(tmp_path / "elsewhere")
    assert "No batch has been read" in why(publish())


def test_published_again_the_rows_are_equal(publish: Publish, planted: Store) -> None:
    publish()
    before = contents(planted.published)
    publish()
    assert contents(planted.published) == before
    assert publications(planted.published) == 2


def test_a_batch_that_is_read_anew_meanwhile_is_taken_whole(planted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all = Store.read_all
    looked: list[str] = []

    def interrupted(self: Store, room: str, table: str, batches: Sequence[str]) -> pl.DataFrame:
        frame = read_all(self, room, table, batches)
        looked.append(table)
        if looked == ["document"]:  # another run comes in between the first table and the second
            for of_room, name in planted.tables("b1"):
                kept = planted.read(of_room, name, "b1")
                emptied = kept if name == "verdict" else kept.clear()
                planted.write(emptied, of_room, name, "b1", Provenance.of(of_room, "of emptied files"))
        return frame

    monkeypatch.setattr(Store, "read_all", interrupted)
    publication, frames, _ = everything(planted)
    assert publication == planted.publication(planted.batches())
    assert {batch for frame in frames.values() for batch in frame["batch"]} == {"b2"}


def test_a_batch_that_is_read_for_the_first_time_is_waited_for(planted: Store) -> None:
    tables = planted.tables("b1")
    put(planted, planted.read("documents", "document", "b1"), "documents", "document", "b3")
    with ThreadPoolExecutor() as pool, planted.reading("b3"):
        publishing = pool.submit(everything, planted)
        assert not wait([publishing], timeout=0.5).done
        for room, table in tables:
            put(planted, planted.read(room, table, "b1"), room, table, "b3")
    publication, _, _ = publishing.result()
    assert publication == planted.publication(["b1", "b2", "b3"])


def test_a_batch_that_comes_while_others_are_looked_at_is_left_for_the_next_time(planted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all = Store.read_all

    def interrupted(self: Store, room: str, table: str, batches: Sequence[str]) -> pl.DataFrame:
        put(planted, planted.read("documents", "document", "b1"), "documents", "document", "b3")
        return read_all(self, room, table, batches)

    monkeypatch.setattr(Store, "read_all", interrupted)
    publication, frames, _ = everything(planted)
    assert {batch for frame in frames.values() for batch in frame["batch"]} == {"b1", "b2"}
    planted.note_publication(publication)
    assert not planted.is_published()
