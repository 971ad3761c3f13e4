"""A batch that keeps every rule, and for each rule a fault that breaks it and no other."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from assets.documents.schema import Document
from assets.observations.calendar import label
from tests.factory import BASE_2022, YEAR_2022, Batch, Row, batch, document, frame, observation, unread

TODAY = date(2024, 6, 1)
ARTICLE = document(
    "Hà Nam: giá trị sản xuất công nghiệp năm 2023 đạt 30.640 tỷ đồng, tăng 12,15% so với 27.320 tỷ đồng năm 2022.\n"
    "Kế hoạch là 30.000 tỷ đồng, kết quả bằng 102,1% kế hoạch; khai khoáng đạt 3.064 tỷ đồng, chiếm 10%.\n"
    "Xuất khẩu đạt 5 tỷ USD, nhập khẩu 3 tỷ USD.\n"
    "Tổng kim ngạch 8 tỷ USD; 13/13 xã đạt chuẩn.\n"
    "Trong ngày hội, cả tỉnh có 63 điểm cầu."
)
SPARE = document("Hà Nam có 40 nhà máy, vốn 40 tỷ đồng, mỗi nơi 40-30 nhà máy, 40/0 kho và 40/30 xưởng đạt chuẩn.", name="bai-2")
PERCENT: Row = {"unit": "percent"}
GROWTH: Row = {"measure": "growth", **PERCENT, **BASE_2022}
USD: Row = {"unit": "USD"}


def good_rows() -> list[Row]:
    """Statements that keep every rule and bear each other out."""
    return [
        observation(ARTICLE, "30.640 tỷ đồng", 3.064e13),
        observation(ARTICLE, "12,15%", 12.15, **GROWTH),
        observation(ARTICLE, "27.320 tỷ đồng", 2.732e13, **YEAR_2022),
        observation(ARTICLE, "30.000 tỷ đồng", 3e13, status="target"),
        observation(ARTICLE, "102,1%", 102.1, measure="attainment", **PERCENT),
        observation(ARTICLE, "3.064 tỷ đồng", 3.064e12, industry="khai khoáng"),
        observation(ARTICLE, "10%", 10, measure="share", industry="khai khoáng", **PERCENT),
        observation(ARTICLE, "5 tỷ USD", 5e9, indicator="exports", **USD),
        observation(ARTICLE, "3 tỷ USD", 3e9, indicator="imports", **USD),
        observation(ARTICLE, "8 tỷ USD", 8e9, indicator="trade_turnover", **USD),
        observation(ARTICLE, "13/13 xã", 13, denominator=13.0, indicator="new_rural_communes", unit="count"),
        observation(ARTICLE, "63 điểm cầu", 63, indicator=None, unit="count", noun_phrase="điểm cầu"),
    ]


def planted(*rows: Row) -> Batch:
    """The good batch and planted rows: of its second document, or of documents that `told` made."""
    more = {row["document_key"]: row["planted_in"] for row in rows if "planted_in" in row}
    return batch([ARTICLE, SPARE, *more.values()], [*good_rows(), *rows], [unread()])


def spare(value: float = 40.0, words: str = "40 nhà máy", /, **more: object) -> Row:
    """A statement of the second document that keeps every rule unless told otherwise."""
    said: Row = {"indicator": "industrial_establishments", "unit": "count", **more}
    return observation(SPARE, words, value, **said)


def told(text: str, *figures: tuple[str, float, Row]) -> list[Row]:
    """Statements of a third document: evidence, value and columns to change of each figure."""
    third = document(text, name="bai-3")
    return [observation(third, words, value, **more) | {"planted_in": third} for words, value, more in figures]


class Plant(NamedTuple):
    """How to break one rule: rows that break it, or what to do to the good batch."""

    rows: tuple[Row, ...] = ()
    change: Callable[[Batch], Batch] | None = None

    def batch(self) -> Batch:
        """The good batch with the fault in it."""
        good = planted(*self.rows)
        return good if self.change is None else self.change(good)


def one(row: Row, change: Callable[[Batch], Batch] | None = None) -> Plant:
    """A fault of one row."""
    return Plant((row,), change)


def with_table(name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Batch], Batch]:
    """What `change` does to the table `name` of a batch."""
    return lambda good: good._replace(**{name: change(getattr(good, name))})


def days(name: str, first: date, last: date) -> Row:
    """A `period` or `base` (as `name` says) with its label."""
    made: Any = pl.select(label(pl.lit(first), pl.lit(last))).item()
    return {name: made, f"{name}_start": first, f"{name}_end": last}


def _published(day: date) -> Callable[[Batch], Batch]:
    spares = pl.col("document") == SPARE["document"]
    return with_table("document", lambda rows: rows.with_columns(published_on=pl.when(spares).then(pl.lit(day)).otherwise("published_on")))


def _decomposed(documents: pl.DataFrame) -> pl.DataFrame:
    """The documents and one more, whose letters carry their marks beside them."""
    return pl.concat([documents, frame(Document, [document(unicodedata.normalize("NFD", "Hà Nam không nói gì."), name="bai-4")])])


_FROM_FACTORIES = SPARE["text"].index("nhà")

# Rules that reject rows, each with rows that it alone rejects.
REJECTING: dict[str, Plant] = {
    "unique_key": Plant((spare(), spare(4e10, "40 tỷ đồng", unit="VND", indicator="profit", observation_key=spare()["observation_key"]))),
    "domain": one(spare(bound="roughly")),
    "finite_value": one(spare(float("inf"), indicator=None)),
    "document_known": one(spare(document_key="doc-none"), with_table("mention", lambda rows: rows.head(-1))),
    "own_batch": one(spare(batch="b0")),
    "sentence_in_text": one(spare(sentence=SPARE["text"].replace("xưởng", "phòng"))),
    "evidence_in_text": one(spare(evidence="40 nhà may")),
    "evidence_in_sentence": one(spare(sentence_start=_FROM_FACTORIES, sentence=SPARE["text"][_FROM_FACTORIES:])),
    "indicator_known": one(spare(indicator="happiness")),
    "unit_known": one(spare(unit="furlong")),
    "codes_listed": one(spare(place_code="36")),
    "value_as_printed": one(spare(41.0)),
    "unit_as_printed": one(spare(4e10, "40 tỷ đồng", indicator="industrial_output_value", **USD)),
    "time_as_named": one(spare(period="2024")),
    "published_in_future": one(spare(), _published(date(2024, 6, 3))),
    "unit_fits_indicator": one(spare(unit="ha")),
    "unit_fits_measure": one(spare(measure="attainment")),
    "period_order": one(spare(**days("period", date(2023, 12, 31), date(2023, 1, 1)))),
    "base_order": one(spare(**days("base", date(2022, 12, 31), date(2022, 1, 1)))),
    "base_before_period": one(spare(**GROWTH | days("base", date(2024, 1, 1), date(2024, 3, 31)))),
    "share_range": one(spare(400.0, measure="share", **PERCENT)),
    "growth_range": one(spare(-400.0, **GROWTH)),
    "attainment_range": one(spare(-40.0, measure="attainment", **PERCENT)),
    "range_order": one(spare(40.0, "40-30 nhà máy", value_upper=30.0)),
    "denominator_positive": one(spare(40.0, "40/0 kho", denominator=0.0)),
    "actual_in_future": one(spare(**days("period", date(2025, 1, 1), date(2025, 12, 31)))),
    "negative_level": one(spare(-40.0)),
    "impossible_value": one(spare(400.0, indicator="poverty_rate", **PERCENT)),
}

# The same statement under two keys: the first stands, the second is rejected.
SAID_TWICE = Plant((spare(), spare() | {"observation_key": "again"}))

# Rules about tables, each with a change that it alone notices; no row is rejected for it.
OF_TABLES: dict[str, Plant] = {
    "document_contract": Plant(change=with_table("document", lambda rows: pl.concat([rows, rows.tail(1)]))),
    "text_plain": Plant(change=with_table("document", _decomposed)),
    "unread_contract": Plant(change=with_table("unread_record", lambda rows: rows.with_columns(reason=pl.lit(None, pl.String)))),
    "mention_contract": Plant(change=with_table("mention", lambda rows: rows.with_columns(pl.col("end") + 10_000))),
    "one_batch": Plant(change=with_table("unread_record", lambda rows: rows.with_columns(batch=pl.lit("b2")))),
    "record_balance": Plant(change=with_table("unread_record", lambda rows: pl.concat([rows] * 2))),
    "quantity_balance": Plant(change=with_table("observation", lambda rows: rows.head(-1))),
    "statement_source": Plant(change=with_table("mention", lambda rows: rows.head(-1))),
}

# Rules that leave a warning on a row, each with rows that it alone suspects.
SUSPECTING: dict[str, Plant] = {
    "ambiguous_numeral": one(spare(ambiguous_numeral=True)),
    "unlikely_value": one(spare(4e12)),
    "few_for_all": one(spare(indicator="enterprises")),
    "part_above_whole": one(spare(40.0, "40/30 xưởng", denominator=30.0)),
    "result_unfinished": one(spare(**days("period", date(2024, 1, 1), date(2024, 12, 31)))),
    "base_untold": one(spare(measure="growth", **PERCENT)),
    "time_from_afar": one(spare(rule_period="later")),
    "indicator_from_afar": one(spare(rule_indicator="line")),
    "lone_figure": one(spare(rule_period="document")),
    "neither_place_nor_time": Plant(
        (
            spare(rule_period="published", rule_place="home"),
            spare(4e10, "40 tỷ đồng", indicator="profit", unit="VND", rule_period="published", rule_place="home"),
        )
    ),
    "part_untold": one(spare(measure="share", **PERCENT)),
    "crowded_sentence": Plant(
        (
            spare(),
            spare(4e10, "40 tỷ đồng", indicator="profit", unit="VND"),
            spare(40.0, "40/30 xưởng", indicator=None),
        )
    ),
}

_MINING: Row = {"industry": "khai khoáng"}
_RATIO: Row = {"indicator": "revenue", **PERCENT}
_REVENUE: Row = {"indicator": "revenue"}

# Arithmetic that does not hold between the figures of one document; every figure of it gets the warning.
DISAGREEING: dict[str, Plant] = {
    "growth_witness": Plant(
        tuple(
            told(
                "Doanh thu năm 2023 đạt 130 tỷ đồng, tăng 50% so với 100 tỷ đồng năm 2022.",
                ("130 tỷ đồng", 1.3e11, _REVENUE),
                ("50%", 50, {**_RATIO, **GROWTH}),
                ("100 tỷ đồng", 1e11, {**_REVENUE, **YEAR_2022}),
            )
        )
    ),
    "attainment_witness": Plant(
        tuple(
            told(
                "Doanh thu năm 2023 đạt 50 tỷ đồng, bằng 80% kế hoạch là 100 tỷ đồng.",
                ("50 tỷ đồng", 5e10, _REVENUE),
                ("80%", 80, {**_RATIO, "measure": "attainment"}),
                ("100 tỷ đồng", 1e11, {**_REVENUE, "status": "target"}),
            )
        )
    ),
    "share_witness": Plant(
        tuple(
            told(
                "Doanh thu năm 2023 là 100 tỷ đồng, riêng khai khoáng 30 tỷ đồng, chiếm 40%.",
                ("100 tỷ đồng", 1e11, _REVENUE),
                ("30 tỷ đồng", 3e10, {**_REVENUE, **_MINING}),
                ("40%", 40, {**_RATIO, **_MINING, "measure": "share"}),
            )
        )
    ),
    "part_witness": Plant(
        tuple(
            told(
                "Doanh thu năm 2023 là 100 tỷ đồng, trong đó khai khoáng 150 tỷ đồng.",
                ("100 tỷ đồng", 1e11, _REVENUE),
                ("150 tỷ đồng", 1.5e11, {**_REVENUE, **_MINING}),
            )
        )
    ),
    "identity_witness": Plant(
        tuple(
            told(
                "Năm 2023 xuất khẩu 500 triệu USD, nhập khẩu 300 triệu USD.\nTổng kim ngạch 900 triệu USD.",
                ("500 triệu USD", 5e8, {"indicator": "exports", **USD}),
                ("300 triệu USD", 3e8, {"indicator": "imports", **USD}),
                ("900 triệu USD", 9e8, {"indicator": "trade_turnover", **USD}),
            )
        )
    ),
}
