"""JSON lines, plain or compressed: one line, one document with `text` and perhaps `id`, `title`, `date`, `url`, `source`."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from assets.documents.encoding import decode
from assets.documents.readers.record import DOCUMENT_LIMIT, Record, Unread, Unreadable, too_large

FIELDS = ("id", "title", "date", "url", "text", "source")
BROKEN_STREAM = (EOFError, gzip.BadGzipFile, zlib.error, OSError)


def read(path: Path) -> Iterator[Record | Unread]:
    """The documents of a file, in order; a line that cannot be read does not stop the rest.

    Fields beside the known ones are kept as JSON in `extra`. A stream that breaks off gives what it held until then,
    and one `broken archive` for what is lost.

    Raises:
        OSError: the file cannot be opened.
    """
    number = 0
    with _open(path) as stream:
        try:
            while line := stream.readline(DOCUMENT_LIMIT + 1):
                number += 1
                if len(line) > DOCUMENT_LIMIT and not line.endswith(b"\n"):
                    size = len(line) + _skip_line(stream)
                    yield _refused(too_large("The line", size), number)
                elif line.strip():
                    yield _parse(line.strip(), number)
        except BROKEN_STREAM as error:
            yield Unread(
                "broken archive",
                f"It cannot be unpacked after line {number} ({error}): what follows is lost, fetch the file again.",
                f"line {number + 1}",
            )
    if not number:
        yield Unread("empty", "There is no line in it.")


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path)
    return pa.input_stream(str(path), compression="zstd") if path.suffix == ".zst" else path.open("rb")


def _skip_line(stream: IO[bytes]) -> int:
    """Reads on to the end of the line; how many bytes that were."""
    size = 0
    while part := stream.readline(DOCUMENT_LIMIT):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size


def _refused(error: Unreadable, number: int) -> Unread:
    return Unread(error.reason, error.detail, f"line {number}")


def _parse(line: bytes, number: int) -> Record | Unread:
    try:
        content, encoding = decode(line)
        fields = json.loads(content)
    except Unreadable as error:
        return _refused(error, number)
    except (ValueError, RecursionError) as error:
        return Unread("broken line", f"The line is not JSON ({error}): repair it, or take it out.", f"line {number}")
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        return Unread("no text", "The line is no JSON object with a string `text`: name the article's field `text`.", f"line {number}")
    if not fields["text"].strip():
        return Unread("empty", "The field `text` of the line is empty.", f"line {number}")
    return _record(line, fields, encoding, number)


def _record(line: bytes, fields: dict[str, Any], encoding: str, number: int) -> Record:
    extra = {name: value for name, value in fields.items() if name not in FIELDS}
    return Record(
        raw=line,
        text=fields["text"],
        encoding=encoding,
        record_id=_plain(fields.get("id")),
        line=number,
        title=_plain(fields.get("title")),
        date=_plain(fields.get("date")),
        url=_plain(fields.get("url")),
        source=_plain(fields.get("source")),
        extra=json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None,
    )


def _plain(value: object) -> str | None:
    """A field as a string; scrapers wrap single values into a list."""
    while isinstance(value, list) and value:
        value = value[0]
    if value is None or isinstance(value, list | dict):
        return None
    return str(value).strip() or None
