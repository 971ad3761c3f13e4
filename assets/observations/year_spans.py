"""Spans that figures are counted over though their words name only where these end."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import QUANTITY, Quantities, in_same


def so_far(bound: pl.DataFrame) -> pl.DataFrame:
    """`Đến nay đã thu 16 tỷ đồng, đạt 74% kế hoạch`: what is held against a year's plan or the same months is counted since January."""
    seen = Quantities(bound)
    now = (seen.at("form", "time_row") == "now") & (pl.col("period_start") == pl.col("period_end"))
    flows = (pl.col("indicator_kind") == "flow") & ~pl.col("status").is_in(["target", "forecast"])
    few = seen.those(now & flows)
    of_year = (pl.col("is_base") & (pl.col("form") == "same_period")) | (QUANTITY & (pl.col("measure") == "attainment"))
    beside = [in_same("sentence_id", row(of_year)).is_not_null() for row in (few.last_row, few.next_row)]
    counted = beside[0] | beside[1] | (pl.col("measure") == "attainment")
    january = pl.date(pl.col("period_end").dt.year(), 1, 1)
    return few.with_columns(period_start=pl.when(counted).then(january).otherwise("period_start"))


def planned_year(bound: pl.DataFrame) -> pl.DataFrame:
    """`9 tháng đạt 60% chỉ tiêu giao (67.000 tỷ đồng)`: what is planned for a part of the year that is over is the plan of the year."""
    start, end = pl.col("period_start"), pl.col("period_end")
    december = pl.date(end.dt.year(), 12, 31)
    part = (start == pl.date(end.dt.year(), 1, 1)) & (end < december)
    # `đến nay đạt 74% chỉ tiêu giao (22 tỷ đồng)`.
    part |= (start == end) & (pl.col("rule_status") == "amount of plan") & (pl.col("indicator_kind") == "flow")
    over = (pl.col("status") == "target") & part & (end <= pl.col("day")) & (pl.col("rule_period") != "behind") & ~pl.col("is_over")
    start = pl.when(over).then(pl.date(end.dt.year(), 1, 1)).otherwise(start)
    return bound.with_columns(period_start=start, period_end=pl.when(over).then(december).otherwise(end))


def spanning(bound: pl.DataFrame) -> pl.DataFrame:
    """`thời kỳ 2021-2030 …, đến năm 2030 tăng bình quân 9%/năm`: what grows on average does so over the span that ends then."""
    seen = Quantities(bound)
    is_span = pl.col("is_time") & pl.col("form").is_in(["year_range", "since_year"])
    span = pl.coalesce(in_same("document_key", seen.last_row(is_span)), in_same("document_key", seen.next_row(is_span)))
    one = pl.col("period_start") == pl.date(pl.col("period_end").dt.year(), 1, 1)
    widens = (pl.col("measure") == "growth_avg") & one & (seen.at("span_end", span) == pl.col("period_end"))
    return seen.with_columns(period_start=pl.when(widens).then(seen.at("span_start", span)).otherwise("period_start"))
