"""From the files of a batch to its three tables."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import polars as pl

from assets.documents.dates import with_published_on
from assets.documents.intake import take_in
from assets.documents.layout import lines_of, with_roles
from assets.documents.legacy import ANY_SIGN, in_unicode
from assets.documents.normalize import UNLIKE_PLAIN, plain_letters, whole_sentences
from assets.documents.page_words import pattern
from assets.documents.schema import Block, Document, UnreadRecord

WRITTEN = ("document", "record_id", "source", "url", "title", "text")
"""Columns with words of people."""
ODD = f"[{UNLIKE_PLAIN}{ANY_SIGN}]"


class Documents(NamedTuple):
    """The tables of the room; see `schema.py` for their columns."""

    document: pl.DataFrame
    block: pl.DataFrame
    unread_record: pl.DataFrame


def read_batch(root: Path, batch: str) -> Documents:
    """Reads a folder of files, or one file, as the batch `batch`.

    Returns:
        `document` (one row a document, in the order of files and lines), `block` (one row a line that is not blank, in
        order) and `unread_record` (one row a record that could not be read); columns as in `schema.py`. The same input
        gives the same rows in the same order.

    Raises:
        FileNotFoundError: there is neither a file nor a folder at `root`.
    """
    taken, unread = take_in(root)
    document = _as_read_by_all(taken).with_columns(batch=pl.lit(batch))
    line = with_roles(lines_of(document), document)
    document = with_published_on(_with_title(document, line), line)
    document = document.with_columns(pl.Series("content_hash", map(_hash, document["text"].cast(pl.Binary)), pl.String))
    return Documents(
        document.select(*Document.to_schema().columns),
        line.select(*Block.to_schema().columns),
        unread.with_columns(pl.lit(batch).alias("batch")).select(*UnreadRecord.to_schema().columns),
    )


def _as_read_by_all(taken: pl.DataFrame) -> pl.DataFrame:
    """`taken` in Unicode, each letter written in one way, its sentences whole; one look at most texts tells that they are."""
    odd = taken.select(pl.any_horizontal(pl.col(WRITTEN).str.contains(ODD).fill_null(value=False))).to_series().arg_true()
    rows = in_unicode(taken[odd])
    changed = [taken[name].scatter(odd, plain_letters(rows[name])) for name in WRITTEN]
    written = taken.with_columns(taken["encoding"].scatter(odd, rows["encoding"]), *changed)
    return written.with_columns(whole_sentences(written["text"]))


def _with_title(document: pl.DataFrame, line: pl.DataFrame) -> pl.DataFrame:
    """The title of the metadata, unless it names the site, else the line that the page shows as its title."""
    shown = line.filter(pl.col("role") == "title").group_by("document_key", maintain_order=True).agg(pl.col("line").first())
    return document.join(shown, on="document_key", how="left", maintain_order="left").with_columns(
        title=pl.when(pl.col("title").str.contains(pattern("header"))).then("line").otherwise(pl.coalesce("title", "line"))
    )


def _hash(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=16).hexdigest()
