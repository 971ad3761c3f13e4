"""Where the name of a quantity may stand: dealt out, counted, behind it, in its gap, sentence or line, or before them."""

from __future__ import annotations

import polars as pl

from assets.observations.cues import TO
from assets.observations.deeds import of_deed
from assets.observations.economy import PRODUCTS
from assets.observations.names import ADJACENT, RATIOS, is_name
from assets.observations.stream import Quantities, ahead, cue, in_gap, in_same
from assets.observations.verbs import named_by_verb, paid_into, weak_name
from assets.observations.wholes import LIST_LINES, TRADED

# A name behind the number may be a few words away, as in `67 tỷ đồng tiền doanh thu`.
_BEHIND = 12
# ` tỷ đồng, chiếm tỷ trọng gần `: code points between an amount and its share.
_SHARE_REACH = 36
# Words that join statements.
_JOINING = ["và", "còn", "nhưng", "song"]
# Lines that a topic may lie back.
_TOPIC_LINES = 2
# Code points that a line of a list has before its sector, and between that and its figure.
_OPENING, _LIST_REACH = 8, 24
# `Với mức tăng trưởng`, and nothing that grows.
_GROWTHS = ["với tốc độ tăng", "với mức tăng"]
_OPENS_WITH_GROWTH = r"(?:^|[^\p{L}])với (?:tốc độ|mức) tăng(?: trưởng)?(?: bình quân| cao| đạt| là| hàng năm)*\s* … "
# What an index may be.
_INDEX = (80, 200)
# What goods are counted in.
_PIECES = ["chiếc", "cái", "bộ", "đôi", "sản phẩm"]
# What a percentage may do to a name that stands further back.
_COMPARES = ["direction", "exceed", "share", "equal", "contribution", "multiple"]
_OUTPUTS = ["industrial_product_output", "agri_product_output"]
# `đóng góp 3,1 điểm phần trăm vào mức tăng trưởng chung của GRDP`: behind these the whole may be some words away.
_INTO = ["vào", "trong"]
# `về số vốn`, `về số lượng`, and capital that was named before.
_ABOUT_CAPITAL, _ABOUT_NUMBER = r" … \S* về (?:tổng )?(?:số |quy mô )?vốn(?:[,.;)]| và| so|$)", r" … \S* về số lượng(?:[,.;)]| và| so|$)"
# `về kim ngạch`, `về lượng`: trade that was named before.
_ABOUT_TRADE = r" … \S* về (?:tổng )?(?:kim ngạch|trị giá|giá trị|(?:khối |sản )?lượng)(?:[,.;)]| và| so|$)"
_CAPITALS = ["registered_investment", "fdi_registered", "fdi_implemented", "enterprise_capital"]
_TRADES = [*TRADED, "trade_turnover"]
# What taxes, fees and costs begin with.
_TAXES = ["thuế", "lệ", "phí", "chi"]
_RATIO, _PERCENT, _THINGS = pl.col("family").is_in(RATIOS), pl.col("family") == "percent", pl.col("unit") == "count"
# `mốc 3.300 USD/oz`: only a price is told so.
_PRICE = pl.col("family") == "price"
_PEOPLE = pl.col("unit").is_in(["person", "person/year"])
_MOVED = pl.col("direction").is_not_null()
_SHARES = pl.col("act").is_in(["share", "contribution"])


def choices(seen: Quantities, unit_end: pl.Expr) -> list[tuple[str, pl.Expr]]:
    """Rows of the marks that may name a quantity, the surest first, each with the name of its rule."""
    done, is_part, of_noun, of_thing = seen.once(of_deed(seen), _is_part(seen), *_of_other_things())
    (near,) = seen.once(_near(seen, done))
    counted = ahead(seen.next_row(pl.col("is_counted")))
    counts_now = (seen.at("start", counted) <= unit_end + ADJACENT).fill_null(value=False)
    here, further = seen.once(*_inherits(seen, unit_end))
    gap = in_gap(pl.col("name_before"))
    unfit, over = seen.once(*_unfit(seen, counts_now & done))
    sentence = pl.when(~unfit | over).then(in_same("sentence_id", "name_before"))
    line = pl.when(~unfit).then(in_same("line_id", "name_before"))
    fits_dealt = _RATIO | seen.at("fits", "dealt_row").list.contains(pl.col("family").cast(pl.String))
    a_few_words_on = pl.when(seen.at("start", near) <= unit_end + _BEHIND).then(near)
    # `tăng 4,5%, tương ứng tăng 1,3 tỷ USD và trị giá nhập khẩu đạt …`: what moved is told already.
    # `doanh thu giảm 24%, đạt 1.200 tỷ đồng trong khi lợi nhuận …`: so is what another thing is set beside.
    untold = (~_MOVED | (seen.at("names", near) == "")) & ~(_beside_another() & sentence.is_not_null())
    return [
        ("respectively", pl.when(fits_dealt).then(pl.col("dealt_row"))),
        ("counted", pl.when(counts_now & ~done).then(counted)),
        *(("behind", choice) for choice in _behind(seen, unit_end, near)),
        ("gap", _opening_subject(seen)),
        ("gap", pl.when(~((_THINGS | (_PEOPLE & done)) & seen.at("is_counted", gap)) & ~of_noun & ~of_thing).then(gap)),
        ("behind", paid_into(seen)),
        ("behind", _whole_of_share(seen)),
        ("behind", pl.when(~_RATIO & ~_THINGS & untold).then(a_few_words_on)),
        ("verb", pl.when(~_RATIO).then(named_by_verb(seen))),
        ("sentence", pl.when((~_THINGS | _again(seen)) & ~of_noun & here).then(sentence)),
        ("behind", pl.when(in_same("sentence_id", "name_before").is_null()).then(_subject_behind(seen))),
        ("fallback", pl.when(((_RATIO & _MOVED) | (pl.col("family") == "money")) & ~pl.col("has_subject")).then(weak_name(seen))),
        ("line", pl.when(~_THINGS & ~of_noun & further & (_RATIO | is_part | _PRICE | pl.col("act").is_not_null())).then(line)),
        ("topic", pl.when(~_THINGS & ~_PEOPLE & ~of_noun & further & is_part & ~pl.col("has_subject")).then(_topic(seen))),
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


def _whole_of_share(seen: Quantities) -> pl.Expr:
    """`kênh trực tuyến đạt 2,7 tỷ đồng, chiếm 6% tổng doanh thu`: row of the whole that an amount is told to be a part of."""
    behind = pl.when(pl.col("family") == "money").then("next_quantity")
    part = (seen.at("act", behind) == "share") & (seen.at("family", behind) == "percent") & ~seen.at("of_plan", behind)
    # Few amounts are told so: the others are not asked what their whole is.
    (share,) = seen.once(pl.when(part & (seen.gap_to(behind) <= _SHARE_REACH)).then(behind))
    whole = seen.at("name_behind", share)
    reach = pl.when(seen.at("in_brackets", share)).then(ADJACENT).otherwise(_BEHIND)
    named = seen.at("start", whole).cast(pl.Int64) - seen.unit_end(share).cast(pl.Int64) <= reach
    named &= whole <= pl.col("sentence_id_last")
    # `dư nợ 50 tỷ đồng, chiếm 40% GDP`: what is measured by a product is no part of it.
    fits = seen.at("fits", whole).list.contains(pl.col("family").cast(pl.String)) & ~seen.at("names", whole).is_in(PRODUCTS)
    return pl.when(named & fits).then(whole)


def _opening_subject(seen: Quantities) -> pl.Expr:
    """`Tổng doanh thu của các đơn vị do A đại diện chủ sở hữu là 692 tỷ đồng`: row of the name that opens a sentence up to `là`."""
    tells = (pl.col("act_code") == "is") & (pl.col("act_distance") <= _BEHIND) & pl.col("last_quantity").is_null() & ~_PEOPLE
    first = pl.when(tells).then("sentence_id_first")
    opens = seen.at("start", first).cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64) <= ADJACENT
    fits = seen.at("fits", first).list.contains(pl.col("family").cast(pl.String)) & (seen.at("kind", first) == "indicator")
    unparted = ~(seen.last_row(pl.col("kind") == "clause") > first).fill_null(value=False)
    nothing = (seen.at("names", "name_before") == "").fill_null(value=False)
    return pl.when((opens & fits & unparted & nothing).fill_null(value=False)).then(first)


def _subject_behind(seen: Quantities) -> pl.Expr:
    """`Với tốc độ tăng 7,4% trong quý 3, GDP 9 tháng …`: row of the subject that a growth opens its sentence for."""
    named = in_same("sentence_id", "name_behind")
    first = (pl.col("family") == "percent") & pl.col("last_quantity").is_null() & pl.col("phrase").str.contains_any(_GROWTHS)
    opens = pl.when(first).then("phrase").str.contains(_OPENS_WITH_GROWTH)
    return pl.when(opens & seen.at("names", named).is_in([*PRODUCTS, "economic_growth"])).then(named)


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
    # `xuất khẩu 30 tỷ USD, đạt mức tăng trưởng khá là 25%`; `giảm xuống 5%` may be anything.
    grows = (pl.col("direction") == "up") & (pl.col("act") == "reach") & ~pl.col("act_code").is_in(TO)
    grows &= ~pl.col("comes_from") & ~pl.col("is_mean") & ~pl.col("is_of_noun") & ~pl.col("in_brackets")
    # `IIP tăng 13%. Trong đó, khai khoáng ước đạt 165,6%`: an index.
    index = (seen.at("names", "name_before") == "iip") & pl.col("act").fill_null("reach").eq("reach") & pl.col("value").is_between(*_INDEX)
    index &= (pl.col("family") == "percent") & _is_part(seen)
    further |= index
    return compares | rates | grows | index, further


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
    # `mặt hàng xuất khẩu tăng: hàng thêu 70 nghìn chiếc, giày dép 3 triệu đôi`.
    again |= _THINGS & pl.col("thing").is_in(_PIECES) & seen.at("names", "name_before").is_in(TRADED)
    # `245 làng nghề, thêm 26 làng so với năm 2010`.
    return again | _THINGS & _MOVED & pl.col("versus_base") & seen.at("is_counted", "name_before").fill_null(value=False)


def _unfit(seen: Quantities, counts_done: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Whether a quantity has no name that stands further back than its gap, and whether its sentence may lend one nevertheless."""
    # `giá lúa 8.000 đồng/kg, lợi nhuận 25 triệu đồng/ha`: of what its own words name, or of nothing.
    own = in_gap(seen.last_row(is_name() & ~pl.col("is_counted")))
    # `chi thường xuyên (không quá 1% tổng chi) là 52 tỷ đồng`: a bracket that is shut names nothing behind it.
    over = (seen.at("shut_row", own) < pl.col("row")).fill_null(value=False) & ~counts_done
    unfit = in_gap(pl.col("name_before")).is_null() & own.is_not_null() & ~_RATIO
    # `258 người lao động hưởng trợ cấp`: nor is what something is done to counted by a name that stands further back.
    unfit |= counts_done | pl.col("has_subject")
    # `quản lý hơn 2.494 ha đất`: no output that was told of further back.
    return unfit | (pl.col("family") == "area") & seen.at("names", "name_before").is_in(_OUTPUTS), over


def _aspect(seen: Quantities) -> pl.Expr:
    """`120 dự án, vốn 2 tỷ USD, tăng 12% về số lượng và 30% về số vốn`, `tăng 2% về kim ngạch`: row of the name that `về` takes up."""
    told = pl.when((pl.col("family") == "percent") & (pl.col("follows") == "về")).then("phrase")
    capital = in_same("sentence_id", seen.last_row(is_name() & pl.col("names").is_in(_CAPITALS)))
    number = in_same("sentence_id", seen.last_row(pl.col("is_counted")))
    traded = in_same("sentence_id", seen.last_row(is_name() & pl.col("names").is_in(_TRADES)))
    cases = [(_ABOUT_CAPITAL, capital), (_ABOUT_NUMBER, number), (_ABOUT_TRADE, traded)]
    return pl.coalesce(pl.when(told.str.contains(words)).then(row) for words, row in cases)


def _beside_another() -> pl.Expr:
    """Whether the words behind a quantity begin another statement."""
    within = (pl.col("follows") == "trong") & pl.col("phrase").str.contains("trong khi", literal=True)
    while_ = pl.when(within).then("phrase").str.contains(" … [^,.;]*trong khi")
    return pl.col("follows").is_in(_JOINING).fill_null(value=False) | while_.fill_null(value=False)


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
