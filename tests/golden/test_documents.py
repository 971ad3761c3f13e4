"""The sample articles, read from file to accepted fact, against the facts that people marked in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.reading import Reading, read
from tests.golden.scoring import LEVELS, Score, score, span_of

SAMPLES = Path(__file__).parents[2] / "seeds" / "documents"
GOLD = Path(__file__).with_name("documents.jsonl")
FLOORS = {"found": 0.89, "named": 0.87, "settled": 0.71, "whole": 0.66}


@cache
def facts() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(SAMPLES)


@pytest.fixture(scope="module")
def texts(reading: Reading) -> dict[str, str]:
    """Text of each document by the name that the marked facts use: the file's without its suffix, or the record's id."""
    names = reading.document.select(pl.coalesce("record_id", pl.col("source_file").str.replace(r"\.[a-z]+$", "")), "text")
    return dict(names.iter_rows())


@pytest.fixture(scope="module")
def result(reading: Reading, texts: dict[str, str]) -> Score:
    names = dict(zip(reading.document["document_key"], texts, strict=True))
    rows = [{**row, "document": names[row["document_key"]]} for row in reading.accepted.iter_rows(named=True)]
    return score(facts(), rows, texts)


def test_every_sample_is_read(reading: Reading, texts: dict[str, str]) -> None:
    assert reading.unread_record.is_empty()
    assert {fact["doc"] for fact in facts()} <= set(texts)


def test_marked_facts_stand_in_their_texts(texts: dict[str, str]) -> None:
    for fact in facts():
        start, end = span_of(fact, texts[fact["doc"]])
        assert texts[fact["doc"]][start:end] == fact["evidence"]


def test_accepted_evidence_is_copied_to_the_letter(reading: Reading) -> None:
    texts_by_key = dict(reading.document.select("document_key", "text").iter_rows())
    for row in reading.quantity.iter_rows(named=True):
        assert texts_by_key[row["document_key"]][row["evidence_start"] : row["evidence_end"]] == row["evidence"]


def test_no_fact_comes_from_the_head_and_foot_of_a_page_or_from_other_articles(reading: Reading) -> None:
    elsewhere = ["120 suất", "63 điểm cầu", "9,7%", "1.913 lượt", "32 hộ", "1,6 tỷ", "40 ha", "12 dự án FDI", "350 ha", "2,6 tỷ USD"]
    evidence = reading.accepted["evidence"].to_list()
    assert not [said for said in evidence for words in elsewhere if said.startswith(words)]


def test_a_page_without_figures_gives_no_fact(reading: Reading) -> None:
    notice = reading.document.filter(pl.col("source_file").str.contains("khong-so-lieu"))
    assert reading.accepted.join(notice, on="document_key", how="semi").is_empty()


@pytest.mark.parametrize("level", LEVELS)
def test_facts_reach_the_level(result: Score, level: str) -> None:
    assert result.f1(level) >= FLOORS[level]
