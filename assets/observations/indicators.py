"""Which indicator a quantity speaks of: the nearest fitting name in its gap, behind it, in its sentence, in its line."""

from __future__ import annotations

import polars as pl

from assets.observations.choices import choices
from assets.observations.compounds import with_compounds
from assets.observations.contexts import refined, shifted
from assets.observations.criteria import without_criteria
from assets.observations.going_on import going_on
from assets.observations.names import RATIOS, is_name, with_names
from assets.observations.respectively import with_dealt
from assets.observations.stream import Quantities, cue, in_same
from assets.observations.subjects import has_subject
from assets.observations.topics import with_topics
from assets.observations.verbs import of_nation


def bind_indicators(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds indicator, rule_indicator, name_row (row of the mark that names it) and sign to the rows of the stream.

    Rows other than quantities get nulls. `rule_indicator` is one of `respectively`, `counted`,
    `gap`, `behind`, `verb`, `sentence`, `fallback`, `line`, `topic`.
    """
    named = with_topics(stream).pipe(with_compounds).pipe(with_names).pipe(with_dealt, is_name(), "dealt_row")
    return named.pipe(_with_nearest).pipe(_choose).pipe(shifted).pipe(without_criteria)


def _with_nearest(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds name_before and name_behind: the rows of the nearest fitting names around each quantity, whatever its family."""
    opens = cue("of_which") | ((pl.col("kind") == "clause") & (pl.col("code") == ":"))
    seen = Quantities(stream)
    seen = Quantities(seen.with_columns(list_row=in_same("sentence_id", seen.last_row(opens))))
    is_naming = pl.col("names").is_not_null() & (pl.col("kind") != "fallback")
    names = stream.lazy().filter(is_naming).select("row", "names", "fits", "shut_row", "is_divisor", begins="sentence_id_first").collect()
    # Without a quantity there is no family at all.
    found = [pl.DataFrame(schema=dict.fromkeys(["row", "name_before", "name_behind", "name_outside"], pl.UInt32))]
    for (family,), asking in seen.select("row", "family", "gap_first", "list_row", "part_row").group_by("family", maintain_order=True):
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
            .select("row", "name_behind", name_before=pl.when(_is_over() | _is_of_item()).then("name_outside").otherwise("name_before"))
        )
    return seen.spread(pl.concat(found, how="diagonal").sort("row").drop("row", "name_outside"))


def _is_over() -> pl.Expr:
    """`bán lẻ tăng 10,7% (giá tăng 6,9%), trong đó may mặc tăng 11%`: what a bracket names ends with it if its sentence names more."""
    return (pl.col("shut_row") < pl.col("row")) & (pl.col("name_outside") >= pl.col("begins"))


def _is_of_item() -> pl.Expr:
    """`chỉ số sản xuất …, gồm: dịch vụ hỗ trợ tăng 17%; dệt tăng 13%`: what an item of a list names for itself ends with it."""
    of_item = (pl.col("names") == "") & (pl.col("name_before") < pl.col("gap_first")) & pl.col("part_row").is_not_null()
    head = (pl.col("name_outside") < pl.col("list_row")) & (pl.col("name_outside") >= pl.col("begins"))
    return of_item & head & (pl.col("list_row") < pl.col("name_before"))


def _choose(stream: pl.DataFrame) -> pl.DataFrame:
    """The first of the names that there is, each with the name of its rule."""
    unit_end = pl.col("end") + pl.col("unit_length")
    seen = Quantities(Quantities(stream).with_columns(has_subject=has_subject()))
    named = Quantities(seen.with_first(choices(seen, unit_end), "name_row", "rule_indicator").pipe(going_on))
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
            "head_row",
            "list_row",
            "is_divisor",
            "compound",
            "thing",
            "fits",
            "indicator_kind",
            "percent_reads_as",
            "has_subject",
        )
    )
