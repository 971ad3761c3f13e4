"""Drift and volume: what a new file says of batches that differ from earlier ones, and of publications that differ from earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pytest

from assets.star import build
from tests.star.planted import HA_NAM, OUTPUT, YEAR_2023, Article, Rooms, claim, country, rooms, verdicts
from warehouse.audit import Check, questions
from warehouse.publish import history_of, publish

FIRST = date(2024, 3, 1)
DAYS = 5


class Day(NamedTuple):
    """What a batch of one day holds: documents, and of each the figures that were accepted, rejected and not assigned."""

    documents: int = 12
    accepted: int = 3
    rejected: int = 0
    not_assigned: int = 3
    unread: int = 0
    dated: bool = True
    source: str = "Báo A"


Publish = Callable[[Rooms], Mapping[str, Check]]


@pytest.fixture
def publish_to(tmp_path: Path) -> Publish:
    """Publishes rooms and gives the checks by name."""

    def run(given: Rooms) -> Mapping[str, Check]:
        batches = {*given.document["batch"], *given.unread_record["batch"]}
        published = publish(build(*given), verdicts(*sorted(batches)), tmp_path / "x.duckdb")
        return {check.name: check for check in published.checks}

    return run


def crawl(*days: Day) -> Rooms:
    """A batch a day."""
    articles, fates, unread = [], dict[str, list[dict[str, object]]](accepted=[], rejected=[], not_assigned=[]), []
    for number, day in enumerate(days):
        batch, published_on = f"ngay-{number}", FIRST + timedelta(days=number) if day.dated else None
        for n in range(day.documents):
            counts = {"accepted": day.accepted, "rejected": day.rejected, "not_assigned": day.not_assigned}
            words = {
                fate: [f"{1000 * k + i}{n:02}{number} tỷ đồng" for i in range(count)] for k, (fate, count) in enumerate(counts.items(), 1)
            }
            text = [f"Tin {number}.{n}: {', '.join(word for told in words.values() for word in told)}."]
            article = Article(f"{day.source[-1].lower()}-{number}-{n}", published_on, text, batch)
            articles.append(article)
            for fate, told in words.items():
                more = {"rule": "value_as_printed", "reason": "…"} if fate == "rejected" else {}
                fates[fate] += [claim(article, word, 1e9, **OUTPUT, **HA_NAM, **YEAR_2023, **more) for word in told]
        unread += [
            {"batch": batch, "source_file": f"{n}.bin", "record": None, "reason": "binary", "detail": "No text."} for n in range(day.unread)
        ]
    return rooms(articles, **fates, unread=unread)


USUAL = [Day(accepted=3 + day % 2) for day in range(DAYS)]
PLANTED: dict[str, Day] = {
    "acceptance_rate": Day(accepted=1, rejected=3),
    "unassigned_rate": Day(accepted=3, not_assigned=12),
    "facts_per_document": Day(accepted=10, not_assigned=9),
    "unread_rate": Day(unread=5),
    "document_volume": Day(documents=3),
}


def test_days_like_those_before_are_not_suspicious(publish_to: Publish) -> None:
    checks = publish_to(crawl(*USUAL, Day()))
    assert [name for name, check in checks.items() if not check.passed] == []


@pytest.mark.parametrize("rule", PLANTED)
def test_a_day_that_differs_is_suspicious(rule: str, publish_to: Publish) -> None:
    check = publish_to(crawl(*USUAL, PLANTED[rule]))[rule]
    assert (check.passed, check.severity) == (False, "warning")
    assert {row[0] for row in check.first_rows} == {f"ngay-{DAYS}"}
    assert check.message is not None
    assert check.message.startswith(f"{check.failing_rows} rows break this, first: {{'batch': 'ngay-{DAYS}'")
    assert check.message.endswith(check.advice)


@pytest.mark.parametrize("rule", PLANTED)
def test_a_day_is_held_against_earlier_ones_only(rule: str, publish_to: Publish) -> None:
    assert publish_to(crawl(PLANTED[rule], *USUAL))[rule].passed


@pytest.mark.parametrize("rule", PLANTED)
def test_two_days_are_no_history(rule: str, publish_to: Publish) -> None:
    assert publish_to(crawl(*USUAL[:2], PLANTED[rule]))[rule].passed


@pytest.mark.parametrize("rule", PLANTED)
def test_where_days_differ_anyway_one_more_is_not_suspicious(rule: str, publish_to: Publish) -> None:
    differing = [*USUAL[:2], PLANTED[rule], *USUAL[:2], PLANTED[rule]]
    check = publish_to(crawl(*differing, PLANTED[rule]))[rule]
    assert f"ngay-{len(differing)}" not in {row[0] for row in check.first_rows}


def test_each_source_has_its_own_history(publish_to: Publish) -> None:
    checks = publish_to(crawl(*USUAL, PLANTED["acceptance_rate"]._replace(source="Báo B", documents=40)))
    assert [row[1] for row in checks["acceptance_rate"].first_rows] == [None]
    checks = publish_to(crawl(*USUAL, PLANTED["acceptance_rate"]))
    assert [row[1] for row in checks["acceptance_rate"].first_rows] == [None, "Báo A"]


def test_a_day_without_dates_is_held_against_all_that_have_them(publish_to: Publish) -> None:
    only_unread = Day(documents=0, unread=4, dated=False)
    assert not publish_to(crawl(only_unread, *USUAL))["unread_rate"].passed


def test_every_question_about_drift_has_a_planted_day() -> None:
    assert {question.name for question in questions("drift")} == set(PLANTED)


def log(*publications: tuple[int, int, int, int]) -> pl.DataFrame:
    """Earlier publications, a day apart, the last one yesterday: documents, accepted, not assigned, days since the newest article."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        {
            "published_at": now - timedelta(days=len(publications) - n),
            "batches": 2,
            "documents": documents,
            "unread_records": 1,
            "accepted": accepted,
            "rejected": 1,
            "not_assigned": rest,
            "warnings": 1,
            "newest_article": (now - timedelta(days=len(publications) - n + age)).date(),
        }
        for n, (documents, accepted, rest, age) in enumerate(publications)
    ]
    return pl.DataFrame(rows)


# The planted country has 8 documents, 13 accepted figures, 1 of no indicator; its newest article is of May 2024.
AGE = (datetime.now(UTC).date() - date(2024, 5, 6)).days
SAME = (8, 13, 1, AGE)
SUSPICIOUS: dict[str, tuple[int, int, int, int]] = {
    "reading_rates": (8, 13, 40, AGE),
    "nothing_shrinks": (20, 40, 3, AGE),
    "freshness": (8, 13, 1, 2),
}


@pytest.mark.parametrize("rule", SUSPICIOUS)
def test_a_publication_that_differs_from_those_before_is_suspicious(rule: str, publish_to: Publish, tmp_path: Path) -> None:
    log(*[SUSPICIOUS[rule]] * 4).write_parquet(history_of(tmp_path / "x.duckdb"))
    check = publish_to(country())[rule]
    assert (check.passed, check.severity) == (False, "warning")
    assert check.failing_rows >= 1


def test_a_publication_like_those_before_is_not(publish_to: Publish, tmp_path: Path) -> None:
    log(*[SAME] * 4).write_parquet(history_of(tmp_path / "x.duckdb"))
    checks = publish_to(country())
    assert all(checks[question.name].passed for question in questions("history"))


@pytest.mark.parametrize("rule", ["reading_rates", "freshness"])
def test_two_publications_are_no_history(rule: str, publish_to: Publish, tmp_path: Path) -> None:
    log(*[SUSPICIOUS[rule]] * 2).write_parquet(history_of(tmp_path / "x.duckdb"))
    assert publish_to(country())[rule].passed


def test_a_log_of_an_older_release_is_read(publish_to: Publish, tmp_path: Path) -> None:
    log(*[SAME] * 4).drop("newest_article").write_parquet(history_of(tmp_path / "x.duckdb"))
    assert publish_to(country())["freshness"].passed


def test_every_question_about_history_has_a_planted_log() -> None:
    assert {question.name for question in questions("history")} == set(SUSPICIOUS)


def test_the_report_has_every_rule_of_batches_and_file_but_those_about_the_log(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.sql("SELECT batch, rule, severity, passed, failing_rows, message FROM quality_report").fetchall()
    of_file = {rule: severity for batch, rule, severity, *_ in rows if batch is None}
    assert of_file == {question.name: question.severity for folder in ("integrity", "drift") for question in questions(folder)}
    assert [row for row in rows if row[0] is not None] == [
        ("b1", "row_balance", "blocking", True, 0, None),
        ("b2", "row_balance", "blocking", True, 0, None),
    ]


def test_a_suspicion_is_published_with_its_rows_and_what_to_do(publish_to: Publish, tmp_path: Path) -> None:
    check = publish_to(crawl(*USUAL, PLANTED["unread_rate"]))["unread_rate"]
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as connection:
        told = connection.sql("SELECT passed, failing_rows, description, message FROM quality_report WHERE rule = 'unread_rate'").fetchall()
    assert told == [(False, 1, check.demand, check.message)]
    assert check.message is not None
    assert "'unread_percent': '29.4'" in check.message


@pytest.mark.parametrize("folder", ["integrity", "drift", "history"])
def test_every_question_says_what_to_do(folder: str) -> None:
    for question in questions(folder):
        assert question.demand.endswith("."), question.name
        assert len(question.advice) > 30, question.name
