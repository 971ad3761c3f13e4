"""Times: spans of `seeds/period_forms.csv` and the years, months and days that their words give."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.spans import find_pattern, fold_word
from assets.reference import table

_NUMBERS = ["y1", "m1", "d1", "y2", "m2", "d2", "n"]
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "đầu": 1, "cuối": 4}


@cache
def _number_words() -> dict[str, int]:
    return {fold_word(word): int(number) for word, number in table("number_words").iter_rows()}


@cache
def _month_words() -> dict[str, int]:
    return {fold_word(word): int(number) for word, number in table("month_words").iter_rows()}


@cache
def forms() -> list[tuple[str, str]]:
    """Forms of time in the order in which they are tried, each with its pattern over folded text."""
    words = "|".join(sorted(_number_words(), key=len, reverse=True))
    month_words = "|".join(sorted(_month_words(), key=len, reverse=True))
    parts = {
        "{Y}": "(?:19|20)[0-9]{2}",
        "{MW}": f"(?:1[0-2]|0?[1-9]|{month_words})",
        "{M}": "(?:1[0-2]|0?[1-9])",
        "{D}": "(?:3[01]|[12][0-9]|0?[1-9])",
        "{N}": f"(?:[0-9]{{1,2}}|{words})",
        "{TO}": r"(?:(?<to>(?:tính |lũy kế |luỹ kế )?(?:đến|tới|hết|cho đến|cho tới)(?: hết| cuối| sáng| chiều)?) )?",
    }
    patterns = []
    for form, pattern in table("period_forms").iter_rows():
        for mark, part in parts.items():
            pattern = pattern.replace(mark, part)
        patterns.append((form, fold_word(pattern)))
    return patterns


def find_periods(lines: pl.DataFrame) -> pl.DataFrame:
    """Times named in the lines.

    Returns:
        line, start, end (bytes), match, form, to (whether the time is an end: `đến tháng 7`), y1, m1, d1, y2, m2, d2, n
        (Int32), q (Int32), half, rel; null where the words do not say.
    """
    anything = "|".join(f"(?:{_unnamed(pattern)})" for _, pattern in forms())
    found = find_pattern(lines, anything).filter(~_inside_word()).drop("before").with_row_index("span")
    read, rest = [], found
    for form, pattern in forms():
        fits = pl.col("match").str.contains(f"^(?:{pattern})$")
        told = rest.filter(fits).with_columns(got=pl.col("match").str.extract_groups(f"^(?:{pattern})(?<all>)$"))
        read.append(told.with_columns(_fields(pattern), form=pl.lit(form)).drop("got"))
        rest = rest.filter(~fits)
    return pl.concat(read, how="diagonal_relaxed").filter(pl.col("form") != "not_time").sort("span").drop("span")


def _inside_word() -> pl.Expr:
    """Whether a match is only the end of a word or number: the `hiện nay` of `thực hiện nay`, the `9/12` of `1.029/12`."""
    letters = pl.col("before").str.contains(r"\p{L}") & pl.col("match").str.contains(r"^\p{L}")
    return letters | (pl.col("before").str.contains(r"[0-9.,/]") & pl.col("match").str.contains(r"^[0-9]"))


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?<\w+>", "?:", pattern)


def _fields(pattern: str) -> list[pl.Expr]:
    """What a pattern's groups say, each as a column of its own; groups that it lacks are null."""
    groups = set(re.findall(r"\?<(\w+)>", pattern))

    def field(name: str) -> pl.Expr:
        return pl.col("got").struct.field(name) if name in groups else pl.lit(None, pl.String)

    numbers = [field(name).replace(_words_as_strings(name)).cast(pl.Int32, strict=False).alias(name) for name in _NUMBERS]
    quarter = field("q").replace_strict(_QUARTERS, default=None, return_dtype=pl.Int32).alias("q")
    return [*numbers, quarter, field("half").alias("half"), field("rel").alias("rel"), field("to").is_not_null().alias("to")]


@cache
def _words_as_strings(name: str) -> dict[str, str]:
    words = _month_words() if name.startswith("m") else _number_words()
    return {word: str(number) for word, number in words.items()}
