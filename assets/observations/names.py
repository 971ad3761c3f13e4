"""Names of indicators in the stream: words, compounds and counted things."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.observations.economy import PRODUCTS, STRUCTURE
from assets.observations.remarks import in_brackets, of_cause
from assets.observations.stream import Rows, cue, in_gap, in_same
from assets.observations.wholes import (
    BALANCE,
    BUDGET,
    IS_GOODS,
    TRADED,
    carries,
    head_of_list,
    is_owners,
    of_freight,
    of_trade,
    of_trade_and_travel,
    part_of_investment,
    row_of_value,
    taxes,
    with_heads,
)
from assets.reference import table

# A counted noun or a name behind the number must follow at once: characters between them, the unit aside.
ADJACENT = 2
# Lines that an indicator may lie back which `chỉ số này` means.
_NEAR_LINES = 2
# Code points of ` về ` and what may stand beside it.
_ABOUT = 8
# Characters between `của` and the name behind it (`của các`), and between the name before it and `của`.
_ARTICLE, _OF_REACH = 6, 12
# Kinds of marks that may lend an indicator, or keep another from doing so.
_NAMING = ["indicator", "counted", "block", "value", "fallback", "head", "object", "sector"]
# Families of units in which anything can be said: a share, a growth, a multiple.
RATIOS = ["percent", "percentage_point", "times"]
# What classes of goods and markets begin with: `mặt hàng`, `nhóm hàng`, `thị trường`, `ngành`.
CLASSES = ["mặt", "nhóm", "thị", "sản", "ngành", "lĩnh"]
# What may have become of enterprises.
FATES = ["enterprises_new", "enterprises_closed"]
# Families of units that count.
_THINGS = ["count", "people"]


@cache
def families() -> pl.DataFrame:
    """Indicator → list of the unit families that its level may have."""
    return table("indicators").select(
        indicator="code", fits=pl.col("unit_families").str.split("|"), indicator_kind="kind", percent_reads_as="percent_reads_as"
    )


def _is_cluster() -> pl.Expr:
    """Whether a row names clusters of industry."""
    return pl.col("code").is_in(["cluster", "industrial_clusters"]) & (pl.col("end") - pl.col("start") > len("cụm"))


def with_names(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds `names` (indicator that a row could lend; "" for a name outside the catalogue) and `fits` (its families)."""
    seen = Rows(with_heads(stream), pl.col("kind").is_in(_NAMING))
    shut, remark = in_brackets(seen)
    remark, counted, in_name = seen.once(remark | of_cause(seen), _counted(seen), _in_name(seen))
    earned, traded, whole, tax, takings = seen.once(of_trade_and_travel(seen), row_of_value(seen), head_of_list(seen), *taxes(seen))
    own = (tax | takings | is_owners(seen, whole)).fill_null(value=False)
    named, outside = seen.once(_named(seen, in_name) & ~remark, _outside(seen, in_name) & ~own & ~remark)
    part = part_of_investment(seen, whole)
    # `giảm 2% thuế giá trị gia tăng` lowers a rate.
    moves = (in_same("sentence_id", seen.next_row(cue("direction"))) < pl.col("next_quantity")) & ~_at_once(seen).fill_null(value=False)
    taxed = tax & ((seen.at("family", "next_quantity") == "money") | moves).fill_null(value=False) | takings
    told = seen.with_columns(
        names=pl.when(pl.col("compound").is_not_null())
        .then("compound")
        # `một số sản phẩm giảm. Cụ thể, ti vi giảm 9%`.
        .when((pl.col("kind") == "head") & (pl.col("code") == "some_made"))
        .then(pl.lit("industrial_product_output"))
        .when(named & earned.is_not_null())
        .then(earned)
        .when(named & part.is_not_null())
        .then(part)
        .when(named & of_freight(seen))
        .then(pl.lit("freight"))
        .when(named | counted | (pl.col("kind") == "fallback"))
        .then("code")
        .when((pl.col("kind") == "value") & traded.is_not_null())
        .then(seen.at("code", traded))
        .when(taxed)
        .then(pl.lit(BUDGET))
        .when(outside)
        .then(pl.lit("")),
        is_counted=counted,
        # `đạt 33,9% GDP, tăng 10,2%`: what a figure is measured by does not go on.
        # Nor does what something contributes to: `đóng góp 2,6 điểm phần trăm vào GDP; ngành điện tăng 6%`.
        is_divisor=pl.col("code").is_in(PRODUCTS)
        & (_at_once(seen) & seen.at("follows", "last_quantity").is_in(PRODUCTS) | (seen.at("act", "last_quantity") == "contribution")),
        shut_row=pl.when(~remark).then(shut),
    )
    naming = Rows(told.with_columns(pl.col("is_counted").fill_null(value=False)).pipe(_referred), pl.col("names").is_not_null())
    kinds = naming.select(indicator="names").join(families(), on="indicator", how="left", maintain_order="left")
    return naming.spread(kinds.drop("indicator"))


def _at_once(seen: Rows) -> pl.Expr:
    return pl.col("start") <= seen.unit_end("last_quantity") + ADJACENT


def _parted(seen: Rows) -> pl.Expr:
    return seen.last_row(pl.col("kind") == "clause").fill_null(0) > pl.col("last_quantity")


def _counted(seen: Rows) -> pl.Expr:
    """Whether a word tells what the number before it counts."""
    of_things = seen.at("family", "last_quantity").is_in(_THINGS)
    counted = (pl.col("kind") == "counted") & _at_once(seen) & ~_parted(seen) & of_things
    # `quy hoạch 21 cụm công nghiệp, đã thành lập 19 cụm`; of other clusters the word says nothing.
    short = (pl.col("code") == "industrial_clusters") & (pl.col("end") - pl.col("start") == len("cụm"))
    return counted & (~short | in_same("line_id", seen.last_row(_is_cluster())).is_not_null())


def _in_name(seen: Rows) -> pl.Expr:
    """Whether a word is a part of the name of somebody or of goods, and says nothing of its own: `Công ty cổ phần 199`."""
    organisation = (pl.col("kind") == "organisation") & (pl.col("code") != "it")
    in_name = (pl.col("end") <= seen.at("end", in_same("sentence_id", seen.last_row(organisation)))).fill_null(value=False)
    # `vải dệt, sữa bột, điện sản xuất`, `dịch vụ hỗ trợ vận tải`: nor do those in the name of goods that begins before them.
    goods = in_same("sentence_id", seen.last_row(IS_GOODS))
    of_goods = ((pl.col("kind") == "block") | (pl.col("code") == "electricity_output")) & (pl.col("end") <= seen.at("end", goods))
    return in_name | (of_goods & (pl.col("start") > seen.at("start", goods))).fill_null(value=False)


def _named(seen: Rows, in_name: pl.Expr) -> pl.Expr:
    """Whether a row names an indicator."""
    # `giảm 21% về lao động`.
    about = (pl.col("kind") == "counted") & (seen.at("follows", "last_quantity") == "về") & ~_parted(seen)
    about &= pl.col("start") <= seen.unit_end("last_quantity") + _ABOUT
    other = _belongs_to_another(seen) | _of_price(seen) | in_name | carries(seen)
    named = ((pl.col("kind") == "indicator") & ~other) | about
    # `cán cân thương mại của cả nước thâm hụt 1,2 tỷ USD`; of other balances the word says nothing.
    bare = (pl.col("code") == BALANCE) & (pl.col("end") - pl.col("start") <= len("thâm hụt"))
    return named & ~(bare & ~of_trade(seen))


def _outside(seen: Rows, in_name: pl.Expr) -> pl.Expr:
    """Whether a row names something that is not in the catalogue."""
    # `chiếm 68,5% cơ cấu kinh tế`: the whole of a share is no name of something else.
    outside = pl.col("kind").is_in(["block", "head", "value"]) & (pl.col("code") != STRUCTURE).fill_null(value=True)
    # `chiếm 26% thị phần` is a share of what is told of; `tăng 5% về số lượng` of how many there are.
    behind = pl.col("start") <= seen.unit_end("last_quantity") + _ABOUT
    whole = (pl.col("code") == "market") & _at_once(seen) & (seen.at("family", "last_quantity") == "percent")
    number = (pl.col("code") == "number") & behind & (seen.at("follows", "last_quantity") == "về")
    # `GDP tăng 7,0%, trong đó tiêu dùng cuối cùng đóng góp 4,2 điểm phần trăm`: points are always of what grew.
    adds = in_same("sentence_id", seen.next_row(cue("contribution"))) < pl.col("next_quantity")
    # `tăng 60 USD so với mức đóng cửa của phiên trước, đạt 3.238 USD`: what is compared with is not what goes on.
    compared = in_same("sentence_id", seen.last_row(cue("versus")))
    compared = pl.col("start") - seen.at("end", compared) <= ADJACENT
    block = pl.col("kind") == "block"
    silent = (in_name | (block & (whole | number | adds)).fill_null(value=False)) | (block & compared).fill_null(value=False)
    return outside & ~(block & silent)


def is_name() -> pl.Expr:
    """Whether a row with `names` lends an indicator of the catalogue by itself."""
    return pl.col("names").is_not_null() & (pl.col("names") != "") & (pl.col("kind") != "fallback")


def _referred(stream: pl.DataFrame) -> pl.DataFrame:
    """`chỉ số này` is the indicator that was named last."""
    seen = Rows(stream, cue("this"))
    last = in_same("document_key", seen.last_row(is_name()))
    near = seen.at("line_id", last) + _NEAR_LINES >= pl.col("line_id")
    return seen.with_columns(names=pl.when(near).then(seen.at("names", last)))


def _belongs_to_another(seen: Rows) -> pl.Expr:
    """Whether a name only completes the one before it: `tỷ lệ thất nghiệp của lực lượng lao động`, `hạn ngạch xuất khẩu`."""
    of = in_gap(seen.last_row(cue("of")))
    head = in_gap(seen.last_row(pl.col("kind").is_in(["indicator", "block"])))
    close = (pl.col("start") - seen.at("end", of) <= _ARTICLE) & (seen.at("start", of) - seen.at("end", head) <= _OF_REACH) & (head < of)
    at_once = (seen.at("code", head) == "head") & (pl.col("start") - seen.at("end", head) == 1)
    return (close | at_once).fill_null(value=False)


def _of_price(seen: Rows) -> pl.Expr:
    """`giá điều thô nhập khẩu`: the price of a traded good is no trade."""
    price = in_gap(seen.last_row((pl.col("kind") == "indicator") & (pl.col("code") == "price")))
    parted = seen.last_row((pl.col("kind") == "clause") | cue("direction", "reach", "equal")) > price
    bare = pl.col("code").is_in(TRADED) & (pl.col("end") - pl.col("start") == len("nhập khẩu"))
    return (bare & price.is_not_null() & ~parted.fill_null(value=False)).fill_null(value=False)
