from __future__ import annotations

import polars as pl
import pytest

from assets.quality.claims import claims_of, levels_of
from tests.factory import YEAR_2022, Row, batch
from tests.quality.planted import GROWTH, told

Figure = tuple[str, float, Row]
LEVEL: Figure = ("30.640 tỷ đồng", 3.064e13, {})


def claims(*figures: Figure) -> pl.DataFrame:
    rows = told("\n".join(words for words, _, _ in figures), *figures)
    return claims_of(batch([rows[0]["planted_in"]], rows).observation)


@pytest.mark.parametrize(
    ("words", "value", "said", "half"),
    [
        ("30.640 tỷ đồng", 3.064e13, {}, 5e8),
        ("30,6 nghìn tỷ đồng", 3.06e13, {}, 5e10),
        ("12,15%", 12.15, {"unit": "percent"}, 0.005),
        ("12%", -12.0, {"unit": "percent"}, 0.5),
        ("5 km2", 5.0, {"unit": "km2"}, 50.0),
        ("1.200 ha", 1200.0, {"unit": "ha"}, 0.5),
        ("0 ha", 0.0, {"unit": "ha"}, 0.0),
        ("100 ha", 100.0, {"unit": "ha", "bound": "over"}, 0.5 + 5.0),
        ("hai ha", 2.0, {"unit": "ha"}, 0.0),
    ],
)
def test_half_of_the_last_printed_digit_is_left_open(words: str, value: float, said: Row, half: float) -> None:
    assert claims((words, value, said))["half"].to_list() == [pytest.approx(half)]


@pytest.mark.parametrize(
    ("unit", "value", "base", "amount"),
    [("km2", 5.0, "ha", 500.0), ("kg", 500.0, "t", 0.5), ("USD", 5.0, "USD", 5.0), ("VND/kg", 3.0, "VND/t", 3000.0)],
)
def test_amounts_are_in_base_units(unit: str, value: float, base: str, amount: float) -> None:
    claim = claims((f"{value:.0f} x", value, {"unit": unit}))
    assert claim.select("base_unit", "amount").row(0) == (base, pytest.approx(amount))


@pytest.mark.parametrize(
    "untold",
    [{"value_upper": 4e13}, {"denominator": 4e13}, {"period": None, "period_start": None, "period_end": None}],
    ids=["a range", "a fraction", "no time"],
)
def test_what_is_no_one_number_of_a_told_time_makes_no_claim(untold: Row) -> None:
    assert claims((*LEVEL[:2], untold)).is_empty()


@pytest.mark.parametrize(
    ("said", "subject", "whole", "time"),
    [
        ({}, True, True, True),
        ({"status": "target"}, True, True, True),
        ({"measure": "share", "unit": "percent"}, True, True, True),
        ({"industry": "khai khoáng"}, False, True, True),
        ({"entity": "Công ty Đá Xanh"}, False, True, True),
        ({"place": "Nam Định"}, False, False, True),
        ({"place": None}, False, False, True),
        ({"indicator": "exports"}, False, False, True),
        ({"price_basis": "2010"}, False, False, True),
        (YEAR_2022, True, True, False),
    ],
    ids=lambda said: next(iter(said), "same") if isinstance(said, dict) else "",
)
def test_what_two_claims_are_about(said: Row, subject: bool, whole: bool, time: bool) -> None:
    both = claims(LEVEL, ("40.000 tỷ đồng", 4e13, said))
    same = [both[name].n_unique() == 1 for name in ("subject", "whole", "time")]
    assert same == [subject, whole, time]


def test_a_base_is_the_time_of_the_earlier_claim() -> None:
    both = claims(("27.320 tỷ đồng", 2.732e13, YEAR_2022), ("12,15%", 12.15, GROWTH))
    assert both["base_time"].to_list() == [None, both["time"][0]]


@pytest.mark.parametrize(
    ("status", "is_plan"),
    [("target", True), ("forecast", True), ("actual", False), ("estimate", False), ("preliminary", False), (None, False)],
)
def test_targets_and_forecasts_are_plans(status: str | None, is_plan: bool) -> None:
    assert claims((*LEVEL[:2], {"status": status}))["is_plan"].to_list() == [is_plan]


def test_a_sector_or_an_organisation_is_a_part() -> None:
    said: list[Row] = [{}, {"industry": "khai khoáng"}, {"entity": "Công ty Đá Xanh"}]
    found = [claims((*LEVEL[:2], more))["is_part"].item() for more in said]
    assert found == [False, True, True]


def test_levels_hold_each_amount_once() -> None:
    twice = claims(LEVEL, ("30.640 tỷ đồng.", 3.064e13, {"status": "estimate"}), ("30.000 tỷ đồng", 3e13, {"status": "target"}))
    assert levels_of(twice)["amount"].to_list() == [3.064e13, 3e13]


def test_growth_is_no_level() -> None:
    assert levels_of(claims(("12,15%", 12.15, GROWTH))).is_empty()
