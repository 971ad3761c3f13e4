"""Where each listed place came from and what holds it today, followed through all its changes."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.reference import table
from assets.star.keys import with_key

JOIN = " | "
VERSION = ["place", "place_code", "valid_from"]
# More changes than any territory has seen since 1989.
_STEPS = 12


@cache
def listed() -> pl.DataFrame:
    """Every unit of `seeds/places.csv` in its versions.

    Gives place_key, place (path), place_level, place_type, place_code, valid_from, valid_to, dated_by, predecessor, successor,
    territory_key (key of the first version of the same territory: only its name, type, code or place under others changed since)
    and today (paths of the units of today that it lies in; null where no list tells).
    """
    versions = with_key(_table(), "place_key", VERSION)
    links = _links(versions)
    return versions.join(_today(versions, links), on="place_key", how="left").join(
        _territories(versions, links), on="place_key", how="left"
    )


def _table() -> pl.DataFrame:
    return table("places").select(
        place="path",
        place_level="level",
        place_type="type_word",
        place_code="code",
        valid_from=pl.col("valid_from").str.to_date(),
        valid_to=pl.col("valid_to").str.to_date(),
        dated_by="dated_by",
        predecessor="predecessor",
        successor="successor",
    )


def _links(versions: pl.DataFrame) -> pl.DataFrame:
    """old_key → new_key: each version and those that follow it the day after; of two with one path, the one with its code."""
    ended = versions.drop_nulls("successor").select(
        "place_code", old_key="place_key", place=pl.col("successor").str.split(JOIN), day=pl.col("valid_to").dt.offset_by("1d")
    )
    begun = versions.select("place", new_key="place_key", new_code="place_code", day="valid_from")
    pairs = ended.explode("place").join(begun, on=["place", "day"])
    keeps_code = (pl.col("place_code") == pl.col("new_code")).fill_null(value=False)
    return pairs.filter(keeps_code | ~keeps_code.any().over("old_key", "place")).select("old_key", "new_key")


def _today(versions: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """place_key → today: every version led on to those that have not ended."""
    standing = versions.filter(pl.col("valid_to").is_null()).select(new_key="place_key", unit="place")
    reached, path = [standing.select(place_key="new_key", unit="unit")], links.rename({"old_key": "place_key"})
    for _ in range(_STEPS):
        reached.append(path.join(standing, on="new_key").select("place_key", "unit"))
        path = path.join(links, left_on="new_key", right_on="old_key").select("place_key", new_key="new_key_right").unique()
    return pl.concat(reached).unique().sort("place_key", "unit").group_by("place_key").agg(today=pl.col("unit").str.join(JOIN))


def _territories(versions: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """place_key → territory_key: the first of a chain of versions where each follows one and is followed by one.

    A commune that has another name in the next list may have taken in others: it is no such follower.
    """
    told = versions.select("place_key", "place", "dated_by", "predecessor", "successor", name=pl.col("place").str.split(" > ").list.last())
    named = links.join(told, left_on="old_key", right_on="place_key").join(told, left_on="new_key", right_on="place_key", suffix="_new")
    named = named.filter(pl.col("successor") == pl.col("place_new"), pl.col("predecessor_new") == pl.col("place"))
    by_lists = (pl.col("dated_by") == "lists") | (pl.col("dated_by_new") == "lists")
    chain = named.filter(~by_lists | (pl.col("name") == pl.col("name_new"))).select(place_key="new_key", before="old_key")
    first = versions.select("place_key", territory_key="place_key")
    for _ in range(_STEPS):
        first = first.join(chain, left_on="territory_key", right_on="place_key", how="left").select(
            "place_key", territory_key=pl.coalesce("before", "territory_key")
        )
    return first
