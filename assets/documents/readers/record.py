"""What a reader hands over: a record that was read, or one that was not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

MIB = 1024 * 1024
DOCUMENT_LIMIT = 32 * MIB
"""Bytes that one document may have: a file of text or HTML, or one line of JSON lines."""


class Record(NamedTuple):
    """One text as it was read, nothing normalised yet; a field that the source does not tell is None."""

    raw: bytes
    """Bytes that the key of the document hashes."""
    text: str
    encoding: str
    record_id: str | None = None
    line: int | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    extra: str | None = None


class Unread(NamedTuple):
    """One record that could not be read; `record` is its place inside the file, None for the whole file."""

    reason: str
    detail: str
    record: str | None = None


class UnreadableError(Exception):
    """A text that cannot be read; `reason` is short, `detail` says what to do."""

    def __init__(self, *, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


Reader = Callable[[Path], Iterator[Record | Unread]]
"""Reads one file. It yields what it could not read, and raises only `OSError` or `UnreadableError`."""


def too_large(size: int, what: str = "The file") -> UnreadableError:
    """The refusal of a text of `size` bytes that is over the limit of one document."""
    return UnreadableError(
        reason="too large",
        detail=f"{what} has {size / MIB:.1f} MiB, more than the {DOCUMENT_LIMIT // MIB} MiB that one document may have: split it, "
        "or put its articles into a .jsonl file, one a line.",
    )


def load(path: Path) -> bytes:
    """Bytes of a file that holds one document.

    Raises:
        UnreadableError: the file is over the limit; nothing of it is read then.
    """
    size = path.stat().st_size
    if size > DOCUMENT_LIMIT:
        raise too_large(size)
    return path.read_bytes()
