"""What leaves the room `quality`: what we stand behind, what we do not and why, and the verdict on the batch."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from assets.observations.schema import Observation

SEVERITIES = ["blocking", "warning"]


class Accepted(Observation):
    """One statement that every contract holds for."""

    indicator: str = pa.Field(nullable=False, description="Code of `seeds/indicators.csv`")
    warnings: str = pa.Field(description="Names of the warnings on the statement, joined by `|`; empty for none")


class Rejected(Observation):
    """One statement that is not published, with the rule that it broke."""

    rule: str = pa.Field(description="First rule of `seeds/quality_rules.csv` that the statement broke")
    reason: str = pa.Field(description="What the broken rules ask for, and what stands there, in sentences")


class NotAssigned(Observation):
    """One quantity that speaks of no indicator of the catalogue."""


class Warning_(pa.DataFrameModel):  # noqa: N801 - `Warning` is a builtin exception
    """One suspicion about an accepted statement."""

    observation_key: str = pa.Field(description="Accepted statement that the suspicion is about")
    document_key: str = pa.Field(description="Document of the statement")
    batch: str = pa.Field(description="Batch that the document arrived in")
    rule: str = pa.Field(description="Rule of `seeds/quality_rules.csv`")
    message: str = pa.Field(description="What is suspicious, with the figures, in a sentence")


class Verdict(pa.DataFrameModel):
    """One rule of `seeds/quality_rules.csv` and whether the batch keeps it."""

    batch: str = pa.Field(description="Batch that was judged; empty where no table holds a row")
    rule: str = pa.Field(unique=True, description="Name of the rule")
    description: str = pa.Field(description="What the rule asks for")
    severity: str = pa.Field(isin=SEVERITIES, description="`blocking`: a fault of ours, nothing is published; `warning`: look at the rows")
    passed: bool = pa.Field(description="Whether every row keeps the rule")
    failing_rows: pl.Int64 = pa.Field(ge=0, description="Rows that break the rule")
    message: str = pa.Field(description="Which rows break the rule and what to do; empty where it passed")


class Witness(pa.DataFrameModel):
    """One arithmetical relation between accepted statements, whether or not they agree."""

    observation_key: str = pa.Field(description="Statement that the others bear witness to")
    document_key: str = pa.Field(description="Document of that statement")
    batch: str = pa.Field(description="Batch that the document arrived in")
    kind: str = pa.Field(description="Rule of `seeds/quality_rules.csv`")
    others: str = pa.Field(description="Keys of the other statements, joined by `|`")
    formula: str = pa.Field(description="The relation, with the figures in base units")
    stated: float = pa.Field(description="Value that the statement gives")
    computed: float = pa.Field(description="Value that follows from the others")
    tolerance: float = pa.Field(ge=0, description="Difference that the rounding of the printed digits allows")
    agrees: bool = pa.Field(description="Whether stated and computed differ by no more than the tolerance")
