"""Amounts that are no figure of anybody: what a rule asks for, what tells a class apart, what is only dealt out or answered."""

from __future__ import annotations

import polars as pl

from assets.observations.deeds import of_passengers
from assets.observations.names import CLASSES, RATIOS
from assets.observations.stream import Figures, cue, in_gap, in_same
from assets.observations.wholes import TRADED

# What is told apart by a rate: `dự án`, `bộ`, `địa phương`, `tỉnh`, `đơn vị`, `doanh nghiệp`.
_RATED = ["dự", "bộ", "địa", "tỉnh", "đơn", "doanh", "cơ", "huyện", "xã"]
# Who may have earned so much each: `thành viên`, `quốc gia`, `nước`.
_EARNERS, _MEMBERS, _WHOLE_OF = ["doanh", "công", "hộ"], [*_RATED, "thành", "quốc", "nước", "hộ", "công"], r"(?:tổng|cộng) [^…]* … "
# Bounds that a rule sets.
_LIMITS = ["under", "at_least", "at_most"]
# Units of what is counted that is no goods.
_PAPERS = r"(?i)(?:đơn(?: hàng)?|giao dịch|cuộc gọi|tin nhắn)$"
FIRMS = ["enterprises", "enterprises_new"]
# `có doanh thu từ 100 triệu đồng/năm trở xuống`: the end of a class that things are told apart by.
_CLASS_END = r"(?:^|[^\p{L}])từ\s* … [^,.;:]{0,24}\strở (?:lên|xuống)"
# `thu nhập bình quân đạt từ 50 triệu đồng trở lên` is what there is.
_REACHED = r"(?:^|[^\p{L}])đạt (?:mức )?từ\s* … "
# `phải có tổng doanh thu tối thiểu là 1 tỷ đồng`.
_REQUIRED = r"(?:^|[^\p{L}])phải (?:có|đạt) [^,.;:]*(?:tối thiểu|ít nhất|không dưới)[^,.;:]*\s* … |doanh thu[^,.;:]*tối thiểu(?: là)?\s* … "
_CLASS_WORDS, _REQUIRED_WORDS = ["trở lên", "trở xuống"], ["phải", "tối thiểu"]
# Nowhere are more in a hundred out of work.
_HIGHEST = 10
# What is said of whoever meets a condition, never of a whole economy.
_REQUIRED_OF = ["revenue", "profit", "crop_area", "registered_investment", "enterprise_capital", "employment", "exports"]
# `doanh nghiệp lớn, có doanh thu trên 300 tỷ đồng`, `cá nhân có doanh thu dưới 500 triệu đồng`: who earns so much is told apart by it.
_EARNING_WORDS = ["trên", "dưới", "không quá", "trở"]
_EARNING = (
    r"(?:các|những|hộ|cá nhân|doanh nghiệp|tổ chức|dn)(?: [^,.;:()]{0,30},?)? (?:có|đạt) (?:tổng )?(?:mức )?doanh thu[^,.;:()]* "
    r"(?:trên|dưới|từ trên|không quá)\s* … "
)
# `gói tín dụng 30.000 tỷ đồng`: how large a package of help or loans is.
_PACKAGE = r"(?:^|[^\p{L}])gói (?:tín dụng |vay |cho vay |hỗ trợ |kích cầu |ưu đãi )*(?:khoảng |hơn |trị giá )?\s*… "
# `mức thuế áp cho hàng xuất khẩu 20%`.
_TAXED = r"(?:(?:mức|áp|chịu) thuế|thuế (?:suất|quan|đối ứng|áp|nhập khẩu|xuất khẩu))[^,.;:()]*\s* … "
# `nợ lãi trái phiếu A, với dư nợ còn lại 376 tỷ đồng`, `chiếm 20% dư nợ trái phiếu`: what bonds owe is lent by no bank.
_BONDS = r"trái phiếu [^,.;()]*,?[^,.;()]*\s* … | … [^,.;()]*dư nợ trái phiếu"
# `đầu tư 12 tỷ USD ra nước ngoài`.
_OUTWARD = "ra nước ngoài"
_TICKER = r"(?:^\s?|[,:;(] ?)[a-z]{3} (?:tăng|giảm)[^,;:]*\s* … "
# A price of one thing is not so dear: `mua lại 49% cổ phần với giá 7 triệu USD`.
_DEAREST = {"VND": 1e10, "USD": 1e6}
# `phân bổ hơn 358 tỷ đồng`: code points between what is done with money and how much of it.
_ALLOT_REACH = 16
_INVESTED = ["registered_investment", "total_social_investment", "fdi_registered"]
_SITE_AREAS = ["crop_area", "industrial_park_area", "industrial_cluster_area"]


def without_criteria(stream: pl.DataFrame) -> pl.DataFrame:
    """`doanh nghiệp vừa phải có doanh thu dưới 300 tỷ đồng`: what a rule asks for is no figure of anybody."""
    seen = Figures(stream)
    done = [
        _is_allotted(seen),
        _is_taken_land(seen),
        of_passengers(seen),
        _is_answer(seen),
        _is_share_price(seen),
        _is_part_of_unnamed(seen),
        _is_package(),
        _goes_abroad(),
        _is_of_others(),
    ]
    nothing_done = pl.any_horizontal(_is_whole_price(), _is_of_papers(), *done).fill_null(value=False)
    found = seen.select("name_row", "family", "indicator", "rule_indicator", asked=_is_asked(seen), done=nothing_done)
    # `có doanh thu từ 500 triệu đồng trở lên nộp: 1.000.000 đồng`: nor is what is asked for said of the next amount.
    named = found.filter("asked")["name_row"].drop_nulls().unique()
    goes_on = pl.col("name_row").is_in(named.implode()) & pl.col("rule_indicator").is_in(["sentence", "line", "topic"])
    nothing = pl.col("asked") | pl.col("done") | (goes_on & ~pl.col("family").is_in(RATIOS)).fill_null(value=False)
    return seen.spread(found.select(pl.when(~nothing).then(name) for name in ("indicator", "rule_indicator")))


def _is_asked(seen: Figures) -> pl.Expr:
    """Whether a rule asks for so much, or a class begins or ends there."""
    criterion = cue("criterion")
    rules = [in_same("sentence_id", seen.last_row(criterion)), in_same("sentence_id", seen.next_row(criterion))]
    ruled = pl.any_horizontal(rule.is_not_null() for rule in rules)
    plainly = pl.any_horizontal((seen.at("code", rule) == "any").fill_null(value=False) for rule in rules)
    # `12 mặt hàng đạt kim ngạch xuất khẩu trên 1 tỷ USD`: by how much they are told from others.
    things, others = seen.at("unit", "last_quantity") == "count", seen.at("unit", "last_quantity") == "percent"
    counted = things & pl.col("rule_indicator").is_in(["gap", "sentence"])
    unparted = in_gap(seen.last_row((pl.col("kind") == "clause") | (pl.col("kind") == "period"))).is_null()
    goods = seen.at("follows", "last_quantity").is_in(CLASSES) & pl.col("indicator").is_in(TRADED)
    # `16 dự án có tỷ lệ giải ngân dưới 15%`.
    rated = seen.at("follows", "last_quantity").is_in(_RATED) & (pl.col("family") == "percent")
    classed = counted & (goods | rated)
    # `có 4 thành viên đạt trên 10 tỷ USD`, `10% doanh nghiệp đạt tăng trưởng doanh thu trên 25%`: so much each of them.
    members = things & seen.at("follows", "last_quantity").is_in(_MEMBERS) & pl.col("indicator").is_in([*TRADED, "revenue", "profit"])
    members &= pl.col("act") == "reach"
    members |= others & seen.at("follows", "last_quantity").is_in(_EARNERS)
    classed |= members & ~pl.when(members).then("phrase").str.contains(_WHOLE_OF).fill_null(value=False)
    classed &= unparted & pl.col("bound").is_in(["over", "at_least", "under", "at_most"])
    aimed = in_same("sentence_id", seen.last_row(cue("status") & (pl.col("code") == "target"))).is_not_null()
    # A pattern costs many times as much as the words without which it cannot fit.
    (asked,) = seen.once(pl.when(pl.col("phrase").str.contains_any([*_CLASS_WORDS, *_REQUIRED_WORDS, *_EARNING_WORDS])).then("phrase"))
    ends, requires = (pl.when(asked.str.contains_any(words)).then(asked) for words in (_CLASS_WORDS, _REQUIRED_WORDS))
    parted = ends.str.contains(_CLASS_END).fill_null(value=False) & ~ends.str.contains(_REACHED).fill_null(value=True) & ~aimed
    parted |= requires.str.contains(_REQUIRED).fill_null(value=False) & pl.col("indicator").is_in(_REQUIRED_OF) & ~aimed
    earning = pl.when((pl.col("indicator") == "revenue") & asked.str.contains_any(_EARNING_WORDS)).then(asked)
    parted |= earning.str.contains(_EARNING).fill_null(value=False)
    return (~pl.col("of_plan") & ((pl.col("bound").is_in(_LIMITS) & ruled) | plainly | parted)) | classed.fill_null(value=False)


def _is_allotted(seen: Figures) -> pl.Expr:
    """`trích 358 tỷ đồng trong tổng số vốn`, `điều chỉnh giảm 839 tỷ đồng của 7 dự án`: dealing money out spends nothing."""
    allot = in_gap(seen.last_row(cue("allot") & (pl.col("code") != "left")))
    at_once = seen.gap_from(allot) <= _ALLOT_REACH
    public = (pl.col("indicator") == "public_investment_disbursed") & (pl.col("rule_indicator") != "behind")
    # `vẫn còn 27.800 tỷ đồng chưa được phân bổ`.
    left = in_same("sentence_id", seen.next_row(cue("allot") & (pl.col("code") == "left"))).is_not_null()
    left &= (pl.col("indicator") == "public_investment_disbursed") & pl.col("rule_indicator").is_in(["line", "topic"])
    dealt = left | at_once & (public | ((seen.at("code", allot) == "any") & pl.col("indicator").is_in(_INVESTED)))
    # `vốn đầu tư phát triển là 5.400 tỷ đồng; vốn sự nghiệp là 7.292 tỷ đồng` are parts of a budget.
    budget = (pl.col("indicator") == "total_social_investment") & pl.col("phrase").str.contains("vốn sự nghiệp", literal=True)
    return (pl.col("family") == "money") & (dealt | budget)


def _is_package() -> pl.Expr:
    """`một khi gói 30.000 tỷ đồng được giải ngân`: so much is set aside."""
    named = (pl.col("family") == "money") & pl.col("phrase").str.contains("gói", literal=True)
    return pl.when(named).then("phrase").str.contains(_PACKAGE).fill_null(value=False)


def _is_of_others() -> pl.Expr:
    """Rates of taxes, debts of bonds, and how many of the unemployed lost their work by what: `thất nghiệp do hết hạn chiếm 41%`."""
    taxed = pl.when(pl.col("indicator").is_in(TRADED) & (pl.col("family") == "percent")).then("phrase").str.contains(_TAXED)
    owed = pl.when(pl.col("indicator") == "credit_outstanding").then("phrase").str.contains(_BONDS)
    unemployed = (pl.col("indicator") == "unemployment_rate") & (pl.col("act") == "share") & (pl.col("value") > _HIGHEST)
    return taxed.fill_null(value=False) | owed.fill_null(value=False) | unemployed.fill_null(value=False)


def _goes_abroad() -> pl.Expr:
    """`doanh nghiệp nhà nước đầu tư hơn 12 tỷ USD ra nước ngoài` is no investment here."""
    invested = pl.col("indicator").is_in([*_INVESTED, "fdi_implemented", "implemented_investment"])
    return pl.when(invested).then("phrase").str.contains(_OUTWARD, literal=True).fill_null(value=False)


def _is_answer(seen: Figures) -> pl.Expr:
    """`tỷ lệ doanh nghiệp trả lời có lãi chiếm 65%`: so many have said so."""
    return (pl.col("family") == "percent") & in_same("sentence_id", seen.last_row(cue("survey"))).is_not_null()


def _is_whole_price() -> pl.Expr:
    """`chi khoảng 300 tỷ đồng`: what so much is paid for is a firm or a debt, not one thing."""
    dear = pl.any_horizontal((pl.col("unit") == unit) & (pl.col("value") >= most) for unit, most in _DEAREST.items())
    return (pl.col("indicator") == "price") & dear


def _is_of_papers() -> pl.Expr:
    """`cấp phép nhập khẩu mỹ phẩm cho 33 đơn hàng`: what is counted are orders and deals, and no goods."""
    papers = pl.col("unit_text").str.contains(_PAPERS)
    # `than nhập khẩu cho nhà máy tại khu công nghiệp Nhơn Trạch 3`: nor is anything traded in bare numbers.
    return pl.col("indicator").is_in(TRADED) & (papers | ((pl.col("unit") == "count") & pl.col("unit_text").is_null()))


def _is_share_price(seen: Figures) -> pl.Expr:
    """`cổ phiếu A khớp lệnh 1.000 tỷ đồng, giá tăng 4,4%`: the bare word tells of shares where its sentence has named them."""
    price = pl.col("indicator") == "price"
    bare = seen.at("end", "name_row") - seen.at("start", "name_row") == len("giá")
    # `cổ phiếu giảm sâu: VIX giảm 3%, SSI giảm 2%`.
    bare |= pl.when(price & (pl.col("family") == "percent")).then("phrase").str.contains(_TICKER).fill_null(value=False)
    return price & bare & in_same("sentence_id", seen.last_row(cue("securities"))).is_not_null()


def _is_part_of_unnamed(seen: Figures) -> pl.Expr:
    """`703 doanh nghiệp tham gia hội chợ (248 doanh nghiệp trong tỉnh)`: a part of who did something.

    `2,3 doanh nghiệp/1.000 dân` is a rate.
    """
    whole = in_same("sentence_id", seen.last_row((pl.col("kind") == "counted") & (pl.col("code") == "")))
    parts = in_same("sentence_id", seen.last_row(((pl.col("kind") == "clause") & (pl.col("code") == "(")) | cue("of_which")))
    part = (parts > whole).fill_null(value=False) & (pl.col("rule_indicator") == "counted")
    broken = (pl.col("unit") == "count") & (pl.col("value") != pl.col("value").floor())
    return pl.col("indicator").is_in(FIRMS) & (part | broken)


def _is_taken_land(seen: Figures) -> pl.Expr:
    """`giải phóng mặt bằng được 61% với diện tích 364 ha`: land that something is done to."""
    taken = in_same("sentence_id", seen.last_row(cue("takes_land")))
    unparted = (seen.last_row(pl.col("kind") == "clause") < taken).fill_null(value=True)
    taken = pl.when(unparted | (taken >= pl.col("gap_first"))).then(taken)
    # `giải phóng mặt bằng Khu công nghiệp A, diện tích 395 ha` tells how large the park is.
    park = seen.last_row((pl.col("kind") == "object") & pl.col("code").is_in(["park", "cluster"]))
    park = (park > taken) & (pl.col("indicator") != "crop_area")
    return pl.col("indicator").is_in(_SITE_AREAS) & taken.is_not_null() & ~park.fill_null(value=False)
