"""Whether a number is a result, an estimate, a target or a forecast: the status words of its sentence."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import QUANTITY, ahead, at, cue, in_gap, in_same, last_row, next_row, run_start, with_first, with_shared

# `đạt 85% kế hoạch`, `so với mục tiêu`, `vượt chỉ tiêu`: a plan that is only compared with sets no status.
_COMPARED_REACH = 22
# `mục tiêu hơn 185 triệu tấn`, `4 khu công nghiệp được quy hoạch mới`: words of a plan right before or behind an amount.
_BEFORE_REACH, _BEHIND_REACH = 30, 25
# `vốn Thủ tướng Chính phủ giao cho các bộ, cơ quan trung ương và địa phương là …`.
_ASSIGNED_REACH = 80
# `kế hoạch năm (150.000 tỷ đồng)`: code points between plan, bracket and amount.
_BRACKET_REACH = 10
# Sizes that a project has on paper, whoever tells of it: of running ones the status stays open.
_PLANNED_SIZES = [
    "registered_investment",
    "production_capacity",
    "industrial_park_area",
    "industrial_cluster_area",
    "infrastructure_length",
    "installed_power",
]


def bind_status(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds status, rule_status and price_basis to the quantities of the stream.

    Takes the column is_built of `assets.observations.entities`. `rule_status` is `amount of plan`, `compared with`, `cue`, `behind`,
    `to be built`, `carried` (from the figure before) or `default`.
    """
    said = with_first(_uncompared(stream), _said_in_sentence(), "told", "rule_status")
    told = said.with_columns(pl.when(QUANTITY).then(name).alias(name) for name in ("told", "rule_status"))
    return told.pipe(_carried).with_columns(price_basis=pl.when(QUANTITY & (pl.col("measure") != "share")).then(at("code", _price_row())))


def _uncompared(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds `says`: whether a row is a status word that is not just what a figure is compared with."""
    is_cue = pl.col("kind") == "cue"
    compares = is_cue & (pl.col("family").is_in(["versus", "exceed", "equal"]) | (pl.col("code") == "fulfil"))
    marked = with_shared(
        stream,
        unit_end=pl.coalesce("evidence_end", pl.col("end") + pl.col("unit_length")),
        compare_row=in_same("sentence_id", last_row(compares)),
    )
    near_verb = pl.col("start") - at("end", "compare_row") <= _COMPARED_REACH
    near_figure = pl.col("start") - at("unit_end", "last_quantity") <= _COMPARED_REACH
    # `103% dự báo năm`.
    of_ratio = near_figure & (at("family", "last_quantity") == "percent")
    compared = ((pl.col("code") == "target") & (near_verb | near_figure)) | ((pl.col("code") == "forecast") & of_ratio)
    compared = compared.fill_null(value=False)
    return marked.with_columns(says=is_cue & (pl.col("family") == "status") & ~compared)


def _said_in_sentence() -> list[tuple[str, pl.Expr]]:
    """Status by rule, the strongest first."""
    status = cue("status")

    def last(*codes: str) -> pl.Expr:
        return in_same("sentence_id", last_row(pl.col("says") & pl.col("code").is_in(list(codes))))

    plan_word = in_gap(last_row(status & pl.col("code").is_in(["target", "assigned"])))
    amount = ~pl.col("family").is_in(["percent", "percentage_point", "times"])
    reach = pl.when(at("code", plan_word) == "assigned").then(_ASSIGNED_REACH).otherwise(_BEFORE_REACH)
    of_plan = amount & (pl.col("start") - at("end", plan_word) <= reach)
    behind = ahead(next_row(status & (pl.col("code") == "target")))
    clause = ahead(next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (clause > behind)
    planned = amount & unparted & (at("start", behind) - pl.col("unit_end") <= _BEHIND_REACH)
    # `hoàn thành 32% kế hoạch năm (150.000 tỷ đồng)`: the amount in brackets behind a plan is that of the plan.
    opened = in_gap(last_row((pl.col("kind") == "clause") & (pl.col("code") == "(")))
    in_brackets = amount & (opened > plan_word) & (at("start", opened) - at("end", plan_word) <= _BRACKET_REACH)
    in_brackets &= pl.col("start") - at("end", opened) <= _BRACKET_REACH
    # `… dự báo …, so với mức 13 tỷ USD`: what an outlook is compared with is known.
    versus = in_gap(last_row(cue("versus")))
    open_ended, actual = last("estimate", "preliminary", "target", "forecast"), last("actual")
    # `đã` ends what a plan or forecast opened, not an estimate.
    overruled = (actual > open_ended) & at("code", open_ended).is_in(["target", "forecast"])
    # `Kế hoạch … dự tính đạt …`: a plan says how it is meant.
    said = pl.when((at("code", open_ended) == "forecast") & last("target").is_not_null()).then(pl.lit("target"))
    told_since = in_gap(last_row(pl.col("kind").is_in(["clause", "period"]))) > versus
    known = (pl.col("measure") == "level") & (versus > open_ended) & ((pl.col("name_row") < versus) | ~told_since.fill_null(value=False))
    return [
        ("amount of plan", pl.when(of_plan | in_brackets).then(pl.lit("target"))),
        ("compared with", pl.when(known).then(pl.lit("actual"))),
        ("cue", pl.when(overruled).then(pl.lit("actual")).otherwise(pl.coalesce(said, at("code", open_ended)))),
        ("behind", pl.when(planned).then(pl.lit("target"))),
        ("cue", pl.when(actual.is_not_null()).then(pl.lit("actual"))),
        ("cue", pl.when(last("will").is_not_null()).then(pl.lit("target"))),
    ]


def _carried(told: pl.DataFrame) -> pl.DataFrame:
    """What no word of its sentence settles: it goes on as the figure before of its indicator; what is still to be built is a
    target; else it is a result."""
    before = in_same("document_key", last_row(QUANTITY))
    same_name = pl.col("rule_indicator").is_in(["line", "topic"]) & (at("name_row", before) == pl.col("name_row"))
    near = (at("line_id", before) + 1 >= pl.col("line_id")) & (at("indicator", before) == pl.col("indicator"))
    dated = in_same("sentence_id", last_row(pl.col("kind") == "period")).is_not_null()
    sure = same_name | (near & pl.col("rule_indicator").is_in(["fallback", "line", "topic"]))
    goes_on = pl.col("told").is_null() & (sure | (near & ~dated))
    held = at("told", run_start(goes_on))
    # A sentence with a name of its own goes on with a guess, not with a plan.
    held = pl.when(sure.fill_null(value=False) | held.is_in(["estimate", "preliminary"])).then(held)
    # `32 dự án với tổng vốn đăng ký …` of a park is what it has, not what it will cost.
    of_many = at("indicator", "last_quantity").is_in(["investment_projects", "fdi_projects"]).fill_null(value=False)
    to_build = pl.col("is_built") & pl.col("indicator").is_in(_PLANNED_SIZES) & pl.col("measure").is_in(["level", "share"]) & ~of_many
    rules = [
        ("told", pl.col("told")),
        ("to be built", pl.when(to_build).then(pl.lit("target"))),
        ("carried", pl.when(QUANTITY).then(held)),
        ("default", pl.lit("actual")),
    ]
    settled = with_first(told, rules, "status", "rule_found").with_columns(rule_status=pl.coalesce("rule_status", "rule_found"))
    return settled.with_columns(pl.when(QUANTITY).then(name).alias(name) for name in ("status", "rule_status")).drop(
        "told", "says", "compare_row", "unit_end", "rule_found"
    )


def _price_row() -> pl.Expr:
    """Row of the price basis that the sentence names, before the quantity or behind it."""
    basis = cue("price_basis")
    return pl.coalesce(in_same("sentence_id", last_row(basis)), in_same("sentence_id", next_row(basis)))
