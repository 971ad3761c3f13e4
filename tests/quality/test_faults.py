"""Faults that a room, a disk or a person could make, put into a good batch or into its star: none of them is published.

A fault of ours fails the verdict and so stops the publication; a fault of one figure rejects that figure; a fault that comes
after the verdict is found by the audit of the new file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from assets.quality import judge
from assets.quality.vocabulary import rule_table
from assets.star import build
from tests.factory import Batch, Row
from tests.quality.planted import ARTICLE, GROWTH, PERCENT, TODAY, USD, days, planted, spare, with_table
from warehouse.publish import publish
from warehouse.refusal import PublishRefusedError

Tables = dict[str, pl.DataFrame]
Change = Callable[[pl.DataFrame], pl.DataFrame]
PLANTED = spare()["observation_key"]
BLOCKING = set(rule_table().filter(pl.col("severity") == "blocking")["rule"])


class Fault(NamedTuple):
    """What is done to the good batch, and the rule that notices first."""

    rule: str
    change: Callable[[Batch], Batch]


def of(table: str, rule: str, change: Change) -> Fault:
    """A fault of a whole table."""
    return Fault(rule, with_table(table, change))


def first(table: str, rule: str, **columns: object) -> Fault:
    """A fault of the first row of a table: other values, or expressions."""
    at_first = pl.int_range(pl.len()) == 0

    def change(rows: pl.DataFrame) -> pl.DataFrame:
        new = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in columns.items()}
        changed = [pl.when(at_first).then(value).otherwise(pl.col(name)).alias(name) for name, value in new.items()]
        return rows.with_columns(changed).cast(rows.schema)

    return of(table, rule, change)


def said(rule: str, **columns: object) -> Fault:
    """A fault of one more statement of the second document."""
    return Fault(rule, lambda good: planted(spare() | columns))


def billions(value: float, **columns: object) -> Row:
    """A statement of `40 tỷ đồng`."""
    said_so: Row = {"unit": "VND", "indicator": "profit", **columns}
    return spare(value, "40 tỷ đồng", **said_so)


def as_bytes(rows: pl.DataFrame) -> pl.DataFrame:
    """Statements whose offsets count bytes of UTF-8."""
    text = ARTICLE["text"]
    names = [name for name, dtype in rows.schema.items() if dtype == pl.UInt32]
    return rows.with_columns(pl.Series(name, [len(text[:offset].encode()) for offset in rows[name]], pl.UInt32) for name in names)


def shifted(*names: str) -> list[pl.Expr]:
    """Columns that slipped by one row."""
    return [pl.col(name).shift(1).fill_null(pl.col(name).last()) for name in names]


def upside_down(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(start="end", end="start")


def one_more(table: str, **columns: object) -> Change:
    """A row that was made of the first one."""
    return lambda rows: pl.concat([rows, rows.head(1).with_columns(**{n: pl.lit(v) for n, v in columns.items()}).cast(rows.schema)])


NFD_TEXT = unicodedata.normalize("NFD", ARTICLE["text"])
LATE = days("period", date(2023, 12, 31), date(2023, 1, 1))

FAULTS: dict[str, Fault] = {
    # Types and columns.
    "a value is a narrower float": of("observation", "types", lambda rows: rows.with_columns(pl.col("value").cast(pl.Float32))),
    "a value is text": of("observation", "types", lambda rows: rows.with_columns(pl.col("value").cast(pl.String))),
    "days are text": of("observation", "types", lambda rows: rows.with_columns(pl.col("period_start").cast(pl.String))),
    "offsets are signed": of("observation", "types", lambda rows: rows.with_columns(pl.col("evidence_start").cast(pl.Int64))),
    "a column is called otherwise": of("observation", "types", lambda rows: rows.rename({"place": "places"})),
    "a column is missing": of("observation", "types", lambda rows: rows.drop("status")),
    "a helper column was left in": of("observation", "types", lambda rows: rows.with_columns(rank=1)),
    "documents lack their day": of("document", "document_contract", lambda rows: rows.drop("published_on")),
    "the day of documents is a moment": of(
        "document", "document_contract", lambda rows: rows.with_columns(pl.col("published_on").cast(pl.Datetime))
    ),
    "mentions lack their kind": of("mention", "mention_contract", lambda rows: rows.drop("kind")),
    "a table was not written": Fault("types", lambda good: good._replace(observation=pl.DataFrame())),
    "the mentions were not written": Fault("mention_contract", lambda good: good._replace(mention=pl.DataFrame())),
    # Offsets and texts.
    "evidence slipped by one letter": first("observation", "evidence_in_text", evidence_start=pl.col("evidence_start") + 1),
    "a sentence slipped by one letter": first("observation", "sentence_in_text", sentence_start=pl.col("sentence_start") + 1),
    "offsets count bytes": of("observation", "sentence_in_text", as_bytes),
    "a sentence was cut": first("observation", "sentence_in_text", sentence=pl.col("sentence").str.head(40)),
    "a sentence ends before its evidence": first(
        "observation",
        "evidence_in_sentence",
        sentence_end=pl.col("evidence_start"),
        sentence=pl.col("sentence").str.head(pl.col("evidence_start") - pl.col("sentence_start")),
    ),
    "evidence of another document": of("observation", "evidence_in_text", lambda rows: rows.with_columns(document_key=pl.lit("doc-bai-2"))),
    "evidence in letters of two parts": first("observation", "evidence_in_text", evidence=unicodedata.normalize("NFD", "30.640 tỷ đồng")),
    "evidence of nothing": first("observation", "evidence_in_sentence", evidence="", evidence_end=pl.col("evidence_start")),
    "a text changed after it was read": first("document", "sentence_in_text", text="Mới: " + ARTICLE["text"]),
    "a text in letters of two parts": first("document", "text_plain", text=NFD_TEXT),
    "a text with hard spaces": first("document", "text_plain", text=ARTICLE["text"].replace(" năm ", "\u00a0năm\u00a0")),
    "a text with the line ends of Windows": first("document", "text_plain", text=ARTICLE["text"].replace("\n", "\r\n")),
    "a mention beyond the end of its text": first("mention", "mention_contract", end=100_000),
    "mentions end before they start": of("mention", "mention_contract", upside_down),
    "a mention of a kind that nobody knows": first("mention", "mention_contract", kind="feeling"),
    "a mention of no document": of("mention", "mention_contract", one_more("mention", document_key="doc-none")),
    # Rows lost, doubled or mixed.
    "a statement was lost": of("observation", "quantity_balance", lambda rows: rows[1:]),
    "a statement of nothing": of("mention", "statement_source", lambda rows: rows[1:]),
    "a document was lost": of("document", "document_known", lambda rows: rows[1:]),
    "a document stands twice": of("document", "document_contract", one_more("document")),
    "two statements share a key": Fault("unique_key", lambda good: planted(spare(), spare(4e10, "40 tỷ đồng", observation_key=PLANTED))),
    "a statement has no key": said("domain", observation_key=None),
    "a statement of no document": first("observation", "document_known", document_key="doc-none"),
    "statements of another batch": of("observation", "own_batch", lambda rows: rows.with_columns(batch=pl.lit("b9"))),
    "documents of two batches": of("document", "one_batch", lambda rows: rows.with_columns(batch=pl.concat_str(pl.lit("b"), "document"))),
    "unread records of another batch": of("unread_record", "one_batch", lambda rows: rows.with_columns(batch=pl.lit("b9"))),
    "a record was counted twice": of("unread_record", "record_balance", one_more("unread_record")),
    "a record without a reason": first("unread_record", "unread_contract", reason=None),
    # Codes.
    "a measure that nobody knows": said("domain", measure="guess"),
    "a status that nobody knows": said("domain", status="maybe"),
    "a price basis that nobody knows": said("domain", price_basis="2015"),
    "a level of place that nobody knows": said("domain", place_level="village"),
    "an indicator that nobody knows": said("indicator_known", indicator="happiness"),
    "a unit that nobody knows": said("unit_known", unit="cubit"),
    "the code of another place": said("codes_listed", place_code="36"),
    "the level of another place": said("codes_listed", place_level="district"),
    "a sector that is in no list": said("codes_listed", industry="chợ", industry_code="98"),
    # Numbers.
    "no number": said("finite_value", value=float("nan")),
    "an endless number": said("finite_value", value=float("inf")),
    "an endless range": said("finite_value", value_upper=float("inf")),
    "the number of another statement": of("observation", "value_as_printed", lambda rows: rows.with_columns(shifted("value"))),
    "the word for billions was lost": Fault(
        "value_as_printed", lambda good: planted(spare(40.0, "40 tỷ đồng", unit="VND", indicator="profit"))
    ),
    "a thousand times too much": Fault("value_as_printed", lambda good: planted(billions(4e13))),
    "the currency was swapped": Fault("unit_as_printed", lambda good: planted(billions(4e10, **USD))),
    "the unit was swapped": said("unit_fits_indicator", unit="ha"),
    "a percentage became a level of money": said("unit_fits_indicator", indicator="profit", **PERCENT),
    "a level became a share": said("unit_fits_measure", measure="share"),
    "a negative denominator": Fault("denominator_positive", lambda good: planted(spare(40.0, "40/30 xưởng", denominator=-30.0))),
    "a range upside down": Fault("range_order", lambda good: planted(spare(40.0, "40-30 nhà máy", value_upper=30.0))),
    "a negative number of factories": said("negative_level", value=-40.0),
    "a share above the whole": said("share_range", value=400.0, measure="share", **PERCENT),
    "more poor people than people": said("impossible_value", value=400.0, indicator="poverty_rate", **PERCENT),
    # Times.
    "a period upside down": said("period_order", **LATE),
    "the days of another period": said("time_as_named", period_start=date(2022, 1, 1), period_end=date(2022, 12, 31)),
    "a base after the period": said("base_before_period", **GROWTH | days("base", date(2024, 1, 1), date(2024, 3, 31))),
    "a result of next year": said("actual_in_future", **days("period", date(2025, 1, 1), date(2025, 12, 31))),
    "an article of the next century": of("document", "published_in_future", lambda rows: rows.with_columns(published_on=date(2124, 5, 2))),
    "one statement under two keys": Fault("said_once", lambda good: planted(spare() | {"observation_key": "doc-bai-2:0:9"}, spare())),
}


@pytest.fixture(scope="module")
def star() -> Tables:
    """The good batch as tables to publish."""
    good = planted(spare())
    judgement = judge(*good.judged, today=TODAY)
    return build(good.document, good.unread_record, *(rows for name, rows in judgement._asdict().items() if name != "verdict"))


def test_the_good_batch_is_published(star: Tables, tmp_path: Path) -> None:
    verdict = judge(*planted(spare()).judged, today=TODAY).verdict
    assert publish(star, verdict, tmp_path / "x.duckdb").rows["fact_observation"] == 12


def check_accepted(bad: Batch, accepted: pl.DataFrame) -> None:
    """Whatever else happens, what is accepted is a number that stands in the text of its document."""
    start = pl.col("evidence_start")
    stands = pl.col("text").str.slice(start, pl.col("evidence_end") - start) == pl.col("evidence")
    assert accepted.select(pl.col("value").is_finite().all()).item()
    if accepted.height:
        texts = bad.document.select("document_key", "text").unique("document_key")
        assert accepted.join(texts, on="document_key", how="left").select(stands.fill_null(value=False).all()).item()


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.rule in BLOCKING])
def test_a_fault_of_ours_stops_the_publication(name: str, star: Tables, tmp_path: Path) -> None:
    fault = FAULTS[name]
    bad = fault.change(planted())
    judgement = judge(*bad.judged, today=TODAY)
    check_accepted(bad, judgement.accepted)
    with pytest.raises(PublishRefusedError, match=rf"Batch \S*: {fault.rule}: [1-9][0-9]* failing rows?"):
        publish(star, judgement.verdict.with_columns(batch=pl.lit("b1")), tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.rule not in BLOCKING])
def test_a_fault_of_one_figure_keeps_that_figure_out(name: str) -> None:
    fault = FAULTS[name]
    bad = fault.change(planted())
    judgement = judge(*bad.judged, today=TODAY)
    check_accepted(bad, judgement.accepted)
    (rejected,) = judgement.rejected.filter(pl.col("rule") == fault.rule).head(1).iter_rows(named=True)
    assert rejected["observation_key"] not in judgement.accepted["observation_key"]
    assert rejected["reason"].startswith("This does not hold:")
    assert set(bad.observation["observation_key"]) == {key for rows in judgement[:3] for key in rows["observation_key"]}


def in_first(table: str, **columns: object) -> Callable[[Tables], Tables]:
    """Other values in the first row of a table of the star."""
    at_first = pl.int_range(pl.len()) == 0
    new = {name: pl.when(at_first).then(pl.lit(value)).otherwise(pl.col(name)) for name, value in columns.items()}
    return lambda star: star | {table: star[table].with_columns(**new)}


def accepted_too(star: Tables) -> Tables:
    """An accepted figure that stands among the rejected ones as well."""
    key = pl.lit(star["fact_observation"]["observation_key"][0])
    made = star["not_assigned"].with_columns(observation_key=key, rule=pl.lit("x"), reason=pl.lit("x"), indicator=pl.lit("x"))
    return star | {"rejected_observation": made.select(star["rejected_observation"].columns)}


AFTER_THE_VERDICT: dict[str, Callable[[Tables], Tables]] = {
    "a fact without a value": in_first("fact_observation", value=None),
    "a fact of no number": in_first("fact_observation", value=float("nan")),
    "a fact of a measure that nobody knows": in_first("fact_observation", measure="guess"),
    "a value of text": lambda star: star | {"fact_observation": star["fact_observation"].with_columns(value=pl.lit("nhiều"))},
    "a column that nobody asked for": lambda star: star | {"fact_observation": star["fact_observation"].with_columns(rank=1)},
    "evidence that ends before it starts": in_first("fact_observation", evidence_end=0),
    "a period upside down": in_first("dim_period", period_start=date(2030, 1, 1)),
    "a unit with a factor below zero": in_first("dim_unit", factor=-1.0),
    "a document without a text": in_first("dim_document", text=None),
    "facts that stand twice": lambda star: star | {"fact_observation": pl.concat([star["fact_observation"]] * 2)},
    "facts of money in hectares": in_first("fact_observation", unit="ha"),
    "a rejected figure that is also accepted": accepted_too,
    "all documents lost": lambda star: (
        star | {"dim_document": star["dim_document"].clear(), "unread_record": star["unread_record"].clear()}
    ),
    "the documents lost": lambda star: star | {"dim_document": star["dim_document"].clear()},
    "a fact lost": lambda star: star | {"fact_observation": star["fact_observation"][1:]},
    "a quantity lost that is not assigned": lambda star: star | {"not_assigned": star["not_assigned"][1:]},
    "a table lost": lambda star: {name: rows for name, rows in star.items() if name != "dim_unit"},
    "the indicators lost": lambda star: star | {"dim_indicator": star["dim_indicator"].clear()},
}


@pytest.mark.parametrize("name", AFTER_THE_VERDICT)
def test_a_fault_after_the_verdict_stops_the_publication(name: str, star: Tables, tmp_path: Path) -> None:
    verdict = judge(*planted(spare()).judged, today=TODAY).verdict
    with pytest.raises(PublishRefusedError):
        publish(AFTER_THE_VERDICT[name](star), verdict, tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()
