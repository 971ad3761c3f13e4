"""Questions to the published file: one, or many in a small shell. Always read-only."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
from rich.console import Console

from orchestration.console import table

SHOWN_ROWS = 200
HELP = "End a question with ; and Enter. \\d lists tables and views, \\q leaves."
TABLES = """
SELECT table_name AS name, estimated_size AS rows, comment FROM duckdb_tables()
UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
ORDER BY ALL
"""


class QueryError(Exception):
    """A question that the file could not answer."""


def answer(published: Path, sql: str) -> pl.DataFrame:
    """The rows that a question gives.

    Raises:
        FileNotFoundError: nothing was published yet.
        QueryError: DuckDB does not understand the question.
    """
    if not published.exists():
        msg = f"There is no published file {published}. `chitieu run FOLDER` makes it; --out says where else to look."
        raise FileNotFoundError(msg)
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            relation = connection.sql(sql)
            rows: pl.DataFrame = pl.DataFrame() if relation is None else relation.pl()
            return rows
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def ask(published: Path, sql: str, *, csv: bool = False) -> None:
    """Print the rows that a question gives, as a table (the first rows of many) or as CSV (all)."""
    rows = answer(published, sql)
    if csv:
        print(rows.write_csv(), end="")
        return
    console = Console()
    console.print(table(rows.head(SHOWN_ROWS)))
    if rows.height > SHOWN_ROWS:
        console.print(f"… {rows.height:,} rows; --csv prints them all.")


def shell(published: Path) -> None:
    """Ask until the user leaves. Every question opens the file anew, so a new publication shows at once."""
    console = Console()
    console.print(f"{published}\n{HELP}", markup=False)
    asked: list[str] = []
    while True:
        try:
            line = console.input("chitieu> " if not asked else "      -> ", markup=False)
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip() in {"\\q", "exit", "quit"}:
            return
        asked.append(TABLES + ";" if line.strip() == "\\d" else line)
        if asked[-1].rstrip().endswith(";"):
            try:
                ask(published, "\n".join(asked))
            except QueryError as error:
                console.print(str(error), style="red", markup=False)
            asked = []
