from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from assets.quality import Judgement, judge
from assets.quality.rules import batch_faults, row_faults, suspicions
from assets.quality.vocabulary import rule_table
from tests.factory import YEAR_2022, Row
from tests.quality.planted import (
    DISAGREEING,
    GROWTH,
    OF_TABLES,
    PERCENT,
    REJECTING,
    SAID_TWICE,
    SPARE,
    SUSPECTING,
    TODAY,
    Plant,
    days,
    good_rows,
    one,
    planted,
    spare,
    told,
)

GOOD_KEYS = [row["observation_key"] for row in good_rows() if row["indicator"]]
SEVERITIES = dict(rule_table().select("rule", "severity").iter_rows())
DESCRIPTIONS = dict(rule_table().select("rule", "description").iter_rows())
ADVICE = dict(rule_table().select("rule", "advice").iter_rows())


def judged(plant: Plant) -> Judgement:
    return judge(*plant.batch().judged, today=TODAY)


@cache
def rejecting(rule: str) -> Judgement:
    return judged(REJECTING[rule])


def failed(judgement: Judgement) -> dict[str, dict[str, object]]:
    rows = judgement.verdict.filter(~pl.col("passed")).iter_rows(named=True)
    return {row["rule"]: row for row in rows}


def test_the_good_batch_breaks_no_rule() -> None:
    judgement = judge(*planted().judged, today=TODAY)
    assert failed(judgement) == {}
    assert judgement.accepted["observation_key"].to_list() == GOOD_KEYS
    assert judgement.accepted["warnings"].unique().to_list() == [""]
    assert judgement.rejected.is_empty()
    assert judgement.warning.is_empty()
    assert judgement.not_assigned["evidence"].to_list() == ["63 điểm cầu"]


def test_every_rule_has_its_planted_fault() -> None:
    elsewhere = {"types", "statement_balance"}  # in test_judge: of a frame as a whole, and of the room itself
    assert {*REJECTING, "said_once", *OF_TABLES, *SUSPECTING, *DISAGREEING} | elsewhere == set(SEVERITIES)


def test_every_rule_of_one_statement_stands_in_the_table_with_its_severity() -> None:
    assert {SEVERITIES[rule] for rule in batch_faults()} == {"blocking"}
    assert {SEVERITIES[rule] for rule in row_faults(TODAY)} == {"row"}
    assert {SEVERITIES[rule] for rule in suspicions()} == {"warning"}


@pytest.mark.parametrize("rule", REJECTING)
def test_a_planted_row_breaks_its_rule_and_no_other(rule: str) -> None:
    judgement = rejecting(rule)
    assert list(failed(judgement)) == [rule]
    assert judgement.rejected["observation_key"].to_list() == [row["observation_key"] for row in REJECTING[rule].rows]
    assert judgement.rejected["rule"].unique().to_list() == [rule]
    assert judgement.accepted["observation_key"].to_list() == GOOD_KEYS


@pytest.mark.parametrize("rule", REJECTING)
def test_a_rejected_row_says_in_words_what_does_not_hold_and_what_stands_there(rule: str) -> None:
    planted_row = REJECTING[rule].rows[0]
    reason = rejecting(rule).rejected["reason"][0]
    assert reason.startswith(f"This does not hold: {DESCRIPTIONS[rule]} Here: «{planted_row['evidence']}» as {planted_row['measure']}")
    assert reason.endswith(".")


@pytest.mark.parametrize("rule", REJECTING)
def test_the_verdict_names_the_rows_and_what_to_do(rule: str) -> None:
    verdict = failed(rejecting(rule))[rule]
    planted_row = REJECTING[rule].rows[0]
    name = "unknown document" if rule == "document_known" else SPARE["document"]
    assert verdict["failing_rows"] == len(REJECTING[rule].rows)
    message, count = verdict["message"], len(REJECTING[rule].rows)
    assert isinstance(message, str)
    assert message.startswith(f"{count} failing row{'' if count == 1 else 's'}, first {name}: «{planted_row['evidence']}»")
    assert message.endswith(ADVICE[rule])


@pytest.mark.parametrize("rule", REJECTING)
def test_a_fault_of_ours_blocks_and_a_fault_of_a_source_does_not(rule: str) -> None:
    expected = "blocking" if SEVERITIES[rule] == "blocking" else "warning"
    assert failed(rejecting(rule))[rule]["severity"] == expected


def test_of_two_equal_statements_the_first_stands() -> None:
    judgement = judged(SAID_TWICE)
    assert list(failed(judgement)) == ["said_once"]
    assert judgement.accepted["observation_key"].to_list() == [*GOOD_KEYS, spare()["observation_key"]]
    assert judgement.rejected.select("observation_key", "rule").rows() == [("again", "said_once")]


@pytest.mark.parametrize("rule", OF_TABLES)
def test_a_fault_of_a_table_is_noticed_by_its_rule_alone_and_blocks(rule: str) -> None:
    judgement = judged(OF_TABLES[rule])
    found = failed(judgement)
    assert list(found) == [rule]
    assert found[rule]["severity"] == "blocking"
    rows = found[rule]["failing_rows"]
    assert found[rule]["message"] == f"{rows} failing row{'' if rows == 1 else 's'}. {ADVICE[rule]}"
    assert judgement.rejected.is_empty()


@pytest.mark.parametrize("rule", SUSPECTING)
def test_a_suspicion_is_a_warning_on_an_accepted_row(rule: str) -> None:
    judgement = judged(SUSPECTING[rule])
    suspect = {row["observation_key"]: row["evidence"] for row in SUSPECTING[rule].rows if row["indicator"]}
    assert list(failed(judgement)) == [rule]
    assert failed(judgement)[rule]["severity"] == "warning"
    warned = judgement.warning.select("observation_key", "rule", "document_key", "batch").rows()
    assert sorted(warned) == [(key, rule, SPARE["document_key"], "b1") for key in sorted(suspect)]
    for key, message in judgement.warning.select("observation_key", "message").iter_rows():
        assert message.startswith(f"This does not hold: {DESCRIPTIONS[rule]} Here: «{suspect[key]}»")
    warnings = dict.fromkeys(GOOD_KEYS, "") | dict.fromkeys(suspect, rule)
    assert dict(judgement.accepted.select("observation_key", "warnings").iter_rows()) == warnings


@pytest.mark.parametrize("rule", DISAGREEING)
def test_arithmetic_that_fails_is_a_warning_on_every_figure_of_it(rule: str) -> None:
    plant = DISAGREEING[rule]
    judgement = judged(plant)
    assert list(failed(judgement)) == [rule]
    assert sorted(judgement.warning["observation_key"]) == sorted(row["observation_key"] for row in plant.rows)
    assert judgement.warning["rule"].unique().to_list() == [rule]
    (message,) = judgement.warning["message"].unique()
    assert all(f"«{row['evidence']}»" in message for row in plant.rows)
    assert judgement.accepted.filter(pl.col("warnings") == rule).height == len(plant.rows)


def test_a_statement_of_no_indicator_has_nothing_to_fit_but_must_stand_in_the_text() -> None:
    odd = spare(41.0, measure="share", unit="ha", indicator=None, **days("period", date(2030, 1, 1), date(2030, 12, 31)))
    assert judged(one(odd)).not_assigned["observation_key"].to_list()[-1] == odd["observation_key"]
    displaced = odd | {"evidence": "41 nhà máy"}
    assert judged(one(displaced)).rejected["rule"].to_list() == ["evidence_in_text"]


def test_the_reason_gives_every_broken_rule_and_the_row_is_counted_under_the_first() -> None:
    judgement = judged(one(spare(-400.0, unit="furlong", measure="share")))
    (row,) = judgement.rejected.iter_rows(named=True)
    assert row["rule"] == "unit_known"
    assert DESCRIPTIONS["unit_known"] in row["reason"]
    assert DESCRIPTIONS["share_range"] in row["reason"]
    assert set(failed(judgement)) == {"unit_known", "share_range"}


def on(day: date) -> Row:
    return days("period", day, day)


KEEPING: dict[str, Row] = {
    "what was next to nothing may grow by any percentage": told(
        "Năm 2023 lợi nhuận tăng 13.684,23% so với năm 2022.", ("13.684,23%", 13684.23, {"indicator": "profit", **GROWTH})
    )[0],
    "a profit may fall by more than all of it": spare(-400.0, indicator="profit", **GROWTH),
    "of a fall the smaller end comes first": spare(-40.0, "40-30 nhà máy", value_upper=-30.0, indicator="profit", **GROWTH),
    "a deficit is negative": spare(-4e10, "40 tỷ đồng", indicator="trade_balance", unit="VND"),
    "a share is a percentage of anything": spare(measure="share", **PERCENT),
    "a plan may describe what is to come": spare(status="target", **days("period", date(2030, 1, 1), date(2030, 12, 31))),
    "a result may be of the day of its article": spare(**on(SPARE["published_on"])),
    "a part of the period may be its base": spare(
        **days("period", date(2023, 1, 1), date(2023, 12, 31)), **{**GROWTH, **days("base", date(2023, 1, 1), date(2023, 3, 31))}
    ),
    "a class of products is known by its division": spare(industry="xi măng", industry_code="2394"),
    "a place without a code may be on no list": spare(place="Hà Nam > Xứ Lạ", place_code=None, place_level="commune"),
}


@pytest.mark.parametrize("why", KEEPING)
def test_what_the_rules_let_pass(why: str) -> None:
    judgement = judged(one(KEEPING[why]))
    assert judgement.rejected.is_empty()
    assert judgement.accepted.height == len(GOOD_KEYS) + 1


UNSUSPECTED: dict[str, Row] = {
    "few enterprises of a sector": spare(indicator="enterprises", industry="cơ khí"),
    "few enterprises of a park": spare(indicator="enterprises", entity="Khu công nghiệp Xanh"),
    "few enterprises of a district": spare(indicator="enterprises", place="Hà Nam > Thanh Liêm", place_code=None, place_level="district"),
    "a result of the month of its article": spare(**days("period", date(2024, 5, 1), date(2024, 5, 31))),
    "a plan of a year that goes on": spare(status="target", **days("period", date(2024, 1, 1), date(2024, 12, 31))),
    "a share in a list": spare(measure="share", rule_indicator="line", industry="cơ khí", **PERCENT),
    "the share of an organisation": spare(measure="share", entity="Khu công nghiệp Xanh", **PERCENT),
    "a level without a base": spare(base=None),
    "a lone figure with its time before it": spare(rule_period="before"),
    "a figure of the document's place with its time before it": spare(rule_period="before", rule_place="home"),
}


@pytest.mark.parametrize("why", UNSUSPECTED)
def test_what_the_suspicions_let_pass(why: str) -> None:
    judgement = judged(one(UNSUSPECTED[why]))
    assert judgement.warning.is_empty()
    assert judgement.accepted.height == len(GOOD_KEYS) + 1


def test_a_figure_beside_others_may_have_its_time_from_elsewhere_and_two_indicators_are_no_crowd() -> None:
    beside = spare(4e10, "40 tỷ đồng", indicator="profit", unit="VND", rule_period="document")
    assert judged(Plant((spare(rule_period="document"), beside))).warning.is_empty()


def test_a_figure_of_the_day_of_its_article_has_its_place_told() -> None:
    beside = spare(4e10, "40 tỷ đồng", indicator="profit", unit="VND", rule_period="published", rule_place="sentence")
    assert judged(Plant((spare(rule_period="published"), beside))).warning.is_empty()


def test_what_names_what_it_counts_stands_out_of_a_crowd() -> None:
    counted, *others = SUSPECTING["crowded_sentence"].rows
    judgement = judged(Plant((counted | {"rule_indicator": "counted"}, *others)))
    assert judgement.warning["observation_key"].to_list() == [others[0]["observation_key"]]


@pytest.mark.parametrize(("now", "cleared"), [(("112 tỷ đồng", 1.12e11), True), (("120 tỷ đồng", 1.2e11), False)])
def test_figures_that_bear_each_other_out_are_not_suspected_of_being_misread(now: tuple[str, float], cleared: bool) -> None:
    afar: Row = {"indicator": "revenue", "rule_period": "document"}
    figures = ((*now, afar), ("12,0%", 12.0, {**afar, **GROWTH}), ("100 tỷ đồng", 1e11, {**afar, **YEAR_2022}))
    rows = told("\n".join(f"Doanh thu: {words}." for words, _, _ in figures), *figures)
    rules = {"lone_figure", "growth_witness"}
    assert set(judged(Plant(tuple(rows))).warning["rule"]) == (set() if cleared else rules)


def test_a_lone_figure_without_any_time_is_suspect() -> None:
    timeless = spare(period=None, period_start=None, period_end=None)
    assert judged(one(timeless)).warning["rule"].to_list() == ["lone_figure"]


@pytest.mark.parametrize(("day", "stands"), [(date(2024, 6, 1), True), (date(2024, 6, 2), True), (date(2024, 6, 3), False)])
def test_an_article_may_be_of_tomorrow_but_not_of_the_day_after(day: date, stands: bool) -> None:
    good = planted(spare())
    documents = good.document.with_columns(published_on=pl.lit(day))
    judgement = judge(documents, *good.judged[1:], today=TODAY)
    assert judgement.rejected.is_empty() == stands


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"place_code": "35", "place_level": "district"}, "codes_listed"),
        ({"place": "Nam Định", "place_code": "35"}, "codes_listed"),
        ({"place": None, "place_code": "35"}, "codes_listed"),
        ({"industry": "chợ", "industry_code": "98"}, "codes_listed"),
        ({"value": float("nan")}, "domain"),
        ({"value_upper": float("inf")}, "finite_value"),
        ({"denominator": float("nan")}, "finite_value"),
        ({"sentence": None}, "domain"),
        ({"measure": "guess"}, "domain"),
        ({"status": "maybe"}, "domain"),
        ({"unit": "VND/"}, "unit_known"),
        ({"unit": "VND/furlong"}, "unit_known"),
        ({"unit": ""}, "unit_known"),
        ({"evidence_start": 4_000_000_000}, "evidence_in_text"),
        ({"period_end": None}, "time_as_named"),
        ({"period": None}, "time_as_named"),
        ({"base": "2022"}, "time_as_named"),
        ({"denominator": -40.0}, "denominator_positive"),
        ({"measure": "growth_avg", "value": -400.0, "unit": "percent"}, "growth_range"),
    ],
)
def test_other_ways_to_break_a_rule(wrong: Row, rule: str) -> None:
    judgement = judged(one(spare() | wrong))
    assert judgement.rejected["rule"].to_list() == [rule]
    assert judgement.accepted["observation_key"].to_list() == GOOD_KEYS
