"""Texts written in fonts and encodings from before Unicode: TCVN3 (ABC, .VnTime), VNI, VISCII.

Nothing in such a text says so. What tells is its words: as they stand hardly any is a syllable of Vietnamese, and read with
the right table nearly all are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import polars as pl

from assets.reference import table

NAMES = ("tcvn3", "vni", "viscii")
WITHIN = r"\xA8\xA9\xAB-\xAE\xB5-\xB9\xBB-\xBE"
LETTERS = r"äåæëïñöøûÄÅÆËÏÑÖØÛ\x{152}\x{160}\x{178}\x{192}\x{2020}-\x{2021}\x{2030}"
SIGNS = f"[A-Za-z][{WITHIN}]|[{LETTERS}]"
"""What no text in Unicode has more than by chance: signs inside words, and letters of other languages."""
ANY_SIGN = f"[{WITHIN}{LETTERS}]"
WORD = re.compile(r"[A-Za-z\x80-\U0010ffff-]+")
AROUND = "-“”‘’«–—…•°§\u00a0\u2009\u202f\u200b\ufeff"
SAMPLE = 500
"""Words that are enough to judge a text."""
LEAST = 3
KNOWN_BEFORE, KNOWN_AFTER = 0.75, 0.9
"""Share of syllables of Vietnamese among the words with marks: at most as they stand, at least as they are read."""
UNICODE_ONLY = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
STRAY = 0.1
"""Share of words in Unicode that a text may have which is not: what was pasted into it."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSET = "(?:ngh?|nh|[cgkpt]h|gi|qu|tr|[bcdđghklmnprstvx])?"
VOWEL = re.compile("[aăâeêioôơuưy]")
SOFT_HYPHEN = "\u00ad"
HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+")


def converted(text: str) -> tuple[str, str] | None:
    """The text in Unicode and the name of its encoding; None where it is in Unicode already, or in none of these.

    Args:
        text: its bytes read as Latin-1 or Windows-1252, by us or by whoever put the text into UTF-8.
    """
    words = _marked(text)
    if len(words) < LEAST or share_known(words) >= KNOWN_BEFORE or _share_unicode(words) > STRAY:
        return None
    found = {name: share_known([read(word, name) for word in words]) for name in NAMES}
    best = max(NAMES, key=lambda name: found[name])
    return (read(text, best), best) if found[best] >= KNOWN_AFTER else None


def read(text: str, name: str) -> str:
    """The text as the table of one encoding reads it."""
    written, letter = _table(name)
    is_torn = name == "tcvn3" and "-" in text and SOFT_HYPHEN not in text
    text = written.sub(lambda match: letter[match[0]], text)
    return HYPHENED.sub(_mended, text) if is_torn else text


def share_known(words: list[str]) -> float:
    """Share of syllables of Vietnamese among the words that have a vowel: `QĐ` and `HĐND` tell nothing."""
    told = [toneless for word in words if VOWEL.search(toneless := _toneless(word))]
    return sum(_syllable().fullmatch(word) is not None for word in told) / len(told) if told else 0.0


def _share_unicode(words: list[str]) -> float:
    """Share of words with letters that no byte stands for."""
    return sum(UNICODE_ONLY.search(word) is not None for word in words) / len(words)


def in_unicode(document: pl.DataFrame) -> pl.DataFrame:
    """`document` (title, text, encoding …) with texts and titles in Unicode, and in `encoding` the one that they were in."""
    suspects = document.select(pl.any_horizontal(pl.col("title", "text").str.contains(SIGNS))).to_series().arg_true()
    changed: dict[int, tuple[str | None, str, str]] = {}
    for row in suspects:
        title, text = document["title"][row], document["text"][row]
        body, head = converted(text), converted(title or "")
        if body or head:
            changed[row] = head[0] if head else title, body[0] if body else text, (body or head or ("", ""))[1]
    if not changed:
        return document
    columns = [
        document[name].scatter(list(changed), [new[at] for new in changed.values()])
        for at, name in enumerate(("title", "text", "encoding"))
    ]
    return document.with_columns(columns)


def _marked(text: str) -> list[str]:
    """The first words with letters beyond ASCII."""
    words: list[str] = []
    for match in WORD.finditer(text):
        word = match[0].strip(AROUND)
        if not word.isascii():
            words.append(word)
            if len(words) == SAMPLE:
                break
    return words


def _mended(match: re.Match[str]) -> str:
    """The word with `ư` for its hyphen where that makes a syllable: TCVN3 has `ư` where Unicode has the soft hyphen.

    Programs that copy texts make a plain hyphen of that.
    """
    word = match[0].replace("-", "ư")
    return word if _syllable().fullmatch(_toneless(word)) else match[0]


def _toneless(word: str) -> str:
    """Lower case without the tone; a word with two tones keeps them, and is no syllable."""
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(parts.count(tone) for tone in TONES) == 1:
        parts = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", parts)


class _Table(NamedTuple):
    """How to read an encoding: the expression that finds what was written, and the letter that it shows."""

    written: re.Pattern[str]
    letter: dict[str, str]


@cache
def _table(name: str) -> _Table:
    letter: dict[str, str] = {}
    for code, shown in table("legacy_letters").filter(encoding=name).select("bytes", "letter").iter_rows():
        for charset in ("latin-1", "cp1252"):
            letter[bytes.fromhex(code).decode(charset, "replace")] = shown
    longest_first = sorted(letter, key=len, reverse=True)
    return _Table(re.compile("|".join(map(re.escape, longest_first))), letter)


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(f"{ONSET}(?:{'|'.join(table('rhymes')['rhyme'])})")
