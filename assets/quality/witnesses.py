"""Witnesses: statements that arithmetic ties together, and whether they agree."""

from __future__ import annotations

import polars as pl

from assets.quality.claims import claims_of, levels_of
from assets.quality.relations import attainment, growth, identities, parts, share, sums
from assets.quality.schema import Warning_, Witness
from assets.quality.vocabulary import rule_table
from assets.quality.words import shown

# Numbers that are computed with are off by a few parts in 10^16; this is far above, and far below any printed digit.
_FLOAT_NOISE = 1e-9
# Where rounding alone explains a tenth of a value, that it agrees says nothing.
_TELLING = 0.1


def weigh(accepted: pl.DataFrame) -> pl.DataFrame:
    """The relations between accepted statements of one document, each with the choice of values that agrees best."""
    return best(relations_of(claims_of(accepted)))


def relations_of(claims: pl.DataFrame) -> pl.DataFrame:
    """Every relation between claims (see `relations.py`), with `agrees` and `distance`: difference by tolerance.

    A statement has a relation for each choice of values that others offer; `best` chooses among them.
    """
    levels = levels_of(claims)
    of_claims = [relation(claims, levels) for relation in (growth, attainment, share)]
    found = pl.concat([*of_claims, *(relation(levels) for relation in (parts, sums, identities))], how="vertical_relaxed")
    difference, allowed = (pl.col("stated") - pl.col("computed")).abs(), pl.col("tolerance") + pl.col("stated").abs() * _FLOAT_NOISE
    return found.with_columns(agrees=difference <= allowed, distance=pl.when(difference > 0).then(difference / allowed).otherwise(0.0))


def best(relations: pl.DataFrame) -> pl.DataFrame:
    """For each statement that names a relation, the choice of values that agrees best; sorted.

    Where several values are offered for a place in a relation, it disagrees only if no choice of values fulfils it.
    """
    return (
        relations.with_columns(told=pl.col("others").list.join("|"))
        .sort("document_key", "kind", "about", "distance", "key", "told")
        .unique(["kind", "about"], keep="first", maintain_order=True)
        .drop("told")
    )


def is_telling() -> pl.Expr:
    """Whether a relation that holds is evidence: the digits printed leave little open."""
    return pl.col("agrees") & (pl.col("tolerance") <= pl.col("stated").abs() * _TELLING)


def borne_out(relations: pl.DataFrame) -> pl.Series:
    """Keys of the statements that others bear out; see `relations_of`."""
    agreeing = relations.filter(is_telling())
    return pl.concat([agreeing["key"], agreeing["others"].explode()]).unique()


def witness_rows(relations: pl.DataFrame) -> pl.DataFrame:
    """Relations as rows of `Witness`."""
    return relations.with_columns(observation_key="key", others=pl.col("others").list.join("|")).select(*Witness.to_schema().columns)


def warning_rows(relations: pl.DataFrame, witnesses: str = "The article states") -> pl.DataFrame:
    """Rows of `Warning_` for every statement of each relation that does not hold.

    Args:
        relations: see `relations_of`.
        witnesses: who states the figures, as a sentence begins.
    """
    told = pl.format(
        "This does not hold: {} {} {}: {} gives {}, stated is {}, and rounding explains {}.",
        "description",
        pl.lit(witnesses),
        pl.col("evidences").list.eval(pl.format("«{}»", pl.element())).list.join(", "),
        "formula",
        *(shown(pl.col(name).round_sig_figs(6)) for name in ("computed", "stated", "tolerance")),
    )
    broken = relations.filter(~pl.col("agrees"))
    return (
        broken.join(rule_table().select(kind="rule", description="description"), on="kind", how="left", maintain_order="left")
        .with_columns(message=told, rule="kind", observation_key=pl.concat_list("key", "others"))
        .explode("observation_key")
        .select(*Warning_.to_schema().columns)
    )
