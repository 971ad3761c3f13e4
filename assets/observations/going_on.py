"""What a figure that names nothing of its own goes on with: the indicator of the amount before it, or that of nobody."""

from __future__ import annotations

import polars as pl

from assets.observations.deeds import OF_NUMBER
from assets.observations.names import ADJACENT, CLASSES, FATES, RATIOS, is_name
from assets.observations.stream import QUANTITY, Quantities, cue, in_gap, in_same, run_start

# Code points between a percentage and the amount in brackets behind it.
_BRACKET_REACH = 24
# ` trở lên (năm 2024 ước đạt `: the same of a percentage.
_DATED_REACH = 32
# ` so với chỉ tiêu Bộ Tài chính giao (`: code points between a percentage of a plan and the amount of the plan.
_PLANNED_REACH = 70
# ` triệu USD, chiếm tỷ trọng khoảng `: code points between an amount and its share.
_SHARE_REACH = 48
# ` tờ khai hàng hóa xuất nhập khẩu`: code points between a number and what the name of the things takes along.
_THING_REACH = 20
# `, ước giảm khoảng `: code points between a comma and a number whose verb opens its clause.
_VERB_REACH = 20
_MOVES = ["direction", "multiple", "equal", "exceed"]


def going_on(stream: pl.DataFrame) -> pl.DataFrame:
    """`Giá gạo xuất khẩu đạt 445 USD, giảm 0,2%`: a move that names nothing is that of the amount before it, not of a nearer word."""
    of = Quantities(stream)
    seen = Quantities(of.with_columns(of_row=in_gap(of.last_row(cue("of")))))
    goes_on, of_itself, adds, far = _moves_on(seen)
    # `60% là từ xuất khẩu, 30% là nội địa`: a part says nothing of the next one.
    goes_on |= (pl.col("act") == "share") & (pl.col("follows") == "là") & (seen.at("follows", "last_quantity") == "là")
    goes_on |= _planned_amount(seen) | _of_things(seen, assigned=True)
    # `tăng 8,5% (7 tỷ USD)`: the amount of what grows.
    in_brackets = pl.col("rule_indicator").is_null() & pl.col("in_brackets") & (seen.at("act", "last_quantity") == "direction")
    goes_on |= in_brackets & (seen.gap_from("last_quantity") <= _BRACKET_REACH)
    # `tăng 10-12% (năm 2024 đạt 9%)`: so is the percentage of another time.
    dated = in_gap(seen.last_row(pl.col("kind") == "period")).is_not_null() & (seen.at("family", "last_quantity") == "percent")
    dated &= pl.col("rule_indicator").is_null() & pl.col("in_brackets") & (pl.col("family") == "percent") & ~pl.col("of_plan")
    goes_on |= dated & ~seen.at("in_brackets", "last_quantity") & (seen.gap_from("last_quantity") <= _DATED_REACH)
    counted = _of_nobody(seen)
    goes_on &= ~pl.col("has_subject")
    nobodys = counted | _of_things(seen, assigned=False) | _of_unread_things(seen, far)
    goes_on, of_itself, counted, nobodys = seen.once(goes_on, of_itself, counted, nobodys)
    (first,) = seen.once(run_start(goes_on))
    # `đóng góp 2,6 điểm vào mức tăng GDP; điện tăng 6%, đóng góp 0,2 điểm`: to the same whole.
    added = in_same("sentence_id", seen.last_row(QUANTITY & (pl.col("act") == "contribution") & (pl.col("name_row") > pl.col("row"))))
    (held,) = seen.once(pl.coalesce(pl.when(adds).then(seen.at("name_row", added)), seen.at("name_row", first)))
    ratio = pl.col("family").is_in(RATIOS)
    fits = ratio | seen.at("fits", pl.when(goes_on & ~ratio).then(held)).list.contains(pl.col("family").cast(pl.String))
    named_first = seen.at("rule_indicator", pl.when(of_itself.fill_null(value=True)).then(first)).is_not_null()
    # `lợi nhuận của 360 doanh nghiệp tăng 103%`: whose they are goes on.
    named = in_same("sentence_id", seen.last_row(is_name() & ~pl.col("is_counted")))
    carried, owner = seen.once(
        goes_on & held.is_not_null() & fits & (~of_itself | named_first), pl.when(counted & _is_owned(seen)).then(named)
    )
    return seen.with_columns(
        name_row=pl.when(carried).then(held).when(nobodys).then(owner).otherwise("name_row"),
        rule_indicator=pl.when(carried)
        .then(pl.coalesce("rule_indicator", pl.lit("sentence")))
        .when(~nobodys | owner.is_not_null())
        .then("rule_indicator"),
    )


def _moves_on(seen: Quantities) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Whether a figure moves, divides or adds to what the one before it told; whether by itself; whether it adds; whether named afar."""
    fulfils = pl.col("of_plan") | pl.col("versus_plan")
    bare = in_gap(pl.col("name_before")).is_null()
    unnamed = pl.col("rule_indicator").is_null() & (pl.col("act").is_in(_MOVES) | fulfils) & bare
    # `sản lượng điện … Điện nhập khẩu 4 tỷ kWh, chiếm 1,5%`: the share is that of the amount, whatever its thing is called.
    far = pl.col("rule_indicator").is_in(["sentence", "line", "topic"])
    of_far = pl.when(far & (pl.col("act") == "share")).then("name_row")
    unfit = ~seen.at("fits", of_far).list.contains(seen.at("family", "last_quantity").cast(pl.String))
    far_share = unfit & (seen.at("percent_reads_as", of_far) != "level")
    shares = (pl.col("rule_indicator").is_null() | far_share) & bare & _is_share_of_it(seen)
    unnamed |= shares
    # `thu nhập … Khu vực dịch vụ đạt 9,7 triệu đồng, tăng 6,7%`: nor is it that of a weak word before that amount.
    weak = (pl.col("rule_indicator") == "fallback") & (pl.col("name_row") < pl.col("last_quantity"))
    far |= weak
    # `dịch vụ tăng 7%, đóng góp 3,1 điểm phần trăm`: what a growth adds is added to what grows.
    adds = (far | pl.col("rule_indicator").is_null()) & bare & (pl.col("act") == "contribution")
    adds &= seen.at("act", "last_quantity") == "direction"
    goes_on = (far & pl.col("act").is_in(_MOVES)) | unnamed | adds
    # `đạt 62% chỉ tiêu, giảm 120 tỷ đồng`: so is an amount that something moved by.
    moved = unnamed & (pl.col("act") == "direction") & pl.col("act_code").is_in(["up", "down"]) & (pl.col("family") != "count")
    # `chiếm 88%, giảm 0,8 điểm phần trăm`: points of a share.
    goes_on &= ~((pl.col("family") == "percentage_point") & (seen.at("act", "last_quantity") == "share")).fill_null(value=False)
    goes_on &= pl.col("last_quantity").is_not_null() & (pl.col("family").is_in(RATIOS) | moved)
    # `bán lẻ tăng 10% (giá tăng 7%), trong đó may mặc tăng 14%`: a bracket that is shut does not go on.
    left = (
        seen.at("in_brackets", "last_quantity") & ~pl.col("in_brackets") & (pl.col("name_before") != seen.at("name_row", "last_quantity"))
    )
    # `chỉ số sản xuất …, gồm: dịch vụ hỗ trợ tăng 17%; dệt tăng 13%`: nor does an item of a list that names something else.
    left |= (pl.col("name_row") < pl.col("list_row")) & (pl.col("list_row") < seen.at("name_row", "last_quantity"))
    goes_on &= ~left.fill_null(value=False)
    return goes_on, moved | shares, adds, far


def _is_owned(seen: Quantities) -> pl.Expr:
    """Whether the number before stands right behind `của`: it tells whose something is."""
    before = pl.col("last_quantity")
    reach = seen.at("start", before).cast(pl.Int64) - seen.at("end", seen.at("of_row", before)).cast(pl.Int64)
    return (reach <= OF_NUMBER).fill_null(value=False)


def _of_nobody(seen: Quantities) -> pl.Expr:
    """`tặng quà 200 hộ nghèo, tăng 5%`: what says nothing of the things counted says nothing of their growth."""
    counted = (pl.col("rule_indicator") == "gap") & pl.col("family").is_in(RATIOS) & seen.at("is_counted", "name_row")
    unsaid = seen.at("rule_indicator", "last_quantity").is_null()
    unit_end = seen.unit_end("last_quantity")
    return (counted & unsaid & (seen.at("start", "name_row") <= unit_end + ADJACENT)).fill_null(value=False)


def _of_things(seen: Quantities, *, assigned: bool) -> pl.Expr:
    """`575 tờ khai hàng hóa xuất nhập khẩu, tăng 20%`: whether what moves are the things counted before."""
    before, mark = pl.col("last_quantity"), in_gap(seen.last_row(pl.col("kind") == "clause"))
    told = seen.at("rule_indicator", before).is_null() != assigned
    things = (seen.at("family", before) == "count") & told
    things &= ~seen.at("follows", before).is_in(CLASSES).fill_null(value=False)
    taken_along = seen.at("start", "name_row").cast(pl.Int64) - seen.unit_end(before).cast(pl.Int64) <= _THING_REACH
    things &= taken_along.fill_null(value=False) | pl.lit(value=assigned)
    subject = in_gap(seen.last_row(pl.col("kind") == "sector")) > mark
    # `10 doanh nghiệp cho biết doanh thu tăng so với tháng trước, bình quân tăng 11%`.
    things &= in_gap(seen.last_row(cue("versus"))).is_null() & (seen.gap_from(mark) <= _VERB_REACH)
    moves = (
        (pl.col("rule_indicator") == "gap") & pl.col("family").is_in(RATIOS) & pl.col("act").is_in(_MOVES) & ~subject.fill_null(value=False)
    )
    # `9.600 doanh nghiệp đã làm thủ tục giải thể, tăng 15%`: what became of them is theirs.
    moves &= ~seen.at("names", "name_row").is_in(FATES)
    return (things & moves & ~seen.at("is_counted", "name_row") & (pl.col("name_row") < mark)).fill_null(value=False)


def _of_unread_things(seen: Quantities, far: pl.Expr) -> pl.Expr:
    """`đạt doanh thu 5 tỷ đồng. Có 40 hợp đồng bị hủy, chiếm 0,8%`: whether a percentage is of things that nothing names."""
    before = pl.col("last_quantity")
    unread = (seen.at("family", before) == "count") & seen.at("rule_indicator", before).is_null() & seen.at("is_of_noun", before)
    # `trong đó 10 mặt hàng xuất khẩu tăng, gồm gạo (tăng 5%)`; `số doanh nghiệp tạm ngừng là 294 đơn vị, tăng 17%`.
    unread &= ~seen.at("follows", before).is_in(CLASSES).fill_null(value=False) & (pl.col("name_row") < seen.at("gap_first", before))
    unread &= (seen.at("bound", before) != "under").fill_null(value=True)
    # `giảm 14 cent, tương đương 0,2%`; `lợi nhuận của 9 ngân hàng, tăng 6%`.
    unread &= (seen.at("act", before) != "direction").fill_null(value=True) & ~_is_owned(seen)
    mark = in_gap(seen.last_row(pl.col("kind") == "clause"))
    at_once = (seen.gap_from(mark) <= _VERB_REACH) & (seen.at("code", mark) != ")")
    return (unread & at_once & far & pl.col("act").is_in([*_MOVES, "share"]) & (pl.col("name_row") < before)).fill_null(value=False)


def _is_share_of_it(seen: Quantities) -> pl.Expr:
    """`Hoa Kỳ đạt 4,9 tỷ USD, chiếm 31%`: whether a percentage is how much the amount right before it is of the whole."""
    subject = in_gap(seen.last_row(pl.col("kind") == "sector"))
    share = (pl.col("act") == "share") & (pl.col("family") == "percent") & ~pl.col("is_of_noun")
    return (share & subject.is_null() & (seen.gap_from("last_quantity") <= _SHARE_REACH)).fill_null(value=False)


def _planned_amount(seen: Quantities) -> pl.Expr:
    """`đạt 76% chỉ tiêu giao (57.100 tỷ đồng)`: whether brackets behind a percentage of a plan hold the plan of the same thing."""
    before = pl.col("last_quantity")
    of_plan = (seen.at("of_plan", before) | seen.at("versus_plan", before)) & (seen.at("family", before) == "percent")
    near = seen.gap_from(before) <= _PLANNED_REACH
    unnamed = in_gap(pl.col("name_before")).is_null()
    return of_plan & near & unnamed & pl.col("in_brackets") & ~pl.col("family").is_in(RATIOS)
