"""How a number speaks of its indicator: level, growth, share, attainment … from the cues around it."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from assets.observations.cues import SIGNS, TO
from assets.observations.economy import PRODUCTS, shares_of_economy
from assets.observations.moves import with_moves
from assets.observations.stream import Quantities, cue, in_gap
from assets.reference import table

# What a part does, and what it may be a part of.
_PARTS = ["share", "contribution"]
_UNPARTED, _WHOLE = ["enterprise_capital", "price", "trade_balance"], 100
# A percentage of a base that was reached is at least so much.
_LEAST_INDEX = 40
# An economy that is said to reach a percentage has hardly grown by more.
_MOST_GROWTH = 25
_TIMES_GROWTH = r" … \s?lần (?:so với )?(?:mức|tốc độ) tăng"
_PER_PRODUCT = "/ ?gr?dp"
# `tăng gần 26 làng nghề`: characters between the direction and a number that is an amount.
_CHANGE_REACH = 12
# `tăng vốn điều lệ thêm `: code points between the direction and an amount; ` (tương đương gần `: between a percentage and it.
_MORE_REACH, _SAME_REACH = 48, 32
_RATIOS = ["percent", "percentage_point", "times"]
_RATIO, _POINT = pl.col("family") == "percent", pl.col("family") == "percentage_point"
# `12% trong tổng số khách`.
_TOTAL = r" … \s?%\s?(?:trong )?tổng (?:số|chi|thu|kim|giá trị|sản|doanh|dư nợ|lượng|diện)"
# A word costs a small part of a pattern that it cannot fit without.
_OF_TOTAL = pl.when(_RATIO & pl.col("phrase").str.contains("tổng", literal=True)).then("phrase").str.contains(_TOTAL)
# The prices that others move, and the most that they do.
_PRICES, _MOST_PUSH = ["cpi", "inflation"], 1
_PUSHED = _RATIO & pl.col("has_effect") & pl.col("indicator").is_in(_PRICES) & (pl.col("value") < _MOST_PUSH)
# `giá dầu mất gần 3 USD/thùng`.
_FALLEN = r"mất(?:\s(?:hơn|gần|khoảng|tới|thêm|đi|từ))?\s* … "
_LOST = pl.when((pl.col("indicator") == "price") & (pl.col("family") != "percent")).then("phrase").str.contains(_FALLEN)
_STILL = (pl.col("reads") == "level").fill_null(value=False)
_REACHED = (pl.col("act") == "reach") & (pl.col("act_code") == "fulfil") & pl.col("direction").is_null()
# `thu ngân sách tăng trưởng ổn định với mức bình quân 9%/năm`: nothing is fulfilled a year.
_YEARLY_PLAN = (pl.col("reads") == "attainment") & pl.col("is_yearly")


class _Signs(NamedTuple):
    """What several rules ask of a quantity."""

    moved: pl.Expr
    product: pl.Expr
    idle: pl.Expr
    behind_ratio: pl.Expr
    level_before: pl.Expr
    beaten: pl.Expr
    shifted: pl.Expr
    told_base: pl.Expr


def bind_measures(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds measure, rule_measure and versus_ratio to the quantities of a stream with cues and indicators."""
    kinds = table("indicators").select(indicator="code", reads="percent_reads_as", indicator_kind="kind")
    of_indicator = Quantities(stream).select("indicator").join(kinds, on="indicator", how="left", maintain_order="left")
    seen = Quantities(with_moves(Quantities(stream).spread(of_indicator)))
    signs = _signs(seen)
    rules = _rules(signs)
    # Words cost many times as much as numbers: only the number of the rule goes through the rows.
    number = pl.coalesce([pl.when(fits).then(pl.lit(place, pl.UInt32)) for place, (_, fits, _) in enumerate(rules)])
    # They are columns of their own: what stands in an expression more than once is worked out as often.
    seen = Quantities(seen.with_columns(rule_number=number, idle=signs.idle))
    rule, measure = (pl.lit(pl.Series([row[column] for row in rules])).gather("rule_number") for column in (0, 2))
    amount = next(place for place, (name, _, _) in enumerate(rules) if name == "amount")
    unnamed = _of_nothing(seen, rule, amount)
    # A gap in brackets behind a percentage is one between percentages: `tăng 11% (tăng 0,7% so với chỉ tiêu)`.
    # So is one behind a mean growth: `tăng bình quân 12,3%, tăng 0,8% so với chỉ tiêu`.
    versus_ratio = (signs.behind_ratio & (pl.col("in_brackets") | seen.at("is_mean", "last_quantity"))) | (pl.col("reads") == "level")
    indicator = pl.when(~unnamed).then("indicator")
    return seen.with_columns(
        measure=pl.when(measure == "reads").then("reads").otherwise(measure),
        rule_measure=rule,
        indicator=indicator,
        rule_indicator=pl.when(indicator.is_not_null()).then("rule_indicator"),
        versus_ratio=versus_ratio,
        # `giảm 19% (tương đương 3,6 tỷ USD)`: both fall.
        direction=pl.when(pl.col("move").is_null()).then(
            pl.when(rule == "price lost")
            .then(pl.lit("down"))
            .when((rule == "amount of a move") & pl.col("direction").is_null())
            .then(seen.at("direction", "last_quantity"))
            .otherwise("direction")
        ),
    ).drop("reads", "move", "rule_number", "idle", *SIGNS)


def _of_nothing(seen: Quantities, rule: pl.Expr, amount: int) -> pl.Expr:
    """Whether what a quantity does to its indicator tells that it speaks of something else; `amount` is the number of that rule."""
    unnamed = (pl.col("idle") & (rule == "amount") & _RATIO).fill_null(value=False)
    # `Tỷ lệ nội địa trong doanh thu đạt 31%, tăng 2,5%`: nor is what such a percentage grew by a growth of the whole.
    nobodys = seen.at("idle", "last_quantity") & (seen.at("rule_number", "last_quantity") == amount) & ~pl.col("in_brackets")
    nobodys &= (seen.at("name_row", "last_quantity") == pl.col("name_row")) & (seen.at("family", "last_quantity") == "percent")
    nobodys &= seen.at("act", "last_quantity") == "reach"
    unnamed |= (nobodys & _RATIO & (rule == "growth") & (pl.col("rule_indicator") == "sentence")).fill_null(value=False)
    # `dư nợ giảm xuống 110% GDP`: what is measured by the product of the economy is another thing than the debt.
    by_product = _RATIO & pl.col("follows").is_in(PRODUCTS) & ~pl.col("indicator").is_in(PRODUCTS) & ~pl.col("act").is_in(_PARTS)
    # `nắm giữ 9,5% vốn điều lệ` tells who owns a firm, not how large it is.
    # Nor has a price or a balance any parts, and none is more than the whole.
    held = rule.is_in(["share", "share from and to"]) & (pl.col("indicator").is_in(_UNPARTED) | (pl.col("value") > _WHOLE))
    # `gấp 1,65 lần mức tăng của cả nước`: how fast it grew, and not how large it is.
    of_growth = (pl.col("family") == "times") & pl.col("phrase").str.contains(_TIMES_GROWTH)
    # `lãi suất các khoản cho vay còn dư nợ ở mức 6,7-9%/năm`: no growth of what is lent.
    of_rate = (rule == "mean rate") & pl.col("is_yearly") & pl.col("indicator").is_in(["credit_outstanding", "deposits"])
    # `giá vàng trong nước cao hơn giá thế giới 15 triệu đồng/lượng`: how far two prices are apart.
    than = in_gap(seen.last_row(cue("than")))
    apart = (pl.col("indicator") == "price") & (rule == "amount") & (than < pl.col("name_row")) & (pl.col("name_row") < pl.col("row"))
    # `giá của hàng có chứng nhận cao hơn 5-10%`: and by how much in a hundred, where nothing tells of another time.
    untimed = ~pl.col("versus_base") & ~(in_gap(seen.last_row(pl.col("kind") == "period")) > than).fill_null(value=False)
    apart |= (pl.col("indicator") == "price") & (rule == "growth") & than.is_not_null() & untimed
    unnamed |= (by_product | held | of_growth | of_rate | apart).fill_null(value=False)
    # `thuế nhập khẩu giảm từ 35% xuống 15%`: rates of what only grows are those of something else.
    return unnamed | ((pl.col("move") == "rate") & (pl.col("reads") == "growth")).fill_null(value=False)


def _signs(seen: Quantities) -> _Signs:
    # `GRDP tăng 9-10%; cơ cấu: … dịch vụ khoảng 42%`: what moves the figure before a share of the economy does not move this one.
    own = ~pl.col("indicator").is_in(shares_of_economy()) | pl.col("act_distance").is_not_null()
    behind_ratio = seen.at("family", "last_quantity") == "percent"
    # `tỷ lệ hộ nghèo còn 2,4%; mục tiêu năm 2024 là 1,9%`: the goal is a rate, too.
    same_part = pl.col("part_row").is_null() & in_gap(seen.last_row(cue("plan"))).is_null()
    # A percentage of something that grows, without a word of growing, may be anything.
    # Behind a growth in its sentence it is another one: `… tăng bình quân 11%, … ước đạt 9%`.
    growing = (seen.at("direction", "last_quantity").is_not_null() & behind_ratio).fill_null(value=False)
    idle = (pl.col("reads") == "growth") & pl.col("direction").is_null() & ~growing & ~pl.col("indicator_kind").is_in(["rate", "index"])
    # `vốn đầu tư/GDP đạt 32%`, `4% tổng GRDP` tell of something else.
    product = pl.col("indicator").is_in(PRODUCTS) & (pl.col("name_row") < pl.col("row"))
    product &= ~pl.col("follows").is_in(["tổng", *PRODUCTS]).fill_null(value=False)
    product &= (pl.col("act") == "reach") & ~pl.col("phrase").str.contains(_PER_PRODUCT)
    product = product.fill_null(value=False)
    return _Signs(
        moved=(pl.col("act") == "direction").fill_null(value=False) & own.fill_null(value=True),
        product=product,
        idle=idle & ~product,
        behind_ratio=behind_ratio,
        # `là 2,1%, thấp hơn so với mức dự báo 2,3%`.
        beaten=in_gap(seen.last_row(cue("than"))).is_not_null(),
        shifted=_is_shift(seen),
        told_base=pl.col("in_brackets") & pl.col("act_distance").is_null() & in_gap(seen.last_row(cue("versus"))).is_not_null(),
        level_before=_RATIO & _STILL & same_part & (seen.at("name_row", "last_quantity") == pl.col("name_row")) & behind_ratio,
    )


def _is_shift(seen: Quantities) -> pl.Expr:
    """Whether an amount says how far something moved where other words stand between it and what says where to.

    `giảm 19%, tương đương 3,6 tỷ USD`, `tăng vốn điều lệ thêm 500 tỷ đồng`.
    """
    moves = (pl.col("act") == "direction") & pl.col("act_code").is_in(["up", "down"])
    more = moves & (pl.col("act_distance") <= _MORE_REACH) & (seen.gap_from(in_gap(seen.last_row(cue("more")))) <= _CHANGE_REACH)
    return (~pl.col("family").is_in(_RATIOS) & (more | _says_it_again(seen))).fill_null(value=False)


def _says_it_again(seen: Quantities) -> pl.Expr:
    """Whether an amount is how much the percentage right before it comes to: `giảm 19% (tương đương 3,6 tỷ USD)`."""
    before = pl.col("last_quantity")
    grew = (seen.at("family", before) == "percent") & (seen.at("act", before) == "direction") & (pl.col("act") == "equal")
    return grew & in_gap(seen.last_row(cue("same"))).is_not_null() & (seen.gap_from(before) <= _SAME_REACH)


def _rules(signs: _Signs) -> list[tuple[str, pl.Expr, str]]:
    """Name, condition and measure of each rule; the first that holds counts, and `reads` is what percentages of the indicator are."""
    return [
        ("times", pl.col("family") == "times", "multiple"),
        ("contributes", _POINT & (pl.col("act") == "contribution"), "contribution"),
        ("versus plan", (_RATIO | _POINT) & pl.col("versus_plan") & pl.col("act").is_in(["direction", "exceed"]), "gap_to_target"),
        ("exceeds plan", (_RATIO | _POINT) & (pl.col("act") == "exceed") & (pl.col("of_plan") | pl.col("versus_plan")), "gap_to_target"),
        # `thu phí vượt 13%, tăng 4% so với cùng kỳ`: nothing else than its plan can what is planned go beyond.
        (
            "exceeds",
            _RATIO & (pl.col("act") == "exceed") & (pl.col("reads") == "attainment") & ~pl.col("versus_base"),
            "gap_to_target",
        ),
        # `đạt 3.400 tỷ đồng, vượt 16,1% so với cùng kỳ`: what goes beyond a time has grown.
        ("exceeds a time", _RATIO & (pl.col("act") == "exceed") & pl.col("versus_base") & ~_STILL, "growth"),
        # `chiếm 12% kế hoạch cả nước`: a part of the plan.
        (
            "of plan",
            _RATIO & (pl.col("of_plan") | pl.col("versus_plan")) & ~signs.moved & (pl.col("act") != "share").fill_null(value=True),
            "attainment",
        ),
        # `vượt dự toán 65 tỷ đồng`, `thấp hơn mục tiêu 2 điểm phần trăm`.
        ("beyond plan by", ~(pl.col("family") == "times") & pl.col("plan_between"), "gap_to_target"),
        # `khiến CPI tăng 0,2 điểm phần trăm`, `đóng góp tăng 0,5 điểm phần trăm`.
        ("moves a whole", _POINT & signs.moved & pl.col("has_effect") & ~_STILL, "contribution"),
        # `góp phần làm cho CPI tăng 0,15%`.
        ("moves a whole", _PUSHED & signs.moved & ~pl.col("versus_base"), "contribution"),
        ("moves in points", _POINT & signs.moved, "change"),
        ("mean growth", _RATIO & signs.moved & pl.col("is_mean"), "growth_avg"),
        # `tăng từ 25,1% lên 27,9%`: the ends of a move of a rate are rates themselves.
        ("end of a move", _RATIO & _STILL & (pl.col("comes_from") | pl.col("act_code").is_in(TO)), "level"),
        # `đạt 22%, giảm so với cùng kỳ năm 2023 (23%)`: the rate of that time.
        ("rate of a base", _RATIO & pl.col("reads").is_in(["level", "attainment"]) & signs.told_base, "reads"),
        ("grows from and to", (pl.col("move") == "growth") & ~_STILL, "growth"),
        ("share from and to", (pl.col("move") == "share") & ~_STILL, "share"),
        ("rate from and to", pl.col("move").is_not_null() & pl.col("reads").is_not_null(), "reads"),
        ("growth", _RATIO & signs.moved, "growth"),
        ("share", _RATIO & pl.col("act").is_in(_PARTS) & ~_STILL, "share"),
        ("index", _RATIO & (pl.col("act") == "equal") & pl.col("versus_base"), "index"),
        # `bằng 108% năm 2021`.
        ("index of a time", _RATIO & (pl.col("act") == "equal") & pl.col("before_time") & ~_STILL, "index"),
        # `đạt 94,6% so với cùng kỳ`; `IIP đạt 6% so với cùng kỳ` grew.
        ("index reached", _RATIO & _REACHED & pl.col("versus_base") & ~_STILL & (pl.col("value") >= _LEAST_INDEX), "index"),
        ("index level", _RATIO & (pl.col("indicator_kind") == "index") & (pl.col("value").is_between(80, 200)), "index"),
        ("second ratio", signs.level_before & pl.col("act").is_in(["reach", "equal"]) & ~signs.beaten, "attainment"),
        ("rate", _RATIO & _STILL, "level"),
        # `chi sự nghiệp đạt 1% tổng chi ngân sách`.
        ("part of a total", _OF_TOTAL & ~signs.idle & (pl.col("indicator") != "public_investment_disbursed"), "share"),
        ("mean rate", _RATIO & pl.col("is_mean") & ((pl.col("reads") == "growth") | _YEARLY_PLAN), "growth_avg"),
        # `GDP năm nay đạt 6,5%`: a product that a small percentage is reached of has grown by it.
        ("growth reached", _RATIO & signs.product & (pl.col("value") <= _MOST_GROWTH), "growth"),
        # `100% số xã đạt chuẩn nông thôn mới`: a part of what stands behind it.
        ("part of", _RATIO & (pl.col("reads") == "growth") & pl.col("direction").is_null() & (pl.col("name_row") > pl.col("row")), "share"),
        ("reads as", _RATIO & pl.col("reads").is_not_null() & ~signs.idle, "reads"),
        ("amount off plan", ~_RATIO & signs.moved & pl.col("versus_plan"), "gap_to_target"),
        (
            "amount moved",
            ~_RATIO & signs.moved & (pl.col("act_distance") <= _CHANGE_REACH) & pl.col("act_code").is_in(["up", "down"]),
            "change",
        ),
        ("amount of a move", signs.shifted, "change"),
        ("price lost", _LOST, "change"),
        ("amount beyond plan", ~_RATIO & (pl.col("act") == "exceed") & (pl.col("of_plan") | pl.col("versus_plan")), "gap_to_target"),
        ("amount", pl.lit(value=True), "level"),
    ]
