"""One phenomenon a case: `sentences.jsonl` has a text a line and all the facts that a careful reader takes from it.

A fact tells the fields that the case is about, and `evidence` as printed; null means that there is none. A case that the
reading does not master yet says why in `open`; when it passes, the test asks to take the mark off.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.reading import Reading, read
from tests.golden.scoring import agrees, overlaps, span_of

Case = dict[str, Any]
CASES: list[Case] = [json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text("utf-8").splitlines()]
SHOWN = ["evidence", "indicator", "measure", "value", "value_upper", "denominator", "unit", "bound", "place", "entity", "industry"]
SHOWN += ["period", "base", "status", "price_basis"]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """All cases read as one batch, one record a case."""
    batch = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    records = [
        {"id": case["name"], "title": case.get("title", "Tin vắn"), "date": case.get("date"), "text": case["text"]} for case in CASES
    ]
    batch.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return read(batch)


@cache
def _names() -> list[str]:
    return [case["name"] for case in CASES]


def test_names_tell_cases_apart() -> None:
    assert len(set(_names())) == len(CASES)


def _as_param(case: Case) -> Any:  # noqa: ANN401 - pytest keeps its type to itself
    marks = [pytest.mark.xfail(reason=case["open"], strict=True)] if "open" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_as_param(case) for case in CASES])
def test_sentence(reading: Reading, case: Case) -> None:
    document = reading.document.filter(pl.col("record_id") == case["name"])
    rows = reading.accepted.filter(pl.col("document_key") == document["document_key"].item()).to_dicts()
    unmatched = list(rows)
    for fact in case["facts"]:
        fits = [row for row in unmatched if overlaps(span_of(fact, document["text"].item()), row) and not _differences(fact, row)]
        assert fits, f"{fact}\nis not among\n{_shown(rows)}"
        unmatched.remove(fits[0])
    assert not unmatched, f"these are no facts of the text:\n{_shown(unmatched)}"


def _differences(fact: Case, row: Case) -> list[str]:
    return [name for name, wanted in fact.items() if name != "evidence" and not agrees(name, wanted, row)]


def _shown(rows: list[Case]) -> str:
    return "\n".join(str({name: row[name] for name in SHOWN if row[name] is not None}) for row in rows) or "nothing"
