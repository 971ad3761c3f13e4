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
_DAYS_OF_A_STATE = 31
_SHORT_NAMES = {"hcm": "ho chi minh"}
_WORDS_OF_LEVELS = re.compile(r"^(tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|tx) ")


@dataclass
class Score:
    """Facts that were wanted, rows that were claimed, and how many of either reach each level.

    Over whole documents `reached` and `right` are equal; over a group of facts and rows, as of one indicator, they may differ.
    """

    wanted: int = 0
    claimed: int = 0
    reached: list[int] = field(default_factory=lambda: [0] * len(LEVELS))
    right: list[int] = field(default_factory=lambda: [0] * len(LEVELS))

    def want(self, level: int) -> None:
        """Count a fact and the level that it reaches."""
        self.wanted += 1
        for number in range(level):
            self.reached[number] += 1

    def claim(self, level: int) -> None:
        """Count a row and the level that it reaches."""
        self.claimed += 1
        for number in range(level):
            self.right[number] += 1

    def precision(self, level: str) -> float:
        """Part of the rows that reach the level, from 0 to 1."""
        return self.right[LEVELS.index(level)] / max(1, self.claimed)

    def recall(self, level: str) -> float:
        """Part of the facts that reach the level, from 0 to 1."""
        return self.reached[LEVELS.index(level)] / max(1, self.wanted)

    def f1(self, level: str) -> float:
        """Harmonic mean of precision and recall, from 0 to 1."""
        precision, recall = self.precision(level), self.recall(level)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def of(self, level: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of the level."""
        return self.precision(level), self.recall(level), self.f1(level)


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
        pairs = _pairs_at_the_same_place(wanted[name], claimed[name], text)
        levels = {row: level for level, row in pairs.values()}
        for i in range(len(wanted[name])):
            total.want(pairs[i][0] if i in pairs else 0)
        for j in range(len(claimed[name])):
            total.claim(levels.get(j, 0))
    return total


def _pairs_at_the_same_place(facts: Sequence[Fact], rows: Sequence[Row], text: str) -> dict[int, tuple[int, int]]:
    spots = [span_of(fact, text) for fact in facts]
    there = [(i, j) for i, spot in enumerate(spots) for j, row in enumerate(rows) if overlaps(spot, row)]
    return best_pairs((level_of(facts[i], rows[j]), 0.0, i, j) for i, j in there)


def best_pairs(candidates: Iterable[tuple[int, float, int, int]]) -> dict[int, tuple[int, int]]:
    """Of level, nearness, fact and row of possible pairs the best: fact → (level, row), each fact and row used once."""
    pairs: dict[int, tuple[int, int]] = {}
    used_rows: set[int] = set()
    for level, _, i, j in sorted(candidates, reverse=True):
        if i not in pairs and j not in used_rows:
            pairs[i] = level, j
            used_rows.add(j)
    return pairs


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
    wrong = wrong_fields(fact, row)
    return next((number for number, names in enumerate(_LEVEL_FIELDS) if not wrong.isdisjoint(names)), len(LEVELS))


def wrong_fields(fact: Fact, row: Row) -> set[str]:
    """The fields in which the row is not what the fact wants."""
    return {name for names in _LEVEL_FIELDS for name in names if not _scored(name, fact, row)}


def _scored(name: str, fact: Fact, row: Row) -> bool:
    if name == "place" and fact["place"]:
        return same_place(fact["place"], row["place"], within=bool(fact["entity"]))
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
    if got and got[0] == "viet nam" and want[0] != "viet nam":
        got = got[1:]
    if within and got:
        return all(a == b for a, b in zip(want, got, strict=False))
    return want == got


def _path(place: str) -> list[str]:
    """The names of a place without marks and without the word of their level: `Hoà Bình` is `Hòa Bình`."""
    names = [_WORDS_OF_LEVELS.sub("", _plain(name)) for name in place.split(">") if name.strip()]
    return [_SHORT_NAMES.get(name, name) for name in names]


def alike(wanted: str, said: str | None) -> bool:
    """Whether half of the telling words of the shorter name are in the other."""
    if not said:
        return False
    want, got = set(_plain(wanted).split()), set(_plain(said).split())
    want, got = want - _COMMON_WORDS or want, got - _COMMON_WORDS or got
    return len(want & got) >= 0.5 * min(len(want), len(got))


def _plain(text: str) -> str:
    """Words in lower case without marks, single spaces between them."""
    letters = unicodedata.normalize("NFD", re.sub("[đð]", "d", text.lower()))
    return re.sub(r"[^a-z0-9]+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()


# Words of names that tell no organisation or sector from another.
_COMMON_WORDS = frozenset(_plain("công ty cổ phần TNHH MTV tập đoàn tổng dự án nhà máy khu cụm công nghiệp ngành sản xuất").split())
