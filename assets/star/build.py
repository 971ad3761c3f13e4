"""From the judged batches to the tables of the star."""

from __future__ import annotations

import polars as pl

from assets.star.dimensions import BASE, INDUSTRY, PERIOD, dim_entity, dim_indicator, dim_industry, dim_period, dim_unit
from assets.star.documents import of_standing, settle
from assets.star.places import dim_place, place_keys
from assets.star.schema import CONTRACTS
from assets.star.witnesses import witness_table, witnesses_across

_ORDER = {
    "dim_document": ["content_hash", "document_key"],
    "dim_place": ["place", "valid_from", "place_key"],
    "fact_observation": ["document_key", "evidence_start", "observation_key"],
    "rejected_observation": ["document_key", "evidence_start", "observation_key"],
    "not_assigned": ["document_key", "evidence_start", "observation_key"],
    "unread_record": ["batch", "source_file", "record", "reason"],
    "handed_over": ["batch", "document_key"],
    "warning": ["document_key", "observation_key", "rule", "message"],
    "witness": ["document_key", "observation_key", "kind", "witness_key"],
}


def build(
    document: pl.DataFrame,
    unread_record: pl.DataFrame,
    accepted: pl.DataFrame,
    rejected: pl.DataFrame,
    not_assigned: pl.DataFrame,
    warning: pl.DataFrame,
    witness: pl.DataFrame,
) -> dict[str, pl.DataFrame]:
    """Build every table of the star from the rows of all batches.

    Takes the tables `document` and `unread_record` of the room documents and `accepted`, `rejected`, `not_assigned`,
    `warning` and `witness` of the room quality. Gives each table of `schema.py` but `MADE_BY_PUBLISHING`, sorted so
    that neither the order of rows nor that of batches shows.

    Raises:
        pandera.errors.SchemaErrors: a table breaks its contract.
    """
    read = settle(document, unread_record)
    standing = of_standing(accepted, read.dim_document)
    dimensions = {
        "dim_document": read.dim_document,
        "dim_indicator": dim_indicator(),
        "dim_unit": dim_unit(standing),
        "dim_place": dim_place(standing),
        "dim_period": dim_period(standing),
        "dim_industry": dim_industry(standing),
        "dim_entity": dim_entity(standing),
    }
    across = witnesses_across(standing, read.dim_document, dimensions["dim_place"])
    tables = {
        **dimensions,
        "fact_observation": _fact(_also_warned(standing, across.warning), dimensions),
        "rejected_observation": of_standing(rejected, read.dim_document),
        "not_assigned": of_standing(not_assigned, read.dim_document),
        "unread_record": read.unread_record,
        "warning": pl.concat([of_standing(warning, read.dim_document).select(across.warning.columns), across.warning]),
        "witness": witness_table(of_standing(witness, read.dim_document).select(across.witness.columns), across.witness),
        "handed_over": _handed_over(document, accepted=accepted, rejected=rejected, not_assigned=not_assigned),
    }
    return {name: _as_agreed(name, frame) for name, frame in tables.items()}


def _handed_over(document: pl.DataFrame, **statements: pl.DataFrame) -> pl.DataFrame:
    """For each document of each batch the rows that every frame of `statements` has of it; rows of no document have one of their own."""
    one = ["document_key", "batch"]
    every = pl.concat([frame.select(one) for frame in (document, *statements.values())]).unique()
    for name, frame in statements.items():
        every = every.join(frame.group_by(one).agg(pl.len().alias(name)), on=one, how="left")
    return every.with_columns(pl.col(*statements).fill_null(0))


def _also_warned(standing: pl.DataFrame, warning: pl.DataFrame) -> pl.DataFrame:
    """`standing` with the names of further warnings among its own."""
    further = warning.group_by("observation_key").agg(further=pl.col("rule").unique())
    names = pl.col("warnings").str.split("|").list.set_union("further").list.filter(pl.element() != "").list.sort().list.join("|")
    named = standing.select("observation_key", "warnings").join(further, on="observation_key").select("observation_key", named=names)
    return (
        standing.join(named, on="observation_key", how="left", maintain_order="left")
        .with_columns(warnings=pl.coalesce("named", "warnings"))
        .drop("named")
    )


def _fact(standing: pl.DataFrame, dimensions: dict[str, pl.DataFrame]) -> pl.DataFrame:
    place = place_keys(standing, dimensions["dim_place"])
    period = dimensions["dim_period"].select(*PERIOD, "period_key")
    base = period.rename({**dict(zip(PERIOD, BASE, strict=True)), "period_key": "base_key"})
    industry = dimensions["dim_industry"].select(*INDUSTRY, "industry_key")
    entity = dimensions["dim_entity"].select("entity", "entity_key")
    keyed = standing.with_columns(pl.col("warnings").replace("", None))
    for keys in (place, period, base, industry, entity):
        natural = keys.columns[:-1]
        keyed = keyed.join(keys, on=natural, how="left", nulls_equal=True)
    return keyed


def _as_agreed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract in its order and types, sorted, and checked."""
    contract = CONTRACTS[name]
    columns = {column: schema.dtype.type for column, schema in contract.to_schema().columns.items()}
    order = _ORDER.get(name, next(iter(columns)))
    return contract.validate(frame.select(*columns).cast(columns).sort(order), lazy=True)
