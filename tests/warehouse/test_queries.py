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


README = Path(__file__).resolve().parents[2] / "README.md"
ASKED = [query for query in README.read_text(encoding="utf-8").partition("```sql\n")[2].partition("```")[0].split(";") if query.strip()]


def test_the_readme_asks_ten_questions() -> None:
    assert len(ASKED) == 10


@pytest.mark.parametrize("query", ASKED, ids=lambda query: query.strip().partition("\n")[0].removeprefix("-- ")[:40])
def test_a_question_of_the_readme_can_be_asked(query: str, sql: duckdb.DuckDBPyConnection) -> None:
    assert sql.execute(query).description
