from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.star.planted import verdicts
from tests.warehouse.conftest import Start
from warehouse.publish import publish

pytestmark = pytest.mark.e2e


def contents(target: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the run log."""
    with duckdb.connect(str(target), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'run_log'").fetchall()]
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for name in names}


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_killed_anywhere_a_rerun_gives_equal_rows(star: dict[str, pl.DataFrame], tmp_path: Path, start: Start) -> None:
    target = tmp_path / "chitieu.duckdb"
    publish(star, verdicts("b1", "b2"), target)
    expected = contents(target)
    moments = random.Random(20)
    children = [start("publisher", target, 1000) for _ in range(4)]
    for child in children:
        assert hear(child) == "ready"
    for child in children:
        say(child, "go")
        time.sleep(moments.uniform(0.02, 0.8))
        child.kill()
        child.wait()
        assert contents(target) == expected
    publish(star, verdicts("b1", "b2"), target)
    assert contents(target) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chitieu.duckdb", "chitieu.duckdb.lock", "chitieu.duckdb.run_log.parquet"]


def test_readers_never_fail_nor_see_a_mix(tmp_path: Path, start: Start) -> None:
    target = tmp_path / "chitieu.duckdb"
    sizes = [3, 40, 7, 90]
    publisher = start("publisher", target, len(sizes), *sizes)
    assert hear(publisher) == "ready"
    say(publisher, "go")
    assert hear(publisher) == "published"
    readers = {way: start("reader", target, way) for way in ("hold", "reopen")}
    for reader in readers.values():
        assert hear(reader) == "ready"
    published = [hear(publisher) for _ in sizes[1:]]
    time.sleep(0.5)
    assert published == ["published"] * 3
    seen = {}
    for way, reader in readers.items():
        output, complaint = reader.communicate()
        assert (reader.returncode, complaint) == (0, "")
        seen[way] = [json.loads(line) for line in output.splitlines()]
    for facts, documents, generations, mixed, logged in seen["hold"] + seen["reopen"]:
        assert facts == documents == logged
        assert (generations, mixed) == (1, 0)
    assert len({row[0] for row in seen["hold"]}) == 1
    assert seen["reopen"][-1][0] == sizes[-1]
    assert publisher.wait() == 0


def test_publishers_take_turns(tmp_path: Path, start: Start) -> None:
    target = tmp_path / "chitieu.duckdb"
    publishers = [start("publisher", target, 3, size) for size in (5, 6)]
    for publisher in publishers:
        assert hear(publisher) == "ready"
    for publisher in publishers:
        say(publisher, "go")
    for publisher in publishers:
        _, complaint = publisher.communicate()
        assert (publisher.returncode, complaint) == (0, "")
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM run_log").fetchone() == (6,)
