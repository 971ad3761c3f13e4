"""Which indicator a quantity speaks of: the nearest fitting name in its gap, behind it, in its sentence, in its line."""

from __future__ import annotations

import polars as pl

from assets.observations.names import ADJACENT, is_name, with_compounds, with_names, with_topics
from assets.observations.respectively import with_dealt
from assets.observations.stream import QUANTITY, ahead, at, cue, in_gap, in_same, last_row, next_row, run_start, with_first, with_shared
from assets.reference import table

# A name behind the number may be a few words away, as in `67 tỷ đồng tiền doanh thu`.
_BEHIND = 12
# Lines that a topic may lie back.
_TOPIC_LINES = 2
# What a percentage may do to a name that stands further back.
_COMPARES = ["direction", "exceed", "share", "equal", "contribution", "multiple"]
# `tặng 200 suất quà cho`, `hỗ trợ cho hơn`: code points between what is done and to how many.
_DEED_REACH = 40
_OF_NUMBER = 6
_PART_REACH = 6
_MOVES = ["direction", "multiple", "equal", "exceed"]
# Families of units in which anything can be said: a share, a growth, a multiple.
_ANY = ["percent", "percentage_point", "times"]


def bind_indicators(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds indicator, rule_indicator, name_row (row of the mark that names it) and sign to the rows of the stream.

    Rows other than quantities get nulls. `rule_indicator` is one of `respectively`, `counted`,
    `gap`, `behind`, `sentence`, `fallback`, `line`, `topic`.
    """
    named = with_topics(stream).pipe(with_compounds).pipe(with_names).pipe(with_dealt, is_name(), "dealt_row")
    bound = with_shared(named, _nearest(named)).pipe(_choose)
    return _shifted(bound)


def _nearest(stream: pl.DataFrame) -> list[pl.Expr]:
    """Rows of the nearest fitting names before and behind each quantity, whatever its family."""
    # A batch without a quantity has no family at all.
    nowhere = pl.lit(None, pl.UInt32)
    before, behind = [nowhere], [nowhere]
    named = pl.col("names").is_not_null() & (pl.col("kind") != "fallback")
    for family in stream.filter(QUANTITY)["family"].unique().drop_nulls().sort().to_list():
        fits = named if family in _ANY else named & (pl.col("fits").list.contains(family) | (pl.col("names") == ""))
        is_family = QUANTITY & (pl.col("family") == family)
        before.append(pl.when(is_family).then(last_row(fits)))
        behind.append(pl.when(is_family).then(next_row(fits)))
    return [pl.coalesce(before).alias("name_before"), pl.coalesce(behind).alias("name_behind")]


def _choose(stream: pl.DataFrame) -> pl.DataFrame:
    """The first of the names that there is, each with the name of its rule."""
    unit_end = pl.col("end") + pl.col("unit_length")
    return (
        with_first(stream, _choices(unit_end), "name_row", "rule_indicator")
        .pipe(_going_on)
        .with_columns(
            indicator=at("names", "name_row").replace("", None),
            name_start=at("start", "name_row"),
            name_end=at("end", "name_row"),
            name_sign=at("sign", "name_row"),
            # `204 lao động - 213 lao động` has its first noun inside.
            evidence_end=pl.when(pl.col("rule_indicator") == "counted")
            .then(pl.max_horizontal(at("end", "name_row"), unit_end))
            .otherwise(unit_end),
        )
        .with_columns(rule_indicator=pl.when(pl.col("indicator").is_not_null()).then("rule_indicator"))
        .pipe(_refined)
        .drop("dealt_row", "name_before", "name_behind", "compound", "fits", "indicator_kind", "percent_reads_as")
    )


def _choices(unit_end: pl.Expr) -> list[tuple[str, pl.Expr]]:
    """Rows of the marks that may name a quantity, the surest first, each with the name of its rule."""
    behind_start = at("start", "name_behind")
    clause = ahead(next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (at("start", clause) >= behind_start)
    ratio, things = pl.col("family").is_in(_ANY), pl.col("unit") == "count"
    near = pl.when(unparted).then(ahead(pl.col("name_behind")))
    near = pl.when(~(at("is_counted", near) & _of_deed()).fill_null(value=False)).then(near)
    plan = ahead(next_row(cue("plan")))
    shares = pl.col("act").is_in(["share", "contribution"])
    next_to = pl.when(behind_start <= unit_end + ADJACENT).then(near)
    counted = ahead(next_row(pl.col("is_counted")))
    about = (pl.col("family") == "percent") & (pl.col("follows") == "về")
    moved = pl.col("direction").is_not_null()
    # `đặt mục tiêu giảm 51% lợi nhuận`: what a move without a name of its own is followed by.
    moves_what = ratio & moved & (pl.col("act") == "direction") & in_gap(pl.col("name_before")).is_null()
    # A bare percentage may only repeat a rate; what it inherits otherwise must come with a verb of its own.
    compares = ~ratio | pl.col("act").is_in(_COMPARES) | pl.col("of_plan") | pl.col("versus_plan")
    # `vượt chỉ tiêu 15,1%/năm`: the plan of the percentage before.
    planned = in_gap(last_row(cue("plan"))).is_not_null()
    compares |= planned & ratio & (at("family", "last_quantity") == "percent").fill_null(value=False)
    # A page of share prices names an indicator once and goes on with something else: there only its own sentence lends it.
    rates = at("percent_reads_as", "name_before").is_in(["level", "attainment"])
    inherits_here = compares | rates
    inherits = (pl.col("topic").fill_null("") != "securities") & compares | rates
    of_noun = ratio & pl.col("is_of_noun") & ~moved & ~shares
    fits_dealt = ratio | at("fits", "dealt_row").list.contains(pl.col("family").cast(pl.String))
    a_few_words_on = pl.when(behind_start <= unit_end + _BEHIND).then(near)
    # `130 mã số vùng trồng`: a thing that no list of counted things knows is not what the indicator before it counts.
    of_thing = things & pl.col("unit_text").is_null() & pl.col("is_of_noun")
    # `giảm từ 321 triệu chiếc còn 225 triệu chiếc`: the same things counted again.
    again = things & (at("unit_text", "last_quantity") == pl.col("unit_text")).fill_null(value=False)
    # `245 làng nghề, thêm 26 làng so với năm 2010`.
    again |= things & moved & pl.col("versus_base") & at("is_counted", "name_before").fill_null(value=False)
    gap, sentence, line = in_gap(pl.col("name_before")), in_same("sentence_id", "name_before"), in_same("line_id", "name_before")
    return [
        ("respectively", pl.when(fits_dealt).then(pl.col("dealt_row"))),
        ("counted", pl.when((at("start", counted) <= unit_end + ADJACENT) & ~_of_deed()).then(counted)),
        ("behind", pl.when(about).then(a_few_words_on)),
        ("behind", pl.when(pl.col("of_plan") & (behind_start <= at("end", plan) + ADJACENT)).then(near)),
        ("behind", pl.when((pl.col("family") == "percent") & (at("percent_reads_as", near) == "level")).then(a_few_words_on)),
        ("behind", pl.when(pl.when(ratio).then(shares).otherwise(~things)).then(next_to)),
        ("behind", pl.when(moves_what).then(next_to)),
        ("gap", pl.when(~(things & at("is_counted", gap)) & ~of_noun & ~of_thing).then(gap)),
        ("behind", pl.when(~ratio & ~things).then(a_few_words_on)),
        ("sentence", pl.when((~things | again) & ~of_noun & inherits_here).then(sentence)),
        ("fallback", pl.when((ratio & moved) | (pl.col("family") == "money")).then(_weak_name())),
        ("line", pl.when(~things & ~of_noun & inherits & (ratio | _is_part() | pl.col("act").is_not_null())).then(line)),
        ("topic", pl.when(~things & ~of_noun & inherits & _is_part()).then(_topic())),
    ]


def _going_on(stream: pl.DataFrame) -> pl.DataFrame:
    """`Giá gạo xuất khẩu đạt 445 USD, giảm 0,2%`: a move that names nothing is that of the amount before it, not of a nearer word."""
    fulfils = pl.col("of_plan") | pl.col("versus_plan")
    unnamed = pl.col("rule_indicator").is_null() & (pl.col("act").is_in(_MOVES) | fulfils) & in_gap(pl.col("name_before")).is_null()
    goes_on = ((pl.col("rule_indicator") == "sentence") & pl.col("act").is_in(_MOVES)) | unnamed
    goes_on &= pl.col("last_quantity").is_not_null() & pl.col("family").is_in(_ANY)
    held = at("name_row", run_start(goes_on))
    carried = goes_on & held.is_not_null()
    return stream.with_columns(
        name_row=pl.when(carried).then(held).otherwise("name_row"),
        rule_indicator=pl.when(carried).then(pl.coalesce("rule_indicator", pl.lit("sentence"))).otherwise("rule_indicator"),
    )


def _weak_name() -> pl.Expr:
    """Row of a word that names an indicator only where nothing better does: `khu vực dịch vụ tăng 6%`."""
    row = in_same("sentence_id", last_row(pl.col("kind") == "fallback"))
    return pl.when(at("fits", row).list.contains(pl.col("family")) | pl.col("family").is_in(_ANY)).then(row)


def _is_part() -> pl.Expr:
    """Whether a sector, a group of owners, a place or a time is named right before the quantity."""
    return in_gap(last_row(pl.col("kind").is_in(["sector", "place", "period"]))).is_not_null()


def _of_deed() -> pl.Expr:
    """Whether things are counted that something is done to: `tặng quà cho 188 nghìn hộ nghèo` tells not how many there are."""
    deed = in_same("sentence_id", last_row(cue("deed")))
    done = (pl.col("start").cast(pl.Int64) - at("end", deed).cast(pl.Int64) <= _DEED_REACH).fill_null(value=False)
    # `659 doanh nghiệp làm thủ tục`: right behind the things counted stands what they take part in.
    part = ahead(next_row(cue("part_in")))
    thing = ahead(next_row(pl.col("is_counted")))
    # `35.657 tờ khai của 659 doanh nghiệp`: what they have is counted, not how many there are.
    of = in_gap(last_row(cue("of")))
    done |= (at("names", thing) == "enterprises") & (pl.col("start").cast(pl.Int64) - at("end", of).cast(pl.Int64) <= _OF_NUMBER)
    done = done.fill_null(value=False)
    return done | (at("start", part).cast(pl.Int64) - at("end", thing).cast(pl.Int64)).is_between(0, _PART_REACH).fill_null(value=False)


def _topic() -> pl.Expr:
    """Row of the last name of the lines before, for a line that goes on with its parts."""
    last = in_same("document_key", "name_before")
    return pl.when(at("line_id", last) + _TOPIC_LINES >= pl.col("line_id")).then(last)


def _refined(stream: pl.DataFrame) -> pl.DataFrame:
    """A counted noun that the gap says more of: `giải quyết việc làm cho 150 lao động`."""
    refinements = table("indicator_refinements").rename({"counted": "indicator", "indicator": "refined"})
    contexts = refinements["context"].unique()
    said = in_gap(last_row(pl.col("names").is_in(contexts.implode()) & ~pl.col("is_counted")))
    counts = at("last_quantity", "name_row")
    craft = in_same("sentence_id", last_row((pl.col("kind") == "object") & pl.col("code").is_in(contexts.implode())))
    return (
        stream.with_columns(context=pl.when(QUANTITY).then(pl.coalesce(at("code", craft), at("names", said))))
        .join(refinements, on=["indicator", "context"], how="left", maintain_order="left")
        # `tạo việc làm cho 150 lao động, tăng 4%`: the growth is that of the jobs.
        .with_columns(refined=pl.when(at("is_counted", "name_row")).then(at("refined", counts)).otherwise("refined"))
        .with_columns(indicator=pl.coalesce("refined", "indicator"))
        .drop("refined", "context")
    )


def _shifted(stream: pl.DataFrame) -> pl.DataFrame:
    """Indicators that a context turns into another: capital registered by foreign investors is FDI.

    The context is named right behind the indicator, else before it in the line, else it is the document's own.
    """
    contexts = cue("foreign", "domestic", "new_enterprise")
    shifts = table("indicator_shifts").with_columns(becomes=pl.col("becomes").fill_null(""))
    by_context = shifts.filter(pl.col("context").is_not_null()).select("indicator", "context", by_context="becomes")
    by_topic = shifts.filter(pl.col("context").is_not_null()).select("indicator", topic="context", by_topic="becomes")
    by_unit = shifts.filter(pl.col("unit").is_not_null()).select("indicator", "unit", by_unit="becomes")
    by_unit_here = pl.when(pl.col("foreign_somewhere") | (pl.col("by_unit") == "")).then("by_unit")
    # `Malaysia đã có 329 dự án đầu tư`: who is named as investing comes from abroad; `tỉnh Champasak (Lào)` is where.
    bracket = last_row((pl.col("kind") == "clause") & (pl.col("code") == "("))
    where = (at("end", bracket) == pl.col("start")).fill_null(value=False)
    from_abroad = in_same("sentence_id", last_row((pl.col("kind") == "abroad") & (pl.col("family") == "abroad") & ~where))
    behind = ahead(next_row(contexts))
    at_name = pl.when(at("start", behind) <= pl.col("name_end") + _BEHIND).then(behind)
    return (
        stream.with_columns(context_row=pl.coalesce(at_name, in_same("line_id", last_row(contexts))))
        .with_columns(context=pl.coalesce(at("family", "context_row"), pl.when(from_abroad.is_not_null()).then(pl.lit("foreign")), "topic"))
        .join(by_context, on=["indicator", "context"], how="left", maintain_order="left")
        .join(by_unit, on=["indicator", "unit"], how="left", maintain_order="left")
        .join(by_topic, on=["indicator", "topic"], how="left", maintain_order="left")
        .with_columns(indicator=pl.coalesce("by_topic", "by_context", by_unit_here, "indicator").replace("", None))
        .with_columns(rule_indicator=pl.when(pl.col("indicator").is_not_null()).then("rule_indicator"))
        .drop("by_topic", "by_context", "by_unit", "context", "topic", "context_row", "foreign_somewhere")
    )
