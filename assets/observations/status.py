"""Whether a number is a result, an estimate, a target or a forecast: the status words of its sentence."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import QUANTITY, ahead, at, in_gap, in_same, last_row, next_row

# `đạt 85% kế hoạch`, `so với mục tiêu`, `vượt chỉ tiêu`: a plan that is only compared with sets no status.
_COMPARED_REACH = 22
# `mục tiêu hơn 185 triệu tấn`, `4 khu công nghiệp được quy hoạch mới`: words of a plan right before or behind an amount.
_BEFORE_REACH, _BEHIND_REACH = 30, 25


def bind_status(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds status, rule_status and price_basis to the quantities of the stream.

    `rule_status` is `amount of plan`, `cue`, `behind`, `carried` (from the sentence before) or `default`.
    """
    marked = _uncompared(stream)
    said = _said_in_sentence()
    found = pl.coalesce([pl.when(status.is_not_null()).then(status) for _, status in said])
    rule = pl.coalesce([pl.when(status.is_not_null()).then(pl.lit(name)) for name, status in said])
    told = marked.with_columns(told=pl.when(QUANTITY).then(found), rule_status=pl.when(QUANTITY).then(rule))
    return told.pipe(_carried).with_columns(price_basis=pl.when(QUANTITY & (pl.col("measure") != "share")).then(at("code", _price_row())))


def _uncompared(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds `says`: whether a row is a status word that is not just what a figure is compared with."""
    is_cue = pl.col("kind") == "cue"
    compares = is_cue & (pl.col("family").is_in(["versus", "exceed", "equal"]) | (pl.col("code") == "fulfil"))
    marked = stream.with_columns(
        unit_end=pl.col("end") + pl.col("unit_length"),
        compare_row=in_same("sentence_id", last_row(compares)),
    )
    near_verb = pl.col("start") - at("end", "compare_row") <= _COMPARED_REACH
    near_figure = pl.col("start") - at("unit_end", "last_quantity") <= _COMPARED_REACH
    compared = ((pl.col("code") == "target") & (near_verb | near_figure)).fill_null(value=False)
    return marked.with_columns(says=is_cue & (pl.col("family") == "status") & ~compared)


def _said_in_sentence() -> list[tuple[str, pl.Expr]]:
    """Status by rule, the strongest first."""
    status = (pl.col("kind") == "cue") & (pl.col("family") == "status")

    def last(*codes: str) -> pl.Expr:
        return in_same("sentence_id", last_row(pl.col("says") & pl.col("code").is_in(list(codes))))

    plan_word = in_gap(last_row(status & (pl.col("code") == "target")))
    amount = ~pl.col("family").is_in(["percent", "percentage_point", "times"])
    of_plan = amount & (pl.col("start") - at("end", plan_word) <= _BEFORE_REACH)
    behind = ahead(next_row(status & (pl.col("code") == "target")))
    clause = ahead(next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (clause > behind)
    planned = amount & unparted & (at("start", behind) - pl.col("unit_end") <= _BEHIND_REACH)
    open_ended, actual = last("estimate", "preliminary", "target", "forecast"), last("actual")
    # `đã` ends what a plan or forecast opened, not an estimate.
    overruled = (actual > open_ended) & at("code", open_ended).is_in(["target", "forecast"])
    return [
        ("amount of plan", pl.when(of_plan).then(pl.lit("target"))),
        ("cue", pl.when(overruled).then(pl.lit("actual")).otherwise(at("code", open_ended))),
        ("behind", pl.when(planned).then(pl.lit("target"))),
        ("cue", pl.when(actual.is_not_null()).then(pl.lit("actual"))),
        ("cue", pl.when(last("will").is_not_null()).then(pl.lit("target"))),
    ]


def _carried(told: pl.DataFrame) -> pl.DataFrame:
    """A figure that inherits its indicator from an earlier sentence inherits the status too; else it is a result."""
    before = in_same("document_key", last_row(QUANTITY))
    same = pl.col("rule_indicator").is_in(["line", "topic"]) & (at("name_row", before) == pl.col("name_row"))
    carried = pl.when(QUANTITY & same).then(at("told", before))
    return told.with_columns(
        status=pl.when(QUANTITY).then(pl.coalesce("told", carried, pl.lit("actual"))),
        rule_status=pl.when(QUANTITY).then(
            pl.coalesce("rule_status", pl.when(carried.is_not_null()).then(pl.lit("carried")), pl.lit("default"))
        ),
    ).drop("told", "says", "compare_row", "unit_end")


def _price_row() -> pl.Expr:
    """Row of the price basis that the sentence names, before the quantity or behind it."""
    basis = (pl.col("kind") == "cue") & (pl.col("family") == "price_basis")
    return pl.coalesce(in_same("sentence_id", last_row(basis)), in_same("sentence_id", next_row(basis)))
