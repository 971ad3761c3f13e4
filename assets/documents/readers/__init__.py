"""Readers by suffix. A new format is one module with `read(path)` and one line here."""

from __future__ import annotations

from assets.documents.readers import docx, html, jsonl, parquet, pdf, text, warc
from assets.documents.readers.record import Reader

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".jsonl.zst": jsonl.read,
    ".ndjson": jsonl.read,
    ".ndjson.gz": jsonl.read,
    ".ndjson.zst": jsonl.read,
    ".parquet": parquet.read,
    ".warc": warc.read,
    ".warc.gz": warc.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}


def reader_of(name: str) -> Reader | None:
    """The reader of a file name, by its longest known suffix; None where no reader knows it."""
    suffixes = name.lower().split(".")[1:]
    for first in range(len(suffixes)):
        if reader := READERS.get("." + ".".join(suffixes[first:])):
            return reader
    return None
