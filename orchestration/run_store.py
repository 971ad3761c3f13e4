"""The store as one run uses it: it stamps and fetches the files of a batch, and what can heal is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.healing import healing
from orchestration.sources import fetch, stamp
from orchestration.store import Store


@dataclass(frozen=True)
class RunStore(Store):
    """A store that remembers what this run has read; `stamps` are those of the batches whose files it has asked for."""

    stamps: dict[str, str] = field(default_factory=dict)

    def source(self, batch: str) -> Path:
        """Where the files of a batch lie on this machine, fetched if need be.

        They are stamped now, before any of them is read: one that changes while it is read then leaves a batch that is
        stale, not one that looks fresh.

        Raises:
            FileNotFoundError: nobody registered such a batch, or its files are gone.
            RetryRequested: the object store does not answer, or the disk is full.
        """
        address = self.address(batch)
        with healing():
            self.stamps[batch] = stamp(address)
            return address if isinstance(address, Path) else fetch(address, self.fetched(batch))

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """One publisher at a time, from its first look at the batches to the end.

        Raises:
            RetryRequested: the disk is full.
        """
        with healing(), super().publishing():
            yield
