"""JSON lines, plain or compressed: one line, one document with `text` and perhaps `id`, `title`, `date`, `url`, `source`."""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyarrow as pa

from assets.documents.encoding import decode
from assets.documents.readers.record import DOCUMENT_LIMIT, Record, Unread, UnreadableError, plain, sound, too_large

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FIELDS = ("id", "title", "date", "url", "text", "source")
BROKEN_STREAM = (EOFError, zlib.error, OSError)
WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"{\0": "utf-16-le", b"\0{": "utf-16-be"}
"""How a file in UTF-16 starts; its line ends are not those of bytes."""
SURROGATE = re.compile(rb"\\u[dD]")
"""How a line of JSON names half of a surrogate pair."""


def read(path: Path) -> Iterator[Record | Unread]:
    """The documents of a file, in order; a line that cannot be read does not stop the rest.

    Fields beside the known ones are kept as JSON in `extra`. A stream that breaks off gives what it held until then,
    and one `broken archive` for what is lost.

    Raises:
        OSError: the file cannot be opened.
    """
    number = records = 0
    with _open(path) as packed:
        try:
            wide = WIDE.get(packed.peek(2)[:2])
            stream: IO[bytes] = BufferedReader(_Narrowed(packed, wide)) if wide else packed
            while line := stream.readline(DOCUMENT_LIMIT + 1):
                number += 1
                if len(line) > DOCUMENT_LIMIT and not line.endswith(b"\n"):
                    yield _refused(too_large(len(line) + _skip_line(stream), "The line"), number)
                elif stripped := line.strip():
                    yield _parse(stripped, number, wide)
                else:
                    continue
                records += 1
        except BROKEN_STREAM as error:
            what = f"It cannot be read on after line {number} ({error}): what follows is lost, fetch the file again."
            yield Unread("broken archive", what, f"line {number + 1}")
            return
    if not records:
        yield Unread("empty", "There is no record in it: leave it out.")


class _Narrowed(RawIOBase):
    """A stream of UTF-16 as one of UTF-8, whose line ends are single bytes."""

    def __init__(self, stream: BufferedReader, encoding: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        text, data = "", b" "
        while data and not text:
            # Two bytes become three at most.
            data = self._stream.read(len(room) // 3 * 2 - 2)
            text = self._decoder.decode(data, final=not data)
        narrow = text.encode("utf-8", "replace")
        room[: len(narrow)] = narrow
        return len(narrow)


def _open(path: Path) -> BufferedReader:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(BufferedReader, gzip.open(path))
    # Of the libraries for Zstandard this one tells when a stream breaks off; it knows no lines, which the buffer adds.
    return BufferedReader(pa.input_stream(str(path), compression="zstd")) if suffix == ".zst" else path.open("rb")


def _skip_line(stream: IO[bytes]) -> int:
    """Reads on to the end of the line; how many bytes that were."""
    size = 0
    while part := stream.readline(DOCUMENT_LIMIT):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size


def _refused(error: UnreadableError, number: int) -> Unread:
    return Unread(error.reason, error.detail, f"line {number}")


def _parse(line: bytes, number: int, wide: str | None) -> Record | Unread:
    try:
        content, encoding = decode(line)
        fields = json.loads(content)
    except UnreadableError as error:
        return _refused(error, number)
    except (ValueError, RecursionError) as error:
        return Unread("broken line", f"The line is not JSON ({error}): repair it, or take it out.", f"line {number}")
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        return Unread("no text", "The line is no JSON object with a string `text`: name the article's field `text`.", f"line {number}")
    return _record(line, fields, wide or encoding, number)


def _record(line: bytes, fields: dict[str, Any], encoding: str, number: int) -> Record:
    extra = {name: value for name, value in fields.items() if name not in FIELDS}
    return Record(
        raw=line,
        text=sound(fields["text"]) if SURROGATE.search(line) else fields["text"],
        encoding=encoding,
        record_id=plain(fields.get("id")),
        number=number,
        title=plain(fields.get("title")),
        date=plain(fields.get("date")),
        url=plain(fields.get("url")),
        source=plain(fields.get("source")),
        extra=sound(json.dumps(extra, ensure_ascii=False, sort_keys=True)) if extra else None,
    )
