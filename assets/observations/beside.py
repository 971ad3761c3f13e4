"""What the words around a quantity limit it to: behind it, after the name of its indicator, before that, or as the subject."""

from __future__ import annotations

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.observations.economy import PRODUCTS
from assets.observations.limits import OF_PRODUCTS, PARTNER_REACH, WITH_PARTNERS
from assets.observations.stream import Quantities, ahead, in_gap, in_same
from assets.observations.wholes import TRADED

# `217 dự án đầu tư trong nước`: code points between a counted thing and what limits it.
_BEHIND_REACH = 32
# `kim ngạch xuất khẩu của mặt hàng cà phê`: code points between an indicator's name and what limits it.
_AFTER_NAME = 30
# ` (tăng mạnh hơn `: code points between a name and a figure in the brackets behind it.
_BRACKET_REACH = 18
# Code points between two words that belong together.
_AT_ONCE = 2
# `cà phê xuất khẩu`: code points between what limits an indicator and its name.
_BEFORE_NAME = 3
# ` trong tổng ` between a part and the name of its whole.
_BEFORE_WHOLE = 12
# Words that stand in every text about industry: the gap before a quantity must not go on without a clause mark for longer.
SUBJECT_REACH, _NAME_REACH = 120, 24
# `ngành hàng làm đẹp tiếp tục giữ vị thế quan trọng khi đạt doanh số …`: what a word announces as a sector is the subject for longer.
_ANNOUNCED_REACH = 100


def own_limit(seen: Quantities) -> pl.Expr:
    """Row of what the words around a quantity limit it to: behind a counted thing, after the name, before it, or as subject."""
    of_product, group = pl.col("indicator").is_in(OF_PRODUCTS), pl.col("family").is_in(["part", "parent", "ownership", "partner"])
    # `đang hoạt động` limits what it stands behind, nothing else.
    lasting = pl.col("limits") & (pl.col("family") != "state") & ~pl.col("of_amount")
    subjects = lasting & pl.col("opens")
    # `giá cà phê trong nước`: a price is that of a product, whoever sells it.
    last, subject = (
        in_gap(pl.when(of_product).then(seen.last_row(marks & ~group)).otherwise(seen.last_row(marks))) for marks in (lasting, subjects)
    )
    state = in_gap(seen.last_row(pl.col("limits") & (pl.col("family") == "state")))
    named_in_gap, end = in_gap(pl.col("name_row")).is_not_null(), seen.at("end", last)
    after = (seen.at("start", last) - pl.col("name_end").cast(pl.Int64)).is_between(-40, _AFTER_NAME) & (end > pl.col("name_start"))
    # `1,5 triệu lượt khách quốc tế, tổng thu du lịch …`: what was counted is none of it.
    counted = (seen.at("start", last).cast(pl.Int64) - seen.unit_end("last_quantity").cast(pl.Int64) <= 1).fill_null(value=False)
    # `tỷ trọng kinh tế số trên GRDP`.
    part = (pl.col("measure") == "share") & pl.col("indicator").is_in(PRODUCTS)
    reach = pl.when(part.fill_null(value=False)).then(_BEFORE_WHOLE).otherwise(_BEFORE_NAME)
    before = (pl.col("name_start").cast(pl.Int64) - end).is_between(0, reach) & ~counted
    return pl.coalesce(
        _behind(seen, last),
        pl.when(_at_name(seen, state)).then(state),
        pl.when(_in_brackets(seen, last)).then(last),
        pl.when(~named_in_gap | after | before).then(last),
        pl.when(~_is_far(seen, subject, named_in_gap)).then(subject),
        _counted_before(seen, lasting),
        _beyond(seen, lasting),
        # `5 tỷ USD từ Mỹ, tăng 9%`: the growth is of the same.
        pl.when(pl.col("family") != "money").then(in_gap(seen.last_row(pl.col("of_amount")))),
        partner_behind(seen),
    )


def _at_name(seen: Quantities, state: pl.Expr) -> pl.Expr:
    """`tỷ lệ lao động có bằng cấp tăng lên 28%`: whether a state stands right behind the name of a rate."""
    return (seen.at("start", state) - pl.col("name_end").cast(pl.Int64)).is_between(0, _AT_ONCE) & (pl.col("family") == "percent")


def _in_brackets(seen: Quantities, last: pl.Expr) -> pl.Expr:
    """`động lực vẫn là ngành hóa chất (37%), dệt may (tăng 12%)`: whether a quantity stands in the brackets right behind the name."""
    bracket = in_gap(seen.last_row(pl.col("kind") == "clause"))
    opens = (seen.at("code", bracket) == "(") & (seen.at("start", bracket).cast(pl.Int64) - seen.at("end", last) <= 1)
    near = pl.col("start").cast(pl.Int64) - seen.at("end", last)
    return (opens & (bracket > last) & (near <= _BRACKET_REACH)) | near.is_between(0, _AT_ONCE)


def _behind(seen: Quantities, last: pl.Expr) -> pl.Expr:
    """Row of what follows a counted thing, or an amount with its name behind it, in the same clause."""
    unit_end, clause = pl.col("evidence_end").cast(pl.Int64), ahead(seen.next_row(pl.col("kind") == "clause"))
    behind = ahead(seen.next_row(pl.col("limits")))
    close = (seen.at("start", behind) - unit_end).is_between(-1, _BEHIND_REACH) & (clause.is_null() | (clause > behind))
    inside = (seen.at("start", behind) >= pl.col("end")) & (seen.at("start", behind) < unit_end)
    # `vốn góp là 37 tỷ đồng và vốn vay 148 tỷ đồng`: an amount that what stands before it limits is done.
    done = seen.at("family", last).is_in(["part", "parent", "ownership"]).fill_null(value=False)
    things = pl.col("family").is_in(["count", "people"])
    made = (pl.col("rule_indicator") == "verb") & (pl.col("family") != "money")
    counted = things | made | (pl.col("rule_indicator").is_in(["counted", "behind"]) & ~done)
    # `chiếm 45% tổng số lao động ngành may`: what follows a share is its whole; `chiếm 40% kim ngạch xuất khẩu tiêu` is of one product.
    counted &= (pl.col("measure") != "share").fill_null(value=True) | pl.col("indicator").is_in([*OF_PRODUCTS, *TRADED])
    # `xuất khẩu 900 nghìn tấn phân bón`: what was weighed.
    at_once = (seen.at("start", behind) - unit_end).is_between(0, _AT_ONCE) & seen.at("is_product", behind)
    weighed = (pl.col("family") == "mass") & pl.col("indicator").is_in([*OF_PRODUCTS, *TRADED]) & at_once
    # `xuất khẩu 10 triệu USD dây thép sang Canada`.
    sold = (pl.col("family") == "money") & pl.col("indicator").is_in(TRADED)
    weighed |= sold & at_once & (clause.is_null() | (clause > behind))
    # `85,7 USD/thùng xăng RON92; 97,3 USD/thùng dầu hỏa`: what a price is paid for.
    weighed |= (pl.col("indicator") == "price") & at_once & (clause.is_null() | (clause > behind))
    # `trong đó 85% là dừa`.
    part = ((pl.col("measure") == "share") & (pl.col("follows") == "là")).fill_null(value=False)
    return pl.when(((counted | part) & (close | inside)) | weighed).then(behind)


def partner_behind(seen: Quantities) -> pl.Expr:
    """Row of the country or the owners that an amount of trade, capital or pay is of: `nhập khẩu 13 tỷ USD từ Mỹ`."""
    row, clause = (
        ahead(seen.next_row(pl.col("limits") & pl.col("family").is_in(["partner", "ownership"]))),
        ahead(seen.next_row(pl.col("kind") == "clause")),
    )
    close = (seen.at("start", row) - pl.col("evidence_end").cast(pl.Int64)).is_between(0, PARTNER_REACH)
    here = pl.col("indicator").is_in([*WITH_PARTNERS, "average_income"]) & (pl.col("family") == "money")
    return pl.when(here & close & (clause.is_null() | (clause > row))).then(row)


def _counted_before(seen: Quantities, lasting: pl.Expr) -> pl.Expr:
    """Row of what limits a thing where its clause names it first: `số doanh nghiệp lữ hành trên địa bàn là 142 doanh nghiệp`."""
    row = in_gap(seen.last_row(lasting & (pl.col("thing") != "")))
    return pl.when((pl.col("rule_indicator") == "counted") & (seen.at("thing", row) == pl.col("indicator"))).then(row)


def _is_far(seen: Quantities, subject: pl.Expr, named_in_gap: pl.Expr) -> pl.Expr:
    """Whether the subject of a clause is too far for what its end tells."""
    end = seen.at("end", subject).cast(pl.Int64)
    # `phát triển thương mại với chỉ tiêu: giá trị sản xuất công nghiệp …`: an indicator named further on is not that of the subject.
    other = ~pl.col("indicator").is_in([*OF_PRODUCTS, *TRADED]) & named_in_gap
    # `nông nghiệp đóng góp 5% GDP`, `bán lẻ đạt 9 tỷ đồng doanh thu`: whose it is may stand far from the name behind.
    amount = (pl.col("rule_indicator") == "behind") & (pl.col("family") == "money")
    whole_behind = ((pl.col("measure") == "share") | amount) & (pl.col("name_row") > pl.col("row"))
    holder = ~seen.at("is_product", subject) & (seen.at("family", subject) != "partner")
    other &= ~(whole_behind & holder).fill_null(value=False)
    reach = pl.when(seen.at("form", subject) == ANNOUNCED).then(_ANNOUNCED_REACH).otherwise(_NAME_REACH)
    return (pl.col("start").cast(pl.Int64) - end > SUBJECT_REACH) | (other & (pl.col("name_start").cast(pl.Int64) - end > reach))


def _beyond(seen: Quantities, lasting: pl.Expr) -> pl.Expr:
    """Row of what follows the name of an indicator that numbers of nothing part from its amount: `dư nợ ủy thác qua 4 hội là 9 tỷ`."""
    row, number = in_same("sentence_id", seen.last_row(lasting)), pl.col("last_quantity")
    close = (seen.at("start", row) - pl.col("name_end").cast(pl.Int64)).is_between(0, _AFTER_NAME)
    parted = (row < number) & (pl.col("name_row") < number) & seen.at("indicator", number).is_null()
    return pl.when(close & parted).then(row)
