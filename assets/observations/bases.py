"""What time a quantity is compared with."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import shifted
from assets.observations.stream import ahead, at, in_gap, in_same, last_row, next_row, with_shared

# Measures that have a base.
COMPARED = ["growth", "change", "multiple", "index"]


def bind_base(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds base_start and base_end to what compares: the time named behind, else in the gap, else later in the sentence."""
    behind, gap = ahead(next_row(pl.col("is_base"))), in_gap(last_row(pl.col("is_base")))
    later = in_same("sentence_id", next_row(pl.col("is_base")))
    bound = with_shared(stream, base_row=pl.coalesce(behind, gap, later))
    form, start, end = at("form", "base_row"), at("span_start", "base_row"), at("span_end", "base_row")
    own_year = pl.col("period_end").dt.year()
    years = pl.when((form == "same_period") & at("y1", "base_row").is_not_null()).then(own_year - at("y1", "base_row")).otherwise(1)
    same = form.is_null() | (form == "same_period") | form.is_in(["relative_year"])
    # Prices of a day move from one trading day to the next.
    daily = form.is_null() & (pl.col("indicator") == "price") & (pl.col("period_start") == pl.col("period_end"))
    day_before = pl.col("period_end").dt.offset_by("-1d")
    day_before = day_before.dt.offset_by(pl.when(day_before.dt.weekday() == 7).then(pl.lit("-2d")).otherwise(pl.lit("0d")))
    monthly = form == "relative_month"
    quarterly = form == "relative_quarter"
    start_of = (
        pl.when(daily)
        .then(day_before)
        .when(same)
        .then(shifted(pl.col("period_start"), years))
        .when(monthly)
        .then(pl.col("period_end").dt.month_start().dt.offset_by("-1mo"))
        .when(quarterly)
        .then(pl.col("period_start").dt.offset_by("-3mo"))
        .otherwise(start)
    )
    end_of = (
        pl.when(daily)
        .then(day_before)
        .when(same)
        .then(shifted(pl.col("period_end"), years))
        .when(monthly)
        .then(pl.col("period_end").dt.month_start().dt.offset_by("-1d"))
        .when(quarterly)
        .then(pl.col("period_start").dt.offset_by("-1d"))
        .otherwise(end)
    )
    # A text that compares a time with itself does not say what it means.
    compares = pl.col("measure").is_in(COMPARED) & ((start_of < pl.col("period_start")) | pl.col("period_start").is_null())
    return with_shared(bound, base_start=pl.when(compares).then(start_of), base_end=pl.when(compares).then(end_of))
