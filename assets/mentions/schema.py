"""What leaves the room `mentions`: one row for every span that matters, in the order of the text."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

KINDS = [
    "quantity", "indicator", "counted", "head", "object", "block", "value", "fallback", "cue", "place", "abroad", "period",
    "organisation", "sector", "clause",
]  # fmt: skip


class Mention(pa.DataFrameModel):
    """A span of a document's text and what it names; several rows where the same words have several meanings."""

    document_key: str = pa.Field(description="Document of the span")
    block: pl.UInt32 = pa.Field(description="Line of the span")
    sentence: pl.UInt32 = pa.Field(description="Number of the sentence within the document")
    start: pl.UInt32 = pa.Field(description="First code point of the span in the document's text")
    end: pl.UInt32 = pa.Field(description="Code point after the last of the span")
    kind: str = pa.Field(isin=KINDS, description="What sort of thing the span names")
    family: str = pa.Field(nullable=True, description="Family of a cue or of a quantity's unit")
    code: str = pa.Field(nullable=True, description="Indicator, cue, place path, unit … that the span stands for")
