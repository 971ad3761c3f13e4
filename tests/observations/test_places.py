"""Names of places in texts, resolved on the day of their article, against the dated lists of units read here on their own."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from orchestration.reading import read

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
# A day on which each list was right.
DAYS = {"2022-06": date(2022, 4, 1), "2024-02": date(2024, 2, 1), "2025-06": date(2025, 6, 1), "2026-07": date(2026, 7, 1)}
REFORM = date(2025, 7, 1)
SAMPLE = 100
CITIES = {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the source lists are not at hand: they lie in ../shared/reference")


class Named(NamedTuple):
    """A place as a text names it, with those around it, and the path and code that it has on a day."""

    words: str
    path: tuple[str, ...]
    code: str
    day: date


def rows(path: str) -> list[dict[str, str]]:
    with (REFERENCE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(unit: dict[str, str]) -> str:
    """`xã Mường É`: the list writes `Xã Mường é`."""
    type_word = unit["full_name"].removesuffix(unit["name"])
    return type_word.lower() + " ".join(word[:1].upper() + word[1:] for word in unit["name"].split(" "))


def listed(name: str) -> dict[str, list[Named]]:
    """Level → units of a list, each as `xã A, huyện B, tỉnh C`."""
    units = rows(f"admin/units_{name}.csv")
    by_code = {(unit["level"], unit["code"]): unit for unit in units}
    with_districts = any(unit["level"] == "district" for unit in units)
    above = {"commune": "district" if with_districts else "province", "district": "province"}
    found: dict[str, list[Named]] = {"province": [], "district": [], "commune": []}
    for unit in units:
        chain = [unit]
        while parent := above.get(chain[-1]["level"]):
            chain.append(by_code[parent, chain[-1]["parent_code"]])
        words = ", ".join(printed(link) for link in chain)
        found[unit["level"]].append(Named(words, tuple(link["name"] for link in reversed(chain)), unit["code"], DAYS[name]))
    return found


def resolved(places: list[Named], folder: Path) -> pl.DataFrame:
    """Place and code that a figure gets in a text about each of the places, in their order."""
    source = folder / "texts.jsonl"
    records = [
        {"id": f"{number:05}", "date": place.day.isoformat(), "text": f"Theo báo cáo mới nhất, {place.words} có 12 làng nghề."}
        for number, place in enumerate(places)
    ]
    source.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    reading = read(source)
    told = reading.quantity.filter(pl.col("value") == 12).join(reading.document.select("document_key", "document"), on="document_key")
    return told.sort("document").select("document", "place", "place_code")


def letters(name: str | None) -> str:
    """A name without regard to which vowel carries the tone, and to case."""
    spelled = (name or "").lower().replace("oà", "òa").replace("oá", "óa").replace("uỷ", "ủy").replace("ð", "đ")
    return "".join(sorted(spelled.replace(" ", "").replace("-", "").replace("–", "")))


def wrong(places: list[Named], folder: Path) -> list[tuple[str, str | None]]:
    """What was told, and where it was thought to be, of those that came out elsewhere."""
    answers = resolved(places, folder).rows()
    assert len(answers) == len(places)
    pairs = zip(places, answers, strict=True)
    return [(named.words, place) for named, (_, place, _) in pairs if letters(" > ".join(named.path)) != letters(place)]


@pytest.mark.parametrize("name", DAYS)
def test_every_province_of_a_list_is_known_on_its_day(name: str, tmp_path: Path) -> None:
    assert wrong(listed(name)["province"], tmp_path) == []


@pytest.mark.parametrize("name", DAYS)
def test_sampled_districts_and_communes_are_known_within_their_provinces(name: str, tmp_path: Path) -> None:
    units = listed(name)
    sample = random.Random(name).sample(units["district"] + units["commune"], SAMPLE)
    assert wrong(sample, tmp_path) == []


def of_province(name: str, code: str, day: date) -> Named:
    return Named(f"{'thành phố' if name in CITIES else 'tỉnh'} {name}", (name,), code, day)


def test_a_name_is_that_of_the_province_before_the_reform_and_of_the_one_since(tmp_path: Path) -> None:
    reformed = rows("official/provinces_2025.csv")
    before, since = REFORM - timedelta(days=1), REFORM
    places = [of_province(row["new_name"], row["new_code"], since) for row in reformed]
    olds = [old for row in reformed for old in row["old_units_[nso_code;iso_3166_2]"].split(" | ")]
    places += [of_province(old.split(" [")[0], old.split(" [")[1].split(";")[0], before) for old in olds]
    answers = resolved(places, tmp_path)
    expected = [(" > ".join(place.path), place.code) for place in places]
    assert [(letters(place), code) for _, place, code in answers.rows()] == [(letters(path), code) for path, code in expected]


def test_provinces_of_every_change_are_known_on_the_day_before_and_on_the_day_of_it(tmp_path: Path) -> None:
    changes = [row for row in rows("official/province_lineage.csv") if len(row["effective_date"]) == len("2004-01-01")]
    places = []
    for row in changes:
        day = date.fromisoformat(row["effective_date"])
        named = row["from_unit"].startswith(("(", "all ", "52 "))
        olds = [] if named else [row["from_unit"].split(" (")[0]]
        news = [] if row["from_unit"].startswith(("all ", "52 ")) else [name.split(" (")[0] for name in row["to_units"].split(" | ")]
        places += [of_province(old, "", day - timedelta(days=1)) for old in olds] + [of_province(new, "", day) for new in news]
    assert len(places) >= 35
    assert wrong(places, tmp_path) == []
