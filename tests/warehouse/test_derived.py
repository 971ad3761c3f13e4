"""The mart of derived values: what two figures give that no article needs to state."""

from __future__ import annotations

from datetime import date

import pytest

from tests.star.planted import BASE_2022
from tests.warehouse.test_marts import Ask, ask

__all__ = ["ask"]  # the fixture

Said = dict[str, object]
RICE: Said = {"indicator": "industrial_land_area", "unit": "ha", "written": "6.113,48 ha", "value": 6113.48}
REACHED: Said = {"indicator": "industrial_land_area", "unit": "percent", "measure": "attainment", "written": "132,9%", "value": 132.9}
PLAN: Said = {"indicator": "industrial_land_area", "unit": "ha", "status": "target", "written": "4.600 ha", "value": 4600.0}
GROWN: Said = {"unit": "percent", "measure": "growth", "written": "12,15%", "value": 12.15, **BASE_2022}
NOW: Said = {"written": "30.640 tỷ đồng", "value": 3.064e13}
THEN: Said = {
    "written": "27.320 tỷ đồng",
    "value": 2.732e13,
    "period": "2022",
    "period_start": date(2022, 1, 1),
    "period_end": date(2022, 12, 31),
}
MINING: Said = {"industry": "khai khoáng"}
SHARE: Said = {"unit": "percent", "measure": "share", "written": "10%", "value": 10.0, **MINING}
PART: Said = {"written": "3.064 tỷ đồng", "value": 3.064e12, **MINING}
ONE = "SELECT kind, value, tolerance, formula, stated_value, agrees FROM derived_value WHERE kind = '{}'"


def test_a_result_and_what_it_reached_of_the_plan_give_the_plan(ask: Ask) -> None:
    ((kind, value, tolerance, formula, stated, agrees),) = ask([RICE, REACHED], ONE.format("target"))
    assert (kind, formula, stated, agrees) == ("target", "6,113.48 ha / 132.9 %", None, None)
    assert value == pytest.approx(4600.06, abs=0.01)
    # Half of 0,01 ha and half of 0,1 % are all that the digits leave open.
    assert tolerance == pytest.approx(0.005 / 1.329 + 6113.48 * 0.05 / 132.9**2 * 100, rel=1e-6)


def test_a_derived_value_says_that_it_is_derived_and_from_what(ask: Ask) -> None:
    query = """
        SELECT d.origin, d.status, d.measure, d.unit, d.place, d.period, d.articles, len(d.observation_keys),
            [(SELECT v.measure FROM indicator_value AS v WHERE v.value_key = d.value_keys[1]),
             (SELECT v.measure FROM indicator_value AS v WHERE v.value_key = d.value_keys[2])]
        FROM derived_value AS d
    """
    (row,) = ask([RICE, REACHED], query)
    assert row == ("derived", "target", "level", "ha", "Hà Nam", "2023", ["bao-1", "bao-2"], 2, ["level", "attainment"])


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("result", [PLAN, REACHED], 6113.4),
        ("base", [NOW, GROWN], 3.064e13 / 1.1215),
        ("later level", [THEN, GROWN], 2.732e13 * 1.1215),
        ("part", [NOW, SHARE], 3.064e12),
        ("whole", [PART, SHARE], 3.064e13),
    ],
)
def test_what_two_figures_give(kind: str, given: list[Said], value: float, ask: Ask) -> None:
    rows = ask(given, "SELECT kind, value FROM derived_value")
    assert rows == [(kind, pytest.approx(value))]


@pytest.mark.parametrize(
    ("given", "stated", "agrees"),
    [
        ([RICE, REACHED, PLAN], 4600.0, True),
        ([RICE, REACHED, {**PLAN, "written": "4.700 ha", "value": 4700.0}, {**PLAN, "status": "forecast"}], 4700.0, False),
    ],
)
def test_what_an_article_states_stands_beside_it(given: list[Said], stated: float, agrees: bool, ask: Ask) -> None:
    ((*_, found, same),) = ask(given, ONE.format("target"))
    assert (found, same) == (stated, agrees)


@pytest.mark.parametrize(("given", "industry"), [([PART, SHARE], None), ([NOW, SHARE], "khai khoáng")], ids=["whole", "part"])
def test_a_part_is_of_the_sector_of_its_share_and_a_whole_of_none(given: list[Said], industry: str | None, ask: Ask) -> None:
    assert ask(given, "SELECT industry, entity FROM derived_value") == [(industry, None)]


@pytest.mark.parametrize(
    "given",
    [
        [RICE, {**REACHED, "place": "Nam Định", "place_code": "36"}],
        [RICE, {**REACHED, "status": "estimate"}],
        [RICE, {**REACHED, "entity": "Công ty A"}],
        [{**RICE, "bound": "over"}, REACHED],
        [{**RICE, "warnings": "lone_figure"}, REACHED],
        [RICE, {**RICE, "written": "7.000 ha", "value": 7000.0}, REACHED],
        [RICE, {**REACHED, "written": "0%", "value": 0.0}],
        [NOW, {**GROWN, "written": "-100%", "value": -100.0}],
        [NOW, {**GROWN, "base": None, "base_start": None, "base_end": None}],
        [{**NOW, "value": -3.064e13}, GROWN],
        [{**PLAN, "unit": "percent", "indicator": "poverty_rate", "written": "4%", "value": 4.0}, {**GROWN, "indicator": "poverty_rate"}],
        [{**PLAN}, {**REACHED, "status": "target"}],
    ],
    ids=[
        "of another place", "of another status", "of a firm", "not exact", "suspected", "disputed", "nothing reached", "all lost",
        "no base", "a deficit", "growth of a rate", "an attainment that is planned",
    ],
)  # fmt: skip
def test_what_does_not_stand_firm_derives_nothing(given: list[Said], ask: Ask) -> None:
    kinds = ("target", "base", "later level", "result")
    assert ask(given, f"SELECT kind FROM derived_value WHERE kind IN {kinds}") == []


def test_the_plan_of_part_of_a_year_may_be_that_of_the_year(ask: Ask) -> None:
    quarter = {"period": "2023-Q1", "period_start": date(2023, 1, 1), "period_end": date(2023, 3, 31)}
    assert ask([{**RICE, **quarter}, {**REACHED, **quarter}], "FROM derived_value") == []


def test_a_value_that_arithmetic_bears_out_is_confirmed(ask: Ask) -> None:
    query = "SELECT measure, confirmations FROM indicator_value ORDER BY measure, year"
    assert ask([NOW, GROWN, THEN], query) == [("growth", 1), ("level", 1), ("level", 1)]


def test_a_value_that_another_mention_contradicts_is_not_confirmed_by_its_witnesses(ask: Ask) -> None:
    other = {**NOW, "written": "33.000 tỷ đồng", "value": 3.3e13}
    query = "SELECT value, confirmations FROM indicator_value WHERE measure = 'level' AND year = 2023"
    assert ask([NOW, GROWN, THEN, other], query) == [(3.3e13, 0)]
