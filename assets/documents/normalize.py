"""One way to write each letter: NFC, `Đ` for `Ð`, `ư` for `ƣ`, plain spaces, LF line ends, nothing invisible; and no sentence torn.

Afterwards the lower case of a text has as many bytes and code points as the text: letters whose lower case is longer or
shorter (Kelvin sign, `İ`, `ẞ` …) are replaced, so that an offset found in `text.lower()` is an offset of `text`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

ODD = (
    r"[\x00-\x08\x0B-\x1F\x7F-\xA0\xAD\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{206F}\x{3000}\x{FEFF}\x{FFF9}-\x{FFFB}]"
)
"""Anything that one of the three patterns below replaces."""
LINE_END = r"\r\n|[\r\x0B\x0C\x{85}\x{2028}\x{2029}]"
SPACE = r"[\xA0\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]"
INVISIBLE = r"[\x00-\x08\x0E-\x1F\x7F-\x9F\xAD\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}]"

LOOK_ALIKE = "[ÐðƉɖƢƣ]"
VIETNAMESE = r"[\x{1EA0}-\x{1EF9}ăĂơƠưƯ]"
DOT_ABOVE = r"[\x{307}İ]"

NOT_NFC = (
    r"[\p{M}\x{374}\x{37E}\x{387}\x{1161}-\x{11C2}\x{1F00}-\x{1FFF}\x{2126}\x{212A}\x{212B}\x{2329}\x{232A}\x{2ADC}"
    r"\x{F900}-\x{FAFF}\x{FB1D}-\x{FB4E}\x{2F800}-\x{2FA1F}\x{958}-\x{95F}\x{9DC}-\x{9DF}\x{A33}\x{A36}\x{A59}-\x{A5E}"
    r"\x{B5C}\x{B5D}\x{F43}-\x{F69}\x{1D15E}-\x{1D164}\x{1D1BB}-\x{1D1C0}]"
)
"""At least one of these stands in every text that is not NFC; few texts have one, and NFC is the dearest step."""


RESIZING = r"[ȺȾẞ\x{2C60}-\x{2C7F}\x{A780}-\x{A7FF}]"
"""Blocks of all letters that, beyond NFC, have another number of bytes in lower case (a test asks every code point)."""

UNLIKE_PLAIN = f"[{ODD}{NOT_NFC}{DOT_ABOVE}{LOOK_ALIKE}{RESIZING}]"
"""At least one of these stands in every text that is not as every room reads it: most texts are looked at once."""


TORN = r"([^\n]{40}[\p{L}\p{N},;%)] ?)\n( ?\p{Ll})"
"""A sentence that the edge of the page parted: a long line that no mark ends, and below it a small letter."""
TORN_BEFORE_FIGURE = r"([^\n]{40}[\p{L},] ?)\n( ?[0-9]+(?:[.,][0-9]+)*[ %])"
"""The same before a figure, `đạt` above `5.000 tỷ đồng`; `1. Mục` opens an item."""
# Sentences parted so make a page of lines that the edge ended; there figures may open a line, too.
_TORN_OFTEN = 3


@cache
def _resizing() -> dict[str, str]:
    """Letters whose lower case has another number of bytes, with that lower case."""
    letters = pl.Series(["Ⱥ", "Ⱦ", "ẞ", *(chr(code) for code in (*range(0x2C60, 0x2C80), *range(0xA780, 0xA800)))])
    lower = letters.str.to_lowercase()
    odd = letters.str.len_bytes() != lower.str.len_bytes()
    return dict(zip(letters.filter(odd).to_list(), lower.filter(odd).to_list(), strict=True))


def plain_letters(text: pl.Series) -> pl.Series:
    """`text` (String, may hold null) as every room reads it; see the module. Shape and order stay."""
    return _where(text, UNLIKE_PLAIN, _plain)


def _plain(text: pl.Series) -> pl.Series:
    text = _where(text, ODD, _plain_spaces)
    text = _where(text, NOT_NFC, _nfc)
    # A dot above would make `İ` of an `I`, whose lower case is longer; no Vietnamese letter has one.
    # It goes after NFC, which frees one from a letter such as `ṡ` with another mark, and what it parted composes then.
    text = _where(text, DOT_ABOVE, lambda rows: rows.str.replace_many({"İ": "I", "\u0307": ""}).str.normalize("NFC"))
    text = _where(text, LOOK_ALIKE, _vietnamese_letters)
    return _where(text, RESIZING, lambda rows: rows.str.replace_many(_resizing()))


def whole_sentences(text: pl.Series) -> pl.Series:
    """`text` (String, may hold null) with a space for each line end inside a sentence: every letter keeps its place."""
    return _where(text, TORN, _joined)


def _joined(rows: pl.Series) -> pl.Series:
    often = rows.str.count_matches(TORN) >= _TORN_OFTEN
    whole = rows.str.replace_all(TORN, "$1 $2")
    return whole.str.replace_all(TORN_BEFORE_FIGURE, "$1 $2").zip_with(often, whole)


def _where(text: pl.Series, pattern: str, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`change` of the rows where `pattern` stands; the others are not copied through it."""
    hit = text.str.contains(pattern).fill_null(False)
    if not hit.any():
        return text
    rows = hit.arg_true()
    return text.clone().scatter(rows, change(text.gather(rows)))  # it changes the series itself


def _plain_spaces(rows: pl.Series) -> pl.Series:
    return rows.str.replace_all(LINE_END, "\n").str.replace_all(SPACE, " ").str.replace_all(INVISIBLE, "")


def _nfc(rows: pl.Series) -> pl.Series:
    """NFC of the lines that need it: no letter composes across the end of a line."""
    line = rows.str.split("\n").to_frame("line").with_row_index("row").explode("line")
    composed = line.with_columns(_where(line["line"], NOT_NFC, lambda lines: lines.str.normalize("NFC")))
    return composed.group_by("row", maintain_order=True).agg(pl.col("line").str.join("\n"))["line"]


def _vietnamese_letters(rows: pl.Series) -> pl.Series:
    """`Đ` and `ư` for their look-alikes, in texts that have a letter of Vietnamese alone: Icelandic keeps its eth.

    `ƣ` comes out of PDF files whose fonts name their letters wrongly.
    """
    changed = rows.str.replace_many(list("ÐƉðɖƢƣ"), list("ĐĐđđƯư")).str.normalize("NFC")
    return changed.zip_with(rows.str.contains(VIETNAMESE), rows)
