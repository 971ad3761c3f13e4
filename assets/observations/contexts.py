"""What an indicator becomes by the words around it: of new firms, of foreigners, or of nobody."""

from __future__ import annotations

import polars as pl

from assets.observations.deeds import of_passengers
from assets.observations.names import CLASSES, FATES, RATIOS, is_name
from assets.observations.stream import QUANTITY, Quantities, ahead, at, cue, in_gap, in_same, last_row, run_start
from assets.reference import table

# A context may stand a few words behind the name, as in `vốn đăng ký của các dự án FDI`.
_BEHIND = 12
# What is told apart by a rate: `dự án`, `bộ`, `địa phương`, `tỉnh`, `đơn vị`, `doanh nghiệp`.
_RATED = ["dự", "bộ", "địa", "tỉnh", "đơn", "doanh", "cơ", "huyện", "xã"]
# The same behind a number: ` doanh nghiệp ngành xây dựng`.
_BEHIND_FIRMS = 16
# Bounds that a rule sets.
_LIMITS = ["under", "at_least", "at_most"]
_FIRMS = ["enterprises", "enterprises_new"]
# Capital that a register holds, right before its amount.
_CAPITAL = r"vốn đăng ký(?:\s\p{L}+){0,3}\s* … "
# `có doanh thu từ 100 triệu đồng/năm trở xuống`: the end of a class that things are told apart by.
_CLASS_END = r"(?:^|[^\p{L}])từ\s* … [^,.;:]{0,24}\strở (?:lên|xuống)"
# `thu nhập bình quân đạt từ 50 triệu đồng trở lên` is what there is.
_REACHED = r"(?:^|[^\p{L}])đạt (?:mức )?từ\s* … "
# `phải có tổng doanh thu tối thiểu là 1 tỷ đồng`.
_REQUIRED = r"(?:^|[^\p{L}])phải (?:có|đạt) [^,.;:]*(?:tối thiểu|ít nhất|không dưới)[^,.;:]*\s* … |doanh thu[^,.;:]*tối thiểu(?: là)?\s* … "
# What is said of whoever meets a condition, never of a whole economy.
_REQUIRED_OF = ["revenue", "profit", "crop_area", "registered_investment", "enterprise_capital", "employment", "exports"]
# A price of one thing is not so dear: `mua lại 49% cổ phần với giá 7 triệu USD`.
_DEAREST = {"VND": 1e10, "USD": 1e6}
# `phân bổ hơn 358 tỷ đồng`: code points between what is done with money and how much of it.
_ALLOT_REACH = 16
_INVESTED = ["registered_investment", "total_social_investment", "fdi_registered"]
_SITE_AREAS = ["crop_area", "industrial_park_area", "industrial_cluster_area"]
# What may have been done for workers.
_OF_WORKERS = ["jobs_created", "trained_workers"]


def without_criteria(stream: pl.DataFrame) -> pl.DataFrame:
    """`doanh nghiệp vừa phải có doanh thu dưới 300 tỷ đồng`: what a rule asks for is no figure of anybody."""
    seen, criterion = Quantities(stream), cue("criterion")
    rules = [in_same("sentence_id", seen.last_row(criterion)), in_same("sentence_id", seen.next_row(criterion))]
    ruled = pl.any_horizontal(rule.is_not_null() for rule in rules)
    plainly = pl.any_horizontal((seen.at("code", rule) == "any").fill_null(value=False) for rule in rules)
    # `12 mặt hàng đạt kim ngạch xuất khẩu trên 1 tỷ USD`: by how much they are told from others.
    counted = (seen.at("unit", "last_quantity") == "count") & pl.col("rule_indicator").is_in(["gap", "sentence"])
    unparted = in_gap(seen.last_row((pl.col("kind") == "clause") | (pl.col("kind") == "period"))).is_null()
    goods = seen.at("follows", "last_quantity").is_in(CLASSES) & pl.col("indicator").is_in(["exports", "imports"])
    # `16 dự án có tỷ lệ giải ngân dưới 15%`.
    rated = seen.at("follows", "last_quantity").is_in(_RATED) & (pl.col("family") == "percent")
    classed = counted & unparted & pl.col("bound").is_in(["over", "at_least", "under", "at_most"]) & (goods | rated)
    aimed = in_same("sentence_id", seen.last_row(cue("status") & (pl.col("code") == "target"))).is_not_null()
    parted = pl.col("phrase").str.contains(_CLASS_END) & ~pl.col("phrase").str.contains(_REACHED) & ~aimed
    parted |= pl.col("phrase").str.contains(_REQUIRED) & pl.col("indicator").is_in(_REQUIRED_OF) & ~aimed
    asked = (~pl.col("of_plan") & ((pl.col("bound").is_in(_LIMITS) & ruled) | plainly | parted)) | classed.fill_null(value=False)
    done = (
        _is_allotted(seen)
        | _is_whole_price()
        | _is_taken_land(seen)
        | of_passengers(seen)
        | _is_answer(seen)
        | _is_share_price(seen)
        | _is_part_of_unnamed(seen)
    )
    found = seen.select("name_row", "family", "indicator", "rule_indicator", asked=asked, nothing=asked | done.fill_null(value=False))
    # `có doanh thu từ 500 triệu đồng trở lên nộp: 1.000.000 đồng`: nor is what is asked for said of the next amount.
    named = found.filter("asked")["name_row"].drop_nulls().unique()
    goes_on = pl.col("name_row").is_in(named.implode()) & pl.col("rule_indicator").is_in(["sentence", "line", "topic"])
    nothing = pl.col("nothing") | (goes_on & ~pl.col("family").is_in(RATIOS)).fill_null(value=False)
    return seen.spread(found.select(pl.when(~nothing).then(name) for name in ("indicator", "rule_indicator")))


def _is_allotted(seen: Quantities) -> pl.Expr:
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


def _is_answer(seen: Quantities) -> pl.Expr:
    """`tỷ lệ doanh nghiệp trả lời có lãi chiếm 65%`: so many have said so."""
    return (pl.col("family") == "percent") & in_same("sentence_id", seen.last_row(cue("survey"))).is_not_null()


def _is_whole_price() -> pl.Expr:
    """`chi khoảng 300 tỷ đồng`: what so much is paid for is a firm or a debt, not one thing."""
    dear = pl.any_horizontal((pl.col("unit") == unit) & (pl.col("value") >= most) for unit, most in _DEAREST.items())
    return (pl.col("indicator") == "price") & dear


def _is_share_price(seen: Quantities) -> pl.Expr:
    """`cổ phiếu A khớp lệnh 1.000 tỷ đồng, giá tăng 4,4%`: the bare word tells of shares where its sentence has named them."""
    bare = seen.at("end", "name_row") - seen.at("start", "name_row") == len("giá")
    return (pl.col("indicator") == "price") & bare & in_same("sentence_id", seen.last_row(cue("securities"))).is_not_null()


def _is_part_of_unnamed(seen: Quantities) -> pl.Expr:
    """`703 doanh nghiệp tham gia hội chợ (248 doanh nghiệp trong tỉnh)`: a part of who did something.

    `2,3 doanh nghiệp/1.000 dân` is a rate.
    """
    whole = in_same("sentence_id", seen.last_row((pl.col("kind") == "counted") & (pl.col("code") == "")))
    parts = in_same("sentence_id", seen.last_row(((pl.col("kind") == "clause") & (pl.col("code") == "(")) | cue("of_which")))
    part = (parts > whole).fill_null(value=False) & (pl.col("rule_indicator") == "counted")
    broken = (pl.col("unit") == "count") & (pl.col("value") != pl.col("value").floor())
    return pl.col("indicator").is_in(_FIRMS) & (part | broken)


def _is_taken_land(seen: Quantities) -> pl.Expr:
    """`giải phóng mặt bằng được 61% với diện tích 364 ha`: land that something is done to."""
    taken = in_same("sentence_id", seen.last_row(cue("takes_land")))
    unparted = (seen.last_row(pl.col("kind") == "clause") < taken).fill_null(value=True)
    taken = pl.when(unparted | (taken >= pl.col("gap_first"))).then(taken)
    # `giải phóng mặt bằng Khu công nghiệp A, diện tích 395 ha` tells how large the park is.
    park = seen.last_row((pl.col("kind") == "object") & pl.col("code").is_in(["park", "cluster"]))
    park = (park > taken) & (pl.col("indicator") != "crop_area")
    return pl.col("indicator").is_in(_SITE_AREAS) & taken.is_not_null() & ~park.fill_null(value=False)


def refined(stream: pl.DataFrame) -> pl.DataFrame:
    """A counted noun that the gap says more of: `giải quyết việc làm cho 150 lao động`."""
    refinements = table("indicator_refinements").rename({"counted": "indicator", "indicator": "refined"})
    contexts = refinements["context"].unique()
    seen = Quantities(stream)
    said = in_gap(seen.last_row(pl.col("names").is_in(contexts.implode()) & ~pl.col("is_counted")))
    craft = in_same("sentence_id", seen.last_row((pl.col("kind") == "object") & pl.col("code").is_in(contexts.implode())))
    # `10.200 doanh nghiệp thành lập mới …, giảm 5% về số doanh nghiệp`: of those.
    those = in_same("sentence_id", seen.last_row(pl.col("is_counted") & pl.col("names").is_in(FATES)))
    those = pl.when((pl.col("indicator") == "enterprises") & pl.col("family").is_in(RATIOS)).then(those)
    those = pl.coalesce(those, _whole_of_firms(seen))
    # `tạo việc làm cho 19.700 lao động, trong đó 2.300 lao động vay vốn, xuất khẩu lao động (917 lao động)`: all of them have found work.
    found_work = in_same("sentence_id", seen.last_row(pl.col("names").is_in(_OF_WORKERS)))
    work = pl.when(pl.col("indicator") == "employment").then(found_work)
    told = seen.select(
        "indicator", context=pl.coalesce(seen.at("code", craft), seen.at("names", said), seen.at("names", those), seen.at("names", work))
    )
    told = told.join(refinements, on=["indicator", "context"], how="left", maintain_order="left")
    found = Quantities(seen.spread(told.select("refined")))
    # `tạo việc làm cho 150 lao động, tăng 4%`: the growth is that of the jobs.
    counts = found.at("refined", found.at("last_quantity", "name_row"))
    # `trong đó số doanh nghiệp bán lẻ chiếm 38%, tiếp theo là xây dựng (9%)`: so is what goes on with one name.
    again = pl.col("family").is_in(RATIOS) & (pl.col("name_row") == found.at("name_row", "last_quantity"))
    first = found.at("refined", run_start(again))
    own = pl.when(found.at("is_counted", "name_row")).then(counts).otherwise(pl.coalesce("refined", first))
    return found.with_columns(indicator=pl.coalesce(own, "indicator")).drop("refined")


def _whole_of_firms(seen: Quantities) -> pl.Expr:
    """Row of what became of the firms that some are a part of: `3.100 doanh nghiệp giải thể, trong đó có 2.900 doanh nghiệp nhỏ`."""
    before, mark = in_same("line_id", seen.last_row(QUANTITY)), in_same("sentence_id", seen.last_row(pl.col("kind") == "clause"))
    of_which = in_gap(seen.last_row(cue("of_which"))).is_not_null() & seen.at("indicator", before).is_in(FATES)
    # `doanh nghiệp thành lập mới tại các vùng: Tây Nguyên giảm 27%; Đông Nam Bộ 5.100 doanh nghiệp`.
    listed = in_same("sentence_id", seen.last_row(is_name() & pl.col("names").is_in(FATES)))
    sector, state = pl.col("kind") == "sector", pl.col("family") == "state"
    behind = ahead(seen.next_row(sector))
    at_once = seen.at("start", behind).cast(pl.Int64) - seen.unit_end("row").cast(pl.Int64) <= _BEHIND_FIRMS
    part = in_gap(seen.last_row((sector | (pl.col("kind") == "place")) & ~state.fill_null(value=False))) > mark
    part = part.fill_null(value=False) | (at_once & (seen.at("family", behind) != "state")).fill_null(value=False)
    # `3.100 doanh nghiệp giải thể; cả nước có 30.000 doanh nghiệp đang hoạt động`.
    other = (in_gap(seen.last_row(sector & state)) > mark) | (at_once & (seen.at("family", behind) == "state"))
    part |= ~seen.at("is_counted", listed)
    item = part & (seen.at("code", mark) == ";") & (pl.col("act").is_null() | pl.col("family").is_in(RATIOS))
    row = pl.when(of_which).then(seen.at("name_row", before)).when(item).then(listed)
    return pl.when((pl.col("indicator") == "enterprises") & ~other.fill_null(value=False)).then(row)


def shifted(stream: pl.DataFrame) -> pl.DataFrame:
    """Indicators that a context turns into another: capital registered by foreign investors is FDI.

    The context is named right behind the indicator, else before it in the line, else it is the document's own.
    """
    seen = Quantities(stream)
    contexts = cue("foreign", "domestic", "new_enterprise")
    shifts = table("indicator_shifts").with_columns(becomes=pl.col("becomes").fill_null(""))
    by_context = shifts.filter(pl.col("context").is_not_null()).select("indicator", "context", by_context="becomes")
    by_topic = shifts.filter(pl.col("context").is_not_null()).select("indicator", topic="context", by_topic="becomes")
    by_unit = shifts.filter(pl.col("unit").is_not_null()).select("indicator", "unit", by_unit="becomes")
    # `803 dự án DDI với 98 nghìn tỷ đồng (4,2 tỷ USD)`.
    abroad_somewhere = pl.col("foreign_somewhere") & (pl.col("context") != "domestic").fill_null(value=True)
    of_investor = pl.col("by_unit").str.starts_with("fdi")
    by_unit_here = pl.when(abroad_somewhere | ~of_investor).then("by_unit")
    # `Malaysia đã có 329 dự án đầu tư`: who is named as investing comes from abroad; `tỉnh Champasak (Lào)` is where.
    bracket = last_row((pl.col("kind") == "clause") & (pl.col("code") == "("))
    where = (at("end", bracket) == pl.col("start")).fill_null(value=False)
    from_abroad = in_same("sentence_id", seen.last_row((pl.col("kind") == "abroad") & (pl.col("family") == "abroad") & ~where))
    behind = ahead(seen.next_row(contexts))
    at_name = pl.when(seen.at("start", behind) <= pl.col("name_end") + _BEHIND).then(behind)
    # `250 dự án trong nước`: a word for a part reaches no further.
    context_row = pl.coalesce(at_name, in_same("line_id", seen.last_row(contexts & (pl.col("code") != "part"))))
    abroad = pl.when(from_abroad.is_not_null()).then(pl.lit("foreign"))
    # `12.000 doanh nghiệp với tổng vốn đăng ký 120.000 tỷ đồng`: what firms have is no investment.
    of_firms = seen.at("indicator", "last_quantity").is_in(_FIRMS) & pl.col("phrase").str.contains(_CAPITAL)
    firms = pl.when(of_firms & pl.col("unit").str.starts_with("VND")).then(pl.lit("new_enterprise"))
    context = pl.coalesce(firms, seen.at("family", context_row), abroad, "topic")
    # `đón 1,5 triệu lượt khách, doanh thu 3.800 tỷ đồng`.
    earned = (pl.col("indicator") == "revenue") & (seen.at("indicator", "last_quantity") == "tourists")
    indicator = pl.when(earned).then(pl.lit("tourism_revenue")).otherwise("indicator")
    told = seen.select("rule_indicator", "unit", "topic", "foreign_somewhere", indicator=indicator, context=context)
    becomes = (
        told.join(by_context, on=["indicator", "context"], how="left", maintain_order="left")
        .join(by_unit, on=["indicator", "unit"], how="left", maintain_order="left")
        .join(by_topic, on=["indicator", "topic"], how="left", maintain_order="left")
        .with_columns(indicator=pl.coalesce("by_topic", "by_context", by_unit_here, "indicator").replace("", None))
        .select("indicator", rule_indicator=pl.when(pl.col("indicator").is_not_null()).then("rule_indicator"))
    )
    return seen.spread(becomes).drop("topic", "foreign_somewhere")
