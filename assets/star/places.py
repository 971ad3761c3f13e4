"""The dimension of places: the provinces before and after 1 July 2025, and every place that an accepted figure names."""

from __future__ import annotations

from datetime import date

import polars as pl

from assets.reference import table
from assets.star.keys import with_key

FIRST_DAY_OF_34 = date(2025, 7, 1)
_SEPARATOR = " > "
_VERSION = ["place", "place_code", "valid_from"]
_ASKED = ["place", "place_code", "published_on"]
_UNIT = {
    "place": pl.String,
    "place_code": pl.String,
    "place_level": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "successor": pl.String,
}


def dim_place(accepted: pl.DataFrame) -> pl.DataFrame:
    """Every province in its versions, every place that `accepted` names, and the units that these lie in.

    A place is one row for each path and code, because seven codes went to another province in 2025; a place without a code
    is a row of its own only where no other has its path.
    """
    provinces = _provinces()
    used = accepted.select("place", "place_code", "place_level").drop_nulls("place").unique(["place", "place_code"], keep="any")
    coded = used.drop_nulls("place_code").join(provinces, on=["place", "place_code"], how="anti")
    listed = pl.concat([provinces, coded], how="diagonal")
    unlisted = used.filter(pl.col("place_code").is_null()).join(listed, on="place", how="anti")
    named = pl.concat([listed, unlisted], how="diagonal")
    every = pl.concat([named, _above(used).join(named, on="place", how="anti")], how="diagonal")
    every = every.select(pl.col(name).cast(kind) for name, kind in _UNIT.items())
    path = pl.col("place").str.split(_SEPARATOR)
    return with_key(every, "place_key", _VERSION).with_columns(
        place_name=path.list.last(),
        place_parent=pl.when(path.list.len() > 1).then(path.list.slice(0, path.list.len() - 1).list.join(_SEPARATOR)),
    )


def place_keys(asked: pl.DataFrame, dim: pl.DataFrame) -> pl.DataFrame:
    """For each distinct `place, place_code, published_on` of `asked` the `place_key` of the version of that day.

    Where no version is known to be of that day, or the article has none, the oldest one is taken. A place without a code is
    that of its path.
    """
    day = pl.col("published_on")
    of_that_day = day.is_between(pl.col("valid_from").fill_null(date.min), pl.col("valid_to").fill_null(date.max)).fill_null(value=False)
    version = dim.select(*_VERSION, "valid_to", "place_key")
    pairs = asked.select(*_ASKED).drop_nulls("place").unique().join(version, on="place", suffix="_listed")
    code = pl.col("place_code")
    pairs = pairs.filter(code.is_null() | (code == pl.col("place_code_listed")))
    best = pairs.with_columns(fits=of_that_day).sort("fits", "valid_from", descending=[True, False], nulls_last=[False, False])
    return best.unique(_ASKED, keep="first", maintain_order=True).select(*_ASKED, "place_key")


def _provinces() -> pl.DataFrame:
    known = table("provinces_today").with_columns(pl.lit("province").alias("place_level"))
    before = known.select(
        "place_level",
        place="old_province",
        place_code="old_code",
        valid_from=pl.col("valid_from").str.to_date(),
        valid_to=pl.col("valid_to").str.to_date(),
        successor="today_province",
    )
    today = known.select("place_level", place="today_province", place_code="today_code", valid_from=pl.lit(FIRST_DAY_OF_34)).unique()
    return pl.concat([before, today], how="diagonal")


def _above(used: pl.DataFrame) -> pl.DataFrame:
    """The units that the paths of `used` go through; only of the first is the level certain."""
    path = pl.col("place").str.split(_SEPARATOR)
    steps = used.select(path=path).with_columns(depth=pl.int_ranges(1, pl.col("path").list.len())).filter(pl.col("depth").list.len() > 0)
    steps = steps.explode("depth").select("depth", place=pl.col("path").list.slice(0, pl.col("depth")).list.join(_SEPARATOR))
    return steps.unique("place").select("place", place_level=pl.when(pl.col("depth") == 1).then(pl.lit("province")))
