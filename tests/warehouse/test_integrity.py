from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.star.planted import verdicts
from warehouse.blueprint import scripts
from warehouse.publish import publish
from warehouse.refusal import PublishRefusedError

Tables = dict[str, pl.DataFrame]
Fault = Callable[[Tables], Tables]


def changed(table: str, **columns: pl.Expr) -> Fault:
    """A fault that gives the first row of a table other values."""
    first = pl.int_range(pl.len()) == 0

    def fault(star: Tables) -> Tables:
        new = {name: pl.when(first).then(value).otherwise(pl.col(name)).alias(name) for name, value in columns.items()}
        return star | {table: star[table].with_columns(**new).cast(star[table].schema)}

    return fault


def dropped(table: str) -> Fault:
    """A fault that forgets a table's rows."""
    return lambda star: star | {table: star[table].clear()}


def lost(table: str) -> Fault:
    """A fault that loses the first row of a table."""
    return lambda star: star | {table: star[table][1:]}


def without_first_document(star: Tables) -> Tables:
    """A fault that loses a document with all that was read in it."""
    key = star["fact_observation"]["document_key"][0]
    tables = ("dim_document", "fact_observation", "rejected_observation", "not_assigned", "warning")
    return star | {table: star[table].filter(pl.col("document_key") != key) for table in tables}


def also(table: str, **columns: pl.Expr) -> Fault:
    """A fault that repeats the first row of a table, with other values."""
    return lambda star: star | {table: pl.concat([star[table], star[table].head(1).with_columns(**columns).cast(star[table].schema)])}


def accepted_too(star: Tables) -> Tables:
    """A fault that also lists an accepted figure among those not assigned."""
    return also("not_assigned", observation_key=pl.lit(star["fact_observation"]["observation_key"][0]))(star)


def later(table: str) -> Fault:
    """A fault that moves every period a century on."""
    return lambda star: star | {table: star[table].with_columns(pl.col("period_start", "period_end").dt.offset_by("100y"))}


# Code points of the parts that the audit cuts long texts into.
PART = 16384
LATER = pl.col("evidence_start") + 1
FAR = 5_000_000
FAULTS: list[tuple[str, Fault]] = [
    ("foreign_keys", changed("fact_observation", document_key=pl.lit("nobody"))),
    ("foreign_keys", changed("fact_observation", indicator=pl.lit("nothing"))),
    ("foreign_keys", changed("fact_observation", unit=pl.lit("cubit"))),
    ("foreign_keys", dropped("dim_place")),
    ("foreign_keys", changed("dim_place", territory_key=pl.lit("nowhere"))),
    ("foreign_keys", dropped("dim_entity")),
    ("foreign_keys", dropped("dim_industry")),
    ("foreign_keys", changed("fact_observation", period_key=pl.lit("never"))),
    ("foreign_keys", changed("fact_observation", base_key=pl.lit("never"))),
    ("foreign_keys", changed("rejected_observation", document_key=pl.lit("nobody"))),
    ("foreign_keys", changed("not_assigned", document_key=pl.lit("nobody"))),
    ("foreign_keys", also("warning", observation_key=pl.lit("nobody"))),
    ("foreign_keys", changed("witness", observation_key=pl.lit("nobody"))),
    ("foreign_keys", changed("witness", others=pl.col("others") + "|nobody")),
    ("foreign_keys", changed("dim_document", cluster_key=pl.lit("nobody"))),
    ("witness_adds_up", changed("witness", agrees=~pl.col("agrees"))),
    ("witness_adds_up", changed("witness", computed=pl.col("computed") * 2)),
    ("witness_adds_up", changed("witness", others=pl.col("observation_key"))),
    ("foreign_keys", changed("dim_unit", base_unit=pl.lit("cubit"))),
    ("fact_in_text", changed("fact_observation", evidence_start=LATER, evidence_end=pl.col("evidence_end") + 1)),
    ("fact_in_text", changed("fact_observation", sentence=pl.col("sentence") + "!")),
    ("fact_in_text", changed("dim_document", text=pl.lit("Đ") + pl.col("text"))),
    ("left_out_in_text", changed("rejected_observation", evidence_start=LATER)),
    ("left_out_in_text", changed("not_assigned", evidence=pl.lit("64 điểm cầu"))),
    ("one_fate", accepted_too),
    ("no_fact_twice", also("fact_observation", observation_key=pl.lit("another"))),
    ("warnings_told", dropped("warning")),
    ("warnings_told", changed("fact_observation", warnings=pl.lit("unheard_of"))),
    ("units_fit", changed("fact_observation", unit=pl.lit("ha"))),
    ("units_fit", changed("fact_observation", measure=pl.lit("share"))),
    ("units_fit", changed("fact_observation", measure=pl.lit("multiple"))),
    ("nothing_from_the_future", changed("dim_document", published_on=pl.lit(date.today() + timedelta(days=2)))),
    ("nothing_from_the_future", later("dim_period")),
    ("row_balance", lost("fact_observation")),
    ("row_balance", lost("rejected_observation")),
    ("row_balance", lost("not_assigned")),
    ("row_balance", without_first_document),
    ("marts_keep_mentions", changed("fact_observation", indicator=pl.lit("nothing"))),
]

IN_TEXT = [
    *((rule, fault) for rule, fault in FAULTS if rule.endswith("_in_text")),
    (
        "fact_in_text",
        changed("fact_observation", sentence_start=pl.lit(FAR), sentence_end=FAR + pl.col("sentence_end") - pl.col("sentence_start")),
    ),
    ("fact_in_text", changed("fact_observation", sentence=pl.col("sentence").str.head(-1) + "!")),
    ("left_out_in_text", changed("not_assigned", evidence_start=pl.lit(FAR), evidence_end=pl.lit(FAR + 1))),
]


@pytest.mark.parametrize(("rule", "fault"), FAULTS, ids=[f"{rule}-{i}" for i, (rule, _) in enumerate(FAULTS)])
def test_the_audit_stops_a_file_with_a_fault_of_ours(rule: str, fault: Fault, star: Tables, tmp_path: Path) -> None:
    with pytest.raises(PublishRefusedError, match=rf"fails its audit[\s\S]*{rule}: .* rows break this, first:\n  {{[\s\S]*What to do: "):
        publish(fault(star), verdicts("b1", "b2"), tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


def as_a_book(star: Tables) -> Tables:
    """The first fact and the first quantities left out, far behind the start of texts as long as books, across a border of their parts."""
    book = dict(star)
    for table in ("fact_observation", "rejected_observation", "not_assigned"):
        key, start = star[table].select("document_key", "evidence_start").row(0)
        lead, here = "Đ " * ((5 * PART - start - 1) // 2) + "\n", pl.col("document_key") == key
        book["dim_document"] = book["dim_document"].with_columns(text=pl.when(here).then(lead + pl.col("text")).otherwise("text"))
        for other in ("fact_observation", "rejected_observation", "not_assigned"):
            offsets = [name for name in book[other].columns if name.endswith(("_start", "_end"))]
            moved = [pl.when(here).then(pl.col(name) + len(lead)).otherwise(name) for name in offsets]
            book[other] = book[other].with_columns(moved).cast(book[other].schema)
    return book


def test_a_text_as_long_as_a_book_passes_the_audit(star: Tables, tmp_path: Path) -> None:
    publish(as_a_book(star), verdicts("b1", "b2"), tmp_path / "x.duckdb")


@pytest.mark.parametrize(("rule", "fault"), IN_TEXT)
def test_the_audit_stops_a_fault_far_behind_the_start_of_a_text(rule: str, fault: Fault, star: Tables, tmp_path: Path) -> None:
    with pytest.raises(PublishRefusedError, match=f"{rule}: .* rows break this"):
        publish(fault(as_a_book(star)), verdicts("b1", "b2"), tmp_path / "x.duckdb")


def test_every_query_of_the_audit_has_a_planted_fault() -> None:
    assert {path.stem for path in scripts("integrity")} == {rule for rule, _ in FAULTS}
