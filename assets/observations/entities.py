"""Whom a quantity is about: the organisation or site that its sentence names, else the one that its document is about."""

from __future__ import annotations

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.observations.deeds import PROJECTS
from assets.observations.respectively import with_dealt
from assets.observations.stream import (
    HERE,
    QUANTITY,
    Figures,
    Rows,
    at,
    cue,
    in_gap,
    in_same,
    last_row,
    next_row,
    run_start,
    with_shared,
)
from assets.observations.whom import BUILT, ORGANISATION, ORGANISED, in_full, with_who
from assets.reference import table

_PARKS = ["industrial_park_area", "industrial_park_occupancy", "industrial_cluster_area", "industrial_cluster_occupancy"]
_SINGLE = ["project", "plant", "road"]
_PASSING = ["exports", "imports", "trade_turnover", "trade_balance", "price"]
# Lines at the head of a text that tell what it is about, and what a mention there is worth.
_LEAD_LINES, _IN_LEAD = 2, 4
# The share of all mentions of organisations that the main one of a document needs.
_MAIN_SHARE = 0.34
# The share and the mentions from which on a document is about nobody else.
_SOLE_SHARE, _SOLE_MENTIONS = 0.6, 6
# How often a text must speak of the project or site that it is about.
_MAIN_MENTIONS = 3
# Lines that the firm may be named before, which an amount without a subject is about.
_NEAR_LINES = 2
# `Đài Truyền hình Việt Nam (100%)`, `Hội Nông dân chiếm 31%`: code points between an agency and a figure of its own.
_BESIDE = 10
# The address of an organisation follows it within so many code points: it takes nothing away from it.
_ADDRESS_REACH = 60
# Code points before a word that opens its sentence: a quotation mark, a bullet.
_MARK = 2
# Code points before whoever a sentence is about from its beginning.
_LEADING = 36
# `Tổng vốn đầu tư là …` at the head of a sentence goes on about the project of the sentence before.
_SUBJECTLESS = 30
# Code points between two words that follow one another.
_NEXT = 1
_BRANCH = (pl.col("form") == ANNOUNCED) & pl.col("family").is_in(["industry", "product"])
_BRANCH = (pl.col("kind") == "sector") & (_BRANCH.fill_null(value=False) | pl.col("family").is_in(["it sector", "all"]))
# `doanh thu của Hà Tĩnh`, `doanh thu tỉnh Hà Tĩnh`: a place that earns.
_OF_PLACE = pl.when(HERE).then("text").str.contains(r"^\p{Ll}") | (HERE & (pl.col("start") - at("end", last_row(cue("of"))) <= _NEXT))
_DEALT = ORGANISATION & pl.col("code").is_in(["name", "where"])
_ROWS = [
    "who", "main", "initials", "main_is_built", "main_is_firm", "reach", "in_sentence", "around", "in_line", "firm_in_sentence",
    "agency", "firm_in_line", "firm_near", "earner_near", "of_branch", "main_is_sole", "main_earner",
    "place_row", "next_place", "next_clause", "dealt_to",
]  # fmt: skip


def bind_entities(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds entity and is_built (a project, plant, site or road) to the quantities of a stream with indicators.

    Which indicators may be about somebody, and how far the name may stand, is told by `seeds/entity_reach.csv`.
    """
    named = in_full(stream).pipe(_with_main).pipe(with_who).pipe(with_dealt, _DEALT, "dealt_to")
    seen = Figures(_with_rows(named))
    own = pl.coalesce(_unless_elsewhere(seen, "in_sentence"), _unless_elsewhere(seen, "around"))
    subjectless = pl.col("name_start").cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64) <= _SUBJECTLESS
    # `Trong 5 tháng, vốn đăng ký đạt …` tells of all there is.
    subjectless &= ~(seen.at("kind", "sentence_id_first") == "period").fill_null(value=False)
    own, line = seen.once(own, pl.when(subjectless & ~pl.col("is_counted")).then(_unless_elsewhere(seen, "in_line")))
    built = pl.when("main_is_built").then("main")
    beside = seen.at("text", "agency")
    earner = pl.coalesce(seen.at("who", "firm_in_line"), "main_earner", seen.at("who", "earner_near"))
    by_reach = {
        "document": pl.coalesce(
            seen.at("who", "firm_in_sentence"), pl.when(~pl.col("of_branch") | pl.col("main_is_sole").fill_null(value=False)).then(earner)
        ),
        "site": pl.coalesce(seen.at("who", "firm_in_sentence"), "main", seen.at("who", "firm_near")),
        "main": pl.coalesce(own, line, pl.when("main_is_firm").then("main")),
        "line": pl.coalesce(own, line, built),
        "sentence": pl.coalesce(own, built),
    }
    by_reach |= {"beside": beside, "main": pl.coalesce(beside, by_reach["main"])}
    # `doanh thu của Công ty A và Công ty B lần lượt đạt 120 tỷ đồng và 80 tỷ đồng`; of two indicators not.
    dealt = pl.when(pl.col("reach").is_not_null() & (pl.col("rule_indicator") != "respectively")).then(seen.at("text", "dealt_to"))
    entity = pl.coalesce(dealt, *(pl.when(pl.col("reach") == name).then(choice) for name, choice in by_reach.items()))
    bound = Figures(seen.with_columns(entity=entity).pipe(_carried))
    kinds = (
        Rows(named, pl.col("who").is_not_null())
        .select("document_key", entity="who", is_built=pl.col("family").is_in(BUILT))
        .unique(["document_key", "entity"], keep="first", maintain_order=True)
    )
    about = bound.select("document_key", "entity").join(kinds, on=["document_key", "entity"], how="left", maintain_order="left")
    return bound.spread(about.select(pl.col("is_built").fill_null(value=False))).drop(_ROWS)


def _with_rows(named: pl.DataFrame) -> pl.DataFrame:
    """Adds reach, and the rows of whom a quantity may be about: in its sentence or line, around it, near; and of the places there."""
    who = ORGANISATION & pl.col("who").is_not_null()
    firm, where = who & ~pl.col("code").is_in(["all", "where"]), who & (pl.col("code") == "where")
    marked = with_shared(
        named,
        next_place=in_same("sentence_id", next_row(HERE)),
        next_clause=in_same("sentence_id", next_row(pl.col("kind") == "clause")),
    )
    seen = Figures(marked)
    near, earner = (in_same("document_key", seen.last_row(some)) for some in (firm, firm & pl.col("family").is_in(ORGANISED)))
    agency = in_gap(seen.last_row(ORGANISATION & (pl.col("code") == "agency")))
    reach = table("entity_reach").select("indicator", "reach")
    found = seen.select(
        "indicator",
        in_sentence=in_same("sentence_id", seen.last_row(who & (pl.col("code") != "where"))),
        around=in_same("sentence_id", seen.last_row(where)),
        in_line=in_same("line_id", seen.last_row(who & (pl.col("code") != "where"))),
        firm_in_sentence=in_same("sentence_id", seen.last_row(firm)),
        agency=pl.when(seen.gap_from(agency) <= _BESIDE).then(agency),
        firm_in_line=in_same("line_id", earner),
        # `ngành dệt may đạt doanh thu …`, `các khu công nghiệp đã tạo ra doanh thu …`: a whole branch earns it, or all sites.
        of_branch=in_same("sentence_id", seen.last_row(_BRANCH | _OF_PLACE | (ORGANISATION & (pl.col("code") == "all")))).is_not_null(),
        earner_near=pl.when(seen.at("line_id", earner) + _NEAR_LINES >= pl.col("line_id")).then(earner),
        firm_near=pl.when(seen.at("line_id", near) + _NEAR_LINES >= pl.col("line_id")).then(near),
        place_row=in_same("line_id", seen.last_row(HERE)),
    )
    return seen.spread(found.join(reach, on="indicator", how="left", maintain_order="left").drop("indicator"))


def _carried(marked: pl.DataFrame) -> pl.DataFrame:
    """A quantity that names nobody goes on about whom the one before it was about: in its sentence, or where that gives the parts."""
    seen, before = Figures(marked), pl.col("last_quantity")
    place = in_same("sentence_id", seen.last_row(HERE))
    goes_on = seen.at("indicator", before).is_not_null() & pl.col("entity").is_null() & (pl.col("reach") != "sentence")
    goes_on &= ~(place > before).fill_null(value=False)
    bound = seen.with_columns(entity=seen.at("entity", run_start(goes_on)))
    seen, whole = Figures(bound), in_same("line_id", seen.last_row(QUANTITY))
    # `Trong đó, xuất khẩu đạt 45 triệu USD; nhập khẩu đạt 829 triệu USD`.
    opening = pl.col("sentence_id_first")
    parts = (seen.at("family", opening) == "of_which") & (seen.at("start", opening) <= pl.col("sentence_start") + _MARK)
    goes_on = parts & pl.col("entity").is_null() & pl.col("reach").is_not_null() & place.is_null()
    goes_on &= seen.at("indicator", whole).is_not_null()
    return seen.with_columns(entity=seen.at("entity", run_start(goes_on)))


def _with_main(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds main (what the document is about, or null) and main_is_built (a project or site that its lead names)."""
    seen = Rows(stream, ORGANISATION)
    first = seen.at("block", "document_key_first")
    organisation = seen.select(
        "document_key", "family", "code", "text", is_lead=pl.col("block") <= first + _LEAD_LINES, is_opening=pl.col("block") == first
    )
    alone = organisation.filter((pl.col("code") == "it") & pl.col("family").is_in(BUILT)).group_by("document_key").agg(alone=pl.len())
    names = organisation.filter(pl.col("code") == "name").with_columns(
        weight=pl.when("is_lead").then(_IN_LEAD).otherwise(1), rank=pl.int_range(pl.len())
    )
    counted = names.group_by("document_key", "text").agg(
        pl.col("weight").sum(), pl.col("rank").min(), pl.col("family").first(), pl.col("is_lead", "is_opening").any(), mentions=pl.len()
    )
    share = pl.col("weight") / pl.col("weight").sum().over("document_key")
    headed = (pl.col("family") != "brand") & pl.col("is_lead")
    main = (
        counted.with_columns(share=share, headed=headed)
        .sort("document_key", "headed", "weight", "rank", descending=[False, True, True, False])
        .unique("document_key", keep="first", maintain_order=True)
        .join(alone, on="document_key", how="left")
    )
    spoken_of = pl.col("mentions") + pl.col("alone").fill_null(0) >= _MAIN_MENTIONS
    told = main.filter((pl.col("share") >= _MAIN_SHARE) | pl.col("headed")).select(
        "document_key",
        main_is_firm=pl.col("family").is_in(["company", "bank", "brand"])
        & (pl.col("share") >= _SOLE_SHARE)
        & (pl.col("mentions") >= _MAIN_MENTIONS),
        main="text",
        main_is_sole=(pl.col("share") >= _SOLE_SHARE) & (pl.col("mentions") >= _SOLE_MENTIONS),
        main_earner=pl.when(pl.col("family").is_in([*ORGANISED, "plant"])).then("text"),
        initials=pl.col("text").str.extract_all(r"\p{Lu}").list.join(""),
        main_is_built=~pl.col("text").str.contains("(?i)^trung tâm ")
        & pl.col("family").is_in([*BUILT, "customs"])
        & pl.col("is_opening")
        & spoken_of
        & (pl.col("share") >= _MAIN_SHARE),
    )
    asking = Rows(stream, ORGANISATION | QUANTITY)
    about = asking.select("document_key").join(told, on="document_key", how="left", maintain_order="left")
    return asking.spread(about.drop("document_key"))


def _unless_elsewhere(seen: Figures, row: str) -> pl.Expr:
    """Name in a row, unless a place named behind it, which is not its address, says that the text went on to the place."""
    gone_on = (pl.col("place_row") > pl.col(row)) & (seen.at("start", "place_row") - seen.at("end", row) > _ADDRESS_REACH)
    # `Khu đô thị A tại xã Kim Chung và xã Đại Mạch, …`: an address may name several places before the text goes on.
    clause, first = seen.at("next_clause", row), seen.at("next_place", row)
    at_once = seen.at("start", first) - seen.at("end", row) <= _ADDRESS_REACH
    gone_on &= ~((first < clause) & at_once & (pl.col("place_row") < clause)).fill_null(value=False)
    # `Hội đồng quản trị HAG đồng ý trồng 2.000 ha tại tỉnh Gia Lai với tổng vốn …`: who opens the sentence does so to its end.
    leads = seen.lead_of(row) <= _LEADING
    gone_on &= ~(leads & seen.at("family", row).is_in([*ORGANISED, *_SINGLE])).fill_null(value=False)
    # The parks themselves are no entity of what is told of parks, nor are all gates one of what passes through them.
    of_parks = (seen.at("code", row) == "all") & pl.col("indicator").is_in([*_PARKS, *_PASSING])
    # `24 dự án với tổng vốn …` are many: what is counted, and what they cost, is of no single project.
    counted = pl.col("indicator").is_in(PROJECTS) | (
        seen.at("indicator", "last_quantity").is_in(PROJECTS) & (seen.at("value", "last_quantity") > 1)
    )
    of_parks |= counted & seen.at("family", row).is_in(_SINGLE)
    return pl.when(~gone_on.fill_null(value=False) & ~of_parks.fill_null(value=False)).then(seen.at("who", row))
