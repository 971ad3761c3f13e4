"""How near the rows of a reading come to facts that people marked.

Four levels, each with all before it: `found` (value, upper end and unit), `named` (indicator and measure), `settled` (place,
period, base, status, wherever the marked fact settles them), `whole` (organisation, sector, bound, denominator).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Fact = Mapping[str, Any]
Row = Mapping[str, Any]

LEVELS = ("found", "named", "settled", "whole")
_LEVEL_FIELDS = (
    ("value", "value_upper", "unit"),
    ("indicator", "measure"),
    ("place", "period", "base", "status"),
    ("entity", "industry", "bound", "denominator"),
)
# A fact that leaves one of these empty does not know it; any other empty field means that there is none.
_OPEN_WHERE_EMPTY = {"place", "period", "base", "status"}
# Words of names that tell no organisation or sector from another.
_COMMON_WORDS = frozenset(re.findall(r"\w+", "công ty cổ phần tnhh mtv tập đoàn tổng dự án nhà máy khu cụm nghiệp ngành sản xuất"))
_DAYS_OF_A_STATE = 31


@dataclass
class Score:
    """Facts that were wanted, rows that were claimed, and how many pairs of them reach each level."""

    wanted: int = 0
    claimed: int = 0
    reached: list[int] = field(default_factory=lambda: [0] * len(LEVELS))

    def f1(self, level: str) -> float:
        """Harmonic mean of precision and recall, from 0 to 1."""
        return 2 * self.reached[LEVELS.index(level)] / max(1, self.wanted + self.claimed)


def score(facts: Iterable[Fact], rows: Iterable[Row], texts: Mapping[str, str]) -> Score:
    """Compare all facts with all rows; `texts` has the text of every document by its name.

    Facts about no indicator of the catalogue (`other`) are not wanted; a row that claims one at their place is wrong.
    """
    total = Score()
    wanted: dict[str, list[Fact]] = {name: [] for name in texts}
    claimed: dict[str, list[Row]] = {name: [] for name in texts}
    for fact in facts:
        if fact["indicator"] != "other":
            wanted[fact["doc"]].append(fact)
    for row in rows:
        claimed[row["document"]].append(row)
    for name, text in texts.items():
        total.wanted += len(wanted[name])
        total.claimed += len(claimed[name])
        for level in _levels_of_pairs(wanted[name], claimed[name], text):
            for number in range(level):
                total.reached[number] += 1
    return total


def _levels_of_pairs(facts: Sequence[Fact], rows: Sequence[Row], text: str) -> list[int]:
    """The level of each pair of a fact and a row at the same place, best pairs first, each used once."""
    spots = [span_of(fact, text) for fact in facts]
    there = [(i, j) for i, spot in enumerate(spots) for j, row in enumerate(rows) if overlaps(spot, row)]
    levels: dict[int, int] = {}
    used_rows: set[int] = set()
    for level, i, j in sorted(((level_of(facts[i], rows[j]), i, j) for i, j in there), reverse=True):
        if i not in levels and j not in used_rows:
            levels[i] = level
            used_rows.add(j)
    return list(levels.values())


def span_of(fact: Fact, text: str) -> tuple[int, int]:
    """Where the evidence of a fact stands: its `nth` place that is not the end of a longer number."""
    places = [m.start() for m in re.finditer(rf"(?<![0-9.,/]){re.escape(fact['evidence'])}", text)]
    start = places[fact.get("nth", 1) - 1]
    return start, start + len(fact["evidence"])


def overlaps(span: tuple[int, int], row: Row) -> bool:
    """Whether a row's evidence stands at the span."""
    return bool(row["evidence_start"] < span[1] and span[0] < row["evidence_end"])


def level_of(fact: Fact, row: Row) -> int:
    """How many of `LEVELS` the row reaches for the fact."""
    for number, names in enumerate(_LEVEL_FIELDS):
        if not all(_scored(name, fact, row) for name in names):
            return number
    return len(LEVELS)


def _scored(name: str, fact: Fact, row: Row) -> bool:
    return agrees(name, fact.get(name), row, known=name not in _OPEN_WHERE_EMPTY, slack=_DAYS_OF_A_STATE)


def agrees(name: str, wanted: Any, row: Row, *, known: bool = True, slack: int = 0) -> bool:  # noqa: ANN401 - a field of any type
    """Whether one field of a row is what a fact wants.

    Args:
        name: the field.
        wanted: what the fact has in it.
        row: the row of the reading.
        known: whether an empty field means that there is none, and not that the text leaves it open.
        slack: days that the end of a state may differ.
    """
    if wanted is None:
        return not known or row[name] is None
    if name in ("value", "value_upper", "denominator"):
        return row[name] is not None and abs(wanted - row[name]) <= 1e-6 * max(1.0, abs(wanted))
    if name in ("period", "base"):
        return same_time(wanted, row[f"{name}_start"], row[f"{name}_end"], slack)
    if name == "place":
        return same_place(wanted, row["place"], within=row["entity"] is not None)
    if name in ("entity", "industry"):
        return wanted == "*" or alike(wanted, row[name])
    return row[name] in str(wanted).split("|")


def same_time(wanted: str, start: date | None, end: date | None, slack: int) -> bool:
    """Whether the days are those of an ISO 8601 time; of a state at a day the end decides, give or take `slack` days."""
    first, last = days_of(wanted)
    if end is None:
        return False
    if first == last:
        return abs((end - last).days) <= slack
    return (start, end) == (first, last)


def days_of(time: str) -> tuple[date, date]:
    """First and last day of a year, quarter, half, month, day, or of the span between two of them."""
    if "/" in time:
        begin, end = time.split("/")
        return days_of(begin)[0], days_of(end)[1]
    year, part = int(time[:4]), time[5:]
    if len(part) > 2 and part[2] == "-":
        return date.fromisoformat(time), date.fromisoformat(time)
    months = {"": 12, "Q": 3, "H": 6}.get(part[:1], 1)
    count = int(part.lstrip("QH") or 1)
    last = count * months
    return date(year, last - months + 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def same_place(wanted: str, said: str | None, *, within: bool) -> bool:
    """Equal paths; `within`, one may stop earlier: a firm's place is the district or the commune."""
    want, got = _path(wanted), _path(said or "")
    if within and said:
        return all(a == b for a, b in zip(want, got, strict=False))
    return want == got


def _path(place: str) -> list[str]:
    """The names of a place without marks: `Hoà Bình` is `Hòa Bình`."""
    plain = unicodedata.normalize("NFD", place.lower().replace("đ", "d"))
    return re.sub(r"[\u0300-\u036f]", "", plain).split(" > ")


def alike(wanted: str, said: str | None) -> bool:
    """Whether half of the telling words of the shorter name are in the other."""
    if not said:
        return False
    want, got = _words(wanted), _words(said)
    want, got = want - _COMMON_WORDS or want, got - _COMMON_WORDS or got
    return len(want & got) >= 0.5 * min(len(want), len(got))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", name.lower())))
