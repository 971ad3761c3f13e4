"""Times: spans of `seeds/period_forms.csv` and the years, months and days that their words give."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.spans import find_pattern, fold_word
from assets.mentions.windows import before, position
from assets.reference import table

_NUMBERS = ["y1", "m1", "d1", "y2", "m2", "d2", "n"]
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "đầu": 1, "cuối": 4}
# Any word. One range of letters: all of `\p{Ll}` would halve the speed of the whole search.
_ANY_WORD = "[a-zà-ỹ]+"
# Conjunctions: what they lead begins anew.
_JOINS = r"(?:^|[\s,;(])(?:và|nhưng|còn|thì|song)(?: đến| tới)? $"
# Papers, plans and beginnings whose time goes with their name: `Chương trình phát triển nhà ở giai đoạn`, `được thành lập vào`.
_PAPERS = "(?:nghị quyết|nghị định|thông tư|quyết định|luật) [^,.;:()0-9]{0,60}$"
_PLANS = "(?:quy hoạch|kế hoạch|chương trình|đề án|chiến lược|dự án) [^,.;:()0-9]{0,60}$"
_BEGINNINGS = (
    "(?:thành lập|sáng lập|ra đời|ra mắt|khởi công|khánh thành|khởi nghiệp|niêm yết|cổ phần hóa)"
    "(?: (?:từ|vào|trong|hồi))?(?: (?:đầu|giữa|cuối))? $"
)
# `mức cao nhất trong giai đoạn 2011-2023` ranks, and tells no time.
_RANKS = "nhất [^,.;:()0-9]{0,28}$"
# Code points before a time in which they stand.
_WORDS_BEFORE = 80
# Forms that are searched for at once.
_AT_A_TIME = 29
_NOTHING = pl.DataFrame(schema=dict.fromkeys(["match", *_NUMBERS, "q", "half", "rel", "to", "form"], pl.String))


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
        "{W}": _ANY_WORD,
        "{N}": f"(?:[0-9]{{1,2}}|{words})",
        "{TO}": (
            r"(?:(?:tính )?riêng (?:trong )?"
            r"|(?<to>(?:tính |lũy kế |luỹ kế )?(?:đến|tới|hết|cho đến|cho tới)(?: hết| cuối| sáng| trưa| chiều| tối| thời điểm)?"
            r"|(?:tại |vào )?thời điểm) )?"
        ),
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
        (Int32), q (Int32), half, rel; null where the words do not say; joins (a conjunction goes before it),
        of_name (it goes with the name of a plan or paper, or tells since when there is something).
    """
    found = _find_all(lines).filter(~_inside_word()).drop("before")
    # The same few words come again and again: each wording is read once.
    read = _read(found.select("match").unique(maintain_order=True))
    times = found.join(read, on="match", how="left", maintain_order="left").filter(pl.col("form") != "not_time")
    said = before(lines, times, _WORDS_BEFORE).str.to_lowercase()
    paper, plan, beginning = (said.str.contains(words) for words in (_PAPERS, _PLANS, _BEGINNINGS))
    is_range, is_point = pl.col("form") == "year_range", pl.col("form").is_in(["year", "month", "date"])
    of_name = (is_range & (paper | plan)) | (is_point & (paper | beginning))
    told = times.with_columns(joins=said.str.contains(_JOINS), of_name=of_name)
    return told.filter(~((pl.col("form") == "year_range") & said.str.contains(_RANKS)))


def _find_all(lines: pl.DataFrame) -> pl.DataFrame:
    """Matches of all forms, as `find_pattern` gives them.

    All forms at once are more states than the regex engine keeps, which then builds the same ones again and again: the lines are
    searched for some forms at a time (six times as fast), and for all of them only where that leaves something open.
    """
    patterns = [_unnamed(pattern) for _, pattern in forms()]
    parts = [patterns[at : at + _AT_A_TIME] for at in range(0, len(patterns), _AT_A_TIME)]
    found = _merged([find_pattern(lines, _any_of(part)) for part in parts])
    torn = found.filter("torn")["line"].unique().implode()
    whole = find_pattern(lines.filter(pl.col("line").is_in(torn)), _any_of(patterns))
    clear = found.filter("kept", ~pl.col("line").is_in(torn)).select(whole.columns)
    return pl.concat([clear, whole]).sort("line", maintain_order=True)


def _merged(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Matches of several patterns, those tried first coming first, with what a search for all of them at once would find: `kept`.

    A match that lies inside an earlier one is not found by such a search, and what comes behind is the same. One that reaches out
    of an earlier one (`torn`) leaves open what is found behind it. Patterns must not look at what is around the match.
    """
    found = pl.concat([part.with_columns(part=pl.lit(at)) for at, part in enumerate(parts)])
    found = found.with_columns(first=position("start"), last=position("end")).sort("first", "part")
    reached = pl.col("last").cum_max().shift(1, fill_value=0)
    kept = pl.col("first") >= reached
    # Right behind another match nothing is before it.
    return found.with_columns(
        kept=kept, torn=~kept & (pl.col("last") > reached), before=pl.when(pl.col("first") != reached).then("before").otherwise(pl.lit(""))
    )


def _any_of(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _read(wordings: pl.DataFrame) -> pl.DataFrame:
    """What each wording (`match`) says: the first form that fits it, and the fields of `find_periods`."""
    read, rest = [_NOTHING], wordings["match"]
    for form, pattern in forms():
        fits = rest.str.contains(f"^(?:{pattern})$")
        if fits.any():
            told = rest.filter(fits)
            got = told.str.extract_groups(f"^(?:{pattern})(?<all>)$").struct.unnest()
            read.append(got.drop("all").with_columns(told, form=pl.lit(form)))
            rest = rest.filter(~fits)
    numbers = [pl.col(name).replace(_words_as_strings(name)).cast(pl.Int32, strict=False) for name in _NUMBERS]
    quarter = pl.col("q").replace_strict(_QUARTERS, default=None, return_dtype=pl.Int32)
    return pl.concat(read, how="diagonal").select("match", *numbers, quarter, "half", "rel", pl.col("to").is_not_null(), "form")


def _inside_word() -> pl.Expr:
    """Whether a match is only the end of a word or number: the `hiện nay` of `thực hiện nay`, the `9/12` of `1.029/12`."""
    letters = pl.col("before").str.contains(r"\p{L}") & pl.col("match").str.contains(r"^\p{L}")
    return letters | (pl.col("before").str.contains(r"[0-9.,/]") & pl.col("match").str.contains(r"^[0-9]"))


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?<\w+>", "?:", pattern)


@cache
def _words_as_strings(name: str) -> dict[str, str]:
    # The fourth day of the week has a word of its own: `thứ tư`.
    words = _month_words() if name.startswith("m") else {**_number_words(), "tư": 4}
    return {word: str(number) for word, number in words.items()}
