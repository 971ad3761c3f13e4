from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from assets.quality.printed import times_as_named, units_as_printed, value_stands

Printed = tuple[str, float, float | None, float | None, bool | None]

PRINTED: list[Printed] = [
    ("27.320 tỷ đồng", 2.732e13, None, None, True),
    ("27.320 tỷ đồng", 2.732e10, None, None, True),  # where the document writes English-style
    ("27.320 tỷ đồng", 27320.0, None, None, False),
    ("27.320 tỷ đồng", 2.732e12, None, None, False),
    ("27.320 tỷ đồng", 2.733e13, None, None, False),
    ("27.320 tỷ", 2.732e13, None, None, True),
    ("27.320 tỷ", 2.732e16, None, None, False),
    ("300 ngàn tỷ?", 3e14, None, None, True),
    ("27.320 nghìn tỷ đồng", 2.732e16, None, None, True),
    ("6.113,48 ha", 6113.48, None, None, True),
    ("6.113,48 ha", 611348.0, None, None, True),
    ("6.113,48 ha", 6.11348, None, None, False),
    ("37.5 tỷ đồng", 3.75e10, None, None, True),
    ("12,15%", -12.15, None, None, True),
    ("12,15%", 30.64, None, None, False),
    ("12,15%", 121.5, None, None, False),
    ("1,2 triệu tấn", 1.2e6, None, None, True),
    ("5 tạ", 500.0, None, None, True),
    ("65 tạ/ha", 6.5, None, None, True),
    ("5 triệu đồng/người/tháng", 5e6, None, None, True),
    ("5 triệu đồng/người/tháng", 5e4, None, None, False),
    ("15-20 triệu đồng", 1.5e7, 2e7, None, True),
    ("15-20 triệu đồng", 1.5e7, 2.5e7, None, False),
    ("80 m2 đến 125 m2", 80.0, 125.0, None, True),
    ("500 triệu đến 1 tỷ", 5e8, 1e9, None, True),
    ("13/15 xã", 13.0, None, 15.0, True),
    ("13/15 xã", 13.0, None, 16.0, False),
    ("2/3 doanh thu", 66.67, None, None, True),
    ("40 nhà máy", 40.0, None, None, True),
    ("40 nhà máy", 4e4, None, None, True),  # the words for thousands may stand elsewhere
    ("0,0%", 0.0, None, None, True),
    ("0%", 5.0, None, None, False),
    ("5%", 0.0, None, None, False),
    ("hai nhà máy", 2.0, None, None, None),
    ("40 ha", float("nan"), None, None, None),
]
UNITS = {
    "tỷ đồng": "VND",
    "nghìn tỷ đồng": "VND",
    "triệu đồng": "VND",
    "tỷ": "VND",
    "ngàn tỷ?": "VND",
    "%": "percent",
    "tạ": "kg",
    "tạ/ha": "t/ha",
}
UNITS |= {"ngàn tỷ?": "VND", "triệu đồng/người/tháng": "VND/person/month", "triệu tấn": "t", "m2": "m2", "ha": "ha"}


def stands(words: str, value: float, upper: float | None, denominator: float | None) -> object:
    numeral, _, unit = words.rpartition(" ") if " đến " in words else (words.rstrip("%").partition(" "))
    unit = unit or ("%" if words.endswith("%") else "")
    row = {"evidence": words, "value_as_written": numeral, "unit_as_written": unit, "unit": UNITS.get(unit, "count")}
    numbers = pl.DataFrame(
        {"value": [value], "value_upper": [upper], "denominator": [denominator]}, schema=dict.fromkeys(NUMBERS, pl.Float64)
    )
    rows = pl.concat([pl.DataFrame([row]), numbers], how="horizontal")
    return rows.join(units_as_printed(rows), on=["unit", "unit_as_written"], how="left").select(value_stands()).item()


NUMBERS = ("value", "value_upper", "denominator")


@pytest.mark.parametrize(("words", "value", "upper", "denominator", "expected"), PRINTED)
def test_a_value_has_the_digits_and_the_scale_that_are_printed(
    words: str, value: float, upper: float | None, denominator: float | None, expected: bool | None
) -> None:
    assert stands(words, value, upper, denominator) is expected


def test_the_evidence_begins_with_the_numeral() -> None:
    said = {"value": 40.0, "value_upper": None, "denominator": None, "unit": "ha", "printed_power": 0.0}
    rows = pl.DataFrame([{"evidence": "140 ha", "value_as_written": "40", **said}], schema_overrides=dict.fromkeys(NUMBERS, pl.Float64))
    assert rows.select(value_stands()).item() is False


@pytest.mark.parametrize(
    ("written", "unit", "stands"),
    [
        ("tỷ đồng", "VND", True),
        ("nghìn tỷ đồng", "VND", True),
        ("Tỷ USD", "USD", True),
        ("tỷ USD", "VND", False),
        ("(tỷ USD)…", "VND", False),
        ("triệu đồng/người/tháng", "VND/person/month", True),
        ("tạ/ha", "t/ha", True),
        ("tấn sản phẩm/năm", "t/year", True),
        ("tấn", "ha", False),
        ("m²", "ha", True),
        ("ha", "count", False),
        ("%", "percentage_point", True),
        ("điểm phần trăm", "percent", True),
        ("người", "count", False),
        ("lao động", "person", True),
        ("nhà máy", "ha", None),
        ("tỷ", "VND", None),
        ("tấn", "furlong", None),
    ],
)
def test_a_unit_is_of_the_kind_that_is_printed(written: str, unit: str, stands: bool | None) -> None:
    pairs = units_as_printed(pl.DataFrame({"unit": [unit, unit], "unit_as_written": [written, None]}))
    assert pairs.select("unit", "unit_as_written", "unit_stands").rows() == [(unit, written, stands)]


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
