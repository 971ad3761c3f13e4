"""Whether a number is a result, an estimate, a target or a forecast: the status words of its sentence."""

from __future__ import annotations

import polars as pl

from assets.observations.carried import with_carried
from assets.observations.plans import of_outlook, of_plan, planned_behind
from assets.observations.stream import QUANTITY, ahead, at, cue, in_gap, in_same, last_row, next_row, with_first, with_shared

# `đạt 85% kế hoạch`, `so với mục tiêu`, `vượt chỉ tiêu`: a plan that is only compared with sets no status.
_COMPARED_REACH = 22
# `cao hơn so với mức dự báo`: code points from the comparison to the outlook.
_THAN_REACH = 10
# `kế hoạch sản xuất kinh doanh đã đề ra`: code points between a plan and what tells whose it is.
_QUALIFIED_REACH = 40
# Code points between a bracket and the word that opens it.
_OPENING = 1
# Codes of words whose figure is not, or not yet, a result.
_OPEN_ENDED = ["estimate", "preliminary", "target", "forecast"]
# What is only needed on the way.
_ASIDE = [
    "told",
    "says",
    "is_beaten",
    "is_compared",
    "of_ratio",
    "is_compared_plan",
    "plan_before",
    "clause_before",
    "compare_row",
    "unit_end",
]


def bind_status(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds status, rule_status, status_start and price_basis to the quantities of the stream.

    Takes the column is_built of `assets.observations.entities`. `rule_status` is `amount of plan`, `amount of outlook`,
    `compared with`, `cue`, `behind`, `will`, `to be built`, `carried` (from the figure before), `part` (of what the sentence
    before told), `paragraph` (that plans) or `default`; `status_start` is where the last word for what is no result begins.
    """
    marked = _uncompared(stream)
    said = with_first(marked, _said_in_sentence(), "told", "rule_status")
    last_word = in_same("sentence_id", last_row(pl.col("says") & pl.col("code").is_in(_OPEN_ENDED)))
    told = with_shared(
        said, *(pl.when(QUANTITY).then(name).alias(name) for name in ("told", "rule_status")), status_start=at("start", last_word)
    )
    priced = pl.when(QUANTITY & (pl.col("measure") != "share")).then(at("code", _price_row()))
    return told.pipe(with_carried).with_columns(price_basis=priced).drop(_ASIDE)


def _uncompared(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds what the rules of a sentence ask of its status words.

    Returns:
        with `says` (a status word that is not just what a figure is compared with), `is_beaten` (an outlook that is),
        `is_compared` (right behind words such as `so với`), `of_ratio` (right behind a percentage), and beside them unit_end,
        compare_row, clause_before.
    """
    is_cue = pl.col("kind") == "cue"
    compares = is_cue & (pl.col("family").is_in(["versus", "exceed", "equal"]) | (pl.col("code") == "fulfil"))
    marked = with_shared(
        stream,
        unit_end=pl.coalesce("evidence_end", pl.col("end") + pl.col("unit_length")),
        compare_row=in_same("sentence_id", last_row(compares)),
        clause_before=in_same("sentence_id", last_row(pl.col("kind") == "clause")),
    )
    # `so với tháng trước (kế hoạch 5%)`: a bracket has words of its own.
    bracketed = at("code", "clause_before") == "("

    def apart(row: str) -> pl.Expr:
        return (bracketed & (pl.col("clause_before") > pl.col(row))).fill_null(value=False)

    near_verb = (pl.col("start") - at("end", "compare_row") <= _COMPARED_REACH) & ~apart("compare_row")
    # `còn 2,4%; mục tiêu năm 2024 là 1,9%`: a semicolon parts as a bracket does.
    semicolon = ((at("code", "clause_before") == ";") & (pl.col("clause_before") > pl.col("last_quantity"))).fill_null(value=False)
    near_figure = (pl.col("start") - at("unit_end", "last_quantity") <= _COMPARED_REACH) & ~apart("last_quantity") & ~semicolon
    # `103% dự báo năm`.
    of_ratio = near_figure & (at("family", "last_quantity") == "percent")
    compared = ((pl.col("code") == "target") & (near_verb | near_figure)) | ((pl.col("code") == "forecast") & of_ratio)
    # `cao hơn dự báo 7%`: an outlook that is only compared with tells of the figure behind it alone.
    than = in_same("sentence_id", last_row(cue("versus", "exceed", "than")))
    parted = in_same("sentence_id", last_row(pl.col("kind").is_in(["clause", "period", "quantity"]))) > than
    beaten = pl.col("code").is_in(["forecast", "estimate"]) & (pl.col("start") - at("end", than) <= _THAN_REACH)
    beaten = (beaten & ~parted.fill_null(value=False)).fill_null(value=False)
    status = is_cue & (pl.col("family") == "status")
    # `không đạt kế hoạch kinh doanh đã đề ra`: what only tells of a plan that is compared with says no more.
    target = status & (pl.col("code") == "target")
    marked = with_shared(
        marked, is_compared_plan=target & near_verb.fill_null(value=False), plan_before=in_same("sentence_id", last_row(target))
    )
    unparted = (pl.col("clause_before").is_null() | (pl.col("clause_before") < pl.col("plan_before"))) & (
        pl.col("last_quantity").is_null() | (pl.col("last_quantity") < pl.col("plan_before"))
    )
    told_of = target & at("is_compared_plan", "plan_before") & unparted & (pl.col("start") - at("end", "plan_before") <= _QUALIFIED_REACH)
    compared |= told_of.fill_null(value=False)
    # … and these end with it: `(kế hoạch tăng 9%); nhập khẩu đạt …`.
    in_bracket = (
        target & pl.col("last_quantity").is_not_null() & bracketed & (pl.col("start") - at("end", "clause_before") <= _OPENING)
    ).fill_null(value=False)
    return with_shared(
        marked,
        says=status & ~(compared.fill_null(value=False) | beaten | in_bracket),
        is_beaten=status & beaten,
        is_compared=(near_verb & at("family", "compare_row").is_in(["versus", "exceed", "equal"])).fill_null(value=False),
        of_ratio=of_ratio.fill_null(value=False),
    )


def _said_in_sentence() -> list[tuple[str, pl.Expr]]:
    """Status by rule, the strongest first."""

    def last(*codes: str) -> pl.Expr:
        return in_same("sentence_id", last_row(pl.col("says") & pl.col("code").is_in(list(codes))))

    # `… dự báo …, so với mức 13 tỷ USD`: what an outlook is compared with is known.
    versus = in_gap(last_row(cue("versus")))
    open_ended, actual = last(*_OPEN_ENDED), last("actual")
    # `đã` ends what a plan or forecast opened, not an estimate.
    overruled = (actual > open_ended) & at("code", open_ended).is_in(["target", "forecast"])
    # `Kế hoạch … dự tính đạt …`: a plan says how it is meant.
    said = pl.when((at("code", open_ended) == "forecast") & last("target").is_not_null()).then(pl.lit("target"))
    told_since = in_gap(last_row(pl.col("kind").is_in(["clause", "period"]))) > versus
    known = (pl.col("measure") == "level") & (versus > open_ended) & ((pl.col("name_row") < versus) | ~told_since.fill_null(value=False))
    return [
        ("amount of plan", pl.when(of_plan()).then(pl.lit("target"))),
        ("amount of outlook", of_outlook()),
        ("compared with", pl.when(known).then(pl.lit("actual"))),
        ("cue", pl.when(overruled).then(pl.lit("actual")).otherwise(pl.coalesce(said, at("code", open_ended)))),
        ("behind", pl.when(planned_behind()).then(pl.lit("target"))),
        ("cue", pl.when(actual.is_not_null()).then(pl.lit("actual"))),
        ("will", pl.when(last("will").is_not_null()).then(pl.lit("target"))),
    ]


def _price_row() -> pl.Expr:
    """Row of the price basis of a quantity: the one beside it, else one that the sentence names with its indicator.

    `đạt 8.140 tỷ đồng theo giá hiện hành, tăng 3,4% theo giá so sánh 2010`: each has its own.
    """
    basis, clause = cue("price_basis"), (pl.col("kind") == "clause") & (pl.col("code") != "(")
    before, behind = in_gap(last_row(basis)), ahead(next_row(basis))
    parted_before, parted_behind = in_gap(last_row(clause)) > before, ahead(next_row(clause)) < behind
    first, last = in_same("sentence_id", last_row(basis)), in_same("sentence_id", next_row(basis))
    of_same = [
        at("indicator", at(side, row)) == pl.col("indicator") for row in (first, last) for side in ("next_quantity", "last_quantity")
    ]
    return pl.coalesce(
        pl.when(~parted_before.fill_null(value=False)).then(before),
        pl.when(~parted_behind.fill_null(value=False)).then(behind),
        before,
        pl.when(of_same[0] | of_same[1]).then(first),
        pl.when(of_same[2] | of_same[3]).then(last),
    )
