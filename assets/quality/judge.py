"""From statements to those that we stand behind, those that we do not, and the verdict on their batch."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from assets.documents.schema import Document, UnreadRecord
from assets.observations.schema import Observation
from assets.quality.contracts import FAILURES, as_contract, broken_cells, broken_rules, has_types
from assets.quality.facts import facts_of
from assets.quality.rules import OF_THE_READING, batch_faults, row_faults, suspicions
from assets.quality.tables import batch_of, table_faults
from assets.quality.verdict import verdict_of
from assets.quality.vocabulary import rule_table
from assets.quality.witnesses import borne_out, warning_rows, weigh, witness_rows
from assets.quality.words import suspicion_rows, with_reasons, with_warnings


class Judgement(NamedTuple):
    """The tables of the room; see `schema.py` for their columns."""

    accepted: pl.DataFrame
    rejected: pl.DataFrame
    not_assigned: pl.DataFrame
    warning: pl.DataFrame
    witness: pl.DataFrame
    verdict: pl.DataFrame


def judge(
    document: pl.DataFrame,
    unread_record: pl.DataFrame,
    mention: pl.DataFrame,
    observation: pl.DataFrame,
    today: date | None = None,
) -> Judgement:
    """Put every rule of `seeds/quality_rules.csv` to the tables of one batch.

    Args:
        document: `assets.documents.schema.Document`.
        unread_record: `assets.documents.schema.UnreadRecord`.
        mention: `assets.mentions.schema.Mention`.
        observation: `assets.observations.schema.Observation`.
        today: day that a date of publication must not lie far after; by default the day of the run.

    Returns:
        `accepted`, `rejected` and `not_assigned` share the rows of `observation`, each once and in their order; `warning`
        has one row for each suspicion about an accepted row, `witness` one for each arithmetical relation between such rows,
        `verdict` one for each rule. A table of wrong types is a failed rule, never an error: then all its statements are rejected.
    """
    known, unread, stated = as_contract(document, Document), as_contract(unread_record, UnreadRecord), as_contract(observation, Observation)
    facts = facts_of(known, stated)
    broken = broken_by(stated, facts, today or date.today(), typed=has_types(observation, Observation))
    standing = ~pl.int_range(pl.len(), dtype=pl.UInt32).is_in(broken["row"].unique().implode())
    assigned = standing & pl.col("indicator").is_not_null()
    kept, not_assigned = stated.filter(assigned), stated.filter(standing & pl.col("indicator").is_null())
    relations = weigh(kept)
    warning = _warnings(kept, facts.filter(assigned), relations)
    accepted, rejected = with_warnings(kept, warning), with_reasons(stated, broken)
    tables = table_faults(document, unread_record, mention, observation)
    tables["statement_balance"] = abs(observation.height - accepted.height - rejected.height - not_assigned.height)
    suspected = warning.select("observation_key", "rule").unique()
    failing = pl.concat([_failing(stated, broken), kept.join(suspected, on="observation_key").select(_SHOWN)])
    verdict = verdict_of(batch_of(known, unread, stated), failing, known, tables)
    return Judgement(accepted, rejected, not_assigned, warning, witness_rows(relations), verdict)


_SHOWN = ["rule", "document_key", "evidence"]


def broken_by(stated: pl.DataFrame, facts: pl.DataFrame, today: date, *, typed: bool) -> pl.DataFrame:
    """Every rule that rejects a row: row (number in `stated`), rule; by row and in the order of the rules.

    Args:
        stated: `Observation`, with nulls where the frame that came was not as the contract says.
        facts: see `assets.quality.facts.facts_of`.
        today: day that a date of publication must not lie far after.
        typed: whether the frame came with all columns and types of the contract; without, no value can be believed.
    """
    if not typed:
        return pl.DataFrame({"row": pl.int_range(stated.height, eager=True)}, schema={"row": pl.UInt32}).with_columns(rule=pl.lit("types"))
    found = [
        broken_cells(stated, Observation),
        broken_rules(facts, batch_faults(), unknown=False),
        broken_rules(facts, row_faults(today), unknown=True),
    ]
    order = rule_table().select("rule").with_row_index("rank")
    return pl.concat(found).join(order, on="rule").sort("row", "rank").select(*FAILURES)


def _warnings(kept: pl.DataFrame, facts: pl.DataFrame, relations: pl.DataFrame) -> pl.DataFrame:
    single = suspicion_rows(kept, broken_rules(facts, suspicions(), unknown=True))
    cleared = pl.col("rule").is_in(OF_THE_READING) & pl.col("observation_key").is_in(borne_out(relations).implode())
    return pl.concat([single.filter(~cleared), warning_rows(relations)]).sort("document_key", "observation_key", "rule", "message")


def _failing(stated: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
    return broken.join(stated.with_row_index("row"), on="row", how="left", maintain_order="left").select(_SHOWN)
