"""What a reader hands over: a record that was read, or one that was not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

MIB = 1024 * 1024
DOCUMENT_LIMIT = 32 * MIB
"""Bytes of text that one document may have: a file of text or HTML, or one line of JSON lines."""
PRINT_LIMIT = 256 * MIB
"""Bytes that a file may have whose text is a small part of it, as in PDF and Word: pictures take the rest."""


class Record(NamedTuple):
    """One text as it was read, nothing normalised yet; a field that the source does not tell is None."""

    raw: bytes
    """Bytes that the key of the document hashes."""
    text: str
    encoding: str
    record_id: str | None = None
    number: int | None = None
    """Its place inside a file of many records, from 1."""
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    extra: str | None = None
    saved: str | None = None
    """When the file was saved or the page was fetched: the last resort where nothing tells the day of publication."""
    counted: str = "line"
    """What `number` counts."""

    @property
    def place(self) -> str | None:
        """Its place inside the file, for people; None where it is the whole file."""
        return None if self.number is None else f"{self.counted} {self.number}"


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


def too_large(size: int, what: str = "The file", limit: int = DOCUMENT_LIMIT) -> UnreadableError:
    """The refusal of a text of `size` bytes that is over the limit of one document."""
    return UnreadableError(
        reason="too large",
        detail=f"{what} has {size / MIB:.1f} MiB, more than the {limit // MIB} MiB that one document may have: split it, "
        "or put its articles into a .jsonl file, one a line.",
    )


def load(path: Path, limit: int = DOCUMENT_LIMIT) -> bytes:
    """Bytes of a file that holds one document.

    Raises:
        UnreadableError: the file is over the limit; nothing of it is read then.
    """
    size = path.stat().st_size
    if size > limit:
        raise too_large(size, limit=limit)
    return path.read_bytes()


def sound(text: str) -> str:
    """The text with � for each half of a surrogate pair: JSON and PDF can name one alone, but no table can hold it."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def plain(value: object) -> str | None:
    """A field as a string; scrapers wrap single values into a list."""
    while isinstance(value, list) and value:
        value = value[0]
    if value is None or isinstance(value, list | dict):
        return None
    return sound(str(value)).strip() or None
