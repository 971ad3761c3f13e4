"""What a stored table was made from, kept in the file itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from orchestration.fingerprint import READING, fingerprint


@dataclass(frozen=True)
class Provenance:
    """What a stored table was made from: the stamp of the batch's files, and each room's fingerprint up to its own."""

    input: str
    fingerprints: dict[str, str]

    @classmethod
    def of(cls, room: str, stamp: str) -> Provenance:
        """The provenance of a table that `room` makes now."""
        return cls(stamp, {name: fingerprint(name) for name in READING[: READING.index(room) + 1]})

    @classmethod
    def kept_in(cls, file: Path | BinaryIO) -> Provenance | None:
        """The provenance of a Parquet file; None for a file that was not stored by us."""
        kept = pl.read_parquet_metadata(file)
        if "chitieu.input" not in kept:
            return None
        return cls(kept["chitieu.input"], json.loads(kept["chitieu.fingerprints"]))

    def agrees_with(self, other: Provenance) -> bool:
        """Whether both come from the same files, and from the same code of every room that both know."""
        shared = self.fingerprints.keys() & other.fingerprints.keys()
        return self.input == other.input and all(self.fingerprints[room] == other.fingerprints[room] for room in shared)

    def as_metadata(self) -> dict[str, str]:
        """As Parquet keeps it: strings by name."""
        return {"chitieu.input": self.input, "chitieu.fingerprints": json.dumps(self.fingerprints)}
