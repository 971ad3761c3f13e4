"""What is asked of a new file: every query of `integrity`, `drift` and `history` should come back empty.

A query begins with two lines of comment: what it demands, and `To do:` with what to do about the rows that it finds.
Those of `integrity` are faults of ours and stop a publication. The others are suspicions: `drift` holds batches against
earlier ones of the same file, `history` holds the file against earlier publications. `temporary` has views that queries share; the
file does not keep them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.blueprint import scripts

SHOWN_ROWS = 3
SEVERITIES = {"integrity": "blocking", "drift": "warning", "history": "warning"}
_TO_DO = "-- To do:"


class Question(NamedTuple):
    """One query as its file states it."""

    name: str
    severity: str
    demand: str
    advice: str
    sql: str


class Check(NamedTuple):
    """One query and its answer: what it demands, how many rows break it, the first of them, and what to do."""

    name: str
    severity: str
    demand: str
    advice: str
    failing_rows: int
    columns: tuple[str, ...]
    first_rows: tuple[tuple[Any, ...], ...]

    @property
    def passed(self) -> bool:
        """Whether no row breaks it."""
        return self.failing_rows == 0

    @property
    def message(self) -> str | None:
        """For people: how many rows break it, the first of them, and what to do; none where no row does."""
        if self.passed:
            return None
        rows = "; ".join(str(self._told(row)) for row in self.first_rows)
        return f"{self.failing_rows} rows break this, first: {rows}. {self.advice}"

    @property
    def complaint(self) -> str:
        """The message in lines, with the name and the demand."""
        rows = (f"  {self._told(row)}" for row in self.first_rows)
        return "\n".join([f"{self.name}: {self.demand} {self.failing_rows} rows break this, first:", *rows, f"  What to do: {self.advice}"])

    def _told(self, row: tuple[Any, ...]) -> dict[str, str]:
        return {name: str(value) for name, value in zip(self.columns, row, strict=True)}


def questions(folder: str) -> list[Question]:
    """The queries of `integrity`, `drift` or `history`, in order of their names."""
    return [_question(path, SEVERITIES[folder]) for path in scripts(folder)]


def audit(connection: duckdb.DuckDBPyConnection, folders: Iterable[str] = ("integrity",)) -> list[Check]:
    """Run every query of the folders in the current database."""
    for path in scripts("temporary"):
        connection.execute(path.read_text(encoding="utf-8"))
    return [_check(connection, question) for folder in folders for question in questions(folder)]


def _question(path: Path, severity: str) -> Question:
    sql = path.read_text(encoding="utf-8")
    demand, advice, *_ = sql.splitlines()
    if not advice.startswith(_TO_DO):
        msg = f"{path} does not say in its second line what to do: {_TO_DO} …"
        raise ValueError(msg)
    return Question(path.stem, severity, demand.removeprefix("--").strip(), advice.removeprefix(_TO_DO).strip(), sql)


def _check(connection: duckdb.DuckDBPyConnection, question: Question) -> Check:
    result = connection.execute(question.sql)
    columns = tuple(column[0] for column in result.description or ())
    rows = result.fetchmany(SHOWN_ROWS)
    failing = len(rows)
    while more := result.fetchmany(10_000):
        failing += len(more)
    return Check(*question[:4], failing, columns, tuple(rows))
