"""What leaves the room `documents`: one row a document, one a line of it, one a record that could not be read."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl


class Document(pa.DataFrameModel):
    """One readable document; `text` is the text that every offset of the warehouse points into."""

    document_key: str = pa.Field(unique=True, description="Hash of batch-relative path, record id and content")
    batch: str = pa.Field(description="Batch that the document arrived in")
    document: str = pa.Field(description="Name for people: file name, or the record's id")
    source_file: str = pa.Field(description="Path of the file, relative to the batch")
    record_id: str = pa.Field(nullable=True, description="Id of the record inside its file, where it has one")
    source: str = pa.Field(nullable=True, description="Who published the text, as far as it tells")
    url: str = pa.Field(nullable=True, description="Address of the text; never fetched")
    title: str = pa.Field(nullable=True, description="Title, from the metadata or the first line")
    published_on: pl.Date = pa.Field(nullable=True, description="Day of publication")
    published_on_from: str = pa.Field(
        nullable=True, isin=["metadata", "dateline", "url", "saved"], description="How the day of publication was found"
    )
    encoding: str = pa.Field(description="Encoding that the bytes were read with")
    extra: str = pa.Field(nullable=True, description="Fields of the record that nobody asked for, as JSON")
    content_hash: str = pa.Field(description="Hash of the text: equal texts have equal hashes")
    text: str = pa.Field(description="The text: NFC, Đ for Ð, plain spaces, LF line ends")


class Block(pa.DataFrameModel):
    """One line of a document that is not blank, with the part it plays on the page."""

    document_key: str = pa.Field(description="Document of the line")
    block: pl.UInt32 = pa.Field(description="Number of the line within its document, from 0")
    start: pl.UInt32 = pa.Field(description="First code point of the line in `text`")
    end: pl.UInt32 = pa.Field(description="Code point after the last of the line")
    role: str = pa.Field(
        isin=["title", "heading", "dateline", "body", "caption", "header", "menu", "teaser", "footer"],
        description="Part that the line plays on the page",
    )
    is_body: bool = pa.Field(description="Whether a fact may come from the line")


class UnreadRecord(pa.DataFrameModel):
    """One record that could not be read, with the reason."""

    batch: str = pa.Field(description="Batch that the record arrived in")
    source_file: str = pa.Field(description="Path of the file, relative to the batch")
    record: str = pa.Field(nullable=True, description="Line or entry within the file; null for the whole file")
    reason: str = pa.Field(description="Short name of the reason: `empty`, `binary`, `too large` …")
    detail: str = pa.Field(description="What happened and what to do, in a sentence")
