"""Districts and communes of the 63 provinces, in the versions that the dated lists and the laws on districts tell apart.

A list only brackets the day of a change: where no law dates it, the day in the middle of two lists stands for it (`dated_by` lists).
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from seeds.rebuild.lists import DatedList
from seeds.rebuild.provinces import JOIN, REFORM
from seeds.rebuild.spelling import skeleton

PATH = " > "
_UNIT = ["level", "code"]
_SPELLED = pl.struct(pl.col("name").map_elements(skeleton, return_dtype=pl.String).alias("skeleton"), *_UNIT)


def versions(before: list[DatedList], provinces: pl.DataFrame) -> pl.DataFrame:
    """Versions of districts and communes up to the reform.

    Gives the columns of `provinces.versions`, and `district_code` (that of the unit itself for a district). `successor` is null
    for the last version: the reform decides it.
    """
    listed = _all_lists(before)
    laws = _laws(before, listed, provinces)
    runs = _runs(listed, laws)
    dated = _dated(runs, laws, [listed.day for listed in before])
    return _related(_within_district(dated), laws).with_columns(source=_source([listed.name for listed in before]))


def _all_lists(before: list[DatedList]) -> pl.DataFrame:
    """One row a unit and list (`at`), with its path; a name is spelled as in the newest list that has it."""
    units = pl.concat([listed.units.with_columns(at=pl.lit(at, pl.Int64)) for at, listed in enumerate(before)])
    units = units.with_columns(pl.col("name").sort_by("at").last().over(_SPELLED))
    provinces = _level(units, "province").select("at", province_code="code", province="name")
    districts = _level(units, "district").select("at", "name", "type_word", "code", province_code="parent_code")
    districts = districts.join(provinces, on=["at", "province_code"]).with_columns(path=pl.concat_str("province", "name", separator=PATH))
    above = districts.select("at", "province_code", district_path="path", district_type="type_word", district_code="code")
    communes = _level(units, "commune").join(above, left_on=["at", "parent_code"], right_on=["at", "district_code"])
    communes = communes.with_columns(
        district_code="parent_code", parent="district_path", path=pl.concat_str("district_path", "name", separator=PATH)
    )
    districts = districts.with_columns(level=pl.lit("district"), district_code="code", parent="province", district_type="type_word")
    columns = [*_UNIT, "at", "name", "type_word", "path", "parent", "province_code", "district_code", "district_type"]
    return pl.concat([districts.select(columns), communes.select(columns)]).sort(*_UNIT, "at")


def _level(units: pl.DataFrame, level: str) -> pl.DataFrame:
    return units.filter(pl.col("level") == level)


def _laws(before: list[DatedList], listed: pl.DataFrame, provinces: pl.DataFrame) -> pl.DataFrame:
    """Changes of districts by law: district_code, after (the list before the change), law_day, law, befores, afters (codes).

    A province that takes another name between two lists changes all its districts.
    """
    by_law = pl.read_csv(Path(__file__).parent / "district_changes.csv", infer_schema=False).select(
        law_day=pl.col("effective_date").str.to_date(),
        law="legal_basis",
        befores=pl.col("before").str.split(JOIN),
        afters=pl.col("after").str.split(JOIN),
    )
    own = by_law.with_columns(district_code=pl.concat_list("befores", "afters").list.unique()).explode("district_code")
    first, last = before[0].day, before[-1].day
    renamed = provinces.filter(pl.col("valid_to").is_between(first, last) & (pl.col("name") != pl.col("successor")))
    of_renamed = (
        _level(listed, "district")
        .join(renamed.select("valid_to", law=pl.col("source").str.split(JOIN).list.last(), province_code="code"), on="province_code")
        .select("district_code", "law", law_day=pl.col("valid_to").dt.offset_by("1d"))
        .unique()
        .join(own, on="district_code", how="anti")
        .with_columns(befores=pl.concat_list("district_code"), afters=pl.concat_list("district_code"))
    )
    columns = ["district_code", "law_day", "law", "befores", "afters"]
    days = [listed.day for listed in before]
    after = pl.sum_horizontal(pl.col("law_day") > pl.lit(day) for day in days) - 1
    return pl.concat([own.select(columns), of_renamed.select(columns)]).with_columns(after=after.cast(pl.Int64)).sort("district_code")


def _runs(listed: pl.DataFrame, laws: pl.DataFrame) -> pl.DataFrame:
    """Joins what successive lists say of a unit as long as nothing changes: first and last list, and what changed after it."""
    named = [pl.col(name).map_elements(skeleton, return_dtype=pl.String).alias(f"{name}_skeleton") for name in ("name", "parent")]
    compared = ["type_word", "name_skeleton", "parent_skeleton", "district_code"]
    broken = laws.select(code="district_code", at=pl.col("after") + 1, level=pl.lit("district"), by_law=pl.lit(value=True))
    rows = listed.with_columns(named).join(broken, on=[*_UNIT, "at"], how="left").sort(*_UNIT, "at")
    unchanged = pl.all_horizontal(pl.col(name).eq(pl.col(name).shift(1).over(_UNIT)) for name in compared)
    goes_on = unchanged & (pl.col("at") == pl.col("at").shift(1).over(_UNIT) + 1) & pl.col("by_law").is_null()
    rows = rows.with_columns(run=(~goes_on.fill_null(value=False)).cum_sum())
    told = ["name", "type_word", "path", "parent", "province_code", "district_code", "district_type", "name_skeleton", "parent_skeleton"]
    runs = rows.group_by("run", maintain_order=True).agg(
        *(pl.col(name).first() for name in _UNIT),
        *(pl.col(name).last() for name in told),
        first_at=pl.col("at").min(),
        last_at=pl.col("at").max(),
    )
    return runs.sort(*_UNIT, "first_at")


def _dated(runs: pl.DataFrame, laws: pl.DataFrame, days: list[date]) -> pl.DataFrame:
    """Adds valid_from, valid_to, dated_by, laws: the day of the law on the district where there is one, else the middle of two lists."""
    middle = pl.DataFrame(
        {"after": list(range(len(days) - 1)), "middle": [early + (late - early) / 2 for early, late in pairwise(days)]},
        schema={"after": pl.Int64, "middle": pl.Date},
    )
    neighbours = runs.with_columns(
        before_path=pl.col("path").shift(1).over(_UNIT),
        before_district=pl.col("district_code").shift(1).over(_UNIT),
        before_like=_like().shift(1).over(_UNIT),
        before_urban=_urban().shift(1).over(_UNIT),
        after_district=pl.col("district_code").shift(-1).over(_UNIT),
        after_like=_like().shift(-1).over(_UNIT),
        after_urban=_urban().shift(-1).over(_UNIT),
        like=_like(),
        urban=_urban(),
    )
    start = _change(neighbours, laws, middle, "before", after=pl.col("first_at") - 1)
    end = _change(start, laws, middle, "after", after=pl.col("last_at"))
    return end.with_columns(
        valid_from="before_day",
        valid_to=pl.coalesce(pl.col("after_day").dt.offset_by("-1d"), pl.lit(REFORM).dt.offset_by("-1d")),
        dated_by=pl.when(pl.col("before_by_lists") | pl.col("after_by_lists")).then(pl.lit("lists")).otherwise(pl.lit("law")),
        laws=pl.concat_list("before_law", "after_law").list.drop_nulls(),
    )


def _like() -> pl.Expr:
    return pl.concat_str("type_word", "name_skeleton", separator=" ")


def _urban() -> pl.Expr:
    """What only a district that is no `huyện` can have: a ward, while the district is one."""
    return pl.concat_str(pl.col("type_word") == "phường", pl.col("district_type") != "huyện", separator=" ")


def _change(runs: pl.DataFrame, laws: pl.DataFrame, middle: pl.DataFrame, side: str, after: pl.Expr) -> pl.DataFrame:
    """Adds `<side>_day`, `<side>_law`, `<side>_by_lists` of the change at one end of each run; null days where the lists begin or end.

    A commune changes by the law on its district where only its place under it changes, or where it becomes a ward of what is no
    rural district any more. Else that law's day is only a guess, as the middle of two lists is.
    """
    of_law = laws.select("district_code", "after", "law_day", "law")
    joined = runs.with_columns(after=after).join(middle, on="after", how="left")
    joined = joined.join(of_law, on=["district_code", "after"], how="left")
    other = of_law.rename({"district_code": f"{side}_district", "law_day": "other_day", "law": "other_law"})
    joined = joined.join(other, on=[f"{side}_district", "after"], how="left")
    day, law = pl.coalesce("law_day", "other_day"), pl.coalesce("law", "other_law")
    only_moved = pl.col(f"{side}_like") == pl.col("like")
    pair = pl.concat_list(f"{side}_urban", "urban").list.sort().list.join("|")
    certain = (pl.col("level") == "district") | only_moved | (pair == "false false|true true")
    by_law = day.is_not_null() & certain.fill_null(value=False)
    return joined.with_columns(
        pl.coalesce(day, "middle").alias(f"{side}_day"),
        pl.when(by_law).then(law).alias(f"{side}_law"),
        (pl.col("middle").is_not_null() & ~by_law).alias(f"{side}_by_lists"),
    ).drop("after", "middle", "law_day", "law", "other_day", "other_law")


def _within_district(dated: pl.DataFrame) -> pl.DataFrame:
    """Keeps what only lists date inside the time of the district version that it lies in."""
    district = dated.filter(pl.col("level") == "district").select(
        "district_code", district_first="first_at", district_last="last_at", district_from="valid_from", district_to="valid_to"
    )
    rows = dated.with_row_index("row").join(district, on="district_code")
    # The bounds of a run that spans several versions of its district are those of the first and of the last of them.
    begins = rows.filter(pl.col("first_at").is_between("district_first", "district_last")).select("row", "district_from")
    ends = rows.filter(pl.col("last_at").is_between("district_first", "district_last")).select("row", "district_to")
    bound = dated.with_row_index("row").join(begins, on="row", how="left").join(ends, on="row", how="left").sort("row")
    return bound.with_columns(
        valid_from=pl.when(pl.col("valid_from").is_not_null()).then(pl.max_horizontal("valid_from", "district_from")),
        valid_to=pl.min_horizontal("valid_to", "district_to"),
    )


def _related(dated: pl.DataFrame, laws: pl.DataFrame) -> pl.DataFrame:
    """Adds predecessor and successor: the versions right before and after with the same code, for districts those that the law names."""
    ends = dated.select("level", "path", old="code", after="last_at", until="valid_to")
    begins = dated.select("level", new="code", after=pl.col("first_at") - 1, new_path="path", since="valid_from")
    named = laws.select("after", old="befores", new="afters").unique().explode("old").explode("new").with_columns(level=pl.lit("district"))
    ruled = pl.concat([named.select("level", "after", code="old"), named.select("level", "after", code="new")]).unique()
    same = ends.join(begins, left_on=["level", "old", "after"], right_on=["level", "new", "after"]).with_columns(new="old")
    same = same.join(ruled, left_on=["level", "after", "old"], right_on=["level", "after", "code"], how="anti")
    lawful = ends.join(named, on=["level", "old", "after"]).join(begins, on=["level", "new", "after"])
    columns = ["level", "after", "old", "new", "path", "new_path"]
    pairs = pl.concat([same.select(columns), lawful.select(columns)]).unique()
    successor = pairs.group_by("level", code="old", last_at="after").agg(paths("new_path").alias("successor"))
    predecessor = pairs.group_by("level", code="new", first_at=pl.col("after") + 1).agg(
        predecessor=pl.col("path").unique().sort().str.join(JOIN)
    )
    return dated.join(successor, on=[*_UNIT, "last_at"], how="left").join(predecessor, on=[*_UNIT, "first_at"], how="left")


def paths(column: str) -> pl.Expr:
    """All distinct paths of a group, joined."""
    return pl.col(column).unique().sort().str.join(JOIN)


def _source(names: list[str]) -> pl.Expr:
    """The lists that have a version, first to last, and the laws that date it."""
    label = dict(enumerate(names))
    first, last = (pl.col(at).replace_strict(label, return_dtype=pl.String) for at in ("first_at", "last_at"))
    lists = pl.when(pl.col("first_at") == pl.col("last_at")).then(first).otherwise(pl.concat_str(first, last, separator=".."))
    return pl.concat_list(lists, "laws").list.unique(maintain_order=True).list.join(JOIN)
