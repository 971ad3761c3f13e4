"""Statements as the rules see them: without long texts, with what documents and vocabulary say of them beside."""

from __future__ import annotations

import polars as pl

from assets.quality.printed import is_first, times_as_named, units_as_printed, value_stands
from assets.quality.vocabulary import bounds, indicator_facts, listed_places, listed_sectors, unit_facts, unit_fit

_KEPT = [
    "indicator", "measure", "value", "value_upper", "denominator", "unit", "unit_as_written", "status", "place", "place_code",
    "place_level", "industry_code", "period", "period_start", "period_end", "base", "base_start", "base_end", "ambiguous_numeral",
    "entity", "industry", "rule_indicator", "rule_period", "rule_place", "batch", "evidence", "value_as_written", "evidence_start",
    "evidence_end", "sentence_start", "sentence_end",
]  # fmt: skip


def facts_of(document: pl.DataFrame, observation: pl.DataFrame) -> pl.DataFrame:
    """One row a statement, in the order of `observation`.

    Columns: those the rules need of `Observation`; document_batch and published_on (null for an unknown document);
    sentence_stands, evidence_stands (the text between the offsets is as stored); value_stands, unit_stands, period_named,
    base_named, is_first (see `printed.py`); in_sentence, indicators_in_sentence (statements of the sentence, and how many different
    indicators they have, none being one); place_listed, industry_listed (null without a code); unit_families, base_unit,
    base_factor; indicator_families, may_be_negative; of_indicator, unit_fits; lowest and highest of each severity of bounds.
    """
    known = document.unique("document_key", keep="first", maintain_order=True)
    dated = known.select("document_key", "published_on", document_batch="batch")
    slim = observation.select("document_key", *_KEPT).join(dated, on="document_key", how="left", maintain_order="left").drop("document_key")
    stands = [_stands(known, observation, quote) for quote in ("sentence", "evidence")]
    slim = slim.hstack([*stands, is_first(observation), *_sentences(observation)])
    slim = _with_codes(slim).join(units_as_printed(slim), on=["unit", "unit_as_written"], how="left", maintain_order="left")
    # Lazily, for the rule asks the same digits many times.
    slim = slim.lazy().with_columns(value_stands=value_stands()).collect(engine="in-memory")
    for time in ("period", "base"):
        named = times_as_named(slim, time)
        slim = slim.join(named, on=named.columns[:-1], how="left", nulls_equal=True, maintain_order="left")
    slim = slim.join(unit_facts(slim["unit"]), on="unit", how="left", maintain_order="left")
    slim = slim.join(indicator_facts(), on="indicator", how="left", maintain_order="left")
    slim = slim.join(unit_fit(slim), on=["indicator", "measure", "unit"], how="left", maintain_order="left")
    return _with_bounds(slim)


def _sentences(observation: pl.DataFrame) -> pl.DataFrame:
    """in_sentence, indicators_in_sentence; by themselves, for windows beside long texts would copy these."""
    one = ["document_key", "sentence_start"]
    counts = observation.group_by(one).agg(in_sentence=pl.len(), indicators_in_sentence=pl.col("indicator").n_unique())
    rows = observation.select(one).join(counts, on=one, how="left", nulls_equal=True, maintain_order="left")
    return rows.drop(one)


def _stands(document: pl.DataFrame, observation: pl.DataFrame, quote: str) -> pl.Series:
    """`<quote>_stands`: whether a text has the quote at its offsets; null where the text or one of the three is."""
    # A slice of a Python string costs its own length, one of a polars string all that stands before it as well.
    texts = dict(document.select("document_key", "text").drop_nulls().iter_rows())
    rows = observation.select("document_key", f"{quote}_start", f"{quote}_end", quote).iter_rows()
    found = [None if None in row or row[0] not in texts else texts[row[0]][row[1] : row[2]] == row[3] for row in rows]
    return pl.Series(f"{quote}_stands", found, pl.Boolean)


def _with_codes(slim: pl.DataFrame) -> pl.DataFrame:
    """Adds place_listed and industry_listed: whether the list has the code, of a place with its path and level; null without."""
    keys = ["place", "place_code", "place_level"]
    place = slim.join(listed_places().with_columns(found=True), on=keys, how="left", maintain_order="left")
    # Below the divisions of VSIC no codes are listed: a class is known by its division.
    division = pl.col("industry_code").str.replace("^([0-9]{2}).*$", "${1}")
    return place.with_columns(
        place_listed=pl.when(pl.col("place_code").is_not_null()).then(pl.col("found").fill_null(value=False)),
        industry_listed=division.is_in(listed_sectors().implode()),
    ).drop("found")


def _with_bounds(slim: pl.DataFrame) -> pl.DataFrame:
    keys = ["indicator", "measure", "place_level", "base_unit"]
    for severity in ("impossible", "unlikely", "unlikely of all"):
        limits = bounds(severity).rename({"lowest": f"lowest_{severity}", "highest": f"highest_{severity}"})
        slim = slim.join(limits, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return slim
