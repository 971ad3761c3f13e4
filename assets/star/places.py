"""The dimension of places: the provinces in all their versions, and every place that an accepted figure names."""

from __future__ import annotations

from datetime import date

import polars as pl

from assets.star.keys import with_key
from assets.star.lineage import JOIN, VERSION, listed

_SEPARATOR = " > "
_ASKED = ["place", "place_code", "published_on"]
# An article without a day is taken for one of the time of the 63 provinces, as most are.
_NO_DAY = date(2025, 6, 30)


def dim_place(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every province in its versions, every place that `accepted` names, the units that these lie in, and those that share theirs.

    A place is one row for each path, code and first day. One that no list knows is a row of its own, and so is a code that no
    list has for a path; without a code it is that of its path. Beside a place that lies wholly inside a unit of today stand all
    that this unit was made from.
    """
    known = listed()
    used = accepted.select("place", "place_code", "place_level").drop_nulls("place").unique(["place", "place_code"], keep="any")
    found = _named(known, used)
    above = _above(used)
    holding = known.filter(pl.col("place_level") != "commune").join(above, on="place", how="semi")
    provinces = known.filter(pl.col("place_level") == "province")
    kept = pl.concat([provinces, found, holding, _companions(known, found)]).unique("place_key")
    unlisted = used.join(found, on=["place", "place_code"], how="anti").filter(
        pl.col("place_code").is_not_null() | ~pl.col("place").is_in(known["place"].implode())
    )
    unlisted = pl.concat([unlisted, above.join(known, on="place", how="anti")], how="diagonal").unique(
        ["place", "place_code"], keep="first"
    )
    unlisted = with_key(unlisted.with_columns(valid_from=pl.lit(None, pl.Date)), "place_key", VERSION)
    every = pl.concat([kept, unlisted.with_columns(territory_key="place_key")], how="diagonal")
    path = pl.col("place").str.split(_SEPARATOR)
    return every.with_columns(
        place_name=path.list.last(),
        place_parent=pl.when(path.list.len() > 1).then(path.list.slice(0, path.list.len() - 1).list.join(_SEPARATOR)),
    )


def place_keys(asked: pl.DataFrame, dim: pl.DataFrame) -> pl.DataFrame:
    """For each distinct `place, place_code, published_on` of `asked` the `place_key` of the version of that day.

    Where no version is of that day the nearest one is taken. A place without a code is that of its path.
    """
    version = dim.select(*VERSION, "valid_to", "place_key")
    pairs = asked.select(*_ASKED).drop_nulls("place").unique().join(version, on="place", suffix="_listed")
    code, day = pl.col("place_code"), pl.col("published_on").fill_null(_NO_DAY)
    pairs = pairs.filter(code.is_null() | (code == pl.col("place_code_listed")))
    early = (pl.col("valid_from") - day).dt.total_days().clip(0)
    late = (day - pl.col("valid_to")).dt.total_days().clip(0)
    best = pairs.with_columns(off=pl.max_horizontal(early.fill_null(0), late.fill_null(0))).sort(
        "off", "valid_from", "place_key", descending=[False, True, False], nulls_last=True
    )
    return best.unique(_ASKED, keep="first", maintain_order=True).select(*_ASKED, "place_key")


def _named(known: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Versions of the places that are used, and of the same territories under other names."""
    coded = known.join(used, on=["place", "place_code"], how="semi")
    uncoded = known.join(used.filter(pl.col("place_code").is_null()), on="place", how="semi")
    named = pl.concat([coded, uncoded])
    return known.join(named, on="territory_key", how="semi")


def _companions(known: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """All that lies, wholly or in part, in the units of today that hold a place of `found` wholly."""
    whole = found.drop_nulls("today").filter(~pl.col("today").str.contains(JOIN, literal=True)).select(unit="today").unique()
    lies_in = known.drop_nulls("today").select("place_key", unit=pl.col("today").str.split(JOIN)).explode("unit")
    return known.join(lies_in.join(whole, on="unit", how="semi"), on="place_key", how="semi")


def _above(used: pl.DataFrame) -> pl.DataFrame:
    """The units that the paths of `used` go through; only of the first is the level certain."""
    path = pl.col("place").str.split(_SEPARATOR)
    steps = used.select(path=path).with_columns(depth=pl.int_ranges(1, pl.col("path").list.len())).filter(pl.col("depth").list.len() > 0)
    steps = steps.explode("depth").select("depth", place=pl.col("path").list.slice(0, pl.col("depth")).list.join(_SEPARATOR))
    level = pl.when(pl.col("depth") == 1).then(pl.lit("province"))
    return steps.unique("place").select("place", place_code=pl.lit(None, pl.String), place_level=level)
