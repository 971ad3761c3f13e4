"""What a sector's share of the whole economy is: an indicator of its own."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.observations.stream import Rows, cue, in_same
from assets.reference import table

# The product of an economy, a nation's and a province's.
PRODUCTS = ["gdp", "grdp"]
# The head under which sectors stand for their shares.
STRUCTURE = "structure"
# Code points between a share and the whole behind it, and between a sector and the word that tells its share.
_WHOLE_REACH, _AT_ONCE = 24, 2


@cache
def shares() -> pl.DataFrame:
    """part → indicator: what a sector stands for in `Cơ cấu kinh tế: công nghiệp - xây dựng 58,2%, dịch vụ 27,3%`."""
    return table("indicator_compounds").filter(pl.col("head") == STRUCTURE).select("indicator", part="object")


@cache
def shares_of_economy() -> list[str]:
    """Indicators that are the share of a sector in the economy."""
    return shares()["indicator"].unique().sort().to_list()


def of_economy(seen: Rows) -> pl.Expr:
    """Whether a share of the economy is told of a sector: `Công nghiệp chiếm 39% trong cơ cấu kinh tế`."""
    behind = _gap_to(seen, (pl.col("kind") == "head") & (pl.col("code") == STRUCTURE)).is_between(0, _WHOLE_REACH)
    return (_of_percent(seen) & behind).fill_null(value=False)


def of_product(seen: Rows) -> pl.Expr:
    """Whether a sector takes a share of the product that its line told: `GRDP tăng 8,5%. Dịch vụ chiếm khoảng 41,5%`."""
    share, name = cue("share"), pl.col("kind") == "indicator"
    takes = seen.gap_to(in_same("sentence_id", seen.next_row(share))).is_between(0, _AT_ONCE)
    told = seen.at("code", in_same("line_id", seen.last_row(name))).is_in(PRODUCTS)
    behind = (_gap_to(seen, name) <= _WHOLE_REACH).fill_null(value=False)
    return (told & takes & ~behind & _of_percent(seen)).fill_null(value=False)


def _gap_to(seen: Rows, whole: pl.Expr) -> pl.Expr:
    """Code points between the next figure and the whole behind it."""
    behind = in_same("sentence_id", seen.next_row(whole))
    return seen.at("start", behind).cast(pl.Int64) - seen.at("end", "next_quantity").cast(pl.Int64)


def _of_percent(seen: Rows) -> pl.Expr:
    return seen.at("family", "next_quantity") == "percent"


def part_of_economy() -> pl.Expr:
    """Part of the economy that the row of a sector tells: its group, or services as a whole."""
    services = pl.col("text").str.to_lowercase().str.contains("dịch vụ", literal=True)
    return pl.when(services).then(pl.lit("services")).otherwise("code")
