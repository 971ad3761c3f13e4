"""Web archives, plain or compressed: each response with a page, a text or a PDF is one document. Nothing is ever fetched."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from assets.documents.encoding import decode
from assets.documents.readers import html, pdf
from assets.documents.readers.record import DOCUMENT_LIMIT, PRINT_LIMIT, Record, Unread, UnreadableError, too_large

PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain", "text/markdown")
PRINTS = ("application/pdf",)
TAKEN = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.unknown
FETCHED = 200
"""Status of a response that holds what was asked for."""
SHOWN_KINDS = 6


class _CutError(Exception):
    """A record breaks off."""


def read(path: Path) -> Iterator[Record | Unread]:
    """The documents of an archive, in order, with their address and the day they were fetched from the headers.

    Pictures, scripts, redirections and the like are counted in one row. An archive that breaks off gives what it held until
    then, and one `broken archive` for what is lost.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it is no web archive.
    """
    number = 0
    others: Counter[str] = Counter()
    with _open(path) as file:
        stream = _Stream(file)
        try:
            for response in ArchiveIterator(cast(BinaryIO, stream), record_types=TAKEN, parse_http=False, fsspec_args=False):
                number += 1
                yield from _records(response, number, others)
            stream.check()
        except (_CutError, OSError) as error:
            if not number:
                raise UnreadableError(
                    reason="broken file", detail=f"It cannot be read as a web archive ({error}): fetch the file again."
                ) from error
            what = f"It cannot be read on in response {number} ({error}): what follows is lost, fetch the file again."
            yield Unread("broken archive", what, f"response {number}")
    if others:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(others.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_KINDS])
        what = f"{others.total()} of its responses are neither pages nor texts ({kinds}): nothing to do."
        yield Unread("no text", what)
    elif not number:
        yield Unread("empty", "There is no response in it: leave it out.")


class _Stream(BufferedIOBase):
    """Bytes of an archive up to where it breaks off, and why it does.

    Python's own gzip tells that; fastwarc's ends there as if it were whole, and forgets what it has read ahead when it fails.
    """

    def __init__(self, file: gzip.GzipFile | BufferedReader) -> None:
        self.file = file
        self.broken: Exception | None = None
        self.position = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.position

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            part = b"" if self.broken else self.file.read1(-1 if size is None else size)
        except (EOFError, OSError, zlib.error) as error:
            self.broken = error
            return b""
        self.position += len(part)
        return part

    def check(self) -> None:
        """Raises an error where the bytes break off."""
        if self.broken:
            raise _CutError(str(self.broken))


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def _records(response: WarcRecord, number: int, others: Counter[str]) -> Iterator[Record | Unread]:
    """What a response holds, named by its headers; nothing but a count in `others` where that is no text."""
    try:
        kind, charset, body = _content(response)
        if kind not in (*PAGES, *TEXTS, *PRINTS):
            others[kind] += 1
            return
        found = list(_parsed(kind, charset, body))
    except UnreadableError as error:
        yield Unread(error.reason, error.detail, f"response {number}")
        return
    headers = response.headers
    url = (headers.get("WARC-Target-URI") or "").strip("<> ") or None
    for record in found:
        if isinstance(record, Unread):
            place = f"response {number}" + (f", {record.record}" if record.record else "")
            yield record._replace(record=place)
        else:
            yield record._replace(
                record_id=(headers.get("WARC-Record-ID") or "").strip("<> ") or None,
                number=number,
                counted="response",
                url=url or record.url,
                source=record.source or _host(url),
                saved=headers.get("WARC-Date"),
            )


def _content(response: WarcRecord) -> tuple[str, str | None, bytes]:
    """Media type, encoding as the server told it, and the body without its packing.

    Raises:
        _CutError: the archive ends inside the record.
        UnreadableError: too large, or packed wrongly.
    """
    if response.record_type == WarcRecordType.unknown and not len(response.headers):
        message = "the archive ends inside a record"
        raise _CutError(message)
    size = response.content_length
    if size > PRINT_LIMIT:
        raise too_large(size, "The response", PRINT_LIMIT)
    block = response.reader.read(size)
    if len(block) < size:
        message = f"{len(block)} of its {size} bytes are there"
        raise _CutError(message)
    told = response.headers.get("Content-Type") or ""
    if not told.lower().startswith("application/http"):
        kind, _, rest = told.partition(";")
        return kind.strip().lower() or "unknown", _charset(rest), block
    return _unpacked(block)


def _unpacked(block: bytes) -> tuple[str, str | None, bytes]:
    """Media type (or what the server said instead of a page), encoding and body of an HTTP response."""
    answer = WarcRecord()
    answer.init_headers(WarcRecordType.response)
    answer.is_http = True
    answer.set_bytes_content(block)
    try:
        answer.parse_http(auto_decode="all")
        status = answer.http_headers.status_code
        if status != FETCHED:
            return f"HTTP {status}", None, b""
        kind = (answer.http_content_type or "unknown").strip().lower()
        if kind not in (*PAGES, *TEXTS, *PRINTS):
            return kind, None, b""
        body = answer.reader.read(PRINT_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(reason="broken response", detail=f"It cannot be unpacked ({error}): fetch the page again.") from error
    if len(body) > PRINT_LIMIT:
        raise too_large(len(body), "The response", PRINT_LIMIT)
    return kind, answer.http_charset, body


def _parsed(kind: str, charset: str | None, body: bytes) -> Iterator[Record | Unread]:
    if kind in PRINTS:
        yield from pdf.pages_of(body)
        return
    if len(body) > DOCUMENT_LIMIT:
        raise too_large(len(body), "The page")
    if kind in PAGES:
        yield html.page_of(body, charset)
    else:
        yield Record(body, *decode(body, charset))


def _charset(parameters: str) -> str | None:
    _, found, charset = parameters.partition("charset=")
    return charset.strip("\"' ;") if found else None


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:  # no address, whatever the archive calls it
        return None
