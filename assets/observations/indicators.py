"""Which indicator a quantity speaks of: the nearest fitting name in its gap, behind it, in its sentence, in its line."""

from __future__ import annotations

import polars as pl

from assets.observations.contexts import refined, shifted
from assets.observations.criteria import without_criteria
from assets.observations.deeds import of_deed
from assets.observations.going_on import going_on
from assets.observations.names import ADJACENT, RATIOS, is_name, with_compounds, with_names
from assets.observations.respectively import with_dealt
from assets.observations.stream import Quantities, ahead, cue, in_gap, in_same
from assets.observations.topics import with_topics
from assets.observations.verbs import named_by_verb, of_nation, weak_name
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
# What taxes and fees begin with.
_TAXES = ["thuế", "lệ", "phí"]


def bind_indicators(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds indicator, rule_indicator, name_row (row of the mark that names it) and sign to the rows of the stream.

    Rows other than quantities get nulls. `rule_indicator` is one of `respectively`, `counted`,
    `gap`, `behind`, `verb`, `sentence`, `fallback`, `line`, `topic`.
    """
    named = with_topics(stream).pipe(with_compounds).pipe(with_names).pipe(with_dealt, is_name(), "dealt_row")
    return named.pipe(_with_nearest).pipe(_choose).pipe(shifted).pipe(without_criteria)


def _with_nearest(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds name_before and name_behind: the rows of the nearest fitting names around each quantity, whatever its family."""
    seen = Quantities(stream)
    is_naming = pl.col("names").is_not_null() & (pl.col("kind") != "fallback")
    names = stream.lazy().filter(is_naming).select("row", "names", "fits", "shut_row", "is_divisor", begins="sentence_id_first").collect()
    # Without a quantity there is no family at all.
    found = [pl.DataFrame(schema=dict.fromkeys(["row", "name_before", "name_behind", "name_outside"], pl.UInt32))]
    for (family,), asking in seen.select("row", "family").group_by("family", maintain_order=True):
        fitting = names if family in RATIOS else names.filter(pl.col("fits").list.contains(family) | (pl.col("names") == ""))
        around = fitting.select("shut_row", "begins", "names", "is_divisor", name_before="row", name_behind="row")
        outside = around.filter(pl.col("shut_row").is_null() & (pl.col("names") != "")).select(name_outside="name_before")
        before = around.filter(~pl.col("is_divisor").fill_null(value=False)).drop("name_behind", "is_divisor")
        found.append(
            asking.drop("family")
            .join_asof(before.set_sorted("name_before"), left_on="row", right_on="name_before", coalesce=False)
            .join_asof(
                around.select("name_behind").set_sorted("name_behind"),
                left_on="row",
                right_on="name_behind",
                strategy="forward",
                coalesce=False,
            )
            .join_asof(outside.set_sorted("name_outside"), left_on="row", right_on="name_outside", coalesce=False)
            .select("row", "name_behind", name_before=pl.when(_is_over()).then("name_outside").otherwise("name_before"))
        )
    return seen.spread(pl.concat(found, how="diagonal").sort("row").drop("row", "name_outside"))


def _is_over() -> pl.Expr:
    """`bán lẻ tăng 10,7% (giá tăng 6,9%), trong đó may mặc tăng 11%`: what a bracket names ends with it if its sentence names more."""
    return (pl.col("shut_row") < pl.col("row")) & (pl.col("name_outside") >= pl.col("begins"))


def _choose(stream: pl.DataFrame) -> pl.DataFrame:
    """The first of the names that there is, each with the name of its rule."""
    unit_end = pl.col("end") + pl.col("unit_length")
    seen = Quantities(stream)
    named = Quantities(seen.with_first(_choices(seen, unit_end), "name_row", "rule_indicator").pipe(going_on))
    counted = pl.col("rule_indicator") == "counted"
    indicator = of_nation(named, named.at("names", "name_row").replace("", None))
    return (
        named.with_columns(
            indicator=indicator,
            name_start=named.at("start", "name_row"),
            name_end=named.at("end", "name_row"),
            name_sign=named.at("sign", "name_row"),
            # `204 lao động - 213 lao động` has its first noun inside.
            evidence_end=pl.when(counted).then(pl.max_horizontal(named.at("end", "name_row"), unit_end)).otherwise(unit_end),
            rule_indicator=pl.when(indicator.is_not_null()).then("rule_indicator"),
        )
        .pipe(refined)
        .drop(
            "dealt_row",
            "name_before",
            "name_behind",
            "shut_row",
            "is_divisor",
            "compound",
            "thing",
            "fits",
            "indicator_kind",
            "percent_reads_as",
        )
    )


def _choices(seen: Quantities, unit_end: pl.Expr) -> list[tuple[str, pl.Expr]]:
    """Rows of the marks that may name a quantity, the surest first, each with the name of its rule."""
    behind_start = seen.at("start", "name_behind")
    clause = ahead(seen.next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (seen.at("start", clause) >= behind_start)
    ratio, things, people = pl.col("family").is_in(RATIOS), pl.col("unit") == "count", pl.col("unit").is_in(["person", "person/year"])
    done, is_part = seen.once(of_deed(seen), _is_part(seen))
    (near,) = seen.once(pl.when(unparted).then(ahead(pl.col("name_behind"))))
    near = pl.when(~(seen.at("is_counted", near) & done).fill_null(value=False)).then(near)
    plan = ahead(seen.next_row(cue("plan")))
    shares = pl.col("act").is_in(["share", "contribution"])
    next_to = pl.when(behind_start <= unit_end + ADJACENT).then(near)
    counted = ahead(seen.next_row(pl.col("is_counted")))
    about = (pl.col("family") == "percent") & (pl.col("follows") == "về")
    moved = pl.col("direction").is_not_null()
    # `đặt mục tiêu giảm 51% lợi nhuận`: what a move without a name of its own is followed by.
    moves_what = ratio & moved & (pl.col("act") == "direction") & in_gap(pl.col("name_before")).is_null()
    # A bare percentage may only repeat a rate; what it inherits otherwise must come with a verb of its own.
    compares = ~ratio | pl.col("act").is_in(_COMPARES) | pl.col("of_plan") | pl.col("versus_plan")
    # `vượt chỉ tiêu 15,1%/năm`: the plan of the percentage before.
    planned = in_gap(seen.last_row(cue("plan"))).is_not_null()
    compares |= planned & ratio & (seen.at("family", "last_quantity") == "percent").fill_null(value=False)
    # A page of share prices names an indicator once and goes on with something else: there only its own sentence lends it.
    rates = seen.at("percent_reads_as", "name_before").is_in(["level", "attainment"])
    inherits_here = compares | rates
    inherits = (pl.col("topic").fill_null("") != "securities") & compares | rates
    # `chiếm 55% thị phần`: of which market its own sentence tells.
    market = ahead(seen.next_row((pl.col("kind") == "block") & (pl.col("code") == "market")))
    inherits &= ~(seen.at("start", market) <= unit_end + ADJACENT).fill_null(value=False)
    # `giảm 2% thuế giá trị gia tăng` lowers a rate.
    of_rate = pl.col("follows").is_in(_TAXES).fill_null(value=False)
    of_noun = ratio & pl.col("is_of_noun") & (~moved | of_rate) & ~shares
    fits_dealt = ratio | seen.at("fits", "dealt_row").list.contains(pl.col("family").cast(pl.String))
    a_few_words_on = pl.when(behind_start <= unit_end + _BEHIND).then(near)
    # `130 mã số vùng trồng`: a thing that no list of counted things knows is not what the indicator before it counts.
    of_thing = things & pl.col("unit_text").is_null() & pl.col("is_of_noun")
    # `giảm từ 321 triệu chiếc còn 225 triệu chiếc`: the same things counted again.
    counted_before = in_same("sentence_id", seen.last_row(pl.col("unit") == "count"))
    again = things & (seen.at("thing", counted_before) == pl.col("thing")).fill_null(value=False)
    # `245 làng nghề, thêm 26 làng so với năm 2010`.
    again |= things & moved & pl.col("versus_base") & seen.at("is_counted", "name_before").fill_null(value=False)
    # `sản lượng 3.000 tấn xuất khẩu sang Úc`: the name right before the number is nearer.
    told_before = (pl.col("start") - seen.at("end", in_gap(pl.col("name_before"))) <= ADJACENT).fill_null(value=False)
    of_noun, of_thing, inherits_here, inherits = seen.once(of_noun, of_thing, inherits_here, inherits)
    gap, sentence, line = in_gap(pl.col("name_before")), in_same("sentence_id", "name_before"), in_same("line_id", "name_before")
    # `giá lúa 8.000 đồng/kg, lợi nhuận 25 triệu đồng/ha`: of what its own words name, or of nothing.
    unfit = gap.is_null() & in_gap(seen.last_row(is_name() & ~pl.col("is_counted"))).is_not_null() & ~ratio
    counts_now = (seen.at("start", counted) <= unit_end + ADJACENT).fill_null(value=False)
    # `258 người lao động hưởng trợ cấp`: nor is what something is done to counted by a name that stands further back.
    unfit |= counts_now & done
    # `quản lý hơn 2.494 ha đất`: no output that was told of further back.
    unfit |= (pl.col("family") == "area") & seen.at("names", "name_before").is_in(_OUTPUTS)
    sentence, line = pl.when(~unfit).then(sentence), pl.when(~unfit).then(line)
    return [
        ("respectively", pl.when(fits_dealt).then(pl.col("dealt_row"))),
        ("counted", pl.when(counts_now & ~done).then(counted)),
        ("behind", _aspect(seen)),
        ("behind", pl.when(about).then(a_few_words_on)),
        ("behind", pl.when(pl.col("of_plan") & (behind_start <= seen.at("end", plan) + ADJACENT)).then(near)),
        ("behind", pl.when((pl.col("family") == "percent") & (seen.at("percent_reads_as", near) == "level")).then(a_few_words_on)),
        # `78% số xã đạt chuẩn nông thôn mới`.
        ("behind", pl.when((pl.col("family") == "percent") & (seen.at("names", near) == "new_rural_communes")).then(next_to)),
        (
            "behind",
            pl.when(ratio & shares & (pl.col("follows") != "là").fill_null(value=True)).then(
                pl.when(pl.col("follows").is_in(_INTO)).then(near).otherwise(a_few_words_on)
            ),
        ),
        ("behind", pl.when(~ratio & ~things & ~told_before).then(next_to)),
        ("behind", pl.when(moves_what).then(next_to)),
        # `mức tăng 12,4% của kim ngạch xuất khẩu`.
        ("behind", pl.when(moves_what & (pl.col("follows") == "của")).then(a_few_words_on)),
        ("gap", pl.when(~((things | (people & done)) & seen.at("is_counted", gap)) & ~of_noun & ~of_thing).then(gap)),
        # `tăng 4,5%, tương ứng tăng 1,3 tỷ USD và trị giá nhập khẩu đạt …`: what moved is told already.
        # `doanh thu giảm 24%, đạt 1.200 tỷ đồng trong khi lợi nhuận …`: so is what another thing is set beside.
        (
            "behind",
            pl.when(~ratio & ~things & (~moved | (seen.at("names", near) == "")) & ~(_beside_another() & sentence.is_not_null())).then(
                a_few_words_on
            ),
        ),
        ("verb", pl.when(~ratio).then(named_by_verb(seen))),
        ("sentence", pl.when((~things | again) & ~of_noun & inherits_here).then(sentence)),
        ("fallback", pl.when((ratio & moved) | (pl.col("family") == "money")).then(weak_name(seen))),
        ("line", pl.when(~things & ~of_noun & inherits & (ratio | is_part | pl.col("act").is_not_null())).then(line)),
        ("topic", pl.when(~things & ~people & ~of_noun & inherits & is_part).then(_topic(seen))),
    ]


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
    opens = seen.at("start", sector).cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64) <= _OPENING
    near = seen.gap_from(sector) <= _LIST_REACH
    listed = opens & near & pl.col("last_quantity").is_null() & ~pl.col("act").is_in(["share", "contribution"])
    lines = pl.when(listed.fill_null(value=False)).then(LIST_LINES).otherwise(_TOPIC_LINES)
    return pl.when(seen.at("line_id", last) + lines >= pl.col("line_id")).then(last)
