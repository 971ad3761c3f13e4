"""Sectors, owners, products and partners of the stream: which of them may limit a quantity."""

from __future__ import annotations

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.observations.economy import shares_of_economy
from assets.observations.stream import QUANTITY, Rows, cue, in_same
from assets.observations.wholes import TRADED

# Indicators that are always about a product: what the line or document is about goes without saying.
OF_PRODUCTS = ["price", "agri_product_output", "industrial_product_output", "crop_area", "crop_yield", "livestock"]
WITH_PARTNERS = ["exports", "imports", "trade_turnover", "trade_balance", "fdi_registered", "fdi_implemented", "fdi_projects"]
# ` từ các nước `: code points between an amount and the partner behind it, and between this and the next amount.
PARTNER_REACH, _NEXT_AMOUNT = 16, 14
# `trong đó ngành dệt may đạt …`: code points that a clause may have before its subject.
OPENING = 24
# What words like `ngành này` may mean, and how many lines before it was named.
_REFERRING = {
    "it sector": (pl.col("form") == ANNOUNCED) & pl.col("family").is_in(["industry", "product"]),
    "it product": pl.col("is_product"),
    "it market": pl.col("family") == "partner",
    "it owner": pl.col("family") == "ownership",
}
_NEAR_LINES = 3


def with_limits(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds limits (a sector that may limit something), is_product, and opens (it is the subject of its clause)."""
    seen = Rows(stream, pl.col("kind") == "sector")
    name = (pl.col("names") != "") & (pl.col("kind") != "fallback")
    organisation = (pl.col("kind") == "organisation") & (pl.col("code") != "it")
    # A sector inside the indicator's own name limits nothing, unless it is a part (`thu nội địa`) or the indicator is about
    # products (`giá dầu`); inside the name of a firm or place it is no sector.
    name &= ~pl.col("names").is_in([*OF_PRODUCTS, *TRADED])
    in_name = _within(seen, name, wholly=True)
    in_proper = _within(seen, organisation) | _within(seen, pl.col("kind") == "place")
    # `200 doanh nghiệp FDI`: a thing counted may be named with its owners.
    named = in_same("sentence_id", seen.last_row(name))
    owners = (pl.col("family") == "ownership") & seen.at("names", named).str.starts_with("enterprises")
    limits = (pl.col("family").is_in(["part", "state", "whole"]) | owners.fill_null(value=False) | ~in_name) & ~in_proper
    limits &= ~pl.col("names").is_in(shares_of_economy()).fill_null(value=False)
    # `các doanh nghiệp` tells that a figure is of many, not of which.
    limits &= pl.col("family") != "all"
    limits &= ~_aside(seen)
    # `ngành xây dựng có số vốn đăng ký mới nhiều nhất`: what new firms have is new.
    new = pl.col("text").str.to_lowercase().is_in(["đăng ký mới", "vốn đăng ký mới"])
    limits &= ~(new & (seen.at("indicator", "next_quantity") == "enterprise_capital")).fill_null(value=False)
    made = pl.col("code").str.contains("^[0-3][0-9]$") & (pl.col("family") == "industry")
    parted = in_same("sentence_id", seen.last_row((pl.col("kind") == "clause") | QUANTITY))
    # `1,5 triệu lượt khách quốc tế, tổng thu du lịch đạt …`: what belongs to a thing counted is no subject.
    counted = pl.col("start").cast(pl.Int64) - seen.unit_end("last_quantity").cast(pl.Int64) <= 1
    counted = counted.fill_null(value=False)
    begins = pl.coalesce(seen.at("end", parted).cast(pl.Int64), seen.at("sentence_start", "next_quantity").cast(pl.Int64))
    marked = seen.with_columns(
        limits=limits,
        is_product=(pl.col("family") == "product") | made.fill_null(value=False),
        of_amount=_of_amount(seen),
        # `doanh thu hợp nhất` is that of all again: what it is limited to has no name.
        text=pl.when(pl.col("family") != "whole").then("text"),
        thing=seen.at("names", pl.when(seen.gap_from(named).is_between(-40, 1)).then(named)),
        # `doanh nghiệp thuộc lĩnh vực bán lẻ, xây dựng có …`: names in a row open the clause that goes on behind their comma.
        opens=((pl.col("start").cast(pl.Int64) - begins <= OPENING) & ~counted).fill_null(value=False)
        | pl.col("text").str.contains(", ", literal=True),
    )
    marked = marked.with_columns(pl.col("limits", "is_product", "opens", "of_amount").fill_null(value=False))
    return _referred(marked)


def _of_amount(seen: Rows) -> pl.Expr:
    """`5 tỷ USD tại Mỹ và 3 tỷ USD tại Đức`: whether a partner stands behind the amount that is its own, with nothing else behind it."""
    before, clause = pl.col("last_quantity"), in_same("sentence_id", seen.next_row(pl.col("kind") == "clause"))
    parted = in_same("sentence_id", seen.last_row(pl.col("kind") == "clause"))
    near = (pl.col("start").cast(pl.Int64) - seen.unit_end(before).cast(pl.Int64)).is_between(0, PARTNER_REACH)
    near &= (seen.at("family", before) == "money") & ~(parted > before).fill_null(value=False)
    end, ahead = pl.col("end").cast(pl.Int64), pl.col("next_quantity")
    # `… USD và Nhật Bản đạt 3 tỷ USD`.
    told = (in_same("sentence_id", seen.next_row(cue("reach", "direction", "status", "share"))) < ahead).fill_null(value=False)
    done = (seen.at("start", clause).cast(pl.Int64) - end <= 1) | (seen.at("start", ahead).cast(pl.Int64) - end <= _NEXT_AMOUNT) & ~told
    return (pl.col("family") == "partner") & near & (done.fill_null(value=False) | (clause.is_null() & ahead.is_null()))


def _aside(seen: Rows) -> pl.Expr:
    """`khu vực FDI (kể cả dầu thô) đạt …`, `tỉnh Champasak (Lào)`: whether something stands in brackets that hold no number.

    Behind a number such brackets tell of it: `5 dự án (dệt may)`.
    """
    bracket = (pl.col("kind") == "clause") & pl.col("code").is_in(["(", ")"])
    opening, closing = in_same("sentence_id", seen.last_row(bracket)), in_same("sentence_id", seen.next_row(bracket))
    shut = (seen.at("code", opening) == "(") & (seen.at("code", closing) == ")")
    numbered = (pl.col("last_quantity") > opening) | (pl.col("next_quantity") < closing)
    of_number = seen.at("start", opening).cast(pl.Int64) - seen.unit_end("last_quantity").cast(pl.Int64) <= 1
    # `Tập đoàn A (công ty mẹ) đạt …`.
    part = pl.col("family").is_in(["part", "parent"])
    return (shut & ~part & ~numbered.fill_null(value=False) & ~of_number.fill_null(value=False)).fill_null(value=False)


def _referred(marked: pl.DataFrame) -> pl.DataFrame:
    """`toàn ngành`, `mặt hàng này`, `thị trường này` mean the sector, product or country that was named last; else they limit nothing."""
    seen = Rows(marked, (pl.col("kind") == "sector") & pl.col("family").is_in(list(_REFERRING)))
    last = pl.coalesce(
        pl.when(pl.col("family") == word).then(in_same("document_key", seen.last_row(pl.col("limits") & meant)))
        for word, meant in _REFERRING.items()
    )
    near = pl.when(seen.at("line_id", last) + _NEAR_LINES >= pl.col("line_id")).then(last)
    found = seen.select(
        limits=pl.col("limits") & near.is_not_null(),
        is_product=seen.at("is_product", near).fill_null(value=False),
        text=seen.at("text", near),
        code=seen.at("code", near),
        family=seen.at("family", near),
        form=pl.lit(ANNOUNCED),
    )
    return seen.spread(found)


def _within(seen: Rows, kind: pl.Expr, *, wholly: bool = False) -> pl.Expr:
    """Whether a row lies within the mark of a kind before it, or the one behind it."""
    before, behind = in_same("line_id", seen.last_row(kind)), in_same("line_id", seen.next_row(kind))
    in_next = (pl.col("start") >= seen.at("start", behind)) & (pl.col("end") <= seen.at("end", behind))
    # `giá trị sản xuất công nghiệp địa phương` is that of local industry.
    ends = pl.col("end") if wholly else pl.col("start") + 1
    return ((ends <= seen.at("end", before)) | in_next).fill_null(value=False)
