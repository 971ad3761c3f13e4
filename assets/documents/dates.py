"""The day of publication: from the metadata, else from the dateline, else from the address."""

from __future__ import annotations

import polars as pl


def with_published_on(document: pl.DataFrame, line: pl.DataFrame) -> pl.DataFrame:
    """`document` with `published_on` and `published_on_from`."""
    day = pl.col("date").str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})").str.to_date("%Y-%m-%d", strict=False)
    return document.with_columns(day.alias("published_on")).with_columns(
        pl.when(pl.col("published_on").is_not_null()).then(pl.lit("metadata")).alias("published_on_from")
    )
