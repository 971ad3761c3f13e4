"""Indicators that two words name together: a head, `diện tích`, and its object, `cụm công nghiệp`."""

from __future__ import annotations

import polars as pl

from assets.observations.economy import STRUCTURE, of_economy, of_product, part_of_economy, shares
from assets.observations.names import ADJACENT
from assets.observations.stream import Quantities, Rows, ahead, in_same
from assets.reference import table

# An object further from its head than this belongs to something else.
_HEAD_REACH = 80


def with_compounds(stream: pl.DataFrame) -> pl.DataFrame:
    """Heads with their object become names: `diện tích … cụm công nghiệp`, and `cụm công nghiệp A, diện tích …`.

    A head takes the object behind it in its gap, else the last one before it; an object without a head of its own
    carries the head of the sentence on: `tỷ lệ lấp đầy các khu công nghiệp là 46%; các cụm công nghiệp là 41%`.
    Adds compound (indicator) and thing (what a quantity is counted in).
    """
    parts = pl.col("kind").is_in(["head", "object", "sector"])
    seen = Rows(Quantities(stream).with_columns(thing=_unit_word()), parts)
    head = pl.col("kind") == "head"
    made, grown = pl.col("code").str.contains("^[0-9]{2}$"), pl.col("family") == "product"
    sector_object = pl.when(grown).then(pl.lit("crop")).when(made).then(pl.lit("product"))
    # `cụm công nghiệp Yên Lạc` grows no `lạc`.
    in_place = (pl.col("end") <= seen.at("end", in_same("sentence_id", seen.last_row(pl.col("kind") == "place")))).fill_null(value=False)
    # `điện sản xuất` is an indicator of its own.
    named = seen.at("start", seen.last_row(pl.col("kind") == "indicator"))
    in_place |= ((pl.col("kind") == "sector") & (pl.col("start") == named)).fill_null(value=False)
    thing_of = pl.when(pl.col("kind") == "object").then("code").when(pl.col("kind") == "sector").then(sector_object)
    seen = Rows(seen.with_columns(object=pl.when(~in_place).then(thing_of)), parts)
    thing = pl.col("object").is_not_null()
    pairs = table("indicator_compounds").rename({"indicator": "compound", "head": "head_code", "object": "object_code"})
    own = _object_of(seen, thing)
    carried = in_same("sentence_id", seen.last_row(head))
    in_structure = (seen.at("code", carried) == STRUCTURE) | of_economy(seen) | of_product(seen)
    found = seen.select(
        # `có 6.000 ha vải thiều`: an area of what stands right behind it.
        head_code=pl.when(head)
        .then("code")
        .when(thing)
        .then(pl.when(_of_area(seen)).then(pl.lit("area")).otherwise(seen.at("code", carried))),
        # `sản lượng của hãng đạt 17 triệu chiếc`: pieces are made.
        object_code=pl.when(thing).then("object").when(head).then(pl.coalesce(seen.at("object", own), seen.at("thing", "next_quantity"))),
        part=pl.when((pl.col("kind") == "sector") & in_structure).then(part_of_economy()),
    )
    told = found.join(pairs, on=["head_code", "object_code"], how="left", maintain_order="left").join(
        shares().rename({"indicator": "share"}), on="part", how="left", maintain_order="left"
    )
    return seen.spread(told.select(pl.coalesce("compound", "share"))).drop("object")


def _object_of(seen: Rows, thing: pl.Expr) -> pl.Expr:
    """Row of the object that a head takes: the one behind it, else the last one of its line."""
    behind = ahead(seen.next_row(thing))
    near = pl.when(seen.at("start", behind) - pl.col("end") <= _HEAD_REACH).then(behind)
    before = in_same("line_id", seen.last_row(thing))
    # `Cà phê được giá. Dự án có quy mô 512 ha`: nothing is said to grow there.
    project = in_same("sentence_id", seen.last_row((pl.col("kind") == "counted") & (pl.col("code") == "investment_projects")))
    apart = (seen.at("object", before) == "crop") & in_same("sentence_id", before).is_null() & project.is_not_null()
    own = pl.coalesce(near, pl.when(~apart.fill_null(value=False)).then(before))
    # `nhà máy mũ bảo hiểm tại Khu công nghiệp A, diện tích 6 ha`: that is how large the plant is.
    plant = in_same("sentence_id", seen.last_row(pl.col("object") == "plant"))
    inside = (seen.at("start", own).cast(pl.Int64) - seen.at("end", plant).cast(pl.Int64)).is_between(0, _HEAD_REACH)
    return pl.when((inside & near.is_null()).fill_null(value=False)).then(plant).otherwise(own)


def _of_area(seen: Rows) -> pl.Expr:
    """`có 6.000 ha vải thiều`: whether an area is told of the crop or park right behind it."""
    behind = pl.col("start").cast(pl.Int64) - seen.unit_end("last_quantity").cast(pl.Int64)
    told = (pl.col("kind") == "sector") & (pl.col("object") == "crop") | pl.col("object").is_in(["park", "cluster"])
    return (told & (seen.at("family", "last_quantity") == "area") & behind.is_between(0, ADJACENT)).fill_null(value=False)


def _unit_word() -> pl.Expr:
    """What a quantity is counted in, without thousands and millions: `chiếc` of `17 triệu chiếc`."""
    scales = table("units").filter(pl.col("role") == "scale")["surface"]
    return pl.col("unit_text").str.replace(rf"(?i)^(?:{'|'.join(scales)})\s", "")
