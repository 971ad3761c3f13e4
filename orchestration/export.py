"""The published file for other programs: SDMX-CSV, a Frictionless data package, or Parquet. It is opened read-only, once."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import duckdb

from orchestration.query import QueryError
from warehouse.blueprint import HERE, Column, Relation, described

Format = Literal["sdmx-csv", "datapackage", "parquet"]

SQL = HERE / "exports" / "sdmx_csv.sql"
CONCEPTS = HERE / "exports" / "sdmx_concepts.csv"
# Parquet keeps lists; a cell of CSV does not.
_NESTED = re.compile(r"\[\]$|^STRUCT|^MAP")
_TYPES = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    **dict.fromkeys(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UINTEGER", "UBIGINT"], "integer"),
}
# What warehouse/integrity/foreign_keys.sql audits: column → table and column that it points to.
_POINTS_TO = {
    "document_key": ("dim_document", "document_key"),
    "indicator": ("dim_indicator", "indicator"),
    "unit": ("dim_unit", "unit"),
    "place_key": ("dim_place", "place_key"),
    "entity_key": ("dim_entity", "entity_key"),
    "industry_key": ("dim_industry", "industry_key"),
    "period_key": ("dim_period", "period_key"),
    "base_key": ("dim_period", "period_key"),
    "observation_key": ("fact_observation", "observation_key"),
    "territory_key": ("dim_place", "place_key"),
}
_POINTING = {
    "fact_observation": ["document_key", "indicator", "unit", "place_key", "entity_key", "industry_key", "period_key", "base_key"],
    "rejected_observation": ["document_key"],
    "not_assigned": ["document_key"],
    "warning": ["document_key", "observation_key"],
    "witness": ["document_key", "observation_key"],
    "dim_place": ["territory_key"],
}


def export(published: Path, form: Format, out: Path) -> list[Path]:
    """Write the published file into the folder `out` in another form, each file beside its place and then renamed.

    Returns:
        The files written: `chitieu.sdmx.csv` and its concepts; `datapackage.json` and a CSV a table and view; or a Parquet file a
        table and view.

    Raises:
        FileNotFoundError: nothing was published yet.
        QueryError: the published file cannot be read, or `out` cannot be written by DuckDB.
        OSError: `out` cannot be written.
    """
    if not published.exists():
        msg = f"There is no published file {published}. `chitieu run FOLDER` makes it; --data says where else to look."
        raise FileNotFoundError(msg)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            for beside in _WRITERS[form](connection, out):
                place = beside.with_name(beside.name.removesuffix(".part"))
                beside.replace(place)
                written.append(place)
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    return written


def _sdmx_csv(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    beside = out / "chitieu.sdmx.csv.part"
    _copy(connection, SQL.read_text(encoding="utf-8"), beside, "FORMAT csv, HEADER")
    yield beside
    concepts = out / f"{CONCEPTS.name}.part"
    shutil.copyfile(CONCEPTS, concepts)
    yield concepts


def _parquet(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    for relation in described(connection):
        beside = out / f"{relation.name}.parquet.part"
        _copy(connection, f"FROM {relation.name}", beside, "FORMAT parquet, COMPRESSION zstd")
        yield beside


def _data_package(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    resources = []
    keys = _primary_keys(connection)
    for relation in described(connection):
        beside = out / f"{relation.name}.csv.part"
        columns = ", ".join(_cell(column) for column in relation.columns)
        _copy(connection, f"SELECT {columns} FROM {relation.name}", beside, "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S'")
        resources.append(_resource(relation, keys, beside))
        yield beside
    published_at = connection.execute("SELECT max(published_at) FROM run_log").fetchone()
    package: dict[str, Any] = {
        "name": "chitieu",
        "title": "Figures of Vietnamese economic texts, each with its sentence",
        "profile": "data-package",
        "resources": resources,
    }
    if published_at and published_at[0]:
        package["created"] = f"{published_at[0].isoformat(timespec='seconds')}Z"
    beside = out / "datapackage.json.part"
    beside.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    yield beside


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path, options: str) -> None:
    path = str(target).replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{path}' ({options})")


def _cell(column: Column) -> str:
    return f"to_json({column.name}) AS {column.name}" if _NESTED.search(column.type) else column.name


def _primary_keys(connection: duckdb.DuckDBPyConnection) -> Mapping[str, list[str]]:
    rows = connection.execute(
        "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    return {name: list(columns) for name, columns in rows}


def _resource(relation: Relation, keys: Mapping[str, list[str]], file: Path) -> dict[str, Any]:
    """A table or view as a tabular resource, with the schema of its columns."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in relation.columns]}
    if relation.name in keys:
        schema["primaryKey"] = keys[relation.name]
    if pointing := _POINTING.get(relation.name, []):
        schema["foreignKeys"] = [_foreign_key(relation.name, column) for column in pointing]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": relation.name,
        "description": relation.description,
        "type": "table",
        "path": file.name.removesuffix(".part"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "description": column.description, "type": "string"}
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if words := re.findall(r"'([^']*)'", column.type if column.type.startswith("ENUM") else ""):
        constraints["enum"] = words
    elif _NESTED.search(column.type):
        field["type"] = "array" if column.type.endswith("[]") else "object"
    else:
        field["type"] = _TYPES[column.type]
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(table: str, column: str) -> dict[str, Any]:
    resource, field = _POINTS_TO[column]
    return {"fields": [column], "reference": {"resource": "" if resource == table else resource, "fields": [field]}}


_WRITERS: Mapping[Format, Callable[[duckdb.DuckDBPyConnection, Path], Iterator[Path]]] = {
    "sdmx-csv": _sdmx_csv,
    "datapackage": _data_package,
    "parquet": _parquet,
}
