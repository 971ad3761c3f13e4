"""What Dagster is told of a table: its columns, how many rows, some of them, and a small picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import pandera.polars as pa
import polars as pl

SAMPLE_ROWS = 8
CELL_WIDTH = 120
PICTURE_ROWS = 12
BAR = 24


def column_schema(contract: type[pa.DataFrameModel]) -> dg.TableSchema:
    """The columns of a contract with types, descriptions and constraints, as Dagster shows them."""
    schema = contract.to_schema()
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                type=str(column.dtype),
                description=column.description or "",
                constraints=dg.TableColumnConstraints(nullable=bool(column.nullable), unique=bool(column.unique)),
            )
            for name, column in schema.columns.items()
        ]
    )


def frame_metadata(frame: pl.DataFrame, picture_by: str | None, path: Path) -> dict[str, Any]:
    """Row count, sample and (with `picture_by`, a column) picture of a frame, and where it lies."""
    told: dict[str, Any] = {"dagster/row_count": frame.height, "path": dg.MetadataValue.path(path)}
    if frame.height:
        told["sample"] = sample(frame)
        if picture_by is not None:
            told["picture"] = picture(frame, picture_by)
    return told


def sample(frame: pl.DataFrame, rows: int = SAMPLE_ROWS) -> dg.TableMetadataValue:
    """The first rows, long cells cut."""
    records = [dg.TableRecord({name: _cell(value) for name, value in row.items()}) for row in frame.head(rows).to_dicts()]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns=[dg.TableColumn(name) for name in frame.columns]))


def picture(frame: pl.DataFrame, by: str) -> dg.MarkdownMetadataValue:
    """How many rows each value of a column has, as bars; the most frequent values, the others together."""
    counts = frame.group_by(pl.col(by).cast(pl.String).fill_null("–").alias("value")).len().sort("len", "value", descending=[True, False])
    shown = dict(counts.head(PICTURE_ROWS).iter_rows())
    if others := frame.height - sum(shown.values()):
        shown["(others)"] = others
    return dg.MetadataValue.md(bars(by, shown))


def bars(title: str, counts: Mapping[str, int]) -> str:
    """A markdown table of names, numbers and bars."""
    longest = max(counts.values(), default=1) or 1
    lines = [f"| `{name}` | {count:,} | {'█' * max(1, round(BAR * count / longest)) if count else ''} |" for name, count in counts.items()]
    return "\n".join([f"| {title} | rows | |", "|---|---:|:---|", *lines])


def _cell(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= CELL_WIDTH else f"{text[:CELL_WIDTH]}…"
