"""The arithmetic that ties statements together, of one document or of several.

Each relation takes the claims of `assets.quality.claims`, or the levels among them, and gives: kind (rule of
`seeds/quality_rules.csv`), about (key of the statement that names the relation), key (statement that is tested), others and
evidences (lists), document_key, batch, stated, computed, tolerance (all in base units), formula.
"""

from __future__ import annotations

import polars as pl

from assets.quality.claims import named
from assets.quality.words import shown
from assets.reference import table

# What can be stated in more kinds of units (tonnes, litres, pieces, kilowatt-hours …) depends on the product.
_FAMILIES_OF_A_WHOLE = 4


def growth(claims: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Value = earlier value, moved by growth, change, multiple or index."""
    moves = claims.filter(pl.col("measure").is_in(["growth", "change", "multiple", "index"]) & pl.col("base_time").is_not_null())
    joined = (
        named(moves, "move", "subject", "time", "base_time", "is_plan", "measure", move_unit="base_unit")
        .join(named(levels, "now", "subject", "time", "is_plan", "base_unit", "document_key", "batch"), on=["subject", "time", "is_plan"])
        .join(
            named(levels.filter(~pl.col("is_plan")), "then", "subject", "base_unit", base_time="time"),
            on=["subject", "base_time", "base_unit"],
        )
    )
    by, move, then, unit = pl.col("measure"), pl.col("move_amount"), pl.col("then_amount"), pl.col("base_unit")
    adds = by == "change"
    points = (pl.col("move_unit") == "percentage_point") & (unit == "percent")
    slope = (
        pl.when(by == "growth").then(1 + move / 100).when(by == "multiple").then(move).when(by == "index").then(move / 100).otherwise(1.0)
    )
    lever = pl.when(by == "multiple").then(then).when(adds).then(1.0).otherwise(then / 100)
    return _relation(
        joined.filter(~adds | points | (pl.col("move_unit") == unit)),
        kind="growth_witness",
        roles=("now", "then", "move"),
        about="move",
        computed=slope * then + pl.when(adds).then(move).otherwise(0.0),
        tolerance=slope.abs() * pl.col("then_half") + lever.abs() * pl.col("move_half"),
        formula=pl.format("{}, moved by {} ({})", shown(then), shown(move), by),
    )


def attainment(claims: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Attainment = result / target."""
    keys = ["subject", "time", "base_unit"]
    result, target = levels.filter(~pl.col("is_plan")), levels.filter("is_plan")
    reached = named(claims.filter(pl.col("measure") == "attainment"), "ratio", "subject", "time", "document_key", "batch")
    joined = reached.join(named(result, "part", *keys), on=["subject", "time"]).join(named(target, "all", *keys), on=keys)
    return _quotient(joined, "attainment_witness")


def share(claims: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Share = value of the part / value of the whole."""
    actual, keys = levels.filter(~pl.col("is_plan")), ["whole", "time", "base_unit"]
    shares = claims.filter((pl.col("measure") == "share") & pl.col("is_part"))
    joined = (
        named(shares, "ratio", "subject", "time", "document_key", "batch")
        .join(named(actual.filter("is_part"), "part", "subject", *keys), on=["subject", "time"])
        .join(named(actual.filter(~pl.col("is_part")), "all", *keys), on=keys)
    )
    return _quotient(joined, "share_witness")


def parts(levels: pl.DataFrame) -> pl.DataFrame:
    """Part ≤ whole; only what breaks this is given, for that a part is smaller than its whole bears witness to nothing."""
    keys = ["whole", "time", "base_unit", "is_plan"]
    levels = levels.filter(pl.col("indicator").is_in(_with_a_whole()) & (pl.col("amount") >= 0))
    # Of several wholes the largest decides: a part disagrees only if it is too large for each. A text names the whole before
    # its parts; what it names behind one is another part, limited by words that were not understood.
    largest = levels.filter(~pl.col("is_part")).sort("amount", descending=True, maintain_order=True).unique(keys, keep="first")
    joined = named(levels.filter("is_part"), "part", *keys, "document_key", "batch", at="evidence_start").join(
        named(largest, "all", *keys, whole_in="document_key", whole_at="evidence_start"), on=keys
    )
    elsewhere = pl.col("whole_in") != pl.col("document_key")
    relation = _relation(
        joined.filter(elsewhere | (pl.col("whole_at") < pl.col("at"))),
        kind="part_witness",
        roles=("part", "all"),
        about="part",
        computed=pl.col("all_amount"),
        tolerance=pl.col("all_half"),
        formula=pl.format("at most {}", shown(pl.col("all_amount"))),
    )
    return relation.filter(pl.col("stated") > pl.col("computed") + pl.col("tolerance"))


def _with_a_whole() -> pl.Series:
    """Indicators whose parts add up to a whole, as a list: no rates, and nothing that is told product by product."""
    by_product = pl.col("unit_families").str.split("|").list.len() > _FAMILIES_OF_A_WHOLE
    return table("indicators").filter(pl.col("kind").is_in(["stock", "flow"]) & ~by_product)["code"].implode()


def sums(levels: pl.DataFrame) -> pl.DataFrame:
    """Whole = sum of the parts that one sentence lists; only agreement is given, for a list need not be complete."""
    keys = ["whole", "time", "base_unit", "is_plan"]
    listed = (
        levels.filter("is_part")
        .group_by(*keys, of="document_key", at="sentence_start", maintain_order=True)
        .agg(pl.col("key"), pl.col("evidence"), pl.col("amount").sum(), pl.col("half").sum())
        .filter(pl.col("key").list.len() > 1)
    )
    joined = named(levels.filter(~pl.col("is_part")), "all", *keys, "document_key", "batch").join(named(listed, "part", *keys), on=keys)
    relation = joined.select(
        "document_key",
        "batch",
        kind=pl.lit("part_witness"),
        about="all_key",
        key="all_key",
        others="part_key",
        evidences=pl.concat_list("all_evidence", "part_evidence"),
        stated="all_amount",
        computed="part_amount",
        tolerance=pl.col("all_half") + pl.col("part_half"),
        formula=pl.format("sum of {} parts", pl.col("part_key").list.len()),
    )
    return relation.filter((pl.col("stated") - pl.col("computed")).abs() <= pl.col("tolerance"))


def identities(levels: pl.DataFrame) -> pl.DataFrame:
    """Whole = first ± second, for the indicators of `seeds/identities.csv`."""
    keys = ["place_id", "time", "base_unit", "is_plan"]
    joined = (
        named(levels, "all", *keys, "document_key", "batch", whole_code="indicator")
        .join(table("identities").rename({"whole": "whole_code"}), on="whole_code")
        .join(named(levels, "first", *keys, first="indicator"), on=[*keys, "first"])
        .join(named(levels, "second", *keys, second="indicator"), on=[*keys, "second"])
    )
    sign = pl.when(pl.col("sign") == "-").then(-1).otherwise(1)
    return _relation(
        joined,
        kind="identity_witness",
        roles=("all", "first", "second"),
        about="all",
        computed=pl.col("first_amount") + sign * pl.col("second_amount"),
        tolerance=pl.col("first_half") + pl.col("second_half"),
        formula=pl.format("{} {} {}", shown(pl.col("first_amount")), "sign", shown(pl.col("second_amount"))),
    )


def _quotient(joined: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Ratio in percent = part / all."""
    part, whole = pl.col("part_amount"), pl.col("all_amount")
    return _relation(
        joined.filter(whole != 0),
        kind=kind,
        roles=("ratio", "part", "all"),
        about="ratio",
        computed=part / whole * 100,
        tolerance=100 * (pl.col("part_half") / whole.abs() + part.abs() * pl.col("all_half") / whole**2),
        formula=pl.format("{} / {}", shown(part), shown(whole)),
    )


def _relation(
    joined: pl.DataFrame, *, kind: str, roles: tuple[str, ...], about: str, computed: pl.Expr, tolerance: pl.Expr, formula: pl.Expr
) -> pl.DataFrame:
    """The columns of a relation from rows in which each role has key, evidence, amount and half; the first role is tested."""
    tested, *others = roles
    # Lazily, for the formula asks the same digits many times.
    relation = joined.lazy().select(
        "document_key",
        "batch",
        kind=pl.lit(kind),
        about=f"{about}_key",
        key=f"{tested}_key",
        others=pl.concat_list(f"{role}_key" for role in others),
        evidences=pl.concat_list(f"{role}_evidence" for role in roles),
        stated=f"{tested}_amount",
        computed=computed,
        tolerance=pl.col(f"{tested}_half") + tolerance,
        formula=formula,
    )
    return relation.collect(engine="in-memory")
