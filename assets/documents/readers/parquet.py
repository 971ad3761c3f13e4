"""Parquet files: one row, one document, with the columns that JSON lines have as fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.documents.readers.jsonl import FIELDS
from assets.documents.readers.record import DOCUMENT_LIMIT, Record, Unread, UnreadableError, plain, sound, too_large

ROWS = 256
"""Rows that are held at a time."""


def read(path: Path) -> Iterator[Record | Unread]:
    """The documents of a file, in order of rows; a row without text does not stop the rest.

    Columns beside the known ones are kept as JSON in `extra`. A file that breaks off inside gives what came before, and one
    `broken archive` for what is lost.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it is no Parquet, or has no column `text` of strings.
    """
    number = 0
    with path.open("rb") as stream:
        file = _opened(stream)
        try:
            for batch in file.iter_batches(batch_size=ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield _record(row, number)
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            what = f"It cannot be read on after row {number} ({_first_line(error)}): what follows is lost, write the file again."
            yield Unread("broken archive", what, f"row {number + 1}")
            return
    if not number:
        yield Unread("empty", "There is no row in it: leave it out.")


def _opened(stream: Any) -> pq.ParquetFile:  # noqa: ANN401 - pyarrow takes any readable object
    try:
        file = pq.ParquetFile(stream)
        schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError(
            reason="broken file", detail=f"It cannot be opened as Parquet ({_first_line(error)}): write the file again."
        ) from error
    kind = schema.field("text").type if schema.names.count("text") == 1 else None
    if kind is None or not _holds_strings(kind):
        found = f"the column `text` holds {kind}" if kind else f"its columns are {', '.join(schema.names[:20]) or 'none'}"
        raise UnreadableError(
            reason="no text", detail=f"It has no column `text` of strings ({found}): name the column with the articles `text`."
        )
    return file


def _holds_strings(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _record(row: dict[str, Any], number: int) -> Record | Unread:
    text = row["text"]
    if text is None:
        return Unread("no text", "The row has no `text`: fill it, or take the row out.", f"row {number}")
    if len(text) > DOCUMENT_LIMIT:
        refusal = too_large(len(text), "The text of the row")
        return Unread(refusal.reason, refusal.detail, f"row {number}")
    extra = {name: value for name, value in row.items() if name not in FIELDS and value is not None}
    return Record(
        raw=_json(row).encode(),
        text=text,
        encoding="utf-8",
        record_id=plain(row.get("id")),
        number=number,
        counted="row",
        title=plain(row.get("title")),
        date=plain(row.get("date")),
        url=plain(row.get("url")),
        source=plain(row.get("source")),
        extra=_json(extra) if extra else None,
    )


def _json(value: dict[str, Any]) -> str:
    return sound(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
