"""Sectors that no vocabulary lists but that a word before them announces: `ngành hàng làm đẹp`, `chuỗi nhà thuốc Long Châu`."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.spans import find_names
from assets.reference import table

# Words that a sector may have behind the one that announces it.
_MOST_WORDS = 5
_WORD = r"\s\p{L}[\p{L}\p{N}&\-]*"
# What the mark of an announced sector has in `form`.
ANNOUNCED = "announced"
# A word that also stands before much else announces what the vocabulary lists, and nothing new.
_LISTED = "listed"


@cache
def _heads() -> list[str]:
    words = table("industry_frames")["word"].to_list()
    return sorted({head for word in words for head in (word, word[:1].upper() + word[1:])}, key=lambda head: (-len(head), head))


@cache
def _head() -> str:
    return "|".join(re.escape(head) for head in _heads())


def announced(lead: pl.Series) -> pl.Series:
    """`announced` where the words before a sector end in one that announces it, else null."""
    heads = rf"(?:^|[^\p{{L}}])(?:{_head()})\s$"
    return pl.select(pl.when(lead.str.contains(heads)).then(pl.lit(ANNOUNCED)).alias("form")).to_series()


@cache
def _stop() -> str:
    """From a word on that cannot stand in the name of a sector, to the end of the match."""
    words = table("industry_stops").filter(pl.col("kind") == "stop")["word"]
    return rf"\s(?:{'|'.join(sorted(words, key=len, reverse=True))})(?:\s.*)?$"


def find_framed(lines: pl.DataFrame) -> pl.DataFrame:
    """What follows a word of `seeds/industry_frames.csv`, up to one that stops it in `seeds/industry_stops.csv`.

    Returns:
        line, start, end (bytes), match, kind, code (null), family, form, in the order of the text.
    """
    found = find_names(lines, pl.Series(_heads()), rf"(?:{_head()})(?:{_WORD}){{1,{_MOST_WORDS}}}")
    # The longest head that a blank ends: `ngành hàngX` is no `ngành hàng`.
    head = pl.col("match").str.extract(rf"^({_head()})\s")
    named = found.filter(~pl.col("before").str.contains(r"[\p{L}\p{N}]")).with_columns(
        head=head.str.to_lowercase(), body=pl.col("match").str.slice(head.str.len_chars()).str.replace(_stop(), "")
    )
    begins = pl.col("start") + head.str.len_bytes() + 1
    kinds = table("industry_frames").select(head="word", family="kind")
    # One small syllable is the half of a word; `lĩnh vực sản xuất` limits nothing.
    too_short = pl.col("body").str.contains(r"^\s?\p{Ll}*$")
    alone = pl.col("body").str.slice(1).is_in(table("industry_stops").filter(pl.col("kind") == "alone")["word"].implode())
    return (
        named.filter(~too_short & ~alone)
        .join(kinds.filter(pl.col("family") != _LISTED), on="head", maintain_order="left")
        .select(
            "line",
            start=begins.cast(pl.UInt32),
            end=(begins + pl.col("body").str.len_bytes() - 1).cast(pl.UInt32),
            match=pl.col("body").str.slice(1),
            kind=pl.lit("sector"),
            code=pl.lit(None, pl.String),
            family="family",
            form=pl.lit(ANNOUNCED),
        )
    )
