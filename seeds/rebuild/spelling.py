"""One spelling for the names of places, and how far two spellings are the same name."""

from __future__ import annotations

import re
import unicodedata

# The mark of an open oa, oe, uy stands on its first vowel (hòa, thủy), except after q, where u is no vowel (Quý).
_OPEN = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹ]|[uU][ỳýỷỹỵ])(?!\w)")
_TONES = "\u0300\u0301\u0309\u0303\u0323"


def house(name: str) -> str:
    """The name as this project spells it: NFC, single spaces, `hòa` for `hoà`, `Đ` for its look-alike."""
    plain = " ".join(unicodedata.normalize("NFC", name).replace("Ð", "Đ").split())
    return _OPEN.sub(lambda found: _mark_first(found.group()), plain)


def _mark_first(pair: str) -> str:
    first, *rest = list(unicodedata.normalize("NFD", pair))
    tone = next(mark for mark in rest if mark in _TONES)
    return unicodedata.normalize("NFC", first + tone + "".join(mark for mark in rest if mark != tone))


def skeleton(name: str) -> str:
    """What is left of a name without marks, case and punctuation, `y` as `i`: equal for spellings of one name (Đăk, Đắk; Qui, Quy)."""
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if letter.isalnum()).replace("y", "i")
