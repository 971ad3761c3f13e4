"""The table of places against the lists that it was made from, read here on their own."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
PLACES = Path(__file__).resolve().parents[2] / "seeds" / "places.csv"
# A day on which each list was right; the one of June 2022 lacks a change of 10 April.
DAYS = {"2022-06": date(2022, 4, 1), "2024-02": date(2024, 2, 1), "2025-06": date(2025, 6, 1), "2026-07": date(2026, 7, 1)}
COUNTS = {"2022-06": (63, 705, 10599), "2024-02": (63, 700, 10597), "2025-06": (63, 696, 10035), "2026-07": (34, 0, 3321)}
SAMPLE = 100

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the source lists are not at hand: they lie in ../shared/reference")

Row = dict[str, str]


class Unit(NamedTuple):
    """A unit of a list: its path from the province down, with names as the list spells them."""

    level: str
    code: str
    type_word: str
    path: tuple[str, ...]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def letters(*names: str) -> tuple[str, ...]:
    """Names without regard to which vowel carries the tone, to marks of other alphabets and to case."""
    return tuple("".join(sorted(unicodedata.normalize("NFD", name.casefold().replace("ð", "đ")).replace(" ", ""))) for name in names)


def units(name: str) -> list[Unit]:
    rows = read(REFERENCE / "admin" / f"units_{name}.csv")
    by_code = {(row["level"], row["code"]): row for row in rows}
    has_districts = any(row["level"] == "district" for row in rows)
    above = {"commune": "district" if has_districts else "province", "district": "province"}

    def chain(row: Row) -> Iterator[str]:
        if parent := above.get(row["level"]):
            yield from chain(by_code[parent, row["parent_code"]])
        yield row["name"]

    return [Unit(row["level"], row["code"], row["full_name"].casefold(), tuple(chain(row))) for row in rows]


@pytest.fixture(scope="module")
def versions() -> list[Row]:
    return read(PLACES)


def standing(versions: list[Row], day: date) -> list[Row]:
    text = day.isoformat()
    return [row for row in versions if (row["valid_from"] or "0001") <= text <= (row["valid_to"] or "9999")]


def provinces(versions: list[Row], day: date) -> dict[str, Row]:
    found = {row["name"]: row for row in standing(versions, day) if row["level"] == "province"}
    assert len(found) == sum(row["level"] == "province" for row in standing(versions, day))
    return found


@pytest.mark.parametrize("name", DAYS)
def test_the_lists_are_those_that_were_meant(name: str) -> None:
    levels = [unit.level for unit in units(name)]
    assert tuple(map(levels.count, ("province", "district", "commune"))) == COUNTS[name]


@pytest.mark.parametrize("name", DAYS)
def test_every_province_of_a_list_stands_on_its_day_with_its_code_and_type(name: str, versions: list[Row]) -> None:
    listed = {unit.code: unit for unit in units(name) if unit.level == "province"}
    found = {row["code"]: row for row in provinces(versions, DAYS[name]).values()}
    assert found.keys() == listed.keys()
    for code, unit in listed.items():
        assert letters(found[code]["name"]) == letters(*unit.path)
        assert unit.type_word.startswith(found[code]["type_word"])


@pytest.mark.parametrize("name", DAYS)
def test_sampled_districts_and_communes_stand_on_the_day_of_their_list(name: str, versions: list[Row]) -> None:
    below = [unit for unit in units(name) if unit.level != "province"]
    sample = random.Random(name).sample(below, SAMPLE)
    found = {(row["level"], row["code"]): row for row in standing(versions, DAYS[name])}
    for unit in sample:
        row = found[unit.level, unit.code]
        assert letters(row["path"].split(" > ")[0]) == letters(unit.path[0])
        assert letters(row["name"]) == letters(unit.path[-1]), unit
        assert len(row["path"].split(" > ")) == len(unit.path)
        assert unit.type_word.startswith(f"{row['type_word']} "), unit


@pytest.mark.parametrize("name", ["2024-02", "2025-06", "2026-07"])
def test_as_many_units_stand_as_a_list_has(name: str, versions: list[Row]) -> None:
    levels = [row["level"] for row in standing(versions, DAYS[name])]
    # The list of 2024 forgot the five island districts that have no communes.
    islands = 5 if name == "2024-02" else 0
    province, district, commune = COUNTS[name]
    assert tuple(map(levels.count, ("province", "district", "commune"))) == (province, district + islands, commune)


def merged_in_2025() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """New name, new code, and (name, code) of the provinces before, of each of the 34."""
    rows = read(REFERENCE / "official" / "provinces_2025.csv")
    olds = [row["old_units_[nso_code;iso_3166_2]"].split(" | ") for row in rows]
    pairs = [[(old.split(" [")[0], old.split(" [")[1].split(";")[0]) for old in group] for group in olds]
    return [(row["new_name"], row["new_code"], group) for row, group in zip(rows, pairs, strict=True)]


def test_every_one_of_the_63_and_34_is_right_the_day_before_and_the_day_of_the_reform(versions: list[Row]) -> None:
    before, since = provinces(versions, date(2025, 6, 30)), provinces(versions, date(2025, 7, 1))
    news = merged_in_2025()
    assert (len(news), sum(len(olds) for _, _, olds in news)) == (34, 63)
    assert since.keys() == {new for new, _, _ in news}
    for new, code, olds in news:
        assert since[new]["code"] == code
        for old, old_code in olds:
            assert before[old]["code"] == old_code
            if len(olds) > 1:
                assert before[old]["successor"] == new
                assert set(since[new]["predecessor"].split(" | ")) == {name for name, _ in olds}


def lineage() -> list[tuple[date, list[str], list[str]]]:
    """Day of a change (of a day in the year before, where only the year is told), names before, names after."""
    rows = [row for row in read(REFERENCE / "official" / "province_lineage.csv") if not row["from_unit"].startswith(("all ", "52 "))]
    changes = []
    for row in rows:
        olds = [] if row["from_unit"].startswith("(") else [row["from_unit"].split(" (")[0]]
        news = [name.split(" (")[0] for name in row["to_units"].split(" | ")]
        changes.append((row["effective_date"], olds, news))
    full = [(date.fromisoformat(day), olds, news) for day, olds, news in changes if len(day) == len("2004-01-01")]
    assert len(changes) - len(full) == 4  # three splits without a day, one with its year only
    return full


def test_every_change_of_a_province_shows_the_day_before_and_the_day_of_it(versions: list[Row]) -> None:
    for day, olds, news in lineage():
        before, since = provinces(versions, day - timedelta(days=1)), provinces(versions, day)
        for old in olds:
            assert before[old]["valid_to"] == (day - timedelta(days=1)).isoformat(), old
            assert set(news) <= set(before[old]["successor"].split(" | "))
            assert old in since or old not in news
        for new in news:
            assert since[new]["valid_from"] == day.isoformat(), new
            assert set(olds) <= set(since[new]["predecessor"].split(" | "))


@pytest.mark.parametrize("row", [1992, *("Vĩnh Phú", "Quảng Nam - Đà Nẵng", "Minh Hải")])
def test_splits_that_the_sources_date_by_the_year_or_not_at_all_have_happened(row: int | str, versions: list[Row]) -> None:
    known = {line["from_unit"]: line["to_units"].split(" | ") for line in read(REFERENCE / "official" / "province_lineage.csv")}
    old = "Hà Nam Ninh" if row == 1992 else str(row)
    assert old in provinces(versions, date(1991, 1, 1))
    assert not set(known[old]) & provinces(versions, date(1991, 1, 1)).keys()
    later = provinces(versions, date(1993, 1, 1) if row == 1992 else date(1998, 1, 1))
    assert set(known[old]) <= later.keys()
    assert old not in later


def test_sampled_communes_became_what_the_map_of_the_reform_says(versions: list[Row]) -> None:
    rows = [row for row in read(REFERENCE / "admin" / "commune_old_to_new_2025.csv") if row["old_commune_code"]]
    codes = sorted({row["old_commune_code"] for row in rows})
    before = {row["code"]: row for row in standing(versions, date(2025, 6, 30)) if row["level"] == "commune"}
    assert before.keys() == set(codes)
    types = ("Tỉnh ", "Thành phố ", "Phường ", "Xã ", "Đặc khu ")

    def bare(full_name: str) -> str:
        return next(full_name.removeprefix(word) for word in types if full_name.startswith(word))

    for code in random.Random(2025).sample(codes, SAMPLE):
        mapped = [row for row in rows if row["old_commune_code"] == code]
        expected = {letters(bare(row["new_province"]), bare(row["new_commune"])) for row in mapped}
        found = before[code]["successor"].split(" | ")
        assert {letters(*path.split(" > ")) for path in found} == expected
        assert (len(found) > 1) == (mapped[0]["is_divided"] == "True")
