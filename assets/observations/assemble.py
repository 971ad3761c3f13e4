"""From bound marks to rows of the contract: evidence, keys, units that the indicator gives, signs."""

from __future__ import annotations

import polars as pl

from assets.observations.schema import Observation
from assets.reference import table

# VND a head from which an income without a time is one of a year.
_INCOME_OF_A_YEAR = 25_000_000


def assemble(document: pl.DataFrame, bound: pl.DataFrame) -> pl.DataFrame:
    """Rows of `Observation` from bound quantities, in their order.

    Args:
        document: for `batch` and the day of publication.
        bound: quantities with everything that was bound to them; `evidence_end` may reach over the counted noun.
    """
    dated = document.select("document_key", "batch", "published_on")
    # From the sentence, for to find a place in a text takes as long as all that stands before it.
    sentence, start = pl.col("sentence_text").str, pl.col("start") - pl.col("sentence_start")
    return (
        bound.drop("batch", "published_on", strict=False)
        .join(dated, on="document_key", how="left", maintain_order="left")
        .with_columns(
            evidence=sentence.slice(start, pl.col("evidence_end") - pl.col("start")),
            value_as_written=sentence.slice(start, pl.col("end") - pl.col("start")),
        )
        .pipe(_signed)
        .pipe(_over_or_ahead)
        .pipe(_units_of_indicators)
        .with_columns(
            observation_key=_key(),
            evidence_start="start",
            unit_as_written=pl.col("evidence").str.slice(pl.col("value_as_written").str.len_chars()).str.strip_chars().replace("", None),
            sentence="sentence_text",
            noun_phrase=pl.when(pl.col("indicator").is_null()).then("phrase"),
            ambiguous_numeral="ambiguous",
            distance_indicator=_distance(),
        )
        .select(*_cast())
    )


def _key() -> pl.Expr:
    """Names document, place in the text and rank among readings of one numeral: the same on every machine."""
    rank = pl.int_range(pl.len()).over("document_key", "start")
    return pl.concat_str("document_key", "start", rank, separator=":")


def _signed(bound: pl.DataFrame) -> pl.DataFrame:
    """Falls and deficits are negative; the bound then speaks of the printed magnitude."""
    # A part that drags contributes less than nothing.
    moves = pl.col("measure").is_in(["growth", "growth_avg", "change", "gap_to_target"]) | (pl.col("rule_measure") == "moves a whole")
    sign = pl.when(moves & (pl.col("direction") == "down")).then(-1.0).otherwise(1.0)
    deficit = pl.when((pl.col("measure") == "level") & (pl.col("name_sign") == "-")).then(-1.0).otherwise(1.0)
    return bound.with_columns(value=pl.col("value") * sign * deficit, value_upper=pl.col("value_upper") * sign * deficit)


def _over_or_ahead(bound: pl.DataFrame) -> pl.DataFrame:
    """What is told as a result but lies ahead of its article is a target: `Đến năm 2025, GRDP bình quân 97 triệu đồng`.

    And what was taken for a plan but is told of a time that is over is a result.
    """
    to_come = pl.col("period_start") > pl.col("published_on")
    ahead = (pl.col("status") == "actual") & to_come & (pl.col("rule_status") != "left").fill_null(value=True)
    # `Đến năm 2030, quy mô GDP ước đạt 755 tỷ USD`: nobody estimates later years, but foresees them; the end of this one is near.
    later_year = pl.col("period_start").dt.year() > pl.col("published_on").dt.year()
    guessed = pl.col("status").is_in(["estimate", "preliminary"]) & later_year
    # `dự báo tăng 6,3% vào năm 2025 và 6,0% vào năm 2026`.
    foretold = ahead & pl.col("last_quantity").is_not_null() & (pl.col("status").shift(1) == "forecast")
    status = (
        pl.when(guessed | foretold)
        .then(pl.lit("forecast"))
        .when(ahead)
        .then(pl.lit("target"))
        .when("is_over")
        .then(pl.lit("actual"))
        .otherwise("status")
    )
    rule = pl.when(ahead).then(pl.lit("time ahead")).when("is_over").then(pl.lit("time over")).otherwise("rule_status")
    return bound.with_columns(status=status, rule_status=rule)


def _units_of_indicators(bound: pl.DataFrame) -> pl.DataFrame:
    """An amount per head has its unit from the indicator; a gap between two percentages is in percentage points."""
    canonical = table("indicators").select(indicator="code", canonical="unit", reads="percent_reads_as")
    per_head = pl.col("canonical").str.contains("/person", literal=True) & pl.col("family").is_in(["money", "money_per_person"])
    full = pl.concat_str(pl.col("unit").str.extract("^([A-Z]{3})"), pl.col("canonical").str.strip_prefix("VND"))
    per_head &= ~pl.col("unit").str.contains("/person/", literal=True)
    # `thu nhập bình quân đầu người đạt 58 triệu đồng`: nobody has that in a month.
    yearly = (pl.col("indicator") == "average_income") & pl.col("unit").str.starts_with("VND") & (pl.col("value") >= _INCOME_OF_A_YEAR)
    full = pl.when(yearly).then(full.str.replace("/month", "/year", literal=True)).otherwise(full)
    of_ratio = (pl.col("measure") == "gap_to_target") & (pl.col("unit") == "percent") & pl.col("versus_ratio")
    unit = pl.when(per_head).then(full).when(of_ratio).then(pl.lit("percentage_point")).otherwise("unit")
    return bound.join(canonical, on="indicator", how="left", maintain_order="left").with_columns(unit=unit)


def _distance() -> pl.Expr:
    before = pl.col("start").cast(pl.Int32) - pl.col("name_end").cast(pl.Int32)
    behind = pl.col("name_start").cast(pl.Int32) - pl.col("end").cast(pl.Int32)
    return pl.when(pl.col("indicator").is_not_null()).then(pl.max_horizontal(before, behind, 0))


def _cast() -> list[pl.Expr]:
    return [pl.col(name).cast(column.dtype.type) for name, column in Observation.to_schema().columns.items()]
