from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from assets.quality.printed import times_as_named, units_as_printed, value_stands

PRINTED: list[tuple[str, float, float | None, float | None, bool | None]] = [
    ("27.320", 2.732e13, None, None, True),
    ("27.320", 27.32, None, None, True),
    ("6.113,48", 6113.48, None, None, True),
    ("0,5", -0.5, None, None, True),
    ("1,2", 1.2e6, None, None, True),
    ("27.320", 2.733e13, None, None, False),
    ("12,15", 30.64, None, None, False),
    ("15-20", 15.0, 20.0, None, True),
    ("15-20", 15.0, 25.0, None, False),
    ("80 m2 đến 125", 80.0, 125.0, None, True),
    ("13/15", 13.0, None, 15.0, True),
    ("13/15", 13.0, None, 16.0, False),
    ("2/3", 66.67, None, None, True),
    ("0,0", 0.0, None, None, True),
    ("0", 5.0, None, None, False),
    ("5", 0.0, None, None, False),
    ("hai", 2.0, None, None, None),
    ("40", float("nan"), None, None, None),
]


@pytest.mark.parametrize(("numeral", "value", "upper", "denominator", "stands"), PRINTED)
def test_a_value_has_the_digits_that_are_printed(
    numeral: str, value: float, upper: float | None, denominator: float | None, stands: bool | None
) -> None:
    row = {"value_as_written": numeral, "evidence": f"{numeral} ha", "value": value, "value_upper": upper, "denominator": denominator}
    types = {"value_upper": pl.Float64, "denominator": pl.Float64}
    assert pl.DataFrame([row], schema_overrides=types).select(value_stands()).item() is stands


def test_the_evidence_begins_with_the_numeral() -> None:
    row = {"value_as_written": "40", "evidence": "140 ha", "value": 40.0, "value_upper": None, "denominator": None}
    types = {"value_upper": pl.Float64, "denominator": pl.Float64}
    assert pl.DataFrame([row], schema_overrides=types).select(value_stands()).item() is False


@pytest.mark.parametrize(
    ("written", "unit", "stands"),
    [
        ("tỷ đồng", "VND", True),
        ("nghìn tỷ đồng", "VND", True),
        ("Tỷ USD", "USD", True),
        ("tỷ USD", "VND", False),
        ("triệu đồng/người/tháng", "VND/person/month", True),
        ("tạ/ha", "t/ha", True),
        ("tấn sản phẩm/năm", "t/year", True),
        ("tấn", "ha", False),
        ("m²", "ha", True),
        ("ha", "count", False),
        ("%", "percentage_point", True),
        ("điểm phần trăm", "percent", True),
        ("người", "count", True),
        ("lao động", "person", True),
        ("nhà máy", "ha", None),
        ("tỷ", "VND", None),
        ("tấn", "furlong", None),
    ],
)
def test_a_unit_is_of_the_kind_that_is_printed(written: str, unit: str, stands: bool | None) -> None:
    pairs = units_as_printed(pl.DataFrame({"unit": [unit, unit], "unit_as_written": [written, None]}, schema_overrides={"unit": pl.String}))
    assert pairs.rows() == [(unit, written, stands)]


@pytest.mark.parametrize(
    ("name", "first", "last", "named"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), True),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31), True),
        ("2023", date(2022, 1, 1), date(2022, 12, 31), False),
        ("2023", date(2023, 1, 1), None, False),
        (None, date(2023, 1, 1), date(2023, 12, 31), False),
        ("2023", None, None, False),
        (None, None, None, True),
    ],
)
def test_a_label_names_its_days(name: str | None, first: date | None, last: date | None, named: bool) -> None:
    types = {"period": pl.String, "period_start": pl.Date, "period_end": pl.Date}
    rows = pl.DataFrame({"period": [name], "period_start": [first], "period_end": [last]}, schema=types)
    assert times_as_named(rows, "period")["period_named"].to_list() == [named]
