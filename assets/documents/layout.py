"""The part that each line plays on the page, and whether a fact may come from it."""

from __future__ import annotations

import polars as pl


def lines_of(document: pl.DataFrame) -> pl.DataFrame:
    """Lines that are not blank, without the blanks around them.

    Args:
        document: `document_key`, `text`.

    Returns:
        `document_key`, `block`, `start`, `end` (code points into `text`), `line` (the text), in order.
    """
    line = document.lazy().select("document_key", pl.col("text").str.split("\n").alias("raw")).with_row_index("row").explode("raw")
    width = pl.col("raw").str.len_chars()
    return (
        line.with_columns(
            (width.cum_sum() - width).over("row").alias("offset"),
            pl.int_range(pl.len()).over("row").alias("number"),
            pl.col("raw").str.strip_chars_start(" \t").alias("rest"),
        )
        .with_columns((pl.col("offset") + pl.col("number") + width - pl.col("rest").str.len_chars()).alias("start"))
        .with_columns(pl.col("rest").str.strip_chars_end(" \t").alias("line"))
        .filter(pl.col("line") != "")
        .select(
            "document_key",
            pl.int_range(pl.len()).over("row").cast(pl.UInt32).alias("block"),
            pl.col("start").cast(pl.UInt32),
            (pl.col("start") + pl.col("line").str.len_chars()).cast(pl.UInt32).alias("end"),
            "line",
        )
        .collect()
    )


def with_roles(line: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """`line` (see `lines_of`) with `role` and `is_body`."""
    return line.with_columns(pl.lit("body").alias("role"), pl.lit(True).alias("is_body"))
