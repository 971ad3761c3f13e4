"""What a data package promises in its descriptor, checked against its files, and copies that break it.

The rules are those of the Data Package and Table Schema specifications that the descriptor uses: an empty cell is no value.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

Resource = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]


def faults(descriptor: Path) -> list[tuple[str, str]]:
    """Every broken promise as its kind and where it is broken: `missing file`, `bytes`, `hash`, `header`, `type`, `required`,
    `enum`, `primary key` or `foreign key`, and the resource with the column.
    """
    resources = json.loads(descriptor.read_text(encoding="utf-8"))["resources"]
    there = [resource for resource in resources if (descriptor.parent / resource["path"]).is_file()]
    found = [("missing file", resource["name"]) for resource in resources if resource not in there]
    tables = {resource["name"]: _cells(descriptor.parent / resource["path"]) for resource in there}
    for resource in there:
        found.extend(_faults_of_file(resource, descriptor.parent / resource["path"]))
        if tables[resource["name"]].columns != [field["name"] for field in resource["schema"]["fields"]]:
            found.append(("header", resource["name"]))
        else:
            found.extend(_faults_of_cells(resource, tables[resource["name"]]))
            found.extend(_faults_of_keys(resource, tables))
    return found


def planted(package: Path, folder: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """A copy of the package whose `table` is changed, with the length and hash of what it has now."""
    shutil.copytree(package.parent, folder, dirs_exist_ok=True)
    descriptor = json.loads(package.read_text(encoding="utf-8"))
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    file = folder / resource["path"]
    change(pl.read_csv(file, infer_schema=False)).write_csv(file)
    resource |= {"bytes": file.stat().st_size, "hash": f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"}
    (folder / package.name).write_text(json.dumps(descriptor), encoding="utf-8")
    return folder / package.name


def _cells(file: Path) -> pl.DataFrame:
    """The cells as they are written, null where they are empty."""
    return pl.read_csv(file, infer_schema=False).with_columns(pl.all().replace("", None))


def _faults_of_file(resource: Resource, file: Path) -> Iterator[tuple[str, str]]:
    content = file.read_bytes()
    if resource["bytes"] != len(content):
        yield "bytes", resource["name"]
    if resource["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}":
        yield "hash", resource["name"]


def _faults_of_cells(resource: Resource, table: pl.DataFrame) -> Iterator[tuple[str, str]]:
    for field in resource["schema"]["fields"]:
        where = f"{resource['name']}.{field['name']}"
        column = table[field["name"]]
        constraints = field.get("constraints", {})
        if not _casts(column.drop_nulls(), field["type"]):
            yield "type", where
        if constraints.get("required") and column.has_nulls():
            yield "required", where
        if not set(column.drop_nulls()) <= set(constraints.get("enum", column)):
            yield "enum", where


def _faults_of_keys(resource: Resource, tables: Tables) -> Iterator[tuple[str, str]]:
    table, schema = tables[resource["name"]], resource["schema"]
    if key := schema.get("primaryKey"):
        rows = table.select(key)
        if rows.is_duplicated().any() or rows.null_count().sum_horizontal().item():
            yield "primary key", resource["name"]
    for foreign in schema.get("foreignKeys", []):
        target = tables.get(foreign["reference"]["resource"] or resource["name"], pl.DataFrame())
        fields = foreign["reference"]["fields"]
        pointing = table.select(foreign["fields"]).drop_nulls()
        if not set(fields) <= set(target.columns) or not set(pointing.rows()) <= set(target.select(fields).rows()):
            yield "foreign key", f"{resource['name']}.{','.join(foreign['fields'])}"


def _casts(column: pl.Series, kind: str) -> bool:
    """Whether every cell is written as the type of Table Schema wants it."""
    try:
        return _CASTS[kind](column)
    except (pl.exceptions.PolarsError, json.JSONDecodeError):
        return False


def _is_json(kind: type) -> Callable[[pl.Series], bool]:
    return lambda column: all(isinstance(json.loads(cell), kind) for cell in column)


_CASTS: Mapping[str, Callable[[pl.Series], bool]] = {
    "string": lambda column: True,
    "number": lambda column: bool(column.cast(pl.Float64).is_finite().all()),
    "integer": lambda column: not column.cast(pl.Int128).has_nulls(),
    "boolean": lambda column: set(column) <= {"true", "false"},
    "date": lambda column: not column.str.to_date("%Y-%m-%d").has_nulls(),
    "datetime": lambda column: not column.str.to_datetime("%Y-%m-%dT%H:%M:%S").has_nulls(),
    "array": _is_json(list),
    "object": _is_json(dict),
}
