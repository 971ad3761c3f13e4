"""What a word means beside the whole that was named before it: a tax beside a budget, a deficit beside trade."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Rows, cue, in_gap, in_same

# Lines that a list may have.
LIST_LINES = 8
TRADED = ["exports", "imports"]
OUTPUT_VALUES = ["industrial_output_value", "agri_output_value", "total_output_value", "construction_output_value", "services_output_value"]
BUDGET, BALANCE = "budget_revenue", "trade_balance"
# What capital may be called for short, and what is spent of it.
_INVESTED, _SPENT = ["registered_investment", "total_social_investment"], ["implemented_investment", "total_social_investment"]
_EARNED = ["retail_sales", "tourism_revenue"]
IS_GOODS = (pl.col("kind") == "sector") & pl.col("family").is_in(["industry", "product"])


def of_trade_and_travel(seen: Rows) -> pl.Expr:
    """Indicator of a bare `doanh thu` behind retail sales or tourism, else null.

    `Doanh thu dịch vụ lưu trú, ăn uống đạt 67 nghìn tỷ đồng. Doanh thu của một số địa phương: Đà Nẵng tăng 17,7%`.
    """
    bare = (pl.col("code") == "revenue") & (pl.col("end") - pl.col("start") == len("doanh thu"))
    whole = in_same("document_key", seen.last_row((pl.col("kind") == "indicator") & (pl.col("code") != "revenue")))
    near = seen.at("line_id", whole) + 1 >= pl.col("line_id")
    somebody = seen.last_row((pl.col("kind") == "organisation") & (pl.col("code") != "source")) > whole
    told = bare & near & seen.at("code", whole).is_in(_EARNED) & ~somebody.fill_null(value=False)
    return pl.when(told).then(seen.at("code", whole))


def of_trade(seen: Rows) -> pl.Expr:
    """Whether the indicator named last, in the same line, is of trade."""
    named = in_same("line_id", seen.last_row(pl.col("kind") == "indicator"))
    return seen.at("code", named).is_in([*TRADED, "trade_turnover", BALANCE]).fill_null(value=False)


def _of_budget(seen: Rows) -> pl.Expr:
    """Whether the indicator named last, in the lines of a list, is the revenue of a budget."""
    named = in_same("document_key", seen.last_row(pl.col("kind") == "indicator"))
    return ((seen.at("code", named) == BUDGET) & (seen.at("line_id", named) + LIST_LINES >= pl.col("line_id"))).fill_null(value=False)


def of_freight(seen: Rows) -> pl.Expr:
    """`Hàng hóa qua cảng đạt 135 triệu tấn. Trong đó, hàng xuất khẩu đạt 31 triệu tấn`: whether traded goods are a part of freight."""
    goods = pl.col("code").is_in(TRADED) & (pl.col("end") - pl.col("start") == len("hàng xuất khẩu"))
    whole = in_same("document_key", seen.last_row((pl.col("kind") == "indicator") & ~pl.col("code").is_in(TRADED)))
    near = (seen.at("code", whole) == "freight") & (seen.at("line_id", whole) + 2 >= pl.col("line_id"))
    return (goods & near & (seen.at("family", "next_quantity") != "money")).fill_null(value=False)


def carries(seen: Rows) -> pl.Expr:
    """`Doanh thu vận tải tăng 19%. Trong đó, vận tải hàng hóa tăng 10%`: whether carrying goods is a part of what is earned."""
    bare = (pl.col("code") == "freight") & (pl.col("end") - pl.col("start") == len("vận tải hàng hóa"))
    whole = in_same("line_id", seen.last_row((pl.col("kind") == "indicator") & ~bare))
    unweighed = seen.at("family", "next_quantity").is_in(["percent", "money"])
    return (bare & (seen.at("code", whole) == "revenue") & unweighed).fill_null(value=False)


def with_heads(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds head_row to words like `trong đó`: the row of the indicator before them in their line."""
    seen = Rows(stream, cue("of_which"))
    return seen.with_columns(head_row=in_same("line_id", seen.last_row(pl.col("kind") == "indicator")))


def head_of_list(seen: Rows) -> pl.Expr:
    """Indicator of which a sentence tells parts, else null."""
    return seen.at("code", seen.at("head_row", in_same("sentence_id", seen.last_row(cue("of_which")))))


def part_of_investment(seen: Rows, whole: pl.Expr) -> pl.Expr:
    """`Vốn đầu tư thực hiện đạt 22 tỷ USD, trong đó vốn đầu tư hạ tầng 9 tỷ USD`: the investment that bare capital is a part of."""
    bare = pl.col("code").is_in(_INVESTED) & (pl.col("end") - pl.col("start") <= len("vốn đầu tư phát triển")) & whole.is_in(_SPENT)
    # Of foreign capital only what is told in đồng like the whole: `thu hút FDI đạt 3 tỷ USD` is told for itself.
    foreign = (pl.col("code") == "fdi_registered") & (seen.at("unit", "next_quantity") != "USD")
    return pl.when(bare | (foreign & (whole == "total_social_investment"))).then(whole)


def is_owners(seen: Rows, whole: pl.Expr) -> pl.Expr:
    """`Tổng vốn đầu tư …, trong đó vốn nhà nước 1 tỷ đồng`: whether a word outside the catalogue only tells whose part it is."""
    owner = seen.next_row(pl.col("kind") == "sector")
    return (pl.col("kind") == "block") & whole.is_in(_SPENT) & (seen.at("start", owner) == pl.col("start"))


def row_of_value(seen: Rows) -> pl.Expr:
    """Row of the indicator that a `trị giá` is of: `xuất khẩu 5 triệu tấn, trị giá 2 tỷ USD`."""
    last = seen.last_row((pl.col("kind") == "indicator") & pl.col("code").is_in([*TRADED, "trade_turnover", *OUTPUT_VALUES]))
    # So it is in the lines of a list that goes on with goods: `Máy móc thiết bị trị giá đạt 1,6 tỷ USD`.
    listed = in_same("document_key", last)
    near = in_gap(seen.last_row(IS_GOODS)).is_not_null() & (seen.at("line_id", listed) + LIST_LINES >= pl.col("line_id"))
    return pl.coalesce(in_same("sentence_id", last), pl.when(near).then(listed))


def taxes(seen: Rows) -> list[pl.Expr]:
    """Whether a word is a tax beside the budget that it belongs to, and whether it tells the budget once more.

    `Thu nội địa đạt 9.000 tỷ đồng; thuế thu nhập cá nhân 900 tỷ đồng` is a part of it, so is `thuế VAT tăng 5%`; `thuế VAT 10%` is a rate.
    `Thu ngân sách tăng mạnh, tổng thu 10 tháng đạt 97,2% dự toán`.
    """
    return [(pl.col("kind") == "block") & (pl.col("code") == code) & _of_budget(seen) for code in ("tax", "takings")]
