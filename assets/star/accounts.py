"""Contracts of the tables beside the facts: what is not among them, what speaks for and against them, and the publications."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from assets.documents.schema import Document
from assets.documents.schema import UnreadRecord as DocumentsUnreadRecord
from assets.quality.schema import SEVERITIES
from assets.star.columns import as_in, stated

SCOPES = ["one document", "several documents"]


class RejectedObservation(pa.DataFrameModel):
    """One figure that we do not stand behind, with the rule that it broke."""

    observation_key: str = pa.Field(unique=True, description="Key of the mention: hash of document, offsets and rank")
    document_key: str = pa.Field(description="Document that states the figure")
    rule: str = pa.Field(description="Rule that the figure broke")
    reason: str = pa.Field(description="What is wrong with it, in a sentence")
    indicator: str = stated("indicator")
    measure: str = stated("measure")
    value: float = pa.Field(nullable=True, description="The number in canonical units, as far as it could be read")
    unit: str = pa.Field(nullable=True, description="Canonical unit, as far as it could be read")
    place: str = stated("place")
    period: str = stated("period")
    evidence: str = stated("evidence")
    evidence_start: pl.UInt32 = stated("evidence_start")
    evidence_end: pl.UInt32 = stated("evidence_end")
    sentence: str = stated("sentence")


class NotAssigned(pa.DataFrameModel):
    """One quantity about no indicator of the catalogue: the curator's list of words to add."""

    observation_key: str = pa.Field(unique=True, description="Key of the mention: hash of document, offsets and rank")
    document_key: str = pa.Field(description="Document that states the figure")
    noun_phrase: str = stated("noun_phrase")
    measure: str = stated("measure")
    value: float = pa.Field(nullable=True, description="The number in canonical units, as far as it could be read")
    unit: str = pa.Field(nullable=True, description="Canonical unit, as far as it could be read")
    place: str = stated("place")
    period: str = stated("period")
    evidence: str = stated("evidence")
    evidence_start: pl.UInt32 = stated("evidence_start")
    evidence_end: pl.UInt32 = stated("evidence_end")
    sentence: str = stated("sentence")


class UnreadRecord(DocumentsUnreadRecord):
    """One record that could not be read, or was read before, with the reason."""


class Warning_(pa.DataFrameModel):  # noqa: N801 - the builtin Warning keeps its name
    """One suspicion about an accepted figure: it stays published, and says so."""

    observation_key: str = pa.Field(description="Key of the mention: hash of document, offsets and rank")
    document_key: str = pa.Field(description="Document that states the figure")
    rule: str = pa.Field(description="Rule that the figure looks suspicious to")
    message: str = pa.Field(description="What looks wrong, in a sentence")


class Witness(pa.DataFrameModel):
    """One arithmetical relation between published figures, whether or not they agree."""

    witness_key: str = pa.Field(unique=True, description="Key of the relation: hash of its kind and of the figures in their order")
    kind: str = pa.Field(description="Rule of the relation: growth, attainment, share, part or identity")
    scope: str = pa.Field(isin=SCOPES, description="Whether the figures stand in one document or come from several sources")
    observation_key: str = pa.Field(description="Figure that the others bear witness to")
    document_key: str = pa.Field(description="Document that states the figure")
    others: str = pa.Field(description="Keys of the other figures, joined by |")
    formula: str = pa.Field(description="What follows from the others, with their values in base units")
    stated: float = pa.Field(description="Value that the figure gives, in the base unit")
    computed: float = pa.Field(description="Value that follows from the others, in the base unit")
    tolerance: float = pa.Field(ge=0, description="Difference that the digits printed allow, in the base unit")
    agrees: bool = pa.Field(description="Whether stated and computed differ by no more than the tolerance")


class HandedOver(pa.DataFrameModel):
    """One document of one batch and how much was read in it, counted before the other tables were made: what must arrive in them."""

    document_key: str = pa.Field(description="Document that the rooms of reading handed over")
    batch: str = as_in(Document, "batch")
    accepted: int = pa.Field(ge=0, description="Accepted figures of the document")
    rejected: int = pa.Field(ge=0, description="Rejected figures of the document")
    not_assigned: int = pa.Field(ge=0, description="Quantities of the document about no indicator of the catalogue")


class QualityReport(pa.DataFrameModel):
    """One rule and whether it holds: of a batch, or of the whole file. Rules about `run_log` are not among them: they change with it."""

    batch: str = pa.Field(nullable=True, description="Batch that the rule was put to; null for a rule about the whole file")
    rule: str = pa.Field(description="Name of the rule")
    severity: str = pa.Field(
        isin=SEVERITIES, description="blocking: nothing is published while it fails; warning: something to look at, and published"
    )
    passed: bool = pa.Field(description="Whether every row keeps the rule")
    failing_rows: int = pa.Field(ge=0, description="Rows that break the rule")
    description: str = pa.Field(description="What the rule asks for")
    message: str = pa.Field(nullable=True, description="How many rows break the rule, the first of them, what to do; null where it passed")


class RunLog(pa.DataFrameModel):
    """One publication of the file; the only table that a rerun changes. A count is null where it was not yet counted."""

    published_at: pl.Datetime = pa.Field(unique=True, description="Moment of the publication, UTC")
    batches: int = pa.Field(nullable=True, description="Batches that the file was built from")
    documents: int = pa.Field(nullable=True, description="Documents in the file")
    unread_records: int = pa.Field(nullable=True, description="Records that could not be read")
    accepted: int = pa.Field(nullable=True, description="Figures that were published")
    rejected: int = pa.Field(nullable=True, description="Figures that were rejected")
    not_assigned: int = pa.Field(nullable=True, description="Quantities about no indicator of the catalogue")
    warnings: int = pa.Field(nullable=True, description="Warnings on published figures")
    newest_article: pl.Date = pa.Field(nullable=True, description="Day of the newest article with a published figure")
