"""Plain text and Markdown: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assets.documents.encoding import decode
from assets.documents.readers.record import Record, Unread, load


def read(path: Path) -> Iterator[Record | Unread]:
    """The one document of a file.

    Raises:
        UnreadableError: empty, binary, too large, or in no known encoding.
    """
    raw = load(path)
    text, encoding = decode(raw)
    yield Record(raw, text, encoding)
