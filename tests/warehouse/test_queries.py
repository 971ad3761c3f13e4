from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.blueprint import scripts

QUERIES = scripts("queries")


def test_there_are_ready_questions() -> None:
    assert len(QUERIES) >= 10


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_ready_question_has_an_answer(path: Path, sql: duckdb.DuckDBPyConnection) -> None:
    question, _, query = path.read_text(encoding="utf-8").partition("\n")
    assert question.startswith("-- ")
    assert question.endswith("?")
    assert sql.execute(query).fetchall()
