"""Rebuilds `seeds/places.csv` from dated lists of administrative units; run by hand, never at install time.

    python seeds/rebuild/places.py PATH_TO_REFERENCE

Sources, credited in NOTICE: thanglequoc/vietnamese-provinces-database (MIT) for units and codes; public law for the dates.
A unit is valid from the day before which no list has it; the lists reach back to 2022, so older days are left open.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

LAST_DAY_OF_63 = "2025-06-30"
FIRST_DAY_OF_34 = "2025-07-01"
TYPE_WORDS = ["Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu"]
COLUMNS = ["level", "name", "type_word", "code", "parent_code", "path", "valid_from", "valid_to", "successor"]


def main(reference: Path) -> None:
    """Writes `seeds/places.csv`: one row a unit and time of validity, biggest units first."""
    before = _paths(_units(reference / "admin" / "units_2025-06.csv"))
    today = _paths(_units(reference / "admin" / "units_2026-07.csv"))
    successors = pl.read_csv(Path(__file__).parent.parent / "provinces_today.csv", infer_schema=False, comment_prefix="#")
    old = before.join(
        successors.select(code="old_code", level=pl.lit("province"), successor="today_province"), on=["code", "level"], how="left"
    ).with_columns(valid_from=pl.lit(None, pl.String), valid_to=pl.lit(LAST_DAY_OF_63))
    new = today.with_columns(successor=pl.lit(None, pl.String), valid_from=pl.lit(FIRST_DAY_OF_34), valid_to=pl.lit(None, pl.String))
    gone = _abolished(reference / "official" / "province_lineage.csv")
    table = pl.concat([old.select(COLUMNS), new.select(COLUMNS), gone.select(COLUMNS)])
    order = pl.col("level").replace_strict({"province": 0, "district": 1, "commune": 2})
    table.sort(order, "valid_to", "code", nulls_last=True).write_csv(Path(__file__).parent.parent / "places.csv")


def _units(path: Path) -> pl.DataFrame:
    units = pl.read_csv(path, infer_schema=False)
    words = "|".join(TYPE_WORDS)
    return units.with_columns(type_word=pl.col("full_name").str.extract(f"^({words})").str.to_lowercase())


def _paths(units: pl.DataFrame) -> pl.DataFrame:
    """Adds the path of every unit, biggest first: `Hà Nam > Thanh Liêm`."""
    names = units.select(parent_code="code", parent="name", grandparent_code="parent_code", parent_level="level")
    above = names.filter(pl.col("parent_level") == "province").select(grandparent_code="parent_code", grandparent="parent")
    # A province and a district may share a code: the parent is of the level right above, in the lists of 2026 the province.
    levels = set(units["level"])
    parent_of = {"district": "province", "commune": "district" if "district" in levels else "province"}
    joined = units.with_columns(parent_level=pl.col("level").replace_strict(parent_of, default=None)).join(
        names, on=["parent_code", "parent_level"], how="left"
    )
    whole = joined.join(above, on="grandparent_code", how="left")
    return whole.with_columns(path=pl.concat_str("grandparent", "parent", "name", separator=" > ", ignore_nulls=True))


def _abolished(path: Path) -> pl.DataFrame:
    """Provinces split or merged before the dated lists begin, with their last day where it is known."""
    lineage = pl.read_csv(path, infer_schema=False).filter(pl.col("from_unit").str.contains(r"^\p{Lu}[\p{L} -]+$"))
    gone = lineage.filter(~pl.col("from_unit").is_in(["Lai Châu", "Đắk Lắk", "Thừa Thiên Huế"]))
    day_before = pl.col("effective_date").str.to_date("%Y-%m-%d", strict=False).dt.offset_by("-1d").dt.to_string("%Y-%m-%d")
    null = pl.lit(None, pl.String)
    return gone.select(
        level=pl.lit("province"),
        name="from_unit",
        type_word=pl.lit("tỉnh"),
        code=null,
        parent_code=null,
        path="from_unit",
        valid_from=null,
        valid_to=day_before,
        successor="to_units",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
