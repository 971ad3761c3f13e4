"""Indicators that no name but a verb or a weak word names: `năm 2022 sản xuất 4,1 triệu tấn clinker`, `khu vực dịch vụ tăng 6%`."""

from __future__ import annotations

import polars as pl

from assets.observations.economy import PRODUCTS
from assets.observations.names import ADJACENT, RATIOS
from assets.observations.stream import Quantities, ahead, in_gap, in_same

# Indicators that a verb alone may name, with the families of their amounts, and the code points of `khoảng` and the like between.
_VERBS = {
    "industrial_product_output": ["mass", "volume", "energy", "length"],
    "registered_investment": ["money"],
    "electricity_output": ["energy"],
}
_VERB_REACH = 12
# Who pays `vào ngân sách`, and does not collect or spend.
TAX, _PAYS = "tax_paid", r"(?i)(?:đóng góp|nộp|đóng)\s(?:[^,.;:0-9]*\s)?… "
# What a sector of an economy makes at least, in any currency.
_LEAST_PRODUCT = 1e9
# ` Alumina hai tháng đầu năm 2024 đạt `: code points between a verb that opens its clause and the amount.
_MADE_REACH = 60


def weak_name(seen: Quantities) -> pl.Expr:
    """Row of a word that names an indicator only where nothing better does: `khu vực dịch vụ tăng 6%`."""
    row = in_same("sentence_id", seen.last_row((pl.col("kind") == "fallback") & ~pl.col("code").is_in([*_VERBS, TAX])))
    # `lãi suất cho vay ngắn hạn đã giảm`: a word that the name of something else takes along names nothing.
    other = in_gap(seen.last_row(pl.col("names") == ""))
    row = pl.when(
        (row > other).fill_null(value=True) & (seen.at("start", row) > seen.at("end", other) + ADJACENT).fill_null(value=True)
    ).then(row)
    # `khu vực dịch vụ đạt 9,8 triệu đồng`: nothing that a whole economy makes.
    tiny = (pl.col("family") == "money") & (seen.at("code", row) == "grdp") & (pl.col("value") < _LEAST_PRODUCT)
    return pl.when((seen.at("fits", row).list.contains(pl.col("family")) & ~tiny) | pl.col("family").is_in(RATIOS)).then(row)


def named_by_verb(seen: Quantities) -> pl.Expr:
    """Row of a verb right before its amount: `năm 2022 sản xuất 4,1 triệu tấn clinker`, `hãng đầu tư 28 tỷ đồng`."""
    row = in_gap(seen.last_row((pl.col("kind") == "fallback") & pl.col("code").is_in(list(_VERBS))))
    at_once = seen.gap_from(row) <= _VERB_REACH
    grown = ahead(seen.next_row((pl.col("kind") == "sector") & (pl.col("family") == "product")))
    of_field = (seen.gap_to(grown) <= _VERB_REACH).fill_null(value=False)
    fits = [(seen.at("code", row) == code) & pl.col("family").is_in(families) for code, families in _VERBS.items()]
    # `sản xuất thép thành phẩm đạt 2,3 triệu tấn`: what is made may stand between.
    made = in_gap(seen.last_row((pl.col("kind") == "sector") & pl.col("family").is_in(["product", "industry"])))
    product = (seen.at("start", made) <= seen.at("end", row) + ADJACENT) & (seen.at("end", made) > seen.at("end", row))
    # `Sản xuất kẽm thỏi tháng 2 đạt 950 tấn`: so may what no list knows, where the verb opens its clause.
    clause = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != ":")))
    opens = seen.at("start", row) - pl.coalesce(seen.at("end", clause), pl.when(pl.col("last_quantity").is_null()).then("sentence_start"))
    product |= (opens <= ADJACENT) & (seen.gap_from(row) <= _MADE_REACH)
    at_once |= product.fill_null(value=False) & (seen.at("code", row) == "industrial_product_output") & _is_reached()
    # `sẽ sản xuất hơn 5.000 xe ô tô`: things are made where their name follows.
    things = (seen.at("code", row) == "industrial_product_output") & (pl.col("family") == "count") & _is_made(seen)
    return pl.when(at_once & (pl.any_horizontal(fits) | things) & ~of_field).then(row)


def paid_into(seen: Quantities) -> pl.Expr:
    """`đóng góp 43.000 tỷ đồng vào ngân sách`: row of the words behind an amount that tell where it is paid."""
    budget = ahead(seen.next_row((pl.col("kind") == "fallback") & (pl.col("code") == TAX)))
    at_once = seen.at("start", budget).cast(pl.Int64) - pl.col("end").cast(pl.Int64) - pl.col("unit_length").cast(pl.Int64) <= ADJACENT
    paid = pl.when(at_once & (pl.col("family") == "money")).then("phrase").str.contains(_PAYS)
    return pl.when(paid).then(budget)


def _is_reached() -> pl.Expr:
    """Whether so much is reached; `than ước đạt 38,5 triệu tấn` tells it as an estimate alone."""
    return (pl.col("act") == "reach").fill_null(pl.col("family") == "mass")


def _is_made(seen: Quantities) -> pl.Expr:
    """Whether the name of an industry's product stands right behind a quantity."""
    behind = ahead(seen.next_row(pl.when(pl.col("kind") == "sector").then("code").str.contains("^[0-9]{2}$")))
    # `sản xuất đồ gỗ: 43, ván gỗ: 16` counts who makes them.
    return (seen.at("start", behind) < pl.col("end") + pl.col("unit_length") + ADJACENT).fill_null(value=False)


def of_nation(named: Quantities, indicator: pl.Expr) -> pl.Expr:
    """`GDP tăng 7,4%. Trong đó, khu vực dịch vụ tăng 7,5%`: a part of the product that was named last, the nation's or a province's."""
    product = in_same("document_key", named.last_row((pl.col("kind") == "indicator") & pl.col("names").is_in(PRODUCTS)))
    weak = (pl.col("rule_indicator") == "fallback") & (indicator == "grdp")
    # `tăng trưởng GDP được dự báo là 5,8%. ADB dự báo tăng trưởng 6,6%`.
    again = (pl.col("rule_indicator") == "fallback") & (indicator == "economic_growth") & in_same("line_id", product).is_not_null()
    return pl.when(weak | again).then(pl.coalesce(named.at("names", product), indicator)).otherwise(indicator)
