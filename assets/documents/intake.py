"""Reads the files of a batch, record by record: what could be read, and what could not, with the reason."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from assets.documents import archive
from assets.documents.readers import READERS, reader_of
from assets.documents.readers.record import Reader, Record, Unread, UnreadableError
from assets.documents.walk import files_of

READ = {
    "document_key": pl.String,
    "document": pl.String,
    "source_file": pl.String,
    "record_id": pl.String,
    "source": pl.String,
    "url": pl.String,
    "title": pl.String,
    "date": pl.String,
    "saved": pl.String,
    "encoding": pl.String,
    "extra": pl.String,
    "text": pl.String,
}
Cell = str | bytes | None
# Records that are held as objects of Python, which take three times the memory of a column.
AT_ONCE = 500
WORD = re.compile(r"[^\W_]")
UNREAD = {"source_file": pl.String, "record": pl.String, "reason": pl.String, "detail": pl.String}


class Intake(NamedTuple):
    """Records as they were read (columns of `READ`) and those that were not (columns of `UNREAD`)."""

    read: pl.DataFrame
    unread: pl.DataFrame


def take_in(root: Path) -> Intake:
    """Reads every file below `root`; a record that repeats an earlier one to the letter is unread, `same content as`.

    Raises:
        FileNotFoundError: there is nothing at `root`.
    """
    parts: list[pl.DataFrame] = []
    read: list[tuple[Cell, ...]] = []
    unread: list[tuple[Cell, ...]] = []
    seen: dict[bytes, str] = {}
    for name, record in _records(root):
        if isinstance(record, Unread):
            unread.append((name, record.record, record.reason, record.detail))
            continue
        place = name if record.place is None else f"{name}, {record.place}"
        text = record.text.encode()
        if (first := seen.setdefault(_content(record, text), place)) is not place:
            unread.append((name, record.place, "same content as", f"It repeats {first} to the letter, which is read: nothing to do."))
            continue
        read.append(_row(name, record, text))
        if len(read) == AT_ONCE:
            parts.append(_read_frame(read))
            read.clear()
    return Intake(pl.concat([*parts, _read_frame(read)], rechunk=True), _frame(unread, UNREAD))


def _records(root: Path) -> Iterator[tuple[str, Record | Unread]]:
    """Records of the files below `root`, each with the name of its file; a member of an archive is a file too."""
    for name, path in files_of(root):
        if not (name.lower().endswith(archive.SUFFIX) and path.is_file()):
            yield from ((name, record) for record in _read(name, path))
            continue
        try:
            for member in archive.members(name, path):
                if isinstance(member, Unread):
                    yield name, member
                else:
                    yield from ((member[0], record) for record in _read(*member))
        except UnreadableError as error:
            yield name, Unread(error.reason, error.detail)


def _read(name: str, path: Path) -> Iterator[Record | Unread]:
    try:
        yield from map(_told, _reader(name, path)(path))
    except UnreadableError as error:
        yield Unread(error.reason, error.detail)
    except OSError as error:
        yield Unread("cannot open", f"The system does not open it ({error.strerror or error}): check its rights and where it leads.")


def _reader(name: str, path: Path) -> Reader:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UnreadableError(reason="cannot open", detail="The system does not list the files of this folder: check its rights.")
    if not stat.S_ISREG(mode):
        raise UnreadableError(reason="not a file", detail="It is a pipe, a socket or a device, which has no end: put a file in its place.")
    if reader := reader_of(name):
        return reader
    known = ", ".join(sorted([*READERS, archive.SUFFIX]))
    detail = f"No reader knows this suffix; known are {known}. Convert the file, or add a reader for it."
    raise UnreadableError(reason="unknown format", detail=detail)


def _told(record: Record | Unread) -> Record | Unread:
    """The record, unless there is neither a letter nor a digit in its text."""
    if isinstance(record, Unread) or WORD.search(record.text):
        return record
    return Unread("empty", "There is neither a letter nor a digit in its text: leave it out.", record.place)


def _row(name: str, record: Record, text: bytes) -> tuple[Cell, ...]:
    key = hashlib.blake2b(f"{name}\0{record.record_id or ''}\0".encode(), digest_size=16)
    key.update(record.raw)
    shown = name.rpartition("/")[2]
    if record.number is not None:
        shown = record.record_id or f"{shown}:{record.number}"
    return (
        key.hexdigest(),
        shown,
        name,
        record.record_id,
        record.source,
        record.url,
        record.title,
        record.date,
        record.saved,
        record.encoding,
        record.extra,
        text,
    )


def _content(record: Record, text: bytes) -> bytes:
    """What makes two records the same: text, title and date."""
    content = hashlib.blake2b(text, digest_size=16)
    content.update("\0".join(("", record.title or "", record.date or "")).encode())
    return content.digest()


def _read_frame(rows: list[tuple[Cell, ...]]) -> pl.DataFrame:
    """Texts are bytes on the way: hashed and put into a column without being encoded again."""
    return _frame(rows, {**READ, "text": pl.Binary}).cast({"text": pl.String})


def _frame(rows: list[tuple[Cell, ...]], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else [() for _ in schema]
    return pl.DataFrame([pl.Series(name, values, schema[name]) for name, values in zip(schema, columns, strict=True)])
