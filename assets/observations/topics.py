"""What a document is about as a whole: a foreign economy, or shares."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities, Rows, cue

# Cues of one family that make it the topic of the document.
_TOPIC_CUES = 4


def with_topics(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds what a document is about as a whole: topic (`foreign`, `securities`, null) and foreign_somewhere."""

    # `250 dự án trong nước`: a word for a part says nothing of the document.
    told = cue("foreign", "domestic", "securities") & (pl.col("code") != "part")
    cues = Rows(stream, told).select("document_key", "family")
    counts = cues.group_by("document_key").agg(
        (pl.col("family") == family).sum().alias(family) for family in ("foreign", "domestic", "securities")
    )
    seen = Quantities(stream)
    of_document = seen.select("document_key").join(counts, on="document_key", how="left", maintain_order="left")
    foreign = (pl.col("foreign") >= _TOPIC_CUES) & (pl.col("domestic") == 0)
    topic = pl.when(pl.col("securities") >= _TOPIC_CUES).then(pl.lit("securities")).when(foreign).then(pl.lit("foreign"))
    return seen.spread(of_document.select(topic=topic, foreign_somewhere=(pl.col("foreign") > 0).fill_null(value=False)))
