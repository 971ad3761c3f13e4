"""What an indicator becomes by the words around it: of new firms, or of foreigners."""

from __future__ import annotations

import polars as pl

from assets.observations.criteria import FIRMS
from assets.observations.cues import TO
from assets.observations.names import FATES, RATIOS, is_name
from assets.observations.stream import QUANTITY, Figures, ahead, at, cue, in_gap, in_same, last_row, run_start
from assets.reference import table

# A context may stand a few words behind the name, as in `vốn đăng ký của các dự án FDI`.
_BEHIND = 12
# The same behind a number: ` doanh nghiệp ngành xây dựng`.
_BEHIND_FIRMS = 16
# Capital that a register holds, right before its amount.
_CAPITAL = r"vốn đăng ký(?:\s\p{L}+){0,3}\s* … "
# `số vốn đăng ký mới`, but not `vốn đăng ký đầu tư`.
_REGISTERED = r"(?i)vốn đăng ký(?: mới)?$"
# Whose money it is by its name.
_PUBLIC = r"(?i)(?:vốn|giải ngân|kế hoạch).*(?:công|ngân sách|nsnn)|công giải ngân"
# What may have been done for workers.
_OF_WORKERS = ["jobs_created", "trained_workers"]


def refined(stream: pl.DataFrame) -> pl.DataFrame:
    """A counted noun that the gap says more of: `giải quyết việc làm cho 150 lao động`."""
    refinements = table("indicator_refinements").rename({"counted": "indicator", "indicator": "refined"})
    contexts = refinements["context"].unique()
    seen = Figures(stream)
    said = in_gap(seen.last_row(pl.col("names").is_in(contexts.implode()) & ~pl.col("is_counted")))
    # `80 doanh nghiệp thành lập mới, nâng tổng số doanh nghiệp lên 1.450 doanh nghiệp`.
    whole = seen.last_row((pl.col("names") == "enterprises") & ~pl.col("is_counted"))
    said = pl.when(~(whole > said).fill_null(value=False)).then(said)
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
    found = Figures(seen.spread(told.select("refined")))
    # `tạo việc làm cho 150 lao động, tăng 4%`: the growth is that of the jobs.
    counts = found.at("refined", found.at("last_quantity", "name_row"))
    # `trong đó số doanh nghiệp bán lẻ chiếm 38%, tiếp theo là xây dựng (9%)`: so is what goes on with one name.
    again = pl.col("family").is_in(RATIOS) & (pl.col("name_row") == found.at("name_row", "last_quantity"))
    first = found.at("refined", run_start(again))
    own = pl.when(found.at("is_counted", "name_row")).then(counts).otherwise(pl.coalesce("refined", first))
    return found.with_columns(indicator=pl.coalesce(own, "indicator")).drop("refined")


def _whole_of_firms(seen: Figures) -> pl.Expr:
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
    # `nâng tổng số doanh nghiệp trong tỉnh lên 3.000 doanh nghiệp`: neither are all of them new.
    named = in_gap(seen.last_row(is_name() & ~pl.col("is_counted"))).is_null() & pl.col("act").is_in(["reach", "share"])
    unmoved = pl.col("act").is_null() | named.fill_null(value=False)
    item = part & (pl.col("family").is_in(RATIOS) & (seen.at("code", mark) == ";") | unmoved)
    # `1.500 doanh nghiệp thành lập mới (tăng 536 doanh nghiệp)`, `giảm 33,6% (-40 doanh nghiệp)`.
    moved = (pl.col("act") == "direction") & ~pl.col("act_code").is_in(TO)
    moved |= (seen.at("end", mark) + 1 >= pl.col("start")) & (seen.at("code", mark) == "(")
    moved &= seen.at("indicator", "last_quantity").is_in(FATES)
    row = pl.when(moved).then(seen.at("name_row", "last_quantity")).when(of_which).then(seen.at("name_row", before)).when(item).then(listed)
    return pl.when((pl.col("indicator") == "enterprises") & ~other.fill_null(value=False)).then(row)


def shifted(stream: pl.DataFrame) -> pl.DataFrame:
    """Indicators that a context turns into another: capital registered by foreign investors is FDI.

    The context is named right behind the indicator, else before it in the line, else it is the document's own.
    """
    seen = Figures(stream)
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
    of_firms = seen.at("indicator", "last_quantity").is_in(FIRMS) & pl.col("phrase").str.contains(_CAPITAL)
    firms = pl.when(of_firms & pl.col("unit").str.starts_with("VND")).then(pl.lit("new_enterprise"))
    # `Ngành xây dựng có số vốn đăng ký nhiều nhất`: in a text about new firms that is theirs; what is invested is not.
    topic = pl.when((pl.col("topic") != "new_enterprise") | _is_registered()).then("topic")
    context = pl.coalesce(firms, seen.at("family", context_row), abroad, topic)
    # `đón 1,5 triệu lượt khách, doanh thu 3.800 tỷ đồng`.
    earned = (pl.col("indicator") == "revenue") & (seen.at("indicator", "last_quantity") == "tourists")
    indicator = pl.when(earned).then(pl.lit("tourism_revenue")).otherwise("indicator")
    # `sản lượng điện đạt 245 tỷ kWh, tăng 2,1%`: what an amount is by its unit, its growth is, too.
    # `vốn đăng ký đạt 5 tỷ USD, chiếm 16% tổng vốn đăng ký`.
    same = (pl.col("act") == "share") & (seen.at("indicator", "last_quantity") == pl.col("indicator"))
    of_amount = pl.col("family").is_in(RATIOS) & ((seen.at("name_row", "last_quantity") == pl.col("name_row")) | same)
    unit = pl.when(of_amount.fill_null(value=False)).then(seen.at("unit", "last_quantity")).otherwise("unit")
    told = seen.select(
        "rule_indicator", "foreign_somewhere", topic=topic, indicator=indicator, context=context, unit=unit, public=_is_public()
    )
    becomes = (
        told.join(by_context, on=["indicator", "context"], how="left", maintain_order="left")
        .join(by_unit, on=["indicator", "unit"], how="left", maintain_order="left")
        .join(by_topic, on=["indicator", "topic"], how="left", maintain_order="left")
        .with_columns(by_context=pl.when(~pl.col("public")).then("by_context"), by_topic=pl.when(~pl.col("public")).then("by_topic"))
        .with_columns(indicator=pl.coalesce("by_topic", "by_context", by_unit_here, "indicator").replace("", None))
        .select("indicator", rule_indicator=pl.when(pl.col("indicator").is_not_null()).then("rule_indicator"))
    )
    return seen.spread(becomes).drop("topic", "foreign_somewhere")


def _is_public() -> pl.Expr:
    """`Vốn FDI đạt 9 tỷ USD. Giải ngân đầu tư công đạt 32%`: whether the name itself tells that the state invests."""
    return _name_of("public_investment_disbursed").str.contains(_PUBLIC).fill_null(value=False)


def _is_registered() -> pl.Expr:
    """Whether the name of capital tells it as what a register holds."""
    return _name_of("registered_investment").str.contains(_REGISTERED).fill_null(value=False)


def _name_of(indicator: str) -> pl.Expr:
    """The name of a quantity of the indicator as its sentence prints it, else null."""
    at = pl.col("name_start").cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64)
    own = (pl.col("indicator") == indicator) & (at >= 0)
    return pl.when(own).then("sentence_text").str.slice(at, pl.col("name_end") - pl.col("name_start"))
