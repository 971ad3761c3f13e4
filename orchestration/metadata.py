"""What Dagster is told of a table: its columns, how many rows, some of them, and a small picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import pandera.polars as pa
import polars as pl

from assets.wiring import picture, sample


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
    """Row count, (with `picture_by`, a column) picture and sample of a frame, and where it lies; the widest comes last."""
    told: dict[str, Any] = {"dagster/row_count": frame.height, "path": dg.MetadataValue.path(path)}
    if frame.height:
        if picture_by is not None:
            told["picture"] = picture(frame, picture_by)
        told["sample"] = sample(frame)
    return told
