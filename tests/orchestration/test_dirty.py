"""A run over input that is broken in every way ends well and publishes the rest."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.documents import dirty
from tests.orchestration.conftest import chitieu

NUMBERS_OF = """
SELECT count(*)
FROM (SELECT document_key FROM fact_observation UNION ALL SELECT document_key FROM not_assigned)
JOIN dim_document USING (document_key)
WHERE source_file = ?
"""


def test_a_run_over_broken_input_ends_with_0_and_publishes_the_rest(tmp_path: Path) -> None:
    documents, unread = dirty.write(tmp_path / "tin", long_line=40_000_000)
    result = chitieu("run", tmp_path / "tin", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    with duckdb.connect(str(tmp_path / "out" / "chitieu.duckdb"), read_only=True) as connection:
        assert {name for (name,) in connection.execute("SELECT source_file FROM dim_document").fetchall()} == documents
        assert set(connection.execute("SELECT source_file, record, reason FROM unread_record").fetchall()) == unread
        read = {name for (name,) in connection.execute("SELECT DISTINCT document FROM observation").fetchall()}
        numbers = connection.execute(NUMBERS_OF, ["sách.txt"]).fetchone()
        future = connection.execute("SELECT DISTINCT rule FROM rejected_observation").fetchall()
    assert {"tcvn3.txt", "vni.txt", "utf-16.txt", "utf-16.jsonl:1", "nul.txt", "trong.txt", "một dòng.jsonl:2"} <= read
    # To look anything up in the whole text for each of these would take hours, or all memory.
    assert numbers == (dirty.NUMBERS,)
    assert future == [("published_in_future",)]
