"""The shape of the published file: what `ddl` and `marts` create, with the comments of the contracts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from assets.star.schema import CONTRACTS

_NAMED_AFTER = re.compile(r"\b(?:FROM|JOIN)\s+\(*(\w+)")
HERE = Path(__file__).resolve().parent


class Column(NamedTuple):
    """One column of a table or view."""

    name: str
    type: str
    nullable: bool
    description: str


class Relation(NamedTuple):
    """One table or view of the published file; `reads` names the tables and views that a view is made from."""

    name: str
    is_view: bool
    description: str
    columns: tuple[Column, ...]
    reads: tuple[str, ...]


def scripts(folder: str) -> list[Path]:
    """The SQL files of a folder of this package, in order of their names."""
    return sorted((HERE / folder).glob("*.sql"))


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the types and empty tables, each table and column with the description of its contract as comment."""
    # At once, for the file would be written after each of some hundred statements.
    connection.begin()
    for path in scripts("ddl"):
        connection.execute(path.read_text(encoding="utf-8"))
    for table, contract in CONTRACTS.items():
        first_line = (contract.__doc__ or "").splitlines()[0]
        connection.execute(f"COMMENT ON TABLE {table} IS {_literal(first_line)}")
        for name, column in contract.to_schema().columns.items():
            connection.execute(f"COMMENT ON COLUMN {table}.{name} IS {_literal(column.description)}")
    connection.commit()


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the marts; a column of theirs without a comment of its own gets that of the table column with its name."""
    connection.begin()
    for path in scripts("marts"):
        connection.execute(path.read_text(encoding="utf-8"))
    silent = connection.execute(
        """
        SELECT v.table_name, v.column_name, min(t.comment)
        FROM duckdb_columns() AS v
        JOIN duckdb_columns() AS t ON t.column_name = v.column_name AND t.database_name = v.database_name
        WHERE v.database_name = current_database() AND v.comment IS NULL AND NOT v.internal
            AND v.table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal)
            AND t.table_name IN (SELECT table_name FROM duckdb_tables())
        GROUP BY ALL
        ORDER BY ALL
        """
    ).fetchall()
    for view, column, comment in silent:
        connection.execute(f"COMMENT ON COLUMN {view}.{column} IS {_literal(comment)}")
    connection.commit()


def relations() -> list[Relation]:
    """Every table and view of the published file in the order of creation, as an empty file in memory has them."""
    with duckdb.connect() as connection:
        create_tables(connection)
        create_views(connection)
        return described(connection)


def described(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """Every table and view of an open database in the order of creation."""
    tables = connection.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_oid").fetchall()
    views = connection.execute("SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal ORDER BY view_oid").fetchall()
    known = {name for name, _ in tables} | {name for name, _, _ in views}
    reads = {name: known.intersection(_NAMED_AFTER.findall(sql)) for name, _, sql in views}
    named = [(name, comment, False) for name, comment in tables] + [(name, comment, True) for name, comment, _ in views]
    return [
        Relation(name, is_view, comment or "", _columns(connection, name), tuple(sorted(reads.get(name, ()))))
        for name, comment, is_view in named
    ]


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[Column, ...]:
    rows: Iterable[tuple[str, str, bool, str | None]] = connection.execute(
        """
        SELECT column_name, data_type, is_nullable, comment
        FROM duckdb_columns()
        WHERE table_name = ? AND NOT internal
        ORDER BY column_index
        """,
        [relation],
    ).fetchall()
    return tuple(Column(name, kind, nullable, comment or "") for name, kind, nullable, comment in rows)


def _literal(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"
