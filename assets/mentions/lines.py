"""The lines of a batch as the finders see them."""

from __future__ import annotations

import polars as pl

from assets.documents.layout import lines_of
from assets.mentions.spans import find_pattern, fold, words_only
from assets.mentions.windows import position
from assets.reference import table

# A full stop ends a sentence where a capital, a digit or a bullet follows; the word before it may be an abbreviation.
# Some pages lost the space between two sentences.
_SENTENCE_END = r"\S*[.!?…]+[\"”’)\]]*\s+[\"“(‘\[•\-–+]*\s*[\p{Lu}0-9]|[\p{Ll}%\"”][.!?]\p{Lu}[\p{Ll}]"


def body_lines(document: pl.DataFrame, block: pl.DataFrame) -> pl.DataFrame:
    """Lines that may state facts, with their text, its folded form and its words.

    Returns:
        line (UInt32), document_key, block, start (code point in the document's text), text, folded, words,
        published_on, is_title; in the order of `block`.
    """
    return (
        block.lazy()
        .with_columns(lines_of(document)["line"].alias("text"))
        .filter("is_body")
        .join(document.lazy().select("document_key", "published_on"), on="document_key", maintain_order="left")
        .select("document_key", "block", "start", "text", "published_on", is_title=pl.col("role") == "title")
        .with_row_index("line")
        .with_columns(folded=fold(pl.col("text")))
        .with_columns(words=words_only(pl.col("folded")))
        .collect()
    )


def sentence_ends(lines: pl.DataFrame) -> pl.DataFrame:
    """Where sentences end inside lines: `line`, `start`, `end` of the mark and the space behind it."""
    abbreviations = table("abbreviations")["abbreviation"]
    ends = find_pattern(lines, _SENTENCE_END, "text")
    word = pl.col("match").str.extract(r"^[\"“(‘\[]*(\S*?)[.!?…]+[\"”’)\]]*\s")
    # An initial (`Nguyễn V. A`) or a known short form does not end its sentence.
    ended = ends.filter(word.is_null() | (~word.str.contains(r"^\p{Lu}$") & ~word.is_in(abbreviations.implode())))
    # The match took the first characters of the next sentence along.
    ahead = pl.col("match").str.extract(r"(\p{Lu}\p{Ll}|[\p{Lu}0-9])$").str.len_bytes()
    return ended.with_columns(end=pl.col("end") - ahead)


def sentences(lines: pl.DataFrame, telling: pl.DataFrame) -> pl.DataFrame:
    """Sentences of the lines: line, sentence (UInt32, number within the document), start, end (bytes).

    Only `telling` lines, those with a quantity, are split; any other line counts as one sentence.
    """
    starts = pl.concat([lines.select("line", start=pl.lit(0, pl.UInt32)), sentence_ends(telling).select("line", start="end")])
    of_lines = lines.select("line", length=pl.col("text").str.len_bytes(), opens=_opens("document_key"))
    number = pl.int_range(pl.len(), dtype=pl.UInt32)
    return (
        starts.sort(position("start"))
        .join(of_lines, on="line", maintain_order="left")
        .with_columns(end=pl.when(pl.col("line").shift(-1) == pl.col("line")).then(pl.col("start").shift(-1)).otherwise("length"))
        .with_columns(first=pl.when(pl.col("opens") & _opens("line")).then(number).forward_fill())
        .select("line", "start", "end", sentence=number - pl.col("first"))
    )


def _opens(column: str) -> pl.Expr:
    """Whether a row has another value than the one before it."""
    return pl.col(column).ne_missing(pl.col(column).shift(1))
