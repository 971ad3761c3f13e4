"""A batch that keeps every rule, and for each rule a fault that breaks it and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import polars as pl

from tests.factory import BASE_2022, YEAR_2022, Batch, Row, batch, document, observation, unread

TODAY = date(2024, 6, 1)
ARTICLE = document(
    "Hà Nam: giá trị sản xuất công nghiệp năm 2023 đạt 30.640 tỷ đồng, tăng 12,15% so với 27.320 tỷ đồng năm 2022.\n"
    "Kế hoạch là 30.000 tỷ đồng, kết quả bằng 102,1% kế hoạch; khai khoáng đạt 3.064 tỷ đồng, chiếm 10%.\n"
    "Xuất khẩu đạt 5 tỷ USD, nhập khẩu 3 tỷ USD, tổng kim ngạch 8 tỷ USD; 13/13 xã đạt chuẩn, cả tỉnh có 63 điểm cầu."
)
SPARE = document("Hà Nam có 40 nhà máy.", name="bai-2")


def good_rows() -> list[Row]:
    """Statements that keep every rule and bear each other out."""
    return [
        observation(ARTICLE, "30.640 tỷ đồng", 3.064e13),
        observation(ARTICLE, "12,15%", 12.15, measure="growth", unit="percent", **BASE_2022),
        observation(ARTICLE, "27.320 tỷ đồng", 2.732e13, **YEAR_2022),
        observation(ARTICLE, "30.000 tỷ đồng", 3e13, status="target"),
        observation(ARTICLE, "102,1%", 102.1, measure="attainment", unit="percent"),
        observation(ARTICLE, "3.064 tỷ đồng", 3.064e12, industry="khai khoáng"),
        observation(ARTICLE, "10%", 10, measure="share", unit="percent", industry="khai khoáng"),
        observation(ARTICLE, "5 tỷ USD", 5e9, indicator="exports", unit="USD"),
        observation(ARTICLE, "3 tỷ USD", 3e9, indicator="imports", unit="USD"),
        observation(ARTICLE, "8 tỷ USD", 8e9, indicator="trade_turnover", unit="USD"),
        observation(ARTICLE, "13/13 xã", 13, denominator=13.0, indicator="new_rural_communes", unit="count"),
        observation(ARTICLE, "63 điểm cầu", 63, indicator=None, unit="count", noun_phrase="điểm cầu"),
    ]


def planted(*rows: Row) -> Batch:
    """The good batch and, in a second document, planted rows."""
    return batch([ARTICLE, SPARE], [*good_rows(), *rows], [unread()])


def spare(value: float = 40.0, /, **more: object) -> Row:
    """A statement of the second document that keeps every rule unless told otherwise."""
    return observation(SPARE, "40 nhà máy", value, **{"indicator": "industrial_establishments", "unit": "count", **more})


class Plant(NamedTuple):
    """How to break one rule: a row that breaks it, or what to do to the good batch."""

    row: Row | None = None
    change: Callable[[Batch], Batch] | None = None

    def batch(self) -> Batch:
        """The good batch with the fault in it."""
        good = planted() if self.row is None else planted(self.row)
        return good if self.change is None else self.change(good)


def _days(name: str, first: date, last: date) -> Row:
    return {name: "planted", f"{name}_start": first, f"{name}_end": last}


def _published_tomorrow(good: Batch) -> Batch:
    tomorrow = pl.when(pl.col("document") == SPARE["document"]).then(pl.lit(date(2024, 6, 2))).otherwise("published_on")
    return good._replace(document=good.document.with_columns(published_on=tomorrow))


_GROWTH: Row = {"measure": "growth", "unit": "percent", **BASE_2022}
_FROM_FACTORIES = SPARE["text"].index("nhà")

# Rules that reject a row, each with a row that it alone rejects.
REJECTING: dict[str, Plant] = {
    "domain": Plant(spare(bound="roughly")),
    "finite_value": Plant(spare(float("inf"), indicator=None)),
    "document_known": Plant(spare(document_key="doc-none"), lambda good: good._replace(mention=good.mention.head(-1))),
    "own_batch": Plant(spare(batch="b0")),
    "sentence_in_text": Plant(spare(sentence="Hà Nam có 41 nhà máy.")),
    "evidence_in_text": Plant(spare(evidence="41 nhà máy")),
    "evidence_in_sentence": Plant(spare(sentence_start=_FROM_FACTORIES, sentence=SPARE["text"][_FROM_FACTORIES:])),
    "indicator_known": Plant(spare(indicator="happiness")),
    "unit_known": Plant(spare(unit="furlong")),
    "unit_fits_indicator": Plant(spare(unit="ha")),
    "unit_fits_measure": Plant(spare(measure="attainment")),
    "period_order": Plant(spare(**_days("period", date(2023, 12, 31), date(2023, 1, 1)))),
    "base_order": Plant(spare(**_days("base", date(2022, 12, 31), date(2022, 1, 1)))),
    "base_before_period": Plant(spare(**_GROWTH | _days("base", date(2024, 1, 1), date(2024, 3, 31)))),
    "share_range": Plant(spare(140.0, measure="share", unit="percent")),
    "growth_range": Plant(spare(-140.0, **_GROWTH)),
    "attainment_range": Plant(spare(-5.0, measure="attainment", unit="percent")),
    "range_order": Plant(spare(value_upper=30.0)),
    "denominator_positive": Plant(spare(denominator=0.0)),
    "actual_in_future": Plant(spare(**_days("period", date(2025, 1, 1), date(2025, 12, 31)))),
    "negative_level": Plant(spare(-40.0)),
    "impossible_value": Plant(spare(140.0, indicator="poverty_rate", unit="percent")),
}

# Rules about tables, each with a change that it alone notices; no row is rejected for it.
OF_TABLES: dict[str, Plant] = {
    "document_contract": Plant(change=lambda good: good._replace(document=pl.concat([good.document, good.document.tail(1)]))),
    "unread_contract": Plant(change=lambda good: good._replace(unread_record=good.unread_record.with_columns(reason=pl.lit(None, pl.String)))),
    "mention_contract": Plant(change=lambda good: good._replace(mention=good.mention.with_columns(pl.col("end") + 10_000))),
    "one_batch": Plant(change=lambda good: good._replace(unread_record=good.unread_record.with_columns(batch=pl.lit("b2")))),
    "record_balance": Plant(change=lambda good: good._replace(unread_record=pl.concat([good.unread_record] * 2))),
    "quantity_balance": Plant(change=lambda good: good._replace(observation=good.observation.head(-1))),
}

# Rules that leave a warning on a row, each with a row that it alone suspects.
SUSPECTING: dict[str, Plant] = {
    "ambiguous_numeral": Plant(spare(ambiguous_numeral=True)),
    "unlikely_value": Plant(spare(4e12)),
    "part_above_whole": Plant(spare(denominator=30.0)),
    "published_in_future": Plant(spare(), _published_tomorrow),
}
