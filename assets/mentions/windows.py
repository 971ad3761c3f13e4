"""The text of spans and around them: offsets are bytes of a line, what leaves the room are code points of the document."""

from __future__ import annotations

import polars as pl

# Bytes that a character may have.
_BYTES = 4
# More bytes than a line can have.
_LINE = 2**32


def position(offset: str) -> pl.Expr:
    """One number for the line and an offset in it: compared over all lines at once, without looking at each line by itself."""
    return pl.col("line").cast(pl.UInt64) * _LINE + pl.col(offset)


def code_points(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Where spans in bytes of a line stand in the document: document_key, block, first and last (code points of its text).

    `spans` are in the order of the text. `match` is the span's text in any form that keeps the number of its code points.
    """
    # From span to span and not from the start of the line, for a line may be as long as a document.
    begins = pl.col("line").ne_missing(pl.col("line").shift(1))
    since = pl.when(begins).then(0).otherwise(pl.col("start").shift(1))
    between = _bytes("text", since, pl.col("start") - since).cast(pl.String).str.len_chars()
    reached = pl.col("between").cum_sum()
    passed = pl.when("begins").then(reached - pl.col("between")).forward_fill()
    return (
        spans.select("line", "start", length=pl.col("match").str.len_chars())
        .with_columns(_of_lines(lines, spans, "document_key", "block", "text", line_start="start"))
        .select("document_key", "block", "line_start", "length", begins=begins, between=between)
        .select("document_key", "block", "length", first=pl.col("line_start") + (reached - passed))
        .select("document_key", "block", "first", last=pl.col("first") + pl.col("length"))
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
    return spans.select("line", "start", "end").with_columns(_of_lines(lines, spans, "text"))


def _of_lines(lines: pl.DataFrame, spans: pl.DataFrame, *columns: str, **named: str) -> list[pl.Series]:
    """Columns of the line of each span."""
    rows = lines["line"].search_sorted(spans["line"])
    # Taken from more chunks than one, polars copies the text of the line for every span.
    return lines.select(*columns, **named).rechunk()[rows].get_columns()


def _bytes(column: str, start: pl.Expr, length: pl.Expr | int) -> pl.Expr:
    return pl.col(column).cast(pl.Binary).bin.slice(start, length)
