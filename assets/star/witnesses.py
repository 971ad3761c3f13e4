"""Witnesses across documents: facts of several sources that arithmetic ties together.

Agreement is evidence, whoever states the figures. Disagreement is told only where nothing else explains it: of figures that
bear no warning of their own, and that all who state them give alike.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from assets.quality.claims import claims_of
from assets.quality.witnesses import best, is_telling, relations_of, warning_rows, witness_rows
from assets.star.accounts import SCOPES
from assets.star.keys import with_key
from assets.star.places import place_keys

_IN_ONE, _IN_SEVERAL = SCOPES
_SAME_FACT = ["subject", "time", "base_time", "base_unit", "measure", "is_plan"]


class Across(NamedTuple):
    """What documents say of each other: `witness` as `assets.quality.schema.Witness`, `warning` as its `Warning_`."""

    witness: pl.DataFrame
    warning: pl.DataFrame


def witness_table(within: pl.DataFrame, across: pl.DataFrame) -> pl.DataFrame:
    """Witnesses of both scopes, each with its key."""
    every = pl.concat([within.with_columns(scope=pl.lit(_IN_ONE)), across.select(within.columns).with_columns(scope=pl.lit(_IN_SEVERAL))])
    return with_key(every, "witness_key", ["kind", "observation_key", "others"])


def witnesses_across(standing: pl.DataFrame, dim_document: pl.DataFrame, dim_place: pl.DataFrame) -> Across:
    """Relations between accepted statements of different sources, and warnings on those that disagree.

    Args:
        standing: `assets.quality.schema.Accepted` with published_on.
        dim_document: with document_key, document, cluster_key; a cluster is one source.
        dim_place: a territory under its several names is one place.
    """
    claims = claims_of(_comparable(standing, dim_place), among=())
    stated_by = standing.select(key="observation_key", said="document_key").join(
        dim_document.select("document", "cluster_key", said="document_key"), on="said"
    )
    agree = best(_of_several(relations_of(claims), stated_by).filter(is_telling()))
    unsuspected = standing.filter(pl.col("warnings") == "").select(key="observation_key")
    firm = claims.join(unsuspected, on="key", how="semi").filter(_undisputed())
    differ = best(_of_several(relations_of(firm), stated_by)).filter(~pl.col("agrees")).join(agree, on=["kind", "about"], how="anti")
    return Across(witness_rows(pl.concat([agree, differ])), warning_rows(differ, "Several articles state"))


def _comparable(standing: pl.DataFrame, dim_place: pl.DataFrame) -> pl.DataFrame:
    """Statements about a told place or organisation, with the territory as place and names in lower case."""
    keys = place_keys(standing, dim_place).join(dim_place.select("place_key", "territory_key"), on="place_key")
    found = standing.join(keys, on=keys.columns[:3], how="left", nulls_equal=True, maintain_order="left")
    told = found.filter(pl.col("territory_key").is_not_null() | pl.col("entity").is_not_null())
    return told.with_columns(pl.col("entity", "industry").str.to_lowercase(), place="territory_key").sort("published_on", "observation_key")


def _undisputed() -> pl.Expr:
    """Whether all who state a fact give the same value, as far as the printed digits tell."""
    low, high = pl.col("amount") - pl.col("half"), pl.col("amount") + pl.col("half")
    return low.max().over(_SAME_FACT) <= high.min().over(_SAME_FACT)


def _of_several(relations: pl.DataFrame, stated_by: pl.DataFrame) -> pl.DataFrame:
    """The relations between figures of more than one source; each evidence with the name of its document."""
    numbered = relations.with_row_index("relation")
    figures = numbered.select("relation", "evidences", key=pl.concat_list("key", "others")).explode("evidences", "key")
    named = figures.join(stated_by, on="key", how="left", maintain_order="left")
    several = (
        named.group_by("relation")
        .agg(pl.col("cluster_key").n_unique(), evidences=pl.format("{}: {}", "document", "evidences"))
        .filter(pl.col("cluster_key") > 1)
        .drop("cluster_key")
    )
    return numbered.drop("evidences").join(several, on="relation").drop("relation")
