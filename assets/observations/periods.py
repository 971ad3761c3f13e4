"""What time a quantity describes, and what time it is compared with."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import label, last_of, resolve, shifted
from assets.observations.stream import QUANTITY, ahead, at, in_gap, in_same, last_row, next_row

# `so với mức của năm 2022`: code points between the word of comparison and the time.
_VERSUS_REACH = 24
# `đạt 5 tỷ đồng trong năm 2023`: code points between the unit and a time that goes with it.
_BEHIND_REACH = 9
# `85% dự toán năm 2025`: code points between the plan and its year.
_PLAN_REACH = 8
# Days by which a time that a result describes may outlast its article: a year that is reported in December.
_UNFINISHED = 45
# `tăng 34% so với cùng kỳ năm 2024 (2.762 tỷ đồng)`: code points between a growth and the bracket with its base.
_BRACKET_REACH, _BRACKET_AT_ONCE = 40, 4
# Measures that have a base.
_COMPARED = ["growth", "change", "multiple", "index"]
_KEY = ["document_key", "start", "end"]


def period_of(document: pl.DataFrame, mention: pl.DataFrame, statement: pl.DataFrame) -> pl.DataFrame:
    """Period and base of every quantity.

    Args:
        document: for `published_on`.
        mention: all mentions in the order of the text.
        statement: `document_key`, `start`, `end`, `measure`, `status`, `indicator_kind` of every quantity.

    Returns:
        document_key, start, end, period, period_start, period_end, rule_period, base, base_start, base_end.
    """
    times = _with_days(document, mention)
    stream = times.join(statement, on=_KEY, how="left", maintain_order="left").with_row_index("row").pipe(_roles)
    bound = _bind_period(stream).pipe(_bind_base).pipe(_in_brackets).filter(QUANTITY)
    period, base = label(pl.col("period_start"), pl.col("period_end")), label(pl.col("base_start"), pl.col("base_end"))
    return bound.select(*_KEY, "period_start", "period_end", "rule_period", "base_start", "base_end", period=period, base=base)


def _with_days(document: pl.DataFrame, mention: pl.DataFrame) -> pl.DataFrame:
    """Times, quantities and the marks between them, with the scopes of the stream and the day to count from.

    A document without a date counts from the end of the month, else of the year, that it names most often; a year that it
    only compares with lies one back.
    """
    is_mark = (pl.col("kind") == "cue") & pl.col("family").is_in(["versus", "plan"])
    kept = mention.filter((pl.col("kind").is_in(["quantity", "period", "clause"])) | is_mark)
    year = pl.when(pl.col("form") == "same_period").then(pl.col("y1") + 1).otherwise("y1")
    month = pl.when(pl.col("form").is_in(["month", "date"]) & pl.col("y1").is_not_null()).then(year * 12 + pl.col("m1"))
    named = (
        kept.filter(pl.col("y1").is_not_null()).group_by("document_key").agg(year=year.mode().max(), month=month.drop_nulls().mode().max())
    )
    month_end = last_of((pl.col("month") - 1) // 12, (pl.col("month") - 1) % 12 + 1)
    days = (
        document.select("document_key", "published_on")
        .join(named, on="document_key", how="left")
        .select("document_key", "published_on", day=pl.coalesce("published_on", month_end, last_of(pl.col("year"), pl.lit(12))))
    )
    return kept.join(days, on="document_key", how="left", maintain_order="left").with_columns(
        sentence_id=pl.struct("document_key", "sentence").rle_id(), line_id=pl.struct("document_key", "block").rle_id()
    )


def _roles(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds the span of each time, `is_base` (compared with) and `is_time` (described)."""
    is_period = pl.col("kind") == "period"
    marked = stream.with_columns(
        last_quantity=in_same("sentence_id", last_row(QUANTITY)),
        next_quantity=in_same("sentence_id", next_row(QUANTITY)),
        versus_row=in_same("sentence_id", last_row(pl.col("family") == "versus")),
        plan_row=in_same("sentence_id", last_row(pl.col("family") == "plan")),
        clause_row=in_same("sentence_id", last_row(pl.col("kind") == "clause")),
    )
    distance = pl.col("start").cast(pl.Int64) - at("end", "versus_row").cast(pl.Int64)
    alone = pl.max_horizontal("plan_row", "clause_row", "last_quantity").fill_null(0) < pl.col("versus_row")
    near = (distance <= _VERSUS_REACH) & alone
    base = is_period & (near.fill_null(value=False) | (pl.col("form") == "same_period") | pl.col("text").str.starts_with("so với"))
    marked = marked.with_columns(is_base=base)
    named = is_period & ~pl.col("is_base") & pl.col("y1").is_not_null() & ~pl.col("form").is_in(["year_range", "since_year"])
    year_row = in_same("sentence_id", last_row(named))
    resolved = resolve(marked.with_columns(near_year=at("y1", year_row)))
    # The day of a meeting is no period; a date that ends something (`tính đến 31/3`) is.
    event = (pl.col("form") == "date") & ~pl.col("to")
    term = pl.col("text").str.to_lowercase().str.contains("^(?:nhiệm kỳ|thời kỳ)")
    planned = (pl.col("start").cast(pl.Int64) - at("end", "plan_row").cast(pl.Int64) <= _PLAN_REACH).fill_null(value=False)
    return resolved.with_columns(
        is_plan_year=is_period & planned,
        is_lasting=~(pl.col("form").is_in(["now", "horizon", "year_start"]) | event | term | planned),
        is_time=is_period & ~pl.col("is_base") & ~event & pl.col("span_end").is_not_null(),
        is_event=is_period & ~pl.col("is_base") & event & pl.col("span_end").is_not_null(),
    )


def _bind_period(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds period_start, period_end and rule_period: the time behind, before, in the line, in the document, or the day."""
    begun = pl.col("is_time") & (pl.col("span_start") <= pl.col("day"))
    past = begun & (pl.col("span_end") <= pl.col("day").dt.offset_by(f"{_UNFINISHED}d"))
    plans = pl.col("status").is_in(["target", "forecast"])
    unit_end = pl.col("end") + pl.col("unit_length")
    behind = ahead(next_row(pl.col("is_time")))
    behind = pl.when((pl.col("measure") == "attainment") & at("is_plan_year", behind)).then(None).otherwise(behind)
    clause = ahead(next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (clause > behind)
    close = pl.when((at("start", behind) <= unit_end + _BEHIND_REACH) & unparted).then(behind)
    any_before, past_before, begun_before = last_row(pl.col("is_time")), last_row(past), last_row(begun)
    before = in_same("sentence_id", any_before)
    later = in_same("sentence_id", next_row(pl.col("is_time")))
    line = (
        pl.when(plans)
        .then(in_same("line_id", any_before))
        .otherwise(pl.coalesce(in_same("line_id", past_before), in_same("line_id", begun_before)))
    )
    lasting = past & pl.col("is_lasting")
    stock = pl.col("indicator_kind") == "stock"
    rows = (any_before, past_before, last_row(lasting), last_row(begun & pl.col("is_lasting")))
    any_far, past_far, lasting_far, begun_far = (in_same("document_key", row) for row in rows)
    far = pl.when(plans).then(any_far).when(stock).then(past_far).otherwise(pl.coalesce(lasting_far, begun_far))
    event = in_same("sentence_id", last_row(pl.col("is_event")))
    span = lasting & (pl.col("form") != "date")
    first = pl.coalesce(in_same("document_key", next_row(span)), in_same("document_key", next_row(past)))
    choices = [
        ("behind", close),
        ("before", before),
        ("later", later),
        ("line", line),
        ("event", event),
        ("document", far),
        ("ahead", pl.when(plans | ~stock).then(first)),
    ]
    rule = pl.coalesce([pl.when(row.is_not_null()).then(pl.lit(name)) for name, row in choices])
    bound = stream.with_columns(time_row=pl.coalesce([row for _, row in choices]), rule_period=rule)
    start, end, form = (at(name, "time_row") for name in ("span_start", "span_end", "form"))
    up_to = at("to", "time_row") & form.is_in(["month", "date"])
    # A stock that nothing dates is that of the day, as its article tells it.
    today = pl.when(QUANTITY & stock & ~plans).then(pl.col("published_on"))
    return bound.with_columns(
        period_start=pl.coalesce(pl.when(up_to & stock).then(end).when(up_to).then(pl.date(start.dt.year(), 1, 1)).otherwise(start), today),
        period_end=pl.coalesce(end, today),
        rule_period=pl.coalesce("rule_period", pl.when(today.is_not_null()).then(pl.lit("published"))),
    )


def _bind_base(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds base_start and base_end to what compares: the time named behind, else in the gap, else later in the sentence."""
    behind, gap = ahead(next_row(pl.col("is_base"))), in_gap(last_row(pl.col("is_base")))
    later = in_same("sentence_id", next_row(pl.col("is_base")))
    bound = stream.with_columns(base_row=pl.coalesce(behind, gap, later))
    form, start, end = at("form", "base_row"), at("span_start", "base_row"), at("span_end", "base_row")
    own_year = pl.col("period_end").dt.year()
    years = pl.when((form == "same_period") & at("y1", "base_row").is_not_null()).then(own_year - at("y1", "base_row")).otherwise(1)
    same = form.is_null() | (form == "same_period") | form.is_in(["relative_year"])
    monthly = form == "relative_month"
    quarterly = form == "relative_quarter"
    start_of = (
        pl.when(same)
        .then(shifted(pl.col("period_start"), years))
        .when(monthly)
        .then(pl.col("period_end").dt.month_start().dt.offset_by("-1mo"))
        .when(quarterly)
        .then(pl.col("period_start").dt.offset_by("-3mo"))
        .otherwise(start)
    )
    end_of = (
        pl.when(same)
        .then(shifted(pl.col("period_end"), years))
        .when(monthly)
        .then(pl.col("period_end").dt.month_start().dt.offset_by("-1d"))
        .when(quarterly)
        .then(pl.col("period_start").dt.offset_by("-1d"))
        .otherwise(end)
    )
    compares = pl.col("measure").is_in(_COMPARED)
    return bound.with_columns(base_start=pl.when(compares).then(start_of), base_end=pl.when(compares).then(end_of))


def _in_brackets(bound: pl.DataFrame) -> pl.DataFrame:
    """The amount in brackets behind a growth is that of its base: `tăng 34% so với cùng kỳ (2.762 tỷ đồng)`."""
    opened = in_gap(last_row((pl.col("kind") == "clause") & (pl.col("code") != ",")))
    back = (pl.col("measure") == "level") & (at("code", opened) == "(") & (at("measure", "last_quantity") == "growth")
    # In a list each thing has brackets of its own: `gạo (5 tỷ USD, tăng 3%), cà phê (4 tỷ USD)`.
    shut = in_gap(last_row((pl.col("kind") == "clause") & (pl.col("code") == ")")))
    compares = in_gap(last_row(pl.col("is_base"))).is_not_null()
    reach = pl.when(compares).then(_BRACKET_REACH).otherwise(_BRACKET_AT_ONCE)
    back &= (pl.col("rule_period") != "behind") & shut.is_null() & (at("start", opened) - at("end", "last_quantity") <= reach)
    compared = in_gap(last_row(pl.col("is_base") & (pl.col("form") == "same_period")))
    back |= (compared > opened) & (at("code", opened) == "(")
    return bound.with_columns(
        period_start=pl.when(back).then(at("base_start", "last_quantity")).otherwise("period_start"),
        period_end=pl.when(back).then(at("base_end", "last_quantity")).otherwise("period_end"),
        rule_period=pl.when(back).then(pl.lit("brackets")).otherwise("rule_period"),
    )
