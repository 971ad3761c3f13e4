"""The lines of a batch as the finders see them."""

from __future__ import annotations

import polars as pl

from assets.documents.layout import lines_of
from assets.mentions.spans import find_pattern, fold, words_only
from assets.mentions.windows import position
from assets.reference import table

# A full stop ends a sentence where a capital, a digit or a bullet follows; the word before it may be an abbreviation.
# Some pages lost the space between two sentences.
_SENTENCE_END = r"\S*[.!?…]+[\"”’)\]]*\s+[\"“(‘\[•\-–+]*\s*[\p{Lu}0-9]|[\p{Ll}0-9%\"”][.!?](?:\p{Lu}\p{Ll}|Ở\s)"
# Bytes of a sentence; the longest of 130,000 real ones has three quarters of them.
_LONGEST = 4_000


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
    ahead = pl.col("match").str.extract(r"(\p{Lu}\p{Ll}|Ở\s|[\p{Lu}0-9])$").str.len_bytes()
    return ended.with_columns(end=pl.col("end") - ahead)


def sentences(lines: pl.DataFrame, telling: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Sentences of the lines: line, sentence (UInt32, number within the document), start, end (bytes).

    Only `telling` lines, those with a quantity, are split; any other line counts as one sentence. What nobody would write as one
    sentence is parted, between `spans` (in the order of the text) and not within one.
    """
    starts = pl.concat([lines.select("line", start=pl.lit(0, pl.UInt32)), sentence_ends(telling).select("line", start="end")])
    written = _from_starts(lines, starts)
    cuts = _cuts(written, spans)
    return written if cuts.is_empty() else _from_starts(lines, pl.concat([starts, cuts]))


def _from_starts(lines: pl.DataFrame, starts: pl.DataFrame) -> pl.DataFrame:
    of_lines = lines.select("line", length=pl.col("text").str.len_bytes(), opens=_opens("document_key"))
    number = pl.int_range(pl.len(), dtype=pl.UInt32)
    return (
        starts.sort(position("start"))
        .join(of_lines, on="line", maintain_order="left")
        .with_columns(end=pl.when(pl.col("line").shift(-1) == pl.col("line")).then(pl.col("start").shift(-1)).otherwise("length"))
        .with_columns(first=pl.when(pl.col("opens") & _opens("line")).then(number).forward_fill())
        .select("line", "start", "end", sentence=number - pl.col("first"))
    )


def _cuts(sentence: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """line, start: where sentences that are too long are parted; pieces with a mark are little longer than the longest sentence.

    Every quantity carries its sentence along: those of a text without any full stop would together be as long as its square.
    """
    long = sentence.filter(pl.col("end") - pl.col("start") > _LONGEST)
    if long.is_empty():
        return long.select("line", "start")
    whole = ["line", "opens", "closes"]
    places = long.select(on_line="line", opens="start", closes="end", at=position("start"))
    of_spans = ["line", "start", "end", "unit_text", "unit_length"]
    marks = spans.select(*of_spans, at=position("start")).join_asof(places, on="at", check_sortedness=False)
    here = marks.filter((pl.col("line") == pl.col("on_line")) & (pl.col("start") < pl.col("closes")))
    # The span of a quantity ends before its unit, which a blank may part from it.
    unit = pl.col("unit_text").cast(pl.String).str
    inside = here.with_columns(pl.col("end") + (unit.len_bytes() + pl.col("unit_length") - unit.len_chars()).fill_null(0))
    reached = inside.with_columns(reach=pl.col("end").cum_max().shift(1).over(whole))
    apart = reached.filter((pl.col("start") >= pl.col("reach")).fill_null(value=True))
    last = inside.group_by(whole).agg(cut=pl.col("end").max())
    edges = pl.concat([apart.select(*whole, cut="start"), apart.select(*whole, cut="reach"), last])
    edges = edges.filter((pl.col("cut") > pl.col("opens")) & (pl.col("cut") < pl.col("closes"))).unique().sort("line", "cut")
    piece = (pl.col("cut") - pl.col("opens")) // _LONGEST
    another = piece != piece.shift(1, fill_value=0).over(whole)
    alone = pl.col("cut").shift(-1).over(whole).fill_null(pl.col("closes")) - pl.col("cut") > _LONGEST
    return edges.filter(another | alone).select("line", start="cut")


def _opens(column: str) -> pl.Expr:
    """Whether a row has another value than the one before it."""
    return pl.col(column).ne_missing(pl.col(column).shift(1))
