"""Room 3, observations: mentions → one row a quantity, with what its sentence says of it."""

from __future__ import annotations

import polars as pl

from assets.observations.abroad import with_nation, without_abroad
from assets.observations.assemble import assemble
from assets.observations.entities import bind_entities
from assets.observations.indicators import bind_indicators
from assets.observations.industries import bind_industries
from assets.observations.measures import bind_measures, read_cues
from assets.observations.periods import period_of
from assets.observations.places import place_of
from assets.observations.status import bind_status
from assets.observations.stream import QUANTITY, ordered
from assets.slices import slices

__all__ = ["bind"]

# Bytes of text whose marks are bound at a time.
_SLICE = 6_000_000
_KEY = ["document_key", "start", "end"]


def bind(document: pl.DataFrame, block: pl.DataFrame, mention: pl.DataFrame) -> pl.DataFrame:
    """What every quantity of the documents says.

    Args:
        document: `assets.documents.schema.Document`.
        block: `assets.documents.schema.Block`.
        mention: `assets.mentions.schema.Mention`, sorted by document and place in the text.

    Returns:
        `assets.observations.schema.Observation`, sorted by document and place in the text.
    """
    parts = []
    for some in slices(document, _SLICE):
        keys = some.select("document_key")
        marks = mention.join(keys, on="document_key", how="semi", maintain_order="left")
        lines = block.join(keys, on="document_key", how="semi", maintain_order="left")
        parts.append(_bind_slice(some, lines, marks))
    return pl.concat(parts)


def _bind_slice(document: pl.DataFrame, block: pl.DataFrame, mention: pl.DataFrame) -> pl.DataFrame:
    stream = (
        ordered(mention)
        .pipe(read_cues)
        .pipe(bind_indicators)
        .pipe(bind_measures)
        .pipe(bind_entities)
        .pipe(bind_status)
        .pipe(bind_industries)
    )
    places, home = place_of(document, block, mention)
    statement = without_abroad(stream, home).filter(QUANTITY)
    periods = period_of(document, mention, statement.select(*_KEY, "indicator", "measure", "status", "indicator_kind"))
    bound = statement.join(periods, on=_KEY, how="left", maintain_order="left").join(places, on=_KEY, how="left", maintain_order="left")
    return assemble(document, with_nation(bound, home))
