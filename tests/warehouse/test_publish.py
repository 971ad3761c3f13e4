from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.star import CONTRACTS, build
from assets.star.schema import MADE_BY_PUBLISHING
from tests.star.planted import rooms, verdicts
from warehouse.blueprint import scripts
from warehouse.publish import history_of, publish
from warehouse.refusal import PublishRefusedError

Tables = dict[str, pl.DataFrame]
VERDICTS = verdicts("b1", "b2")


def rows(target: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(target), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_row_of_every_table_is_in_the_file(star: Tables, published: Path) -> None:
    for name, frame in star.items():
        with duckdb.connect(str(published), read_only=True) as connection:
            loaded = connection.sql(f"FROM {name}").pl()
        assert loaded.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)).rows() == frame.rows(), name


def test_says_what_it_published(star: Tables, tmp_path: Path) -> None:
    publication = publish(star, VERDICTS, tmp_path / "x.duckdb")
    assert publication.rows == {name: star[name].height for name in CONTRACTS if name not in MADE_BY_PUBLISHING}
    assert len(publication.checks) >= 7
    assert all(check.passed and check.demand.endswith(".") for check in publication.checks)


def test_no_input_gives_a_valid_empty_file(tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    publish(build(*rooms()), verdicts(), target)
    assert rows(target, "SELECT count(*) FROM observation") == [(0,)]
    assert rows(target, "SELECT count(*) > 50 FROM dim_indicator") == [(True,)]


def test_the_log_of_publications_goes_on_when_the_file_is_lost(star: Tables, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    publish(build(*rooms()), verdicts(), target)
    target.unlink()
    publish(star, VERDICTS, target)
    assert rows(target, "SELECT documents, accepted, rejected, not_assigned, warnings, batches FROM run_log ORDER BY published_at") == [
        (0, 0, 0, 0, 0, 0),
        (8, 13, 1, 1, 1, 2),
    ]


def test_the_log_takes_in_what_an_older_release_logged(star: Tables, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    older = pl.DataFrame({"published_at": [datetime(2026, 1, 2)], "documents": [5], "pages": [9]})
    older.write_parquet(history_of(target))
    publish(star, VERDICTS, target)
    assert rows(target, "SELECT documents, accepted FROM run_log ORDER BY published_at") == [(5, None), (8, 13)]


def test_only_the_file_its_lock_and_its_log_are_left(star: Tables, tmp_path: Path) -> None:
    (tmp_path / "x.duckdb.building").mkdir()
    (tmp_path / "x.duckdb.building" / "x.duckdb.wal").write_bytes(b"left by one that was killed")
    publish(star, VERDICTS, tmp_path / "x.duckdb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.duckdb", "x.duckdb.lock", "x.duckdb.run_log.parquet"]


def test_refuses_beside_a_foreign_log_and_says_what_to_do(star: Tables, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    publish(star, VERDICTS, target)
    before = target.read_bytes()
    log = tmp_path / "x.duckdb.wal"
    log.write_bytes(b"of somebody else")
    with pytest.raises(PublishRefusedError, match=r"x\.duckdb\.wal lies beside.*Close that program"):
        publish(build(*rooms()), verdicts(), target)
    assert target.read_bytes() == before
    assert log.read_bytes() == b"of somebody else"


def test_refuses_while_somebody_writes_and_publishes_once_they_have_closed(star: Tables, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    publish(star, VERDICTS, target)
    with duckdb.connect(str(target)) as writer:
        writer.execute("CREATE TABLE note (words VARCHAR)")
        with pytest.raises(PublishRefusedError, match="open for writing"):
            publish(star, VERDICTS, target)
    publish(star, VERDICTS, target)
    assert rows(target, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'note'") == [(0,)]


def test_refuses_a_batch_whose_verdict_failed(star: Tables, tmp_path: Path) -> None:
    bad = pl.concat([verdicts("b1"), verdicts("b2", passed=False)])
    with pytest.raises(PublishRefusedError, match="Batch b2: row_balance: 3 quantities are missing"):
        publish(star, bad, tmp_path / "x.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_warning_does_not_stop_it(star: Tables, tmp_path: Path) -> None:
    suspicion = verdicts("b2", passed=False).with_columns(severity=pl.lit("warning"))
    assert publish(star, pl.concat([VERDICTS, suspicion]), tmp_path / "x.duckdb").rows["dim_document"] == 8


def test_refuses_a_batch_without_a_verdict(star: Tables, tmp_path: Path) -> None:
    with pytest.raises(PublishRefusedError, match="Batch b2 has documents but no verdict"):
        publish(star, verdicts("b1"), tmp_path / "x.duckdb")


def test_refuses_where_a_batch_was_lost_on_the_way(star: Tables, tmp_path: Path) -> None:
    with pytest.raises(PublishRefusedError, match="Batch b3 was judged, but none of its rows arrived here"):
        publish(star, verdicts("b1", "b2", "b3"), tmp_path / "x.duckdb")


@pytest.mark.parametrize("name", [name for name in CONTRACTS if name not in MADE_BY_PUBLISHING])
def test_refuses_without_one_of_the_tables_and_names_it(name: str, star: Tables, tmp_path: Path) -> None:
    with pytest.raises(PublishRefusedError, match=rf"Nothing was published, .* there is no table {name}\."):
        publish({each: frame for each, frame in star.items() if each != name}, VERDICTS, tmp_path / "x.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_refuses_rows_that_do_not_fit_and_names_the_table(star: Tables, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    publish(star, VERDICTS, target)
    before = target.read_bytes()
    twice = star | {"dim_place": pl.concat([star["dim_place"], star["dim_place"].head(1)])}
    with pytest.raises(PublishRefusedError, match=r"Table dim_place .* nothing was published.*duplicate key"):
        publish(twice, VERDICTS, target)
    assert target.read_bytes() == before
    assert not (tmp_path / "x.duckdb.building").exists()


def test_waits_for_another_publisher_and_then_says_who_it_is(star: Tables, tmp_path: Path) -> None:
    with (tmp_path / "x.duckdb.lock").open("w+") as held:
        held.write("4711")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(PublishRefusedError, match="Process 4711 is publishing"):
            publish(star, VERDICTS, tmp_path / "x.duckdb", patience_seconds=0.1)
    publish(star, VERDICTS, tmp_path / "x.duckdb")


def command_line(target: Path, query: str) -> list[str]:
    beside_python = Path(sys.executable).with_name("duckdb")
    program = str(beside_python) if beside_python.exists() else shutil.which("duckdb")
    assert program, "The development requirements bring the command line of DuckDB 1.5 (duckdb-cli)."
    assert subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.startswith("v1.5")
    command = [program, "-readonly", "-csv", "-noheader", str(target)]
    return subprocess.run(command, input=query, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_command_line_of_duckdb_reads_the_file_and_its_comments(published: Path) -> None:
    query = """
        SELECT count(*) FROM observation;
        SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = '';
        SELECT count(*) FROM duckdb_tables() WHERE coalesce(comment, '') = '';
        SELECT comment FROM duckdb_columns() WHERE table_name = 'fact_observation' AND column_name = 'evidence';
    """
    assert command_line(published, query) == ["13", "0", "0", '"The number as printed, with its unit"']


def test_the_command_line_of_duckdb_answers_the_ready_questions(published: Path) -> None:
    answers = command_line(published, "\n".join(path.read_text(encoding="utf-8") for path in scripts("queries")))
    assert len(answers) > len(scripts("queries"))
