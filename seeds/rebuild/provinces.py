"""Provinces through time: founded, split, merged, renamed and retyped by law since 1989."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from seeds.rebuild.lists import DatedList
from seeds.rebuild.spelling import house

REFORM = date(2025, 7, 1)
REFORM_LAW = "202/2025/QH15"
# Codes have two digits since July 2004; what ended before never had one of them.
TWO_DIGITS = date(2004, 7, 1)
# The last province that ended before the lists begin and lived to have a code of two digits.
HA_TAY = {"Hà Tây": "28"}
JOIN = " | "


@dataclass
class Version:
    """One province between two changes."""

    name: str
    type_word: str
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor: list[str] = field(default_factory=list)
    successor: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)


def versions(reference: Path, before: list[DatedList], today: pl.DataFrame) -> pl.DataFrame:
    """Every province in its versions: level, name, type_word, code, path, valid_from, valid_to, predecessor, successor, source, dated_by.

    A version ends where the province is split, merged, renamed or retyped; land that passes between provinces that stand makes none.
    """
    standing: dict[str, Version] = {}
    ended: list[Version] = []
    last = _listed(before[-1].units)
    for day, olds, news, law in _changes(reference, last):
        for name, type_word in olds:
            old = standing.pop(name, None) or Version(name, type_word)
            old.valid_to, old.successor = day - timedelta(days=1), [new for new, _ in news]
            old.source += [law] if law else []
            ended.append(old)
        for name, type_word in news:
            standing[name] = Version(name, type_word, day, None, [old for old, _ in olds], [], [law] if law else [])
    never_changed = {name: Version(name, type_word) for name, type_word in last.items() if name not in {v.name for v in ended}}
    every = [*ended, *standing.values(), *(version for name, version in never_changed.items() if name not in standing)]
    codes = _codes([listed.units for listed in before]) | HA_TAY
    return pl.DataFrame([_row(version, codes, _codes([today])) for version in every], infer_schema_length=None)


def _changes(reference: Path, last: dict[str, str]) -> Iterator[tuple[date, list[tuple[str, str]], list[tuple[str, str]], str | None]]:
    """Day, (name, type word) before and after, and law of every change, oldest first."""
    by_law = pl.read_csv(Path(__file__).parent / "province_changes.csv", infer_schema=False)
    merged = pl.read_csv(reference / "official" / "provinces_2025.csv", infer_schema=False).filter(pl.col("merged") == "yes")
    changes = [
        (date.fromisoformat(row["effective_date"]), _typed(row["before"]), _typed(row["after"]), row["legal_basis"])
        for row in by_law.iter_rows(named=True)
    ]
    for row in merged.iter_rows(named=True):
        olds = [house(old.split(" [")[0]) for old in row["old_units_[nso_code;iso_3166_2]"].split(JOIN)]
        type_word = row["type_at_2025_07_01"].replace(" trực thuộc trung ương", "")
        changes.append((REFORM, [(old, last[old]) for old in olds], [(house(row["new_name"]), type_word)], REFORM_LAW))
    yield from sorted(changes, key=lambda change: (change[0], change[2]))


def _typed(words: str) -> list[tuple[str, str]]:
    pairs = (unit.partition(" ") if unit.startswith("tỉnh ") else _two_words(unit) for unit in words.split(JOIN))
    return [(house(name), type_word) for type_word, _, name in pairs]


def _two_words(unit: str) -> tuple[str, str, str]:
    first, second, name = unit.split(" ", 2)
    return f"{first} {second}", " ", name


def _listed(units: pl.DataFrame) -> dict[str, str]:
    return dict(units.filter(pl.col("level") == "province").select("name", "type_word").iter_rows())


def _codes(lists: list[pl.DataFrame]) -> dict[str, str]:
    return dict(pl.concat(lists).filter(pl.col("level") == "province").select("name", "code").iter_rows())


def _row(version: Version, before: dict[str, str], today: dict[str, str]) -> dict[str, object]:
    since_reform = version.valid_to is None or version.valid_to >= REFORM
    coded = since_reform or (version.valid_to is not None and version.valid_to >= TWO_DIGITS)
    return {
        "level": "province",
        "name": version.name,
        "type_word": version.type_word,
        "code": (today if since_reform else before)[version.name] if coded else None,
        "path": version.name,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "dated_by": "law",
        "predecessor": JOIN.join(version.predecessor) or None,
        "successor": JOIN.join(version.successor) or None,
        "source": JOIN.join(dict.fromkeys(version.source)) or None,
    }
