"""The home of a document: the place that it is about as a whole."""

from __future__ import annotations

import polars as pl

from assets.gazetteer import NATION, SEPARATOR, units
from assets.mentions.places import OF_FIRM

# What a mention is worth where it stands: in the title, in the address of the page, in the first lines, anywhere else.
_IN_TITLE, _IN_ADDRESS, _IN_LEAD = 4, 4, 2
_LEAD_LINES = 3
# The share of all mentions that a province needs to be what a document is about.
_MAIN_SHARE = 0.4
# One mention somewhere, `đại biểu A (Thái Bình)`, makes no home unless the text speaks of `toàn tỉnh`.
_LEAST_WEIGHT = 2
# A district is the home where it is in the title, or has this share of the mentions within its province, and so many.
_DISTRICT_SHARE, _DISTRICT_MENTIONS = 0.5, 3
# How often a document must name other countries to be about abroad.
_ABROAD_MENTIONS = 3
# Compact names of provinces shorter than this stand in too many other words to tell anything.
_SHORTEST = 5


def home_of(document: pl.DataFrame, block: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Place that each document is about.

    Args:
        document: `document_key`, `url`, `source`.
        block: `document_key`, `block`, `role`.
        named: marks of places with `path`, as `assets.observations.places.resolve` gives them.

    Returns:
        document_key, home (path; null where the document speaks of abroad), is_abroad, names_nation (it names Vietnam all the same),
        of_a_unit (it speaks of `toàn tỉnh`, `của huyện`, without telling which).
    """
    titles = (
        block.filter(pl.col("role") == "title")
        .select("document_key", "block", is_title=pl.lit(value=True))
        .unique(["document_key", "block"])
    )
    lines = block.filter("is_body").group_by("document_key").agg(lead=pl.col("block").min() + _LEAD_LINES)
    heard = (
        named.filter(pl.col("path").is_not_null(), pl.col("form").ne_missing(OF_FIRM))
        .join(titles, on=["document_key", "block"], how="left")
        .join(lines, on="document_key", how="left")
        .filter((pl.col("family") != "authority") | (pl.col("block") < pl.col("lead")))
        .with_columns(is_title=pl.col("is_title").fill_null(value=False))
        .with_columns(
            weight=pl.when("is_title").then(_IN_TITLE).when(pl.col("block") < pl.col("lead")).then(_IN_LEAD).otherwise(1),
            province=pl.col("path").str.split(SEPARATOR).list.first(),
            district=pl.col("path").str.split(SEPARATOR).list.head(2).list.join(SEPARATOR),
        )
        .select("document_key", "province", "district", "weight", "is_title")
    )
    of_document = _abroad(named)
    weights = pl.concat([heard.select("document_key", "province", "weight"), _from_addresses(document)])
    main = _main_province(weights.join(of_document.select("document_key", "of_a_unit"), on="document_key", how="left"))
    homes = main.join(_main_district(heard, main), on="document_key", how="left")
    homes = homes.select("document_key", home=pl.coalesce("district", "province")).join(
        of_document, on="document_key", how="full", coalesce=True
    )
    abroad = pl.col("is_abroad").fill_null(value=False)
    names_nation = pl.col("names_nation").fill_null(value=False)
    of_a_unit = pl.col("of_a_unit").fill_null(value=False) & pl.col("home").is_null()
    return homes.select(
        "document_key", home=pl.when(~abroad).then("home"), is_abroad=abroad, names_nation=names_nation, of_a_unit=of_a_unit
    )


def _abroad(named: pl.DataFrame) -> pl.DataFrame:
    """document_key → is_abroad: whether a document names countries more often than all places of Vietnam; names_nation."""
    counted = named.group_by("document_key").agg(
        # A continent is named as a market, too.
        abroad=((pl.col("kind") == "abroad") & ~pl.col("code").str.starts_with("châu ")).sum(),
        here=((pl.col("kind") == "place") & ~pl.col("family").is_in(["inside", "authority"])).sum(),
        names_nation=(pl.col("path") == NATION).any(),
        of_a_unit=(pl.col("family") == "home").any(),
    )
    is_abroad = (pl.col("abroad") >= _ABROAD_MENTIONS) & (pl.col("abroad") > 2 * pl.col("here"))
    return counted.select("document_key", "names_nation", "of_a_unit", is_abroad=is_abroad)


def _main_province(heard: pl.DataFrame) -> pl.DataFrame:
    """document_key → province: the one with most weight; the nation where none prevails."""
    weighed = heard.group_by("document_key", "province").agg(pl.col("weight").sum(), pl.col("of_a_unit").any())
    share = pl.col("weight") / pl.col("weight").sum().over("document_key")
    ordered = weighed.with_columns(share=share).sort("document_key", "weight", "province", descending=[False, True, False])
    first = ordered.unique("document_key", keep="first", maintain_order=True)
    prevails = (pl.col("share") >= _MAIN_SHARE) & ((pl.col("weight") >= _LEAST_WEIGHT) | pl.col("of_a_unit"))
    return first.select("document_key", province=pl.when(prevails).then("province").otherwise(pl.lit(NATION)))


def _main_district(heard: pl.DataFrame, main: pl.DataFrame) -> pl.DataFrame:
    """document_key → district within the main province, where the document is about one."""
    inside = heard.join(main, on=["document_key", "province"])
    below = pl.col("district") != pl.col("province")
    counted = (
        inside.group_by("document_key", "district", "province")
        .agg(mentions=pl.len(), is_title=pl.col("is_title").any())
        .with_columns(share=pl.col("mentions") / pl.col("mentions").sum().over("document_key"))
        .filter(below & (pl.col("is_title") | ((pl.col("share") >= _DISTRICT_SHARE) & (pl.col("mentions") >= _DISTRICT_MENTIONS))))
        .sort("document_key", "is_title", "mentions", "district", descending=[False, True, True, False])
    )
    return counted.unique("document_key", keep="first", maintain_order=True).select("document_key", "district")


def _from_addresses(document: pl.DataFrame) -> pl.DataFrame:
    """document_key, province, weight: provinces whose name stands in the host of a page, `baohanam.com.vn`."""
    provinces = units().filter((pl.col("level") == "province") & ~pl.col("is_typed")).select(path="path").unique()
    compact = provinces.with_columns(match=_compact(pl.col("path"))).filter(pl.col("match").str.len_chars() >= _SHORTEST).sort("match")
    host = pl.col("url").str.extract(r"^(?:https?://)?([^/?#]+)").str.replace_all("-", "", literal=True)
    found = (
        document.select("document_key", match=host.str.extract_many(compact["match"].implode(), leftmost=True))
        .explode("match")
        .drop_nulls()
    )
    return found.join(compact, on="match").select("document_key", province="path", weight=pl.lit(_IN_ADDRESS, pl.Int32)).unique()


def _compact(name: pl.Expr) -> pl.Expr:
    """`Hà Nam` as addresses write it: `hanam`."""
    return name.str.to_lowercase().str.replace_all("đ", "d", literal=True).str.normalize("NFD").str.replace_all(r"[^a-z0-9]", "")
