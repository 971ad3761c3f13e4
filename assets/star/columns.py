"""Columns that come unchanged from another room: they keep its description."""

from __future__ import annotations

from typing import Any

import pandera.polars as pa

from assets.observations.schema import Observation


def as_in(room: type[pa.DataFrameModel], name: str, isin: list[str] | None = None) -> Any:  # noqa: ANN401 - as pa.Field
    """A column as the contract of a room has it; `isin` names the codes that the published column allows."""
    column = room.to_schema().columns[name]
    return pa.Field(nullable=column.nullable, description=column.description, isin=isin)


def stated(name: str, isin: list[str] | None = None) -> Any:  # noqa: ANN401 - as pa.Field
    """A column of the statements that the room `observations` makes."""
    return as_in(Observation, name, isin)
