"""The rules that look at one statement, by name; their words and severities stand in `seeds/quality_rules.csv`.

Each expression is true where a row of `facts_of` keeps the rule. Rules about what a statement says hold for statements
with an indicator only: without one, there is nothing that unit or value must fit.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

_VALUE, _BASE_VALUE = pl.col("value"), pl.col("value") * pl.col("base_factor")
_GROWTH = pl.col("measure").is_in(["growth", "growth_avg"])
# It is tomorrow already in the east of the machine.
_CLOCKS_DIFFER = timedelta(days=1)
# A paper sums up a month a little before its end.
_NEARLY_OVER = "31d"
# Rules of the room observations that take a time from outside of the sentence: of what came before, of what comes later.
_FROM_BEFORE = ["document", "line", "published", "ahead"]
_FROM_ELSEWHERE = ["later", "event"]
# Beyond this, sentences mix figures of many things, and readers of all kinds take one for the other.
_MOST_INDICATORS = 2
_COMPARED = pl.col("measure").is_in(["growth", "change", "multiple", "index"])


def batch_faults() -> dict[str, pl.Expr]:
    """Faults of ours: a statement that breaks one is rejected, and the batch is not published."""
    return {
        "finite_value": _VALUE.is_finite() & ~_not_finite("value_upper") & ~_not_finite("denominator"),
        "document_known": pl.col("document_batch").is_not_null(),
        "own_batch": pl.col("document_batch").is_null() | (pl.col("batch") == pl.col("document_batch")),
        "sentence_in_text": pl.col("document_batch").is_null() | pl.col("sentence_stands"),
        "evidence_in_text": pl.col("document_batch").is_null() | pl.col("evidence_stands"),
        "evidence_in_sentence": (pl.col("sentence_start") <= pl.col("evidence_start"))
        & (pl.col("evidence_start") < pl.col("evidence_end"))
        & (pl.col("evidence_end") <= pl.col("sentence_end")),
        "indicator_known": pl.col("indicator").is_null() | pl.col("indicator_families").is_not_null(),
        "unit_known": pl.col("base_unit").is_not_null(),
        "codes_listed": pl.col("place_listed").fill_null(value=True) & pl.col("industry_listed").fill_null(value=True),
    }


def row_faults(today: date) -> dict[str, pl.Expr]:
    """Faults of one figure, its source's or ours: the statement is rejected and the run goes on.

    What cannot be told (null) keeps the rule.
    """
    start, base = pl.col("period_start"), pl.col("base_start")
    same_start = (base == start) & (pl.col("base_end") < pl.col("period_end"))
    rules = {
        "value_as_printed": pl.col("value_stands"),
        "unit_as_printed": pl.col("unit_stands"),
        "time_as_named": pl.col("period_named") & pl.col("base_named"),
        "said_once": pl.col("is_first"),
        "published_in_future": pl.col("published_on") <= today + _CLOCKS_DIFFER,
        "unit_fits_indicator": ~pl.col("of_indicator") | pl.col("unit_fits"),
        "unit_fits_measure": pl.col("of_indicator") | pl.col("unit_fits"),
        "period_order": start <= pl.col("period_end"),
        "base_order": base <= pl.col("base_end"),
        "base_before_period": ~_COMPARED | (base < start) | same_start,
        "share_range": (pl.col("measure") != "share") | _VALUE.is_between(0, 100),
        # What may be below zero may fall by more than all of it; what was next to nothing may grow by any percentage.
        "growth_range": ~_GROWTH | (_VALUE >= -100) | pl.col("may_be_negative"),
        "attainment_range": (pl.col("measure") != "attainment") | (_VALUE >= 0),
        # Of a fall (`giảm 3-5%`) both ends are negative, and the writer puts the smaller fall first.
        "range_order": (_VALUE < 0) | (pl.col("value_upper") >= _VALUE),
        "denominator_positive": pl.col("denominator") > 0,
        "actual_in_future": (pl.col("status") != "actual") | (start <= pl.col("published_on")),
        "negative_level": (pl.col("measure") != "level") | pl.col("may_be_negative") | (_VALUE >= 0),
        "impossible_value": _within("impossible"),
    }
    return {name: pl.col("indicator").is_null() | keeps for name, keeps in rules.items()}


def suspicions() -> dict[str, pl.Expr]:
    """Suspicions: the statement is accepted with a warning. What cannot be told (null) keeps the rule."""
    return {
        "ambiguous_numeral": ~pl.col("ambiguous_numeral"),
        "unlikely_value": _within("unlikely"),
        "few_for_all": pl.col("entity").is_not_null() | pl.col("industry").is_not_null() | _within("unlikely of all"),
        "part_above_whole": pl.col("denominator") >= _VALUE,
        "result_unfinished": (pl.col("status") != "actual") | (pl.col("period_end") <= pl.col("published_on").dt.offset_by(_NEARLY_OVER)),
        "base_untold": ~pl.col("measure").is_in(["growth", "change"]) | pl.col("base").is_not_null(),
        "time_from_afar": ~pl.col("rule_period").is_in(_FROM_ELSEWHERE),
        # Lists of growth share a head that stands before them; amounts rarely do.
        "indicator_from_afar": (pl.col("measure") != "level") | pl.col("rule_indicator").ne_missing("line"),
        "lone_figure": (pl.col("in_sentence") > 1) | ~(pl.col("rule_period").is_in(_FROM_BEFORE) | pl.col("period").is_null()),
        "neither_place_nor_time": pl.col("rule_period").ne_missing("published") | pl.col("rule_place").ne_missing("home"),
        "part_untold": (pl.col("measure") != "share") | pl.col("industry").is_not_null() | pl.col("entity").is_not_null(),
        # `54 dự án` names what it counts.
        "crowded_sentence": (pl.col("indicators_in_sentence") <= _MOST_INDICATORS) | pl.col("rule_indicator").eq_missing("counted"),
    }


# Suspicions that a figure was misread, which other figures can clear.
OF_THE_READING = ["time_from_afar", "indicator_from_afar", "lone_figure", "neither_place_nor_time", "crowded_sentence"]


def _within(severity: str) -> pl.Expr:
    return _BASE_VALUE.is_between(pl.col(f"lowest_{severity}"), pl.col(f"highest_{severity}"))


def _not_finite(column: str) -> pl.Expr:
    return (~pl.col(column).is_finite()).fill_null(value=False)
