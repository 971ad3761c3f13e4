"""Room 3, observations: mentions → one row a quantity, with what its sentence says of it."""

from __future__ import annotations

import polars as pl

from assets.observations.abroad import with_nation, without_abroad
from assets.observations.assemble import assemble
from assets.observations.cues import read_cues
from assets.observations.echoes import with_echoes, with_vintages
from assets.observations.entities import bind_entities
from assets.observations.indicators import bind_indicators
from assets.observations.industries import bind_industries
from assets.observations.measures import bind_measures
from assets.observations.periods import period_of
from assets.observations.places import place_of
from assets.observations.status import bind_status
from assets.observations.stream import QUANTITY, ordered
from assets.slices import slices

__all__ = ["bind"]

# Bytes of text whose marks are bound at a time.
_SLICE = 10_000_000
_KEY = ["document_key", "start", "end"]
# What mentions tell of figures, and neither places nor times ask for: the frame is wide, and they filter it.
_OF_FIGURES = [
    "sentence_text", "phrase", "unit_text", "unit", "value", "value_upper", "denominator", "bound", "follows", "is_yearly", "ambiguous",
    "is_of_noun", "sign",
]  # fmt: skip
# What a statement says that tells which time it is about.
_TELLING = ["indicator", "measure", "status", "rule_status", "status_start", "indicator_kind", "rule_indicator"]


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
        # Filters keep the order, and take rows from many chunks at a fraction of what joins cost.
        here = pl.col("document_key").is_in(some["document_key"].implode())
        marks = mention if some.height == document.height else mention.filter(here)
        parts.append(_bind_slice(some, block.filter(here), marks))
    return pl.concat(parts)


def _bind_slice(document: pl.DataFrame, block: pl.DataFrame, mention: pl.DataFrame) -> pl.DataFrame:
    words = pl.col(mention.select(pl.col(pl.Categorical)).columns).cast(pl.String)
    named = mention.drop(_OF_FIGURES, strict=False).with_columns(pl.col(pl.Categorical).cast(pl.String))
    places, home = place_of(document, block, named)
    statement = (
        ordered(mention)
        .with_columns(words)
        .pipe(read_cues)
        .pipe(bind_indicators)
        .pipe(bind_measures)
        .pipe(bind_entities)
        .pipe(bind_status)
        .pipe(bind_industries)
        .pipe(without_abroad, home)
        .filter(QUANTITY)
    )
    periods = period_of(document, named, statement.select(*_KEY, *_TELLING))
    bound = statement.join(periods, on=_KEY, how="left", maintain_order="left").join(places, on=_KEY, how="left", maintain_order="left")
    return assemble(document, with_vintages(with_echoes(with_nation(bound, home), block)))
