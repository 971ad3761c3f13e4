"""Which indicator a quantity speaks of: the nearest fitting name in its gap, behind it, in its sentence, in its line."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.observations.stream import QUANTITY, ahead, at, in_gap, in_same, last_row, next_row
from assets.reference import table

# A counted noun or a name behind the number must follow at once: characters between them, the unit aside.
_ADJACENT = 2
# A name behind the number may be a few words away, as in `67 tỷ đồng tiền doanh thu`.
_BEHIND = 12
# An object further from its head than this belongs to something else.
_HEAD_REACH = 80
# Families of units in which anything can be said: a share, a growth, a multiple.
_ANY = ["percent", "percentage_point", "times"]


@cache
def families() -> pl.DataFrame:
    """Indicator → list of the unit families that its level may have."""
    return table("indicators").select(indicator="code", fits=pl.col("unit_families").str.split("|"), indicator_kind="kind")


def bind_indicators(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds indicator, rule_indicator, name_row (row of the mark that names it) and sign to the rows of the stream.

    Rows other than quantities get nulls. `rule_indicator` is one of `counted`, `gap`, `behind`, `sentence`, `line`.
    """
    named = _compounds(stream).pipe(_candidates)
    bound = named.with_columns(_nearest(named)).pipe(_choose)
    return _shifted(bound)


def _compounds(stream: pl.DataFrame) -> pl.DataFrame:
    """Heads with their object (`diện tích … cụm công nghiệp`) become names; an object alone carries the last head on."""
    head, thing = pl.col("kind") == "head", pl.col("kind") == "object"
    pairs = table("indicator_compounds").rename({"indicator": "compound", "head": "head_code", "object": "object_code"})
    return (
        stream.with_columns(head_row=in_same("line_id", last_row(head)))
        .with_columns(head_code=pl.when(thing).then(at("code", "head_row")), object_code=pl.when(thing).then(pl.col("code")))
        .with_columns(
            # A head of this gap must be near; one of an earlier gap is carried on by lists.
            head_code=pl.when(
                (pl.col("start") - at("end", "head_row") <= _HEAD_REACH) | (at("sentence_id", "head_row") == pl.col("sentence_id"))
            ).then("head_code")
        )
        .join(pairs, on=["head_code", "object_code"], how="left", maintain_order="left")
        .drop("head_row", "head_code", "object_code")
    )


def _candidates(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds `names` (indicator that a row could lend; "" for a name outside the catalogue) and `fits` (its families)."""
    counted = (pl.col("kind") == "counted") & (pl.col("start") <= at("end", "last_quantity") + at("unit_length", "last_quantity") + _ADJACENT)
    outside = pl.col("kind").is_in(["block", "head"])
    return (
        stream.with_columns(
            names=pl.when(pl.col("compound").is_not_null())
            .then("compound")
            .when((pl.col("kind") == "indicator") | counted)
            .then("code")
            .when(outside)
            .then(pl.lit(""))
        )
        .join(families().rename({"indicator": "names"}), on="names", how="left", maintain_order="left")
        .with_columns(is_counted=counted)
    )


def _nearest(stream: pl.DataFrame) -> list[pl.Expr]:
    """Rows of the nearest fitting names before and behind each quantity, whatever its family."""
    before, behind = [], []
    named = pl.col("names").is_not_null()
    for family in stream.filter(QUANTITY)["family"].unique().drop_nulls().sort().to_list():
        fits = named if family in _ANY else named & (pl.col("fits").list.contains(family) | (pl.col("names") == ""))
        is_family = QUANTITY & (pl.col("family") == family)
        before.append(pl.when(is_family).then(last_row(fits)))
        behind.append(pl.when(is_family).then(next_row(fits)))
    return [pl.coalesce(before).alias("name_before"), pl.coalesce(behind).alias("name_behind")]


def _choose(stream: pl.DataFrame) -> pl.DataFrame:
    """The candidate that counts: see the rules in the docstring of `bind_indicators`."""
    after_unit = pl.col("end") + pl.col("unit_length")
    behind_start = at("start", "name_behind")
    clause = ahead(next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (at("start", clause) >= behind_start)
    is_ratio = pl.col("family").is_in(_ANY)
    near = ahead(pl.col("name_behind"))
    counted = pl.when(at("is_counted", near) & (behind_start <= after_unit + _ADJACENT) & ~is_ratio).then(near)
    behind = pl.when(unparted & (behind_start <= after_unit + _BEHIND) & ~is_ratio).then(near)
    gap = in_gap(pl.col("name_before"))
    # A name in the gap that fits a count says more than the counted noun: `doanh nghiệp thành lập mới … 500 doanh nghiệp`.
    specific = pl.when(at("names", gap) != "").then(gap)
    sentence, line = in_same("sentence_id", "name_before"), in_same("line_id", "name_before")
    choices = [("gap", pl.when(counted.is_not_null()).then(specific)), ("counted", counted), ("gap", gap), ("behind", behind)]
    choices += [("sentence", sentence), ("line", line)]
    rule = pl.coalesce([pl.when(row.is_not_null()).then(pl.lit(name)) for name, row in choices])
    return (
        stream.with_columns(name_row=pl.coalesce([row for _, row in choices]), rule_indicator=rule)
        .with_columns(
            indicator=at("names", "name_row").replace("", None),
            name_start=at("start", "name_row"),
            name_end=at("end", "name_row"),
            name_sign=at("sign", "name_row"),
            evidence_end=pl.when(rule == "counted").then(at("end", "name_row")).otherwise(pl.col("end") + pl.col("unit_length")),
        )
        .with_columns(rule_indicator=pl.when(pl.col("indicator").is_not_null()).then("rule_indicator"))
        .drop("name_before", "name_behind", "compound", "fits", "indicator_kind")
    )


def _shifted(stream: pl.DataFrame) -> pl.DataFrame:
    """Indicators that a context turns into another: capital registered by foreign investors is FDI."""
    contexts = pl.col("family").is_in(["foreign", "domestic"]) & (pl.col("kind") == "cue")
    shifts = table("indicator_shifts")
    by_context = shifts.filter(pl.col("context").is_not_null()).select("indicator", "context", by_context="becomes")
    by_unit = shifts.filter(pl.col("unit").is_not_null()).select("indicator", "unit", by_unit="becomes")
    share = ((pl.col("family") == "foreign") & (pl.col("kind") == "cue")).sum().over("document_key")
    others = ((pl.col("family") == "domestic") & (pl.col("kind") == "cue")).sum().over("document_key")
    return (
        stream.with_columns(context_row=in_same("line_id", last_row(contexts)), topic=pl.when((share >= 4) & (others == 0)).then(pl.lit("foreign")))
        .with_columns(context=pl.coalesce(at("family", "context_row"), "topic"))
        .join(by_context, on=["indicator", "context"], how="left", maintain_order="left")
        .join(by_unit, on=["indicator", "unit"], how="left", maintain_order="left")
        .with_columns(indicator=pl.coalesce("by_context", "by_unit", "indicator"))
        .drop("by_context", "by_unit", "context", "topic", "context_row")
    )
