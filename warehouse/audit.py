"""The audit of a new file: every query of `integrity` must come back empty."""

from __future__ import annotations

from typing import Any, NamedTuple

import duckdb

from warehouse.blueprint import scripts

SHOWN_ROWS = 3


class Check(NamedTuple):
    """One query of `integrity`: what it demands, how many rows break it, and the first of them."""

    name: str
    demand: str
    failing_rows: int
    columns: tuple[str, ...]
    first_rows: tuple[tuple[Any, ...], ...]

    @property
    def passed(self) -> bool:
        """Whether no row breaks it."""
        return self.failing_rows == 0


def audit(connection: duckdb.DuckDBPyConnection) -> list[Check]:
    """Run every query of `integrity` in the current database."""
    return [_check(connection, path.stem, path.read_text(encoding="utf-8")) for path in scripts("integrity")]


def _check(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> Check:
    demand = query.splitlines()[0].removeprefix("--").strip()
    result = connection.execute(query)
    columns = tuple(column[0] for column in result.description or ())
    rows = result.fetchmany(SHOWN_ROWS)
    failing = len(rows)
    while more := result.fetchmany(10_000):
        failing += len(more)
    return Check(name, demand, failing, columns, tuple(rows))


def complaint(failed: list[Check]) -> str:
    """What failed, for people: each demand with the number of rows that break it and the first of them."""
    lines = []
    for check in failed:
        lines.append(f"{check.name}: {check.demand} {check.failing_rows} rows break this, first:")
        lines += [f"  {dict(zip(check.columns, row, strict=True))}" for row in check.first_rows]
    return "\n".join(lines)
