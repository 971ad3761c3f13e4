"""Communes since 1 July 2025, and what became of the districts and communes before."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from seeds.rebuild.lists import TODAY, taken_over
from seeds.rebuild.provinces import JOIN, REFORM
from seeds.rebuild.units import PATH, paths


def across_the_reform(
    reference: Path, old: pl.DataFrame, newest: pl.DataFrame, provinces: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The units before with the successors that the reform gave them, and the communes since with their predecessors.

    Args:
        reference: folder of the lists.
        old: see `units.versions`.
        newest: the newest list, see `lists.DatedList`.
        provinces: see `provinces.versions`.
    """
    crossing = taken_over(reference).with_columns(new_path=pl.concat_str("province", "new_name", separator=PATH))
    last = old.filter(pl.col("valid_to") == pl.lit(REFORM).dt.offset_by("-1d"))
    return _with_successors(old, last, crossing), _communes(newest, crossing, last, provinces)


def _with_successors(old: pl.DataFrame, last: pl.DataFrame, crossing: pl.DataFrame) -> pl.DataFrame:
    of_communes = crossing.drop_nulls("old_code").group_by(code="old_code").agg(paths("new_path")).with_columns(level=pl.lit("commune"))
    of_districts = crossing.group_by(code="old_district_code").agg(paths("new_path")).with_columns(level=pl.lit("district"))
    found = last.select("level", "code", "valid_to").join(
        pl.concat([of_communes, of_districts]).rename({"new_path": "since_reform"}), on=["level", "code"]
    )
    joined = old.join(found, on=["level", "code", "valid_to"], how="left")
    return joined.with_columns(successor=pl.coalesce("since_reform", "successor"))


def _communes(newest: pl.DataFrame, crossing: pl.DataFrame, last: pl.DataFrame, provinces: pl.DataFrame) -> pl.DataFrame:
    """Today's communes; two versions where one became a ward with its province's becoming a city."""
    province = newest.filter(pl.col("level") == "province").select(parent_code="code", province="name")
    listed = newest.filter(pl.col("level") == "commune").join(province, on="parent_code")
    listed = listed.with_columns(path=pl.concat_str("province", "name", separator=PATH))
    at_first = crossing.select(path="new_path", first_type="new_type").unique()
    retyped = provinces.filter((pl.col("valid_from") > REFORM) & (pl.col("name") == pl.col("predecessor"))).select(
        province="name", retyped_on="valid_from", law="source"
    )
    rows = listed.join(at_first, on="path").join(_origins(crossing, last), on="path", how="left").join(retyped, on="province", how="left")
    is_retyped = pl.col("type_word") != pl.col("first_type")
    source = pl.concat_str(pl.lit(TODAY), pl.when(is_retyped).then("law"), separator=JOIN, ignore_nulls=True)
    rows = rows.with_columns(is_retyped=is_retyped, source=source, dated_by=pl.lit("law"))
    none, since = pl.lit(None, pl.String), pl.lit(REFORM)
    earlier = rows.filter("is_retyped").with_columns(
        type_word="first_type", valid_from=since, valid_to=pl.col("retyped_on").dt.offset_by("-1d"), successor="path"
    )
    now = rows.with_columns(
        valid_from=pl.when("is_retyped").then("retyped_on").otherwise(since),
        valid_to=pl.lit(None, pl.Date),
        predecessor=pl.when("is_retyped").then("path").otherwise("predecessor"),
        successor=none,
    )
    return pl.concat([earlier.select(now.columns), now])


def _origins(crossing: pl.DataFrame, last: pl.DataFrame) -> pl.DataFrame:
    """path → predecessor: the communes, or the whole district, that each commune of today was made from."""
    old = last.select("level", "code", old_path="path")
    of_communes = crossing.join(old.filter(pl.col("level") == "commune"), left_on="old_code", right_on="code")
    of_districts = crossing.filter(pl.col("old_code").is_null()).join(
        old.filter(pl.col("level") == "district"), left_on="old_district_code", right_on="code"
    )
    origins = pl.concat([of_communes.select("new_path", "old_path"), of_districts.select("new_path", "old_path")])
    return origins.group_by(path="new_path").agg(paths("old_path").alias("predecessor"))
