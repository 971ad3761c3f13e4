"""Where the name of a quantity may stand: dealt out, counted, behind it, in its gap, sentence or line, or before them."""

from __future__ import annotations

import polars as pl

from assets.observations.deeds import of_deed
from assets.observations.names import ADJACENT, RATIOS, is_name
from assets.observations.stream import Quantities, ahead, cue, in_gap, in_same
from assets.observations.verbs import named_by_verb, weak_name
from assets.observations.wholes import LIST_LINES

# A name behind the number may be a few words away, as in `67 tỷ đồng tiền doanh thu`.
_BEHIND = 12
# Words that join statements.
_JOINING = ["và", "còn", "nhưng", "song"]
# Lines that a topic may lie back.
_TOPIC_LINES = 2
# Code points that a line of a list has before its sector, and between that and its figure.
_OPENING, _LIST_REACH = 8, 24
# What a percentage may do to a name that stands further back.
_COMPARES = ["direction", "exceed", "share", "equal", "contribution", "multiple"]
_OUTPUTS = ["industrial_product_output", "agri_product_output"]
# `đóng góp 3,1 điểm phần trăm vào mức tăng trưởng chung của GRDP`: behind these the whole may be some words away.
_INTO = ["vào", "trong"]
# `về số vốn`, `về số lượng`, and capital that was named before.
_ABOUT_CAPITAL, _ABOUT_NUMBER = r" … \S* về (?:tổng )?(?:số |quy mô )?vốn(?:[,.;)]| và| so|$)", r" … \S* về số lượng(?:[,.;)]| và| so|$)"
_CAPITALS = ["registered_investment", "fdi_registered", "fdi_implemented", "enterprise_capital"]
# What taxes, fees and costs begin with.
_TAXES = ["thuế", "lệ", "phí", "chi"]
_RATIO, _PERCENT, _THINGS = pl.col("family").is_in(RATIOS), pl.col("family") == "percent", pl.col("unit") == "count"
_PEOPLE = pl.col("unit").is_in(["person", "person/year"])
_MOVED = pl.col("direction").is_not_null()
_SHARES = pl.col("act").is_in(["share", "contribution"])


def choices(seen: Quantities, unit_end: pl.Expr) -> list[tuple[str, pl.Expr]]:
    """Rows of the marks that may name a quantity, the surest first, each with the name of its rule."""
    done, is_part, of_noun, of_thing = seen.once(of_deed(seen), _is_part(seen), *_of_other_things())
    near = _near(seen, done)
    counted = ahead(seen.next_row(pl.col("is_counted")))
    counts_now = (seen.at("start", counted) <= unit_end + ADJACENT).fill_null(value=False)
    here, further = seen.once(*_inherits(seen, unit_end))
    gap = in_gap(pl.col("name_before"))
    unfit = _unfit(seen, counts_now & done)
    sentence, line = (pl.when(~unfit).then(in_same(scope, "name_before")) for scope in ("sentence_id", "line_id"))
    fits_dealt = _RATIO | seen.at("fits", "dealt_row").list.contains(pl.col("family").cast(pl.String))
    a_few_words_on = pl.when(seen.at("start", near) <= unit_end + _BEHIND).then(near)
    # `tăng 4,5%, tương ứng tăng 1,3 tỷ USD và trị giá nhập khẩu đạt …`: what moved is told already.
    # `doanh thu giảm 24%, đạt 1.200 tỷ đồng trong khi lợi nhuận …`: so is what another thing is set beside.
    untold = (~_MOVED | (seen.at("names", near) == "")) & ~(_beside_another() & sentence.is_not_null())
    return [
        ("respectively", pl.when(fits_dealt).then(pl.col("dealt_row"))),
        ("counted", pl.when(counts_now & ~done).then(counted)),
        *(("behind", choice) for choice in _behind(seen, unit_end, near)),
        ("gap", pl.when(~((_THINGS | (_PEOPLE & done)) & seen.at("is_counted", gap)) & ~of_noun & ~of_thing).then(gap)),
        ("behind", pl.when(~_RATIO & ~_THINGS & untold).then(a_few_words_on)),
        ("verb", pl.when(~_RATIO).then(named_by_verb(seen))),
        ("sentence", pl.when((~_THINGS | _again(seen)) & ~of_noun & here).then(sentence)),
        ("fallback", pl.when((_RATIO & _MOVED) | (pl.col("family") == "money")).then(weak_name(seen))),
        ("line", pl.when(~_THINGS & ~of_noun & further & (_RATIO | is_part | pl.col("act").is_not_null())).then(line)),
        ("topic", pl.when(~_THINGS & ~_PEOPLE & ~of_noun & further & is_part).then(_topic(seen))),
    ]


def _near(seen: Quantities, done: pl.Expr) -> pl.Expr:
    """Row of the name behind a quantity in its clause."""
    clause = ahead(seen.next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (seen.at("start", clause) >= seen.at("start", "name_behind"))
    (near,) = seen.once(pl.when(unparted).then(ahead(pl.col("name_behind"))))
    return pl.when(~(seen.at("is_counted", near) & done).fill_null(value=False)).then(near)


def _behind(seen: Quantities, unit_end: pl.Expr, near: pl.Expr) -> list[pl.Expr]:
    """Rows of names behind a quantity that are surer than any before it."""
    start, plan = seen.at("start", near), ahead(seen.next_row(cue("plan")))
    next_to, a_few_words_on = (pl.when(start <= unit_end + reach).then(near) for reach in (ADJACENT, _BEHIND))
    shares = _RATIO & _SHARES & (pl.col("follows") != "là").fill_null(value=True)
    # `sản lượng 3.000 tấn xuất khẩu sang Úc`: the name right before the number is nearer.
    before = in_gap(pl.col("name_before"))
    told_before = (pl.col("start") - seen.at("end", before) <= ADJACENT).fill_null(value=False)
    # `đặt mục tiêu giảm 51% lợi nhuận`: what a move without a name of its own is followed by.
    moves_what = _RATIO & _MOVED & (pl.col("act") == "direction") & before.is_null()
    return [
        _aspect(seen),
        pl.when(_PERCENT & (pl.col("follows") == "về")).then(a_few_words_on),
        pl.when(pl.col("of_plan") & (start <= seen.at("end", plan) + ADJACENT)).then(near),
        pl.when(_PERCENT & (seen.at("percent_reads_as", near) == "level")).then(a_few_words_on),
        # `78% số xã đạt chuẩn nông thôn mới`.
        pl.when(_PERCENT & (seen.at("names", near) == "new_rural_communes")).then(next_to),
        pl.when(shares).then(pl.when(pl.col("follows").is_in(_INTO)).then(near).otherwise(a_few_words_on)),
        pl.when(~_RATIO & ~_THINGS & ~told_before).then(next_to),
        pl.when(moves_what).then(next_to),
        # `mức tăng 12,4% của kim ngạch xuất khẩu`.
        pl.when(moves_what & (pl.col("follows") == "của")).then(a_few_words_on),
    ]


def _inherits(seen: Quantities, unit_end: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Whether a quantity may have the name before it in its sentence, and one that stands further back."""
    # A bare percentage may only repeat a rate; what it inherits otherwise must come with a verb of its own.
    compares = ~_RATIO | pl.col("act").is_in(_COMPARES) | pl.col("of_plan") | pl.col("versus_plan")
    # `vượt chỉ tiêu 15,1%/năm`: the plan of the percentage before.
    planned = in_gap(seen.last_row(cue("plan"))).is_not_null()
    compares |= planned & _RATIO & (seen.at("family", "last_quantity") == "percent").fill_null(value=False)
    rates = seen.at("percent_reads_as", "name_before").is_in(["level", "attainment"])
    # A page of share prices names an indicator once and goes on with something else: there only its own sentence lends it.
    further = (pl.col("topic").fill_null("") != "securities") & compares | rates
    # `chiếm 55% thị phần`: of which market its own sentence tells.
    market = ahead(seen.next_row((pl.col("kind") == "block") & (pl.col("code") == "market")))
    further &= ~(seen.at("start", market) <= unit_end + ADJACENT).fill_null(value=False)
    return compares | rates, further


def _of_other_things() -> tuple[pl.Expr, pl.Expr]:
    """Whether a percentage is of the noun behind it, and whether a number counts what no list of counted things knows."""
    # `giảm 2% thuế giá trị gia tăng` lowers a rate, `giảm 50% chi phí` what something costs.
    of_rate = pl.col("follows").is_in(_TAXES).fill_null(value=False)
    of_noun = _RATIO & pl.col("is_of_noun") & (~_MOVED | of_rate) & ~_SHARES
    # `130 mã số vùng trồng`: such a thing is not what the indicator before it counts.
    return of_noun, _THINGS & pl.col("unit_text").is_null() & pl.col("is_of_noun")


def _again(seen: Quantities) -> pl.Expr:
    """`giảm từ 321 triệu chiếc còn 225 triệu chiếc`: whether the same things are counted again."""
    before = in_same("sentence_id", seen.last_row(pl.col("unit") == "count"))
    again = _THINGS & (seen.at("thing", before) == pl.col("thing")).fill_null(value=False)
    # `245 làng nghề, thêm 26 làng so với năm 2010`.
    return again | _THINGS & _MOVED & pl.col("versus_base") & seen.at("is_counted", "name_before").fill_null(value=False)


def _unfit(seen: Quantities, counts_done: pl.Expr) -> pl.Expr:
    """Whether a quantity has no name that stands further back than its gap."""
    # `giá lúa 8.000 đồng/kg, lợi nhuận 25 triệu đồng/ha`: of what its own words name, or of nothing.
    own = in_gap(seen.last_row(is_name() & ~pl.col("is_counted"))).is_not_null()
    unfit = in_gap(pl.col("name_before")).is_null() & own & ~_RATIO
    # `258 người lao động hưởng trợ cấp`: nor is what something is done to counted by a name that stands further back.
    unfit |= counts_done
    # `quản lý hơn 2.494 ha đất`: no output that was told of further back.
    return unfit | (pl.col("family") == "area") & seen.at("names", "name_before").is_in(_OUTPUTS)


def _aspect(seen: Quantities) -> pl.Expr:
    """`120 dự án với vốn đăng ký 2 tỷ USD, tăng 12% về số lượng và 30% về số vốn`: row of the name that `về` takes up again."""
    told = pl.when((pl.col("family") == "percent") & (pl.col("follows") == "về")).then("phrase")
    capital = in_same("sentence_id", seen.last_row(is_name() & pl.col("names").is_in(_CAPITALS)))
    number = in_same("sentence_id", seen.last_row(pl.col("is_counted")))
    return pl.when(told.str.contains(_ABOUT_CAPITAL)).then(capital).when(told.str.contains(_ABOUT_NUMBER)).then(number)


def _beside_another() -> pl.Expr:
    """Whether the words behind a quantity begin another statement."""
    while_ = (pl.col("follows") == "trong") & pl.col("phrase").str.contains(" … [^,.;]*trong khi", literal=False)
    return (pl.col("follows").is_in(_JOINING) | while_).fill_null(value=False)


def _is_part(seen: Quantities) -> pl.Expr:
    """Whether a sector, a group of owners, a place or a time is named right before the quantity."""
    return in_gap(seen.last_row(pl.col("kind").is_in(["sector", "place", "period"]))).is_not_null()


def _topic(seen: Quantities) -> pl.Expr:
    """Row of the last name of the lines before, for a line that goes on with its parts."""
    # `Cả tỉnh có 350 dự án` tells how many there are, and nothing of what a sector of the next line grows by.
    last = pl.when(~seen.at("is_counted", "name_before")).then(in_same("document_key", "name_before"))
    # A list of sectors may have a line for each: `Ngành khai khoáng là 11 triệu đồng, tăng 8%`.
    sector = in_gap(seen.last_row(pl.col("kind") == "sector"))
    opens = seen.lead_of(sector) <= _OPENING
    near = seen.gap_from(sector) <= _LIST_REACH
    listed = opens & near & pl.col("last_quantity").is_null() & ~pl.col("act").is_in(["share", "contribution"])
    lines = pl.when(listed.fill_null(value=False)).then(LIST_LINES).otherwise(_TOPIC_LINES)
    return pl.when(seen.at("line_id", last) + lines >= pl.col("line_id")).then(last)
