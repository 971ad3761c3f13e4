"""One text through the four reading rooms, without Dagster and without anything on disk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets import documents, mentions, observations, quality


@dataclass(frozen=True)
class Reading:
    """What was read: the documents, the records that could not be read, and every quantity with what became of it.

    `quantity` has the columns of an observation and `fate`: `accepted`, `rejected` or `not assigned`.
    """

    document: pl.DataFrame
    unread_record: pl.DataFrame
    quantity: pl.DataFrame

    @property
    def accepted(self) -> pl.DataFrame:
        """The facts, in the order of the text."""
        return self.quantity.filter(pl.col("fate") == "accepted")


def read(source: Path) -> Reading:
    """Read a file or folder."""
    read_records = documents.read_batch(source, "text")
    mention = mentions.find_mentions(read_records.document, read_records.block)
    observation = observations.bind(read_records.document, read_records.block, mention)
    judged = quality.judge(read_records.document, read_records.unread_record, mention, observation)
    return Reading(read_records.document, read_records.unread_record, with_fates(judged.accepted, judged.rejected, judged.not_assigned))


def read_text(text: bytes) -> Reading:
    """Read a text that is in no file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_bytes(text)
        return read(path)


def with_fates(accepted: pl.DataFrame, rejected: pl.DataFrame, not_assigned: pl.DataFrame) -> pl.DataFrame:
    """All quantities in the order of the text, with the column `fate`."""
    fates = {"accepted": accepted, "rejected": rejected, "not assigned": not_assigned}
    frames = [frame.with_columns(fate=pl.lit(fate)) for fate, frame in fates.items()]
    return pl.concat(frames, how="diagonal").sort("document_key", "evidence_start", "evidence_end")
