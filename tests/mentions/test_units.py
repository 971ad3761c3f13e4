from __future__ import annotations

import polars as pl
import pytest

from assets.mentions import find_mentions
from assets.reference import table
from tests.mentions.reading import marks, tables


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("27.320 tỷ đồng", 27320e9, "VND"),
        ("12,4 nghìn tỷ đồng", 12.4e12, "VND"),
        ("500 tỷ", 500e9, "VND"),
        ("850 triệu đồng", 850e6, "VND"),
        ("2.090 triệu USD", 2090e6, "USD"),
        ("3,2 tỷ yên", 3.2e9, "JPY"),
        ("15 triệu euro", 15e6, "EUR"),
        ("1,2 triệu tấn", 1.2e6, "t"),
        ("215 nghìn tấn", 215e3, "t"),
        ("850 tạ", 85000, "kg"),
        ("65 tạ/ha", 6.5, "t/ha"),
        ("6,5 tấn/ha", 6.5, "t/ha"),
        ("3 triệu kWh", 3e6, "kWh"),
        ("2 GWh", 2e6, "kWh"),
        ("24 MW", 24, "MW"),
        ("145ha", 145, "ha"),
        ("1.680 m2", 1680, "m2"),
        ("1.680 m²", 1680, "m2"),
        ("5.135 km2", 5135, "km2"),
        ("62.000 m3", 62000, "m3"),
        ("14,6 km", 14.6, "km"),
        ("120 triệu lít", 120e6, "l"),
        ("1,4 lần", 1.4, "times"),
        ("51 phần trăm", 51, "percent"),
        ("21,38%/năm", 21.38, "percent"),
        ("2,1 điểm phần trăm", 2.1, "percentage_point"),
        ("11 triệu đồng/người/tháng", 11e6, "VND/person/month"),
        ("68,5 triệu đồng/người/năm", 68.5e6, "VND/person/year"),
        ("6.500 đồng/kg", 6500, "VND/kg"),
        ("450 USD/tấn", 450, "USD/t"),
        ("72.700 đồng/cổ phiếu", 72700, "VND/share"),
        ("190 triệu tấn/năm", 190e6, "t/year"),
        ("20.000 m3/ngày đêm", 20000, "m3/day"),
        ("90.000 tấn sản phẩm/năm", 90000, "t/year"),
        ("1.000 xe/ngày", 1000, "count/day"),
        ("1,88 triệu người", 1.88e6, "person"),
        ("92.000 con", 92000, "count"),
        ("596,7 nghìn lượt khách", 596700, "count"),
        ("163,51 triệu bao", 163.51e6, "bag"),
        ("45 làng nghề", 45, "count"),
    ],
)
def test_a_quantity_in_canonical_units(printed: str, value: float, unit: str) -> None:
    mark = marks(f"Tất cả là {printed}.", "quantity")[0]
    assert (mark["value"], mark["unit"]) == (pytest.approx(value), unit)


def test_a_unit_ends_where_its_word_ends() -> None:
    assert marks("Có 12 tấm biển, 12 mẫu thử và 12 haru.", "quantity")[0]["unit"] == "count"
    assert {mark["unit"] for mark in marks("Có 12 mẫu, 12 kgm, 12 haru.", "quantity")} == {"count"}


def test_every_unit_of_the_vocabulary_is_read_behind_a_numeral() -> None:
    units = table("units").filter(pl.col("role") == "unit")
    found = find_mentions(*tables(*(f"Tất cả là 7 {surface}." for surface in units["surface"]))).filter(pl.col("kind") == "quantity")
    assert found.height == units.height
    assert found["unit"].to_list() == units["unit"].to_list()
    assert found["value"].to_list() == pytest.approx([7 * float(factor) for factor in units["factor"]])


def test_every_scale_word_multiplies_money() -> None:
    scales = table("units").filter(pl.col("role") == "scale")
    found = find_mentions(*tables(*(f"Tất cả là 3 {surface} đồng." for surface in scales["surface"]))).filter(pl.col("kind") == "quantity")
    assert found.select("unit", "value").rows() == [("VND", 3 * float(factor)) for factor in scales["factor"]]
