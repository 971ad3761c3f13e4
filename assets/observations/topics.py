"""What a document is about as a whole: investors from abroad, shares, or firms that were founded."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities, Rows, cue

# Cues of one family that make it the topic of the document.
_TOPIC_CUES = 4
_FAMILIES = ["foreign", "domestic", "securities", "new_enterprise"]


def with_topics(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds what a document is about as a whole: topic (`foreign`, `securities`, `new_enterprise`, null) and foreign_somewhere."""
    # `250 dự án trong nước`: a word for a part says nothing of the document.
    told = cue(*_FAMILIES) & (pl.col("code") != "part")
    cues = Rows(stream, told).select("document_key", "family")
    counts = cues.group_by("document_key").agg((pl.col("family") == family).sum().alias(family) for family in _FAMILIES)
    seen = Quantities(stream)
    of_document = seen.select("document_key").join(counts, on="document_key", how="left", maintain_order="left")
    foreign = (pl.col("foreign") >= _TOPIC_CUES) & (pl.col("domestic") == 0)
    founded = (pl.col("new_enterprise") >= _TOPIC_CUES) & (pl.col("foreign") == 0) & (pl.col("domestic") == 0)
    topics = {"securities": pl.col("securities") >= _TOPIC_CUES, "foreign": foreign, "new_enterprise": founded}
    topic = pl.coalesce(pl.when(is_it).then(pl.lit(name)) for name, is_it in topics.items())
    return seen.spread(of_document.select(topic=topic, foreign_somewhere=(pl.col("foreign") > 0).fill_null(value=False)))
