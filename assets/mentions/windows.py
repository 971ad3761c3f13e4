"""The text of spans and around them: offsets are bytes of a line, what leaves the room are code points of the document."""

from __future__ import annotations

import polars as pl

# Bytes that a character may have.
_BYTES = 4


def code_points(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Spans in bytes of a line as code points of the document's text: adds document_key, block, first and last.

    `spans` are in the order of the text. `match`, the span's text in any form that keeps the number of its code points, is used up.
    """
    # From span to span and not from the start of the line, for a line may be as long as a document.
    same = (pl.col("line") == pl.col("line").shift(1)).fill_null(value=False)
    since = pl.when(same).then(pl.col("start").shift(1)).otherwise(0)
    between = _bytes("line_text", since, pl.col("start") - since).cast(pl.String).str.len_chars()
    return (
        spans.join(lines.select("line", "document_key", "block", line_start="start", line_text="text"), on="line", maintain_order="left")
        .with_columns(first=pl.col("line_start") + between.cum_sum().over("line"))
        .with_columns(last=pl.col("first") + pl.col("match").str.len_chars())
        .drop("line_start", "line_text", "match")
    )


def printed(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.Series:
    """The text of the spans as printed; spans with null offsets have none."""
    body = _bytes("text", pl.col("start"), pl.col("end") - pl.col("start"))
    return _with_text(lines, spans).select(body.cast(pl.String)).to_series()


def before(lines: pl.DataFrame, spans: pl.DataFrame, count: int) -> pl.Series:
    """Up to so many code points of the line before the spans."""
    begin = _character(pl.max_horizontal(pl.col("start").cast(pl.Int64) - _BYTES * count, 0))
    window = _bytes("text", begin, pl.col("start") - begin).cast(pl.String)
    return _with_text(lines, spans).select(window.str.tail(count)).to_series()


def behind(lines: pl.DataFrame, spans: pl.DataFrame, count: int) -> pl.Series:
    """Up to so many code points of the line behind the spans."""
    window = _bytes("text", pl.col("end"), _character(pl.col("end").cast(pl.Int64) + _BYTES * count) - pl.col("end")).cast(pl.String)
    return _with_text(lines, spans).select(window.str.head(count)).to_series()


def _character(position: pl.Expr) -> pl.Expr:
    """The first byte from this one on that begins a character, or lies behind the end of the line."""
    text = pl.col("text").cast(pl.Binary).bin
    steps = [position + step for step in range(_BYTES)]
    return pl.coalesce([pl.when(~text.get(at, null_on_oob=True).is_between(0x80, 0xBF).fill_null(value=False)).then(at) for at in steps])


def _with_text(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    return spans.select("line", "start", "end").join(lines.select("line", "text"), on="line", maintain_order="left")


def _bytes(column: str, start: pl.Expr, length: pl.Expr | int) -> pl.Expr:
    return pl.col(column).cast(pl.Binary).bin.slice(start, length)
