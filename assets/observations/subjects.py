"""Whom and what a quantity is limited to: an organisation or site, and a sector, product or partner."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.observations.stream import QUANTITY, at, in_same, last_row
from assets.reference import table


@cache
def _business() -> list[str]:
    """Indicators that are always about somebody: revenue, profit, capacity."""
    return table("indicators").filter(pl.col("group") == "business")["code"].to_list()


def bind_subjects(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds entity, industry and industry_code to the quantities of the stream."""
    organisation, sector = pl.col("kind") == "organisation", pl.col("kind") == "sector"
    first = pl.col("text").filter(organisation).first().over("document_key")
    always = pl.col("indicator").is_in(_business())
    # A sector word inside the indicator's own name limits nothing.
    inside = sector & (pl.col("start") < at("end", last_row(pl.col("names") != "")))
    marked = stream.with_columns(
        organisation_row=in_same("sentence_id", last_row(organisation)),
        sector_row=in_same("sentence_id", last_row(sector & ~inside.fill_null(value=False))),
        main=pl.when(always).then(first),
    )
    since_name = pl.when(pl.col("sector_row") > pl.col("name_row")).then(pl.col("sector_row"))
    return marked.with_columns(
        entity=pl.when(QUANTITY).then(pl.coalesce(pl.when(always).then(at("text", "organisation_row")), "main")),
        industry=pl.when(QUANTITY).then(at("text", since_name)),
        industry_code=pl.when(QUANTITY).then(at("code", since_name)),
    ).drop("organisation_row", "sector_row", "main")
