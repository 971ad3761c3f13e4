"""Whether a number is a result, an estimate, a target or a forecast: the status words of its sentence."""

from __future__ import annotations

import polars as pl

from assets.observations.carried import is_planned_size, with_carried
from assets.observations.cues import ACTS, TO
from assets.observations.deeds import PROJECTS
from assets.observations.plans import of_outlook, of_plan, planned_behind
from assets.observations.stream import Quantities, Rows, ahead, cue, in_gap, in_same

# `đạt 85% kế hoạch`, `so với mục tiêu`, `vượt chỉ tiêu`: a plan that is only compared with sets no status.
_COMPARED_REACH = 22
# `cao hơn so với mức dự báo`: code points from the comparison to the outlook.
_THAN_REACH = 10
# `kế hoạch sản xuất kinh doanh đã đề ra`: code points between a plan and what tells whose it is.
_QUALIFIED_REACH = 40
# Code points between a bracket and the word that opens it.
_OPENING = 1
# Sizes that are planned twice where they move.
_PLANNED_ANEW = ["registered_investment", "industrial_park_area", "industrial_cluster_area"]
# Codes of words whose figure is not, or not yet, a result.
_OPEN_ENDED = ["estimate", "preliminary", "target", "forecast"]
# What compares a figure with its plan.
_HELD_AGAINST = ["attainment", "gap_to_target"]
# `doanh thu 500 tỷ đồng và lợi nhuận là 50 tỷ đồng`: code points between two figures of one plan.
_PAIR_REACH = 40
# What is only needed on the way.
_ASIDE = [
    "told",
    "says",
    "is_beaten",
    "is_compared",
    "is_met",
    "is_spent",
    "of_ratio",
    "is_compared_plan",
    "plan_before",
    "clause_before",
    "compare_row",
    "unit_end",
    "is_goal",
    "names_kind",
]


def bind_status(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds status, rule_status, status_start and price_basis to the quantities of the stream.

    Takes the columns is_built of `assets.observations.entities`, is_goal and ACTS of `assets.observations.cues`. `rule_status` is `goal`
    (that a figure is compared with), `amount of plan`, `second of plan`, `amount of outlook`, `compared with`, `left` (where a move
    begins), `cue`, `behind`, `will`, `to be built`, `part` (of what the sentence before told), `carried` (from the figure before),
    `paragraph` (that plans), `document` (about a plan) or `default`; `status_start` is where the last word for what is no result begins.
    """
    seen = Quantities(_uncompared(stream))
    said = Quantities(_with_pairs(Quantities(seen.with_first(_said_in_sentence(seen), "told", "rule_status"))))
    last_word = in_same("sentence_id", said.last_row(pl.col("says") & pl.col("code").is_in(_OPEN_ENDED)))
    told = Quantities(said.with_columns(status_start=said.at("start", last_word)).pipe(with_carried))
    priced = pl.when(pl.col("measure") != "share").then(told.at("code", _price_row(told)))
    return told.with_columns(price_basis=priced).drop(*_ASIDE, *ACTS)


def _uncompared(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds what the rules of a sentence ask of its status words.

    Returns:
        with `says` (a status word that is not just what a figure is compared with), `is_beaten` (an outlook that is), `is_compared`
        (right behind words such as `so với`), `is_met` (behind these or what fulfils, too), `is_spent` (what is paid out of it is told),
        `of_ratio` (right behind a percentage), and beside them unit_end and clause_before.
    """
    status, clause = cue("status"), pl.col("kind") == "clause"
    compares = (pl.col("kind") == "cue") & (pl.col("family").is_in(["versus", "exceed", "equal"]) | (pl.col("code") == "fulfil"))
    rows = Rows(stream.with_columns(unit_end=pl.coalesce("evidence_end", pl.col("end") + pl.col("unit_length"))), status | clause)
    seen = Rows(rows.with_columns(clause_before=in_same("sentence_id", rows.last_row(clause))), status)
    seen = Rows(seen.with_columns(compare_row=in_same("sentence_id", seen.last_row(compares))), status)
    # `so với tháng trước (kế hoạch 5%)`: a bracket has words of its own.
    bracketed = seen.at("code", "clause_before") == "("

    def apart(row: str) -> pl.Expr:
        return (bracketed & (pl.col("clause_before") > pl.col(row))).fill_null(value=False)

    near_verb = (pl.col("start") - seen.at("end", "compare_row") <= _COMPARED_REACH) & ~apart("compare_row")
    # `còn 2,4%; mục tiêu năm 2024 là 1,9%`: a semicolon parts as a bracket does.
    semicolon = ((seen.at("code", "clause_before") == ";") & (pl.col("clause_before") > pl.col("last_quantity"))).fill_null(value=False)
    near_figure = (pl.col("start") - seen.at("unit_end", "last_quantity") <= _COMPARED_REACH) & ~apart("last_quantity") & ~semicolon
    # `103% dự báo năm`; `tăng 22% trong tháng 11, và dự báo …` goes on with something else.
    of_ratio = near_figure & (seen.at("family", "last_quantity") == "percent")
    own_outlook = (pl.col("code") == "forecast") & (pl.col("clause_before") > pl.col("last_quantity")).fill_null(value=False)
    of_ratio &= ~own_outlook
    spent, kind = _is_spent(seen), _names_kind(seen)
    compared = ((pl.col("code") == "target") & (near_verb | near_figure | spent)) | ((pl.col("code") == "forecast") & of_ratio)
    # `cao hơn dự báo 7%`: an outlook that is only compared with tells of the figure behind it alone.
    than = in_same("sentence_id", seen.last_row(cue("versus", "exceed", "than")))
    parted = in_same("sentence_id", seen.last_row(pl.col("kind").is_in(["clause", "period", "quantity"]))) > than
    beaten = pl.col("code").is_in(["forecast", "estimate"]) & (pl.col("start") - seen.at("end", than) <= _THAN_REACH)
    beaten = (beaten & ~parted.fill_null(value=False)).fill_null(value=False)
    # `không đạt kế hoạch kinh doanh đã đề ra`: what only tells of a plan that is compared with says no more.
    target = pl.col("code") == "target"
    plan_before = in_same("sentence_id", seen.last_row(status & target))
    seen = Rows(seen.with_columns(is_compared_plan=target & near_verb.fill_null(value=False), plan_before=plan_before), status)
    unparted = (pl.col("clause_before").is_null() | (pl.col("clause_before") < pl.col("plan_before"))) & (
        pl.col("last_quantity").is_null() | (pl.col("last_quantity") < pl.col("plan_before"))
    )
    close = pl.col("start") - seen.at("end", "plan_before") <= _QUALIFIED_REACH
    met_before = (target & seen.at("is_compared_plan", "plan_before") & unparted & close).fill_null(value=False)
    compared |= met_before
    # … and these end with it: `(kế hoạch tăng 9%); nhập khẩu đạt …`.
    in_bracket = (
        target & pl.col("last_quantity").is_not_null() & bracketed & (pl.col("start") - seen.at("end", "clause_before") <= _OPENING)
    ).fill_null(value=False)
    return seen.with_columns(
        says=~(compared.fill_null(value=False) | beaten | in_bracket | kind),
        names_kind=kind,
        is_beaten=beaten,
        is_spent=spent,
        is_met=near_verb.fill_null(value=False) | met_before,
        is_compared=(near_verb & seen.at("family", "compare_row").is_in(["versus", "exceed", "equal"])).fill_null(value=False),
        of_ratio=of_ratio.fill_null(value=False),
    )


def _names_kind(seen: Rows) -> pl.Expr:
    """`chỉ tiêu doanh thu đạt 160 tỷ đồng, tăng 5,8% so với kế hoạch`: what is held against a plan is none, and the word just names it."""
    figure, behind = pl.col("next_quantity"), seen.at("next_quantity", "next_quantity")
    norm = cue("plan") & (pl.col("code") == "norm")
    named = pl.any_horizontal(seen.at("start", row) == pl.col("start") for row in (seen.last_row(norm), seen.next_row(norm)))
    named &= seen.at("act_code", figure) == "fulfil"
    return (named & (seen.at("measure", figure) == "level") & seen.at("measure", behind).is_in(_HELD_AGAINST)).fill_null(value=False)


def _is_spent(seen: Rows) -> pl.Expr:
    """`giải ngân kế hoạch vốn năm 2024 đạt …`: whether a plan is what money is paid out of; a goal (`mục tiêu`) is not."""
    paid = in_same("sentence_id", seen.last_row(cue("paid")))
    parts = pl.max_horizontal("clause_before", "last_quantity").cast(pl.Int64).fill_null(-1)
    schemes = [row(cue("plan") & (pl.col("code") == "plan")) for row in (seen.last_row, seen.next_row)]
    scheme = pl.any_horizontal(seen.at("start", row) == pl.col("start") for row in schemes)
    return ((paid > parts) & scheme & (seen.gap_from(paid) <= _QUALIFIED_REACH)).fill_null(value=False)


def _said_in_sentence(seen: Quantities) -> list[tuple[str, pl.Expr]]:
    """Status by rule, the strongest first."""

    def last(*codes: str) -> pl.Expr:
        return in_same("sentence_id", seen.last_row(pl.col("says") & pl.col("code").is_in(list(codes))))

    # `… dự báo …, so với mức 13 tỷ USD`: what an outlook is compared with is known.
    versus = in_gap(seen.last_row(cue("versus")))
    open_ended, actual = last(*_OPEN_ENDED), last("actual")
    # `đã` ends what a plan or forecast opened, not an estimate.
    overruled = (actual > open_ended) & seen.at("code", open_ended).is_in(["target", "forecast"])
    # So does `ghi nhận` with a plan, which else may well tell of a guess.
    noted = (last("noted") > open_ended) & (seen.at("code", open_ended) == "target")
    overruled = overruled.fill_null(value=False) | noted.fill_null(value=False)
    # `Kế hoạch … dự tính đạt …`: a plan says how it is meant.
    said = pl.when((seen.at("code", open_ended) == "forecast") & last("target").is_not_null()).then(pl.lit("target"))
    told_since = in_gap(seen.last_row(pl.col("kind").is_in(["clause", "period"]))) > versus
    known = (pl.col("measure") == "level") & (versus > open_ended) & ((pl.col("name_row") < versus) | ~told_since.fill_null(value=False))
    # `ước đạt 9 tỷ USD, tăng 8% so với năm trước, trong đó …`: what is compared with ends before a comma.
    known &= ~(in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != "("))) > versus).fill_null(value=False)
    # `… đã chấp thuận chủ trương đầu tư dự án với quy mô 148 ha`: what is approved is still to be built.
    paper = in_same("sentence_id", seen.last_row(cue("status") & pl.col("code").is_in(["approved", "called"])))
    approved = paper.is_not_null() & is_planned_size(seen, in_same("sentence_id", seen.last_row(pl.col("indicator").is_in(PROJECTS))))
    # `mời gọi đầu tư 40 dự án`: nor has anybody begun what investors are looked for.
    approved |= (seen.at("code", paper) == "called") & pl.col("indicator").is_in(PROJECTS) & (pl.col("measure") == "level")
    return [
        ("goal", pl.when("is_goal").then(pl.lit("target"))),
        ("amount of plan", pl.when(of_plan(seen)).then(pl.lit("target"))),
        ("amount of outlook", of_outlook(seen)),
        ("compared with", pl.when(known).then(pl.lit("actual"))),
        ("left", pl.when(_is_left(seen) & (open_ended.is_not_null() | last("will").is_not_null())).then(pl.lit("actual"))),
        ("to be built", pl.when(approved).then(pl.lit("target"))),
        ("cue", pl.when(overruled).then(pl.lit("actual")).otherwise(pl.coalesce(said, seen.at("code", open_ended)))),
        ("behind", pl.when(planned_behind(seen)).then(pl.lit("target"))),
        ("cue", pl.when(actual.is_not_null()).then(pl.lit("actual"))),
        ("will", pl.when(last("will").is_not_null()).then(pl.lit("target"))),
    ]


def _with_pairs(seen: Quantities) -> pl.DataFrame:
    """`vượt kế hoạch doanh thu 500 tỷ đồng và lợi nhuận là 50 tỷ đồng`: a plan reaches the second of two figures."""
    before = pl.col("last_quantity")
    pair = (seen.at("rule_status", before) == "amount of plan") & (seen.at("family", before) == pl.col("family"))
    pair &= (pl.col("measure") == "level") & (pl.col("act").is_null() | (pl.col("act_code") == "is"))
    pair &= (seen.gap_from(before) <= _PAIR_REACH) & in_gap(seen.last_row(pl.col("kind") == "clause")).is_null()
    # `lương kế hoạch là 17 triệu đồng và lương thực hiện là 21 triệu đồng`: so it does where it was met.
    pair &= in_same("sentence_id", seen.last_row(pl.col("is_met").fill_null(value=False))).is_not_null()
    few = seen.those((pair & (pl.col("told") != "target").fill_null(value=True)).fill_null(value=False))
    return few.with_columns(told=pl.lit("target"), rule_status=pl.lit("second of plan"))


def _is_left(seen: Quantities) -> pl.Expr:
    """`dự kiến tăng vốn từ 500 tỷ đồng lên 700 tỷ đồng`: whether an amount is where a move begins; rates may have been foretold before."""
    behind = pl.col("next_quantity")
    ends = (seen.at("family", behind) == pl.col("family")) & seen.at("act_code", behind).is_in(TO)
    begins = (pl.col("measure") == "level") & (pl.col("family") != "percent") & pl.col("comes_from") & pl.col("value_upper").is_null()
    # `giảm tổng mức đầu tư từ 2.600 tỷ đồng xuống 1.000 tỷ đồng`: one plan for another.
    begins &= ~pl.col("indicator").is_in(_PLANNED_ANEW)
    return (begins & ends).fill_null(value=False)


def _price_row(seen: Quantities) -> pl.Expr:
    """Row of the price basis of a quantity: the one beside it, else one that the sentence names with its indicator.

    `đạt 8.140 tỷ đồng theo giá hiện hành, tăng 3,4% theo giá so sánh 2010`: each has its own.
    """
    basis, clause = cue("price_basis"), (pl.col("kind") == "clause") & (pl.col("code") != "(")
    before, behind = in_gap(seen.last_row(basis)), ahead(seen.next_row(basis))
    parted_before, parted_behind = in_gap(seen.last_row(clause)) > before, ahead(seen.next_row(clause)) < behind
    first, last = in_same("sentence_id", seen.last_row(basis)), in_same("sentence_id", seen.next_row(basis))
    sides = ("next_quantity", "last_quantity")
    of_same = [seen.at("indicator", seen.at(side, row)) == pl.col("indicator") for row in (first, last) for side in sides]
    return pl.coalesce(
        pl.when(~parted_before.fill_null(value=False)).then(before),
        pl.when(~parted_behind.fill_null(value=False)).then(behind),
        before,
        pl.when(of_same[0] | of_same[1]).then(first),
        pl.when(of_same[2] | of_same[3]).then(last),
    )
