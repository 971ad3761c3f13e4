"""What the wirings of the rooms share: the partition `batch`, the store they see, and how contracts become assets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

import dagster as dg
import pandera.polars as pa
import polars as pl

BATCHES = dg.DynamicPartitionsDefinition(name="batch")
OWNERS = ["team:chitieu"]
SAMPLE_ROWS = 8
CELL_WIDTH = 120
NARROW_CELL_WIDTH = 48  # where many columns leave a text so little room that it would grow very tall
MANY_COLUMNS = 12
PICTURE_ROWS = 12
BAR = 24
IN_PLACE = 1000  # characters: Dagster puts longer markdown behind a link

Contracts = Mapping[str, type[pa.DataFrameModel]]
Frames = Iterator[dg.Output[pl.DataFrame]]


class Store(Protocol):
    """What a wiring may ask of the place where batches lie; `orchestration` has the real one."""

    @property
    def published(self) -> Path:
        """The file that people open."""

    def publishing(self) -> AbstractContextManager[None]:
        """One publisher at a time, from its first look at the batches to the end."""

    def source(self, batch: str) -> Path:
        """The folder or file that a batch is."""

    def batches(self) -> list[str]:
        """Names of the batches that were read."""

    def check_whole(self, batch: str) -> None:
        """Raise where the tables of a batch do not belong together; wait for a run that reads it now."""

    def read_all(self, room: str, table: str, batches: Sequence[str]) -> pl.DataFrame:
        """A table of these batches."""

    def publication(self, batches: Sequence[str]) -> str:
        """Hash of all that a publication of these batches depends on."""

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


def sample(frame: pl.DataFrame, rows: int = SAMPLE_ROWS) -> dg.TableMetadataValue:
    """The first rows, long cells cut."""
    width = CELL_WIDTH if frame.width <= MANY_COLUMNS else NARROW_CELL_WIDTH
    records = [dg.TableRecord({name: _cell(value, width) for name, value in row.items()}) for row in frame.head(rows).to_dicts()]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns=[dg.TableColumn(name) for name in frame.columns]))


def picture(frame: pl.DataFrame, by: str) -> dg.MarkdownMetadataValue:
    """How many rows each value of a column has, as bars; the most frequent values, the others together."""
    counts = frame.group_by(pl.col(by).cast(pl.String).fill_null("–").alias("value")).len().sort("len", "value", descending=[True, False])
    shown = dict(counts.head(PICTURE_ROWS).iter_rows())
    return dg.MetadataValue.md(bars(by, shown, others=frame.height - sum(shown.values())))


def bars(title: str, counts: Mapping[str, int], others: int = 0) -> str:
    """A markdown table of names, numbers and bars; `others` is a number only, for as a bar it would dwarf those with names."""
    longest = max(counts.values(), default=1) or 1
    lines = [f"| `{name}` | {count:,} | {'█' * max(1, round(BAR * count / longest)) if count else ''} |" for name, count in counts.items()]
    last = [f"| (others) | {others:,} | |"] if others else []
    return "\n".join([f"| {title} | rows | |", "|---|---:|:---|", *lines, *last])


def plain(text: str) -> str:
    """Text of documents that markdown shows as it is, in a cell of a table too: no link, no picture, no new column."""
    return re.sub(r"([\\`*_\[\]<~#+|-])", r"\\\1", text)


def _cell(value: object, width: int) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= width else f"{text[:width]}…"
