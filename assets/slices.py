"""Documents of a batch in parts of about the same length: bounds the memory of what the rooms make on the way, not what they give."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl


def slices(document: pl.DataFrame, length: int) -> Iterator[pl.DataFrame]:
    """Parts of `document` (column `text`) in its order, each of about `length` bytes of text; one empty part of an empty batch."""
    part = document.select(pl.col("text").str.len_bytes().cast(pl.Int64).cum_sum() // length).to_series().rle()
    sizes = part.struct.field("len").to_list() or [0]
    offset = 0
    for size in sizes:
        yield document.slice(offset, size)
        offset += size
