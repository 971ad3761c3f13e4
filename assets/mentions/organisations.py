"""Organisations and named sites: a word of `seeds/organisation_words.csv` and the proper name that follows it."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.spans import find_pattern
from assets.reference import table

_NAME_WORD = r"(?:\p{Lu}[\p{L}\p{N}&.\-]*|[0-9]+(?:[^\p{L}\p{N},.%/]|$)|[IVX]+)"
_LINK = r"(?:\s|\s?[-–]\s?|\s(?:và|&|của)\s)"


@cache
def _pattern() -> str:
    words = table("organisation_words")["word"].to_list()
    heads = {w for word in words for w in (word, word[:1].upper() + word[1:])}
    head = "|".join(re.escape(h) for h in sorted(heads, key=len, reverse=True))
    return rf"(?:{head})\s(?:[\p{{Ll}}]+\s){{0,4}}?[“\"']?{_NAME_WORD}(?:{_LINK}[“\"']?{_NAME_WORD})*"


def find_organisations(lines: pl.DataFrame) -> pl.DataFrame:
    """Names of companies, banks, plants, parks, projects: line, start, end (bytes), match."""
    return find_pattern(lines, _pattern(), "text")
