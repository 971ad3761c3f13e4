"""Witnesses: statements of one document that arithmetic ties together, and whether they agree."""

from __future__ import annotations

import polars as pl

from assets.quality.claims import claims_of
from assets.quality.relations import attainment, growth, identities, parts, share, sums
from assets.quality.schema import Warning_, Witness
from assets.quality.vocabulary import rule_table
from assets.quality.words import shown

# Numbers that are computed with are off by a few parts in 10^16; this is far above, and far below any printed digit.
_FLOAT_NOISE = 1e-9


def find_witnesses(accepted: pl.DataFrame) -> pl.DataFrame:
    """Relations between accepted statements of one document; columns of `Witness`, sorted.

    Where a document offers several values for a place in a relation, the ones that agree best stand: a relation disagrees
    only if no choice of values fulfils it.
    """
    return _relations(accepted).select(*Witness.to_schema().columns)


def _relations(accepted: pl.DataFrame) -> pl.DataFrame:
    claims = claims_of(accepted)
    found = pl.concat([relation(claims) for relation in (growth, attainment, share, parts, sums, identities)], how="vertical_relaxed")
    difference, allowed = (pl.col("stated") - pl.col("computed")).abs(), pl.col("tolerance") + pl.col("stated").abs() * _FLOAT_NOISE
    return (
        found.with_columns(agrees=difference <= allowed, distance=pl.when(difference > 0).then(difference / allowed).otherwise(0.0))
        .with_columns(observation_key="key", keys=pl.col("others"), others=pl.col("others").list.join("|"))
        .sort("document_key", "kind", "about", "distance", "observation_key", "others")
        .unique(["kind", "about"], keep="first", maintain_order=True)
    )


def disagreements(accepted: pl.DataFrame) -> pl.DataFrame:
    """Warnings on every statement of each relation that does not hold; columns of `Warning_`."""
    broken = _relations(accepted).filter(~pl.col("agrees"))
    told = pl.format(
        "This does not hold: {} The article states {}: {} gives {}, stated is {}, and rounding explains {}.",
        "description",
        pl.col("evidences").list.eval(pl.format("«{}»", pl.element())).list.join(", "),
        "formula",
        *(shown(pl.col(name).round_sig_figs(6)) for name in ("computed", "stated", "tolerance")),
    )
    return (
        broken.join(rule_table().select(kind="rule", description="description"), on="kind", how="left", maintain_order="left")
        .with_columns(message=told, rule="kind", observation_key=pl.concat_list("observation_key", "keys"))
        .explode("observation_key")
        .select(*Warning_.to_schema().columns)
    )
