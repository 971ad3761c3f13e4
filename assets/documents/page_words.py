"""What a line of a page looks like by itself: words of `seeds/page_words.csv`, its length, its ending."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.reference import table

SHORT = 250
"""Longer lines are paragraphs: no word of a page's furniture is looked for in them."""
PARAGRAPH = 200
SENTENCE = 60
"""A line is a paragraph from `PARAGRAPH` code points on, or from `SENTENCE` on where it ends as a sentence does."""

ENDS_SENTENCE = r"""[.!?…:;][)\]"'”’»/]*$"""
BULLET = r"^(?:[-–—•*+●▪■>»|]|[0-9]{1,2}[.)]|[a-zđ][.)])\s"
NAME = r"\p{Lu}[\p{L}.]*"
BYLINE = rf"^[•\-–*(\s]*{NAME}(?:(?:\s*[-–&,]\s*|[\s.]+){NAME}){{0,5}}[\s.)]*(?:\([^)]{{1,40}}\))?[.)]*$"
ADDRESS = r"^(?:[\p{L}/ ]{0,30}:\s*)?(?:https?://|www\.)\S+$"
STAMP = (
    r"(?i)(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?\s+[0-9]{1,2}[ /.-][0-9]{1,2}[ /.-][0-9]{4}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}),?(?:\s*[-|,]?\s*[0-9]{1,2}[:h][0-9]{2})\)?$|\([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\)$"
)
"""Day and clock at the end of a line, or the day in brackets: how lists of other articles date their entries."""
ANY_STAMP_TAIL = 40

KINDS = ("list", "box", "pointer", "menu", "section", "header", "footer", "imprint", "caption", "byline", "opening")


def with_looks(line: pl.DataFrame) -> pl.DataFrame:
    """`line` with what each line is like on its own, whatever stands around it.

    Args:
        line: `line` (String, trimmed) and anything else.

    Returns:
        The rows of `line` in their order, with `length`, `words` (UInt32) and the booleans `is_paragraph`, `is_sentence`,
        `is_bullet`, `is_stamped`, `is_address`, `is_name`, and one `has_<kind>` for each of `KINDS`.
    """
    length = pl.col("line").str.len_chars()
    short = pl.when(length <= SHORT).then(pl.col("line"))
    tail = pl.col("line").str.tail(ANY_STAMP_TAIL)
    frame = line.lazy().with_columns(length.alias("length"), short.alias("short"), tail.alias("tail"))
    sentence = pl.col("tail").str.contains(ENDS_SENTENCE)
    found = [pl.col("short").str.contains(pattern(kind)).fill_null(False).alias(f"has_{kind}") for kind in KINDS if kind != "opening"]
    return (
        frame.with_columns(
            sentence.alias("is_sentence"),
            ((pl.col("length") >= PARAGRAPH) | ((pl.col("length") >= SENTENCE) & sentence)).alias("is_paragraph"),
            (pl.col("short").str.count_matches(" ", literal=True) + 1).fill_null(SHORT).alias("words"),
            pl.col("line").str.head(4).str.contains(BULLET).alias("is_bullet"),
            pl.col("tail").str.contains(STAMP).alias("is_stamped"),
            pl.col("short").str.contains(ADDRESS).fill_null(False).alias("is_address"),
            ((pl.col("length") <= 60) & pl.col("short").str.contains(BYLINE)).fill_null(False).alias("is_name"),
            pl.col("line").str.head(30).str.contains(pattern("opening")).alias("has_opening"),
            *found,
        )
        .drop("short", "tail")
        .collect()
    )


@cache
def pattern(kind: str) -> str:
    """The expression that finds the words of one kind in a line, each where its column `where` says."""
    words = table("page_words").filter(pl.col("role") == kind)
    shapes = {"line": r"^[^\p{{L}}]*(?:{})[^\p{{L}}]*$", "start": r"^[^\p{{L}}\p{{N}}>]*(?:{})(?:[^\p{{L}}]|$)", "anywhere": "(?:^|[^\\p{{L}}])(?:{})"}
    parts = [
        shape.format("|".join(_escaped(words.filter(pl.col("where") == where)["word"])))
        for where, shape in shapes.items()
        if (words["where"] == where).any()
    ]
    return "(?i)" + "|".join(f"(?:{part})" for part in parts)


def _escaped(words: pl.Series) -> list[str]:
    """Longest first, so that no word hides a longer one; a blank stands for any blanks."""
    longest_first = words.to_frame().sort(pl.col("word").str.len_chars(), descending=True)["word"]
    return [pl.escape_regex(word).replace(" ", r"\s+") for word in longest_first]
