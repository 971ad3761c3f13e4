"""The gazetteer: names of administrative units and the words for places, as texts write them, from `seeds/places.csv`.

Two rooms need it: `mentions` finds the names, `observations` tells which unit a name means on the day of its article.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from assets.reference import table

NATION = "Việt Nam"
SEPARATOR = " > "
# Type words are also abbreviated, with or without a full stop: `TP. Biên Hòa`.
_SHORT = {"thành phố": ["tp"], "thị xã": ["tx"], "thị trấn": ["tt"], "quận": ["q"], "phường": ["p"], "huyện": ["h"]}
# Names of provinces that ended before are those of a mountain, a delta and streets today: they need their type word.
_OLDEST_BARE = date(1992, 1, 1)
_UNIT_COLUMNS = ["name", "path", "code", "level", "is_typed", "valid_from", "valid_to"]


@cache
def units() -> pl.DataFrame:
    """Name → unit: name (`huyện đông hưng`, `đông hưng`), path, code, level, is_typed, valid_from, valid_to (Date).

    A name has a row for each unit and time that bears it. Communes have typed names only, and a district has no bare one
    where a province bears it too.
    """
    listed = table("places").with_columns(pl.col("valid_from", "valid_to").str.to_date())
    spelled = listed.join(table("place_spellings"), on="name").with_columns(name="spelling").drop("spelling")
    listed = pl.concat([listed, spelled]).with_columns(lower=pl.col("name").str.to_lowercase())
    typed = listed.with_columns(name=pl.concat_str("type_word", "lower", separator=" "), is_typed=pl.lit(value=True))
    bare = listed.filter(pl.col("level") != "commune").with_columns(name="lower", is_typed=pl.lit(value=False))
    of_provinces = bare.filter(pl.col("level") == "province")["name"].unique().implode()
    lasted = (pl.col("valid_to") >= _OLDEST_BARE) | pl.col("valid_to").is_null()
    clear = ((pl.col("level") == "province") & lasted) | ~(pl.col("name").is_in(of_provinces) | pl.col("name").str.contains("^[0-9]"))
    return pl.concat([typed.select(_UNIT_COLUMNS), bare.filter(clear).select(_UNIT_COLUMNS)]).unique(maintain_order=True)


@cache
def surfaces() -> pl.DataFrame:
    """How names are printed: surface, name (as in `units`, or the word for a place), family, level.

    `family` is `unit`, or that of `seeds/place_words.csv`: `nation`, `country`, `home` (the document's own unit), `abroad`,
    `elsewhere` (a word like `nước này` that is printed small), `world`, `not_place`.
    """
    named = units().group_by("name", maintain_order=True).agg(pl.col("level").first()).with_columns(surface="name", family=pl.lit("unit"))
    short = [
        named.filter(pl.col("surface").str.starts_with(f"{word} ")).with_columns(
            surface=pl.col("surface").str.replace(word, form + mark, literal=True)
        )
        for word, forms in _SHORT.items()
        for form in forms
        for mark in ("", ".")
    ]
    partners = table("industries").filter(pl.col("kind") == "partner")
    countries = partners.select(word=pl.col("term").str.to_lowercase(), family=pl.lit("abroad"), level=pl.lit(None, pl.String))
    words = pl.concat([table("place_words").select("word", "family", "level"), countries]).with_columns(surface="word", name="word")
    columns = ["surface", "name", "family", "level"]
    return pl.concat([frame.select(columns) for frame in (named, *short, words)])
