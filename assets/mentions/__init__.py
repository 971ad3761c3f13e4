"""Room 2, mentions: documents → one row for every span that matters, in the order of the text."""

from __future__ import annotations

import polars as pl

from assets.mentions.lines import body_lines, code_points, sentences
from assets.mentions.organisations import find_organisations
from assets.mentions.periods import find_periods
from assets.mentions.places import find_places
from assets.mentions.quantities import find_quantities
from assets.mentions.spans import find_pattern
from assets.mentions.terms import aliases, cues, find_vocabulary, sectors

__all__ = ["find_mentions"]

# Documents read at a time: bounds the memory of the intermediate frames, not the result.
_SLICE = 1000
# Marks that part the clauses of a sentence; a comma inside a numeral is none.
_CLAUSE = r"[;:()]|,\s"


def find_mentions(document: pl.DataFrame, block: pl.DataFrame) -> pl.DataFrame:
    """All spans that matter in the body of the documents.

    Args:
        document: `assets.documents.schema.Document`.
        block: `assets.documents.schema.Block`.

    Returns:
        `assets.mentions.schema.Mention`, sorted by document (in the order given) and place in the text.
    """
    parts = []
    for offset in range(0, max(document.height, 1), _SLICE):
        some = document.slice(offset, _SLICE)
        parts.append(_mentions_of(body_lines(some, block.join(some.select("document_key"), on="document_key", how="semi"))))
    return pl.concat(parts, how="diagonal_relaxed")


def _mentions_of(lines: pl.DataFrame) -> pl.DataFrame:
    periods, places, organisations = find_periods(lines), find_places(lines), find_organisations(lines)
    quantity = find_quantities(lines, periods, organisations)
    telling = lines.join(quantity.select("line").unique(), on="line", how="semi")
    marks = [
        quantity.with_columns(kind=pl.lit("quantity"), code=pl.col("unit")),
        periods.with_columns(kind=pl.lit("period")),
        places.with_columns(kind=pl.lit("place")),
        organisations.join(telling, on="line", how="semi").with_columns(kind=pl.lit("organisation")),
        find_vocabulary(telling, aliases()),
        find_vocabulary(telling, cues()),
        find_vocabulary(telling, sectors()),
        find_pattern(telling, _CLAUSE).with_columns(kind=pl.lit("clause"), code=pl.col("match").str.strip_chars()),
    ]
    spans = pl.concat(marks, how="diagonal_relaxed").drop("match", strict=False).filter(pl.col("kind") != "ignore")
    return _numbered(lines, spans)


def _numbered(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Spans in the order of the text, in code points, with the number of their sentence; quantities with its text."""
    sentence = sentences(lines)
    told = sentence.join(spans.filter(pl.col("kind") == "quantity").select("line").unique(), on="line", how="semi")
    texts = code_points(lines, told).select("line", "sentence", sentence_start="first", sentence_end="last", sentence_text="text")
    return (
        code_points(lines, spans.sort("line", "start", "end", descending=[False, False, True], maintain_order=True))
        .join_asof(sentence.select("line", "sentence", "start"), on="start", by="line", check_sortedness=False)
        .join(texts.with_columns(kind=pl.lit("quantity")), on=["line", "sentence", "kind"], how="left", maintain_order="left")
        .drop("line", "start", "end")
        .rename({"first": "start", "last": "end"})
    )
