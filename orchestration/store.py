"""The store: where every table of every batch lies on disk, and how it gets there whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from orchestration.files import renamed_into
from orchestration.fingerprint import READING, fingerprint
from orchestration.locks import held, is_held
from orchestration.provenance import Provenance
from orchestration.registry import Registry
from orchestration.sources import stamp as stamp_of

PATIENCE_SECONDS = 600.0
_PAUSE_SECONDS = 0.1


class BatchNotWholeError(Exception):
    """The tables of a batch do not belong together, or some are missing."""


@dataclass(frozen=True)
class Store(Registry):
    """Files below one folder: `rooms/<room>/<table>/<batch>.parquet`, `batches/<batch>.json`, `chitieu.duckdb`, `dagster/`."""

    @property
    def published(self) -> Path:
        """The one file that people open."""
        return self.out / "chitieu.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps its history."""
        return self.out / "dagster"

    def path(self, room: str, table: str, batch: str) -> Path:
        """Where a table of a batch lies."""
        return self.out / "rooms" / room / table / f"{batch}.parquet"

    def write(self, frame: pl.DataFrame, room: str, table: str, batch: str, provenance: Provenance) -> Path:
        """Write a table beside its place and rename it there, so that no reader ever sees half of it."""
        path = self.path(room, table, batch)
        with renamed_into(path) as beside:
            frame.write_parquet(beside, metadata=provenance.as_metadata())
        return path

    def load(self, room: str, table: str, batch: str) -> tuple[pl.DataFrame, Provenance | None]:
        """A table of one batch, and what it was made from; None for a file that was not stored by us.

        Raises:
            FileNotFoundError: the batch has no such table yet.
        """
        path = self.path(room, table, batch)
        if not path.exists():
            msg = f"Batch {batch} has no table {room}/{table} ({path}). {self._read_again(batch)}"
            raise FileNotFoundError(msg)
        with path.open("rb") as file:  # opened once: a run may put another file in its place
            return pl.read_parquet(file), Provenance.kept_in(file)

    def read(self, room: str, table: str, batch: str) -> pl.DataFrame:
        """A table of one batch.

        Raises:
            FileNotFoundError: the batch has no such table yet.
        """
        return self.load(room, table, batch)[0]

    def read_all(self, room: str, table: str, batches: Sequence[str]) -> pl.DataFrame:
        """A table of these batches, one below the other in their order.

        Raises:
            FileNotFoundError: there is no batch yet, or one has no such table.
            BatchNotWholeError: the tables of the batches have different columns.
        """
        if not batches:
            msg = f"No batch has been read into {self.out} yet. `chitieu run FOLDER` reads one."
            raise FileNotFoundError(msg)
        frames = [self.read(room, table, batch) for batch in batches]
        try:
            return pl.concat(frames)
        except (pl.exceptions.SchemaError, pl.exceptions.ShapeError) as error:
            older = ", ".join(batch for batch in batches if not self.is_of_today(batch)) or ", ".join(batches)
            msg = f"Table {room}/{table} was stored with other columns by an older release. Read these batches again: {older}."
            raise BatchNotWholeError(msg) from error

    def provenance(self, room: str, table: str, batch: str) -> Provenance | None:
        """What a stored table was made from; None where it is not stored or was not stored by us."""
        path = self.path(room, table, batch)
        return Provenance.kept_in(path) if path.exists() else None

    def batches(self) -> list[str]:
        """Names of the batches that were read, in order."""
        return sorted(path.stem for path in (self.out / "rooms" / "documents" / "document").glob("*.parquet"))

    def tables(self, batch: str) -> list[tuple[str, str]]:
        """Room and table of every table that the batch has, in order."""
        return sorted((path.parts[-3], path.parts[-2]) for path in (self.out / "rooms").glob(f"*/*/{batch}.parquet"))

    def check_whole(self, batch: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Make sure that the tables of a batch were made from each other; wait for a run that reads it now.

        Raises:
            BatchNotWholeError: a run over the batch has not come to its end.
        """
        deadline = time.monotonic() + patience_seconds
        while True:
            is_read_now = is_held(self._lock(batch))
            stray = self._stray_table(batch)
            if stray is None:
                return
            if not is_read_now or time.monotonic() > deadline:
                msg = f"Batch {batch} has not been read to its end: its table {stray} does not belong to its verdict. "
                raise BatchNotWholeError(msg + self._read_again(batch))
            time.sleep(_PAUSE_SECONDS)

    def _stray_table(self, batch: str) -> str | None:
        verdict = self.provenance("quality", "verdict", batch)
        for room, table in self.tables(batch):
            kept = self.provenance(room, table, batch)
            if verdict is None or kept is None or not kept.agrees_with(verdict):
                return f"{room}/{table}"
        return None

    def is_fresh(self, batch: str, stamp: str) -> bool:
        """Whether a batch stands on disk as today's code and vocabulary would make it of the files with this stamp."""
        rooms = {room for room, _ in self.tables(batch)}
        return rooms == set(READING) and all(
            self.provenance(room, table, batch) == Provenance.of(room, stamp) for room, table in self.tables(batch)
        )

    def is_of_today(self, batch: str) -> bool:
        """Whether a batch was read with today's code and vocabulary, whatever has become of its files."""
        verdict = self.provenance("quality", "verdict", batch)
        return verdict is not None and verdict == Provenance.of("quality", verdict.input)

    def is_stale(self, batch: str) -> bool:
        """Whether reading a batch again would make another one of it; never where its files are gone, for then nothing can.

        Raises:
            OSError: the folder cannot be listed, or the object store does not answer.
        """
        try:
            return not self.is_fresh(batch, stamp_of(self.address(batch)))
        except FileNotFoundError:
            return False

    def read_at(self, batch: str) -> int:
        """When the batch was last read to its end, in nanoseconds since 1970; 0 for never."""
        verdict = self.path("quality", "verdict", batch)
        return verdict.stat().st_mtime_ns if verdict.exists() else 0

    def publishing(self) -> AbstractContextManager[None]:
        """One publisher at a time: one that looked at the batches earlier must not replace the file of one that looked later."""
        return held(self.out / "publish.lock")

    def publication(self, batches: Sequence[str]) -> str:
        """Hash of all that a publication of these batches depends on: each one's provenance, and the code that publishes."""
        kept = [f"{batch} {self.provenance('quality', 'verdict', batch)}" for batch in batches]
        return sha256("\n".join([*kept, fingerprint("marts")]).encode()).hexdigest()[:16]

    def is_published(self) -> bool:
        """Whether the published file is there and holds the batches as they now stand on disk."""
        note = self.out / "published.txt"
        return self.published.exists() and note.exists() and note.read_text(encoding="utf-8") == self.publication(self.batches())

    def note_publication(self, publication: str) -> None:
        """Remember what was published."""
        with renamed_into(self.out / "published.txt") as beside:
            beside.write_text(publication, encoding="utf-8")

    def _read_again(self, batch: str) -> str:
        source = self.address(batch) if self._note(batch).exists() else "FOLDER"
        return f"`chitieu run {source}`, or a run of read_batch for {batch}, reads it again."
