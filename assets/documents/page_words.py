"""What a line of a page looks like by itself: words of `seeds/page_words.csv`, its length, its ending."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.documents.dates import ANY_DAY
from assets.reference import table

SHORT = 250
"""Longer lines are paragraphs: no word of a page's furniture is looked for in them."""
PARAGRAPH = 200
SENTENCE = 60
"""A line is a paragraph from `PARAGRAPH` code points on, or from `SENTENCE` on where it ends as a sentence does."""
BYLINE = 60
DATELINE, BESIDE_DATE = 90, 45
"""Code points of the longest line of a date, and of what stands in it beside the date."""

ENDS_SENTENCE = r"""[.!?…:;][)\]"'”’»/]*$"""
NAME = r"\p{Lu}[\p{L}.]*"
NAMES = rf"^[•\-–*(\s]*{NAME}(?:(?:\s*[-–&,]\s*|[\s.]+){NAME}){{0,5}}[\s.)]*(?:\([^)]{{1,40}}\))?[.)]*$"
ADDRESS = r"^(?:[\p{L}/ ]{0,30}:\s*)?(?:https?://|www\.)\S+$|^!\[[^\]]*\]\([^)]*\)$"
"""An address alone, or a picture in Markdown."""
STAMP = (
    r"(?i)(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?\s+[0-9]{1,2}[ /.-][0-9]{1,2}[ /.-][0-9]{4}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}),?(?:\s*[-|,]?\s*[0-9]{1,2}[:h][0-9]{2})\)?$|\([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\)$"
)
"""Day and clock at the end of a line, or the day in brackets: how lists of other articles date their entries."""
STAMP_TAIL = 40
CLOCK = r"(?i)[0-9]{1,2}\s?(?:[:hg]|giờ)\s?[0-9]{2}(?::[0-9]{2})?(?:\s?phút)?|gmt\s?[+-]?[0-9]{0,2}"
TAGS = r"^[^,;0-9]+(?:,[^,;0-9\s][^,;0-9]*){4,}$"
AMOUNT = r"[0-9]\s?[%\p{L}]"
# The place and day of an official letter stand in its head, over the title.
LETTER = r"^\p{Lu}[\p{L} .-]{1,30},\s*(?i:ngày)\s"
WEEKDAY = r"(?i)(?:^|[^\p{L}])(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|hôm nay)(?:[^\p{L}]|$)"

SHAPES = {
    "line": r"^[^\p{{L}}\p{{N}}]*(?:{})[^\p{{L}}\p{{N}}]*(?:\([0-9]+\)[^\p{{L}}\p{{N}}]*)?$",
    "counted": r"^[^\p{{L}}]*(?:{})[^\p{{L}}]*$",
    "start": r"^[^\p{{L}}\p{{N}}>]*(?:{})(?:[^\p{{L}}]|$)",
    "part": r"(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)",
    "anywhere": r"(?:^|[^\p{{L}}])(?:{})",
}
KINDS = ("list", "box", "pointer", "menu", "section", "header", "issuer", "footer", "imprint", "caption", "byline")


def with_looks(line: pl.DataFrame) -> pl.DataFrame:
    """`line` with what each line is like on its own, whatever stands around it.

    Args:
        line: `line` (String, trimmed) and anything else.

    Returns:
        The rows of `line` in their order, with `length` and the booleans `is_paragraph`, `is_sentence`, `is_stamped`,
        `is_address`, `is_name`, `is_tags`, `is_date`, `is_issuer`, `is_letter_date`, `has_weekday` (a day of the week beside
        the day), `has_amount` (a number with a unit), `has_opening`, and one `has_<kind>` for each of `KINDS`.
    """
    length = pl.col("line").str.len_chars()
    # Blank instead of null: expressions look at what lies below a null, too.
    short = pl.when(length <= SHORT).then(pl.col("line")).otherwise(pl.lit(""))
    numbered = line.with_row_index("number")
    frame = numbered.lazy().with_columns(length.alias("length"), short.alias("short"), pl.col("line").str.tail(STAMP_TAIL).alias("tail"))
    sentence = pl.col("tail").str.contains(ENDS_SENTENCE)
    return (
        frame.with_columns(
            sentence.alias("is_sentence"),
            ((pl.col("length") >= PARAGRAPH) | ((pl.col("length") >= SENTENCE) & sentence)).alias("is_paragraph"),
            pl.col("tail").str.contains(STAMP).alias("is_stamped"),
            pl.col("short").str.contains(ADDRESS).alias("is_address"),
            ((pl.col("length") <= BYLINE) & pl.col("short").str.contains(NAMES)).alias("is_name"),
            (pl.col("short").str.contains(TAGS) & ~sentence).alias("is_tags"),
            pl.col("short").str.contains(AMOUNT).alias("has_amount"),
            pl.col("number").is_in(_dates(numbered)).alias("is_date"),
            pl.col("line").str.head(30).str.contains(pattern("opening")).alias("has_opening"),
            *(pl.col("short").str.contains(pattern(kind)).alias(f"has_{kind}") for kind in KINDS),
        )
        .with_columns(
            is_issuer=pl.col("has_issuer") & ~pl.col("short").str.contains(r"\p{Ll}"),
            date=pl.when("is_date").then("short").otherwise(pl.lit("")),
        )
        .with_columns(has_weekday=pl.col("date").str.contains(WEEKDAY))
        .with_columns(is_letter_date=pl.col("is_date") & ~pl.col("has_weekday") & pl.col("date").str.contains(LETTER))
        .drop("short", "tail", "number", "date")
        .collect()
    )


def _dates(numbered: pl.DataFrame) -> list[int]:
    """Numbers of the lines that tell a day with its year, and beside it at most names: of a place, a writer, a section, a paper."""
    line = pl.col("line")
    short = numbered.filter(line.str.len_chars() <= DATELINE)
    dated = short.filter(line.str.contains(ANY_DAY) & ~line.str.contains("[;:]$"))
    beside = dated["line"].str.replace(ANY_DAY, " | ")
    for other in (CLOCK, _counter(), *(pattern(kind, "part") for kind in ("dated", "section", "byline"))):
        beside = beside.str.replace_all(other, " ")
    told = (beside.str.len_chars() > BESIDE_DATE) | beside.str.contains(r"(?:^|[^\p{L}])\p{Ll}|[0-9]\s?[%\p{L}]")
    return dated["number"].filter(~told).to_list()


def _counter() -> str:
    """The expression that finds a counter of the page with its number."""
    words = table("page_words").filter(pl.col("where") == "counted")["word"]
    return rf"(?i)[0-9.,]*\s*(?:{'|'.join(_escaped(words))})\s*:?\s*[0-9.,]*"


@cache
def pattern(kind: str, shape: str | None = None) -> str:
    """The expression that finds the words of one kind in a line, each where its column `where` says, or where `shape` does.

    `line`: they are all that the line says; `counted`: all but a number; `start`, `anywhere`; `part`: as whole words.
    """
    words = table("page_words").filter(pl.col("role") == kind).select("word", where=pl.lit(shape) if shape else pl.col("where"))
    parts = [
        expression.format("|".join(_escaped(words.filter(pl.col("where") == where)["word"])))
        for where, expression in SHAPES.items()
        if (words["where"] == where).any()
    ]
    return "(?i)" + "|".join(f"(?:{part})" for part in parts)


def _escaped(words: pl.Series) -> list[str]:
    """Longest first, so that no word hides a longer one; a blank stands for any blanks."""
    longest_first = words.to_frame().sort(pl.col("word").str.len_chars(), descending=True)["word"]
    return [pl.escape_regex(word).replace(" ", r"\s+") for word in longest_first]
