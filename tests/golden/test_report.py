"""The report on readings of gold facts: pairs, kinds of error, scores by part, history, the command."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from tests.golden.report.__main__ import report
from tests.golden.report.compare import Kind, Pair, count_kinds, pairs_of, score_of
from tests.golden.report.history import COLUMNS, record
from tests.golden.report.sources import Claims, claims_of, facts_of
from tests.golden.report.tables import By, errors, overall, parted
from tests.golden.scoring import LEVELS

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="the gold and its scorer are not beside the project")
SAID: dict[str, Any] = {
    "indicator": "industrial_output_value",
    "measure": "growth",
    "value": 8.5,
    "value_upper": None,
    "denominator": None,
    "unit": "percent",
    "bound": "exact",
    "place": "Nam Định > Bảy Hà",
    "entity": "Công ty cổ phần Dệt Sông Ninh",
    "industry": "dệt may",
    "status": "actual",
}


def fact(evidence: str = "8,5%", **more: object) -> dict[str, Any]:
    """What a reader marks: the output of a weaver grew in 2023 against 2022."""
    return {"doc": "tin-1", "evidence": evidence, "nth": 1, "label": "", **SAID, "period": "2023", "base": "2022", **more}


def row(evidence: str = "8,5%", **more: object) -> dict[str, Any]:
    """The row that says the same."""
    times = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
    times |= {"base_start": date(2022, 1, 1), "base_end": date(2022, 12, 31)}
    rules = {"rule_indicator": "sentence", "rule_measure": "growth"}
    return {
        "document": "tin-1.txt",
        "evidence": evidence,
        "sentence": f"Sản lượng sợi tăng {evidence}.",
        **SAID,
        **times,
        **rules,
        **more,
    }


def pairs(facts: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[Pair]:
    return pairs_of(facts, Claims({"tin-1": rows}))


def test_a_row_that_agrees_has_no_error_and_reaches_every_level() -> None:
    (pair,) = pairs([fact()], [row()])
    assert (pair.level, pair.kinds) == (len(LEVELS), set())


WRONG: dict[Kind, tuple[dict[str, Any], int]] = {
    Kind.VALUE: ({"value": 85.0}, 0),
    Kind.UNIT: ({"unit": "percentage_point"}, 0),
    Kind.INDICATOR: ({"indicator": "exports"}, 1),
    Kind.MEASURE: ({"measure": "share"}, 1),
    Kind.PLACE: ({"place": "Hà Nam"}, 2),
    Kind.PERIOD: ({"period_end": date(2023, 6, 30)}, 2),
    Kind.BASE: ({"base_start": None, "base_end": None}, 2),
    Kind.STATUS: ({"status": "estimate"}, 2),
    Kind.ORGANISATION: ({"entity": None}, 3),
    Kind.SECTOR: ({"industry": "xi măng"}, 3),
    Kind.BOUND: ({"bound": "over"}, 3),
    Kind.DENOMINATOR: ({"denominator": 12.0}, 3),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_field_is_one_error_of_its_kind(kind: Kind) -> None:
    change, level = WRONG[kind]
    (pair,) = pairs([fact()], [row(**change)])
    assert (pair.level, pair.kinds) == (level, {kind})


def test_every_kind_of_error_is_planted() -> None:
    assert set(Kind) == {*WRONG, Kind.MISSED, Kind.FALSE_CLAIM, Kind.CLAIMS_OTHER}


def test_what_nobody_claims_is_missed_and_what_nobody_marked_is_a_false_claim() -> None:
    found = pairs([fact(), fact("40 tỷ đồng", value=4e10, unit="VND")], [row(), row("7.200 tấn", value=7200.0, unit="t")])
    assert count_kinds(found) == {Kind.MISSED: 1, Kind.FALSE_CLAIM: 1}


@pytest.mark.parametrize("unit", ["percent", "times"])
def test_a_figure_about_nothing_of_the_catalogue_is_not_to_be_claimed(unit: str) -> None:
    found = pairs([fact(indicator="other")], [row(unit=unit)])
    assert (count_kinds(found), score_of(found).wanted, score_of(found).claimed) == ({Kind.CLAIMS_OTHER: 1}, 0, 1)
    silent = pairs([fact(indicator="other")], [row(indicator="other")])
    assert (count_kinds(silent), score_of(silent).claimed) == ({}, 0)


def test_a_row_that_names_no_indicator_finds_nothing() -> None:
    found = pairs([fact()], [row(indicator="other")])
    assert (count_kinds(found), score_of(found).reached) == ({Kind.MISSED: 1}, [0, 0, 0, 0])


def test_one_pair_has_all_its_errors() -> None:
    (pair,) = pairs([fact()], [row(place=None, bound="over", status=None)])
    assert (pair.level, pair.kinds) == (2, {Kind.PLACE, Kind.BOUND, Kind.STATUS})


def test_what_the_gold_leaves_open_is_no_error() -> None:
    left_open = fact(indicator="exports|industrial_output_value", place=None, period=None, base=None, status=None, entity="*", industry="*")
    (pair,) = pairs([left_open], [row(entity=None)])
    assert (pair.level, pair.kinds) == (len(LEVELS), set())


def test_of_equal_figures_each_row_goes_to_the_fact_that_it_agrees_with() -> None:
    found = pairs([fact(period="2023"), fact(period=None, status="target", nth=2)], [row(status="target", period_end=None), row()])
    assert count_kinds(found) == {}


def test_documents_that_the_gold_does_not_name_are_left_out() -> None:
    found = pairs_of([fact()], Claims({"tin-1": [row()], "tin-2": [row()]}))
    assert score_of(found).claimed == 1


@pytest.fixture
def planted() -> list[Pair]:
    """A right row, one with a wrong indicator, one false claim, and a fact that is missed."""
    facts = [fact(), fact("9,1%", value=9.1), fact("3,3%", value=3.3, indicator="exports")]
    rows = [row(), row("9,1%", value=9.1, indicator="imports", rule_indicator="line"), row("77%", value=77.0, rule_indicator="line")]
    return pairs(facts, rows)


def test_scores_of_the_whole(planted: list[Pair]) -> None:
    assert overall(planted).rows() == [("found", 0.667, 0.667, 0.667), *((level, 0.333, 0.333, 0.333) for level in LEVELS[1:])]


def test_an_indicator_is_recalled_by_its_facts_and_precise_by_its_claims(planted: list[Pair]) -> None:
    table = parted(planted, By.INDICATOR)
    assert [line[:5] for line in table.iter_rows()] == [
        ("industrial_output_value", 2, 2, "0.50 1.00 0.67", "0.50 0.50 0.50"),
        ("exports", 1, 0, "0.00 0.00 0.00", "0.00 0.00 0.00"),
        ("imports", 0, 1, "1.00 0.00 0.00", "0.00 0.00 0.00"),
    ]


def test_a_rule_is_as_precise_as_what_it_bound(planted: list[Pair]) -> None:
    table = parted(planted, By.RULE).select("part", "rule", "claims", "P named")
    assert table.rows() == [
        ("rule_indicator", "line", 2, 0.0),
        ("rule_indicator", "sentence", 1, 1.0),
        ("rule_measure", "growth", 3, 0.333),
    ]


def test_parts_by_document_measure_and_error(planted: list[Pair]) -> None:
    assert parted(planted, By.DOCUMENT)["document"].to_list() == ["tin-1"]
    assert parted(planted, By.MEASURE).select("measure", "facts", "claims").rows() == [("growth", 3, 3)]
    assert set(parted(planted, By.ERROR).rows()) == {("missed", 1), ("false-claim", 1), ("indicator", 1)}


def test_an_error_is_shown_with_both_values_its_rule_and_its_sentence(planted: list[Pair]) -> None:
    (shown,) = errors(planted, Kind.INDICATOR, Claims({}))
    words = ["tin-1", "«9,1%» #1", "gold  industrial_output_value", "read  imports  [line]", "Sản lượng sợi tăng 9,1%."]
    assert [word for word in words if word not in shown.plain] == []


TEXT = "Tin vắn\nNăm 2023, kim ngạch xuất khẩu của tỉnh Nam Định tăng 9,2% so với năm 2022. Hội thi có 63 gian bếp.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one text."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "tin-1.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "corpus"


def test_a_corpus_is_read_and_a_missed_fact_shows_what_was_read_there(corpus: Path) -> None:
    claims = claims_of(corpus)
    assert [(said["evidence"], said["indicator"]) for said in claims.rows["tin-1"]] == [("9,2%", "exports")]
    missed = fact("63 gian bếp", value=63.0, unit="count", measure="level")
    assert "63 gian bếp" in str(claims.sentence_of(missed, None))
    assert claims.sentence_of(fact("Tin vắn"), None) == "Tin vắn"
    assert claims.sentence_of(fact("64 gian bếp"), None) is None


def test_json_lines_of_rows_are_claims_with_days_and_names_made_plain(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row(indicator=None, document="so/tin-1.html"), default=str), encoding="utf-8")
    (said,) = claims_of(file).rows["tin-1"]
    assert (said["indicator"], said["period_end"]) == ("other", date(2023, 12, 31))


def test_a_measurement_is_one_line_without_words_of_the_text(tmp_path: Path, planted: list[Pair]) -> None:
    history = tmp_path / "history.csv"
    record(planted, "planted", history)
    record(planted, "planted", history)
    header, first, second = csv.reader(history.read_text(encoding="utf-8").splitlines())
    assert tuple(header) == COLUMNS
    assert first == second
    assert first[2:] == ["planted", "1", "3", "3", "0.6667", "0.3333", "0.3333", "0.3333", "0.3333"]


def test_the_history_of_the_project_has_the_columns_that_are_written() -> None:
    lines = list(csv.reader((Path(__file__).with_name("history.csv")).read_text(encoding="utf-8").splitlines()))
    assert tuple(lines[0]) == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}


def test_the_command_prints_the_parts_or_the_errors_asked_for(corpus: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(fact("9,2%", value=9.2, indicator="imports", place="Nam Định")), encoding="utf-8")
    app = Typer()
    app.command()(report)
    everything = CliRunner().invoke(app, [str(gold), str(corpus)])
    assert everything.exit_code == 0, everything.output
    assert all(f" {by} " in everything.output for by in ("document", "indicator", "measure", "error", "rule"))
    shown = CliRunner().invoke(app, [str(gold), str(corpus), "--show", "indicator"])
    assert "indicator: 1" in shown.output
    assert "kim ngạch xuất khẩu" in shown.output
    assert "rule_measure" not in shown.output


@needs_shared
@pytest.mark.parametrize(("name", "corpus"), [("seeds", "seeds"), ("dev", "dev.jsonl")])
def test_the_four_levels_are_those_of_the_scorer_of_the_gold(name: str, corpus: str, tmp_path: Path) -> None:
    gold = SHARED / "gold" / f"{name}.jsonl"
    claims = claims_of(SHARED / "corpus" / corpus)
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps(row, default=str) for said in claims.rows.values() for row in said), encoding="utf-8")
    command = [sys.executable, str(SHARED / "tools" / "score.py"), "--gold", str(gold), "--predictions", str(rows), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ours = score_of(pairs_of(facts_of(gold), claims))
    assert (ours.wanted, ours.claimed) == (theirs["gold"], theirs["claims"])
    for level in LEVELS:
        assert ours.of(level) == pytest.approx(tuple(theirs[level][of] for of in ("precision", "recall", "f1")), abs=1e-4), level
