"""The inbox: each folder, and each single file that a reader knows, directly in it is a batch."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from upath import UPath

from assets.documents.readers import reader_of
from assets.documents.walk import PASSED_OVER
from orchestration.sources import Address, hashed, look, objects, told

SETTLE_SECONDS = 20.0
"""How long nothing of a batch may change before it has arrived; less than the time between two looks of a sensor."""


@dataclass(frozen=True)
class Inbox:
    """A folder, or an address in an object store, that batches are dropped into."""

    address: Address

    def look(self) -> dict[str, str]:
        """What can be seen of each batch without opening a file, by the name of its folder or file.

        Raises:
            OSError: there is no such folder, or the object store does not answer.
        """
        found = _folders(self.address) if isinstance(self.address, Path) else _prefixes(self.address)
        return {name: seen for name, seen in found if seen is not None}

    def holds(self, address: Address) -> bool:
        """Whether an address is that of a batch in here."""
        return type(address) is type(self.address) and address.parent == self.address


def _folders(folder: Path) -> Iterator[tuple[str, str | None]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(PASSED_OVER) or not (entry.is_dir() or reader_of(entry.name)):
            continue
        try:
            yield entry.name, look(Path(entry.path))
        except OSError as error:
            yield entry.name, type(error).__name__  # the run that reads it says so, where people look


def _prefixes(address: UPath) -> Iterator[tuple[str, str | None]]:
    inside: dict[str, list[str]] = {}
    for path, info in objects(address).items():
        name, _, rest = path.partition("/")
        if rest or reader_of(name):
            inside.setdefault(name, []).append(told(rest or name, info))
    for name, seen in inside.items():
        yield name, hashed(seen)


@dataclass(frozen=True)
class Seen:
    """What was seen of one batch: its look, since when it has looked so, and whether that was dealt with."""

    look: str
    since: float
    is_done: bool = False


class Looks:
    """What the looks of a sensor have shown so far; kept as its cursor."""

    def __init__(self, cursor: str | None) -> None:
        self._seen = {name: Seen(*seen) for name, seen in json.loads(cursor or "{}").items()}

    def settled(self, shown: Mapping[str, str], now: float) -> list[str]:
        """Names of what has not changed for a while and was not dealt with; `shown` are the looks of this moment.

        `now` and the time between two looks are in seconds.
        """
        self._seen = {name: self._next(name, seen, now) for name, seen in shown.items()}
        return [name for name, seen in self._seen.items() if not seen.is_done and now - seen.since >= SETTLE_SECONDS]

    def deal_with(self, name: str) -> None:
        """Take note that nothing is left to do for a name until it changes."""
        self._seen[name] = Seen(self._seen[name].look, self._seen[name].since, is_done=True)

    def arriving(self) -> list[str]:
        """Names of what was not dealt with yet."""
        return [name for name, seen in self._seen.items() if not seen.is_done]

    def as_cursor(self) -> str:
        """As Dagster keeps it."""
        return json.dumps({name: (seen.look, seen.since, seen.is_done) for name, seen in self._seen.items()}, ensure_ascii=False)

    def _next(self, name: str, look: str, now: float) -> Seen:
        known = self._seen.get(name)
        return known if known is not None and known.look == look else Seen(look, now)
