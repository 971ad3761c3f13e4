"""What the wirings of the rooms share: the partition `batch`, the store they see, and how contracts become assets."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import dagster as dg
import pandera.polars as pa
import polars as pl

BATCHES = dg.DynamicPartitionsDefinition(name="batch")
OWNERS = ["team:chitieu"]

Contracts = Mapping[str, type[pa.DataFrameModel]]
Frames = Iterator[dg.Output[pl.DataFrame]]


class Store(Protocol):
    """What a wiring may ask of the place where batches lie; `orchestration` has the real one."""

    @property
    def published(self) -> Path:
        """The file that people open."""

    def source(self, batch: str) -> Path:
        """The folder or file that a batch is."""

    def batches(self) -> list[str]:
        """Names of the batches that were read."""

    def check_whole(self, batch: str) -> None:
        """Raise where the tables of a batch do not belong together."""

    def read_all(self, room: str, table: str) -> pl.DataFrame:
        """A table of all batches."""

    def publication(self) -> str:
        """Hash of all that a publication depends on."""

    def note_publication(self, publication: str) -> None:
        """Remember what was published."""


def first_line(contract: type[pa.DataFrameModel]) -> str:
    """What a table is, in the words of its contract."""
    return (contract.__doc__ or "").strip().splitlines()[0]


def table_outs(room: str, contracts: Contracts, pictures: Mapping[str, str]) -> dict[str, dg.AssetOut]:
    """One asset a table, `[room, table]`; `pictures` names the column that the picture of a table counts by."""
    return {
        table: dg.AssetOut(
            key=[room, table],
            description=first_line(contract),
            group_name=room,
            owners=OWNERS,
            kinds={"polars", "parquet"},
            metadata={"picture_by": pictures[table]} if table in pictures else {},
        )
        for table, contract in contracts.items()
    }


def table_ins(*keys: tuple[str, str]) -> dict[str, dg.AssetIn]:
    """One input for each `(room, table)`, called like the table."""
    return {table: dg.AssetIn(key=[room, table]) for room, table in keys}


def outputs(frames: NamedTuple) -> Frames:
    """The frames that a room's door returned, one output each."""
    for table, frame in frames._asdict().items():
        yield dg.Output(frame, output_name=table)
