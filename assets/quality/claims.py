"""Accepted statements made comparable: value in base units, how finely it was printed, what and when it is about."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.quality.vocabulary import unit_facts

# A bound other than exact (`hơn 30 tỷ`) leaves open by how much; a writer rounds like this by a few percent.
_ROUNDED = 0.05
# A document with more values than this for one subject and time speaks of things that the statements do not tell apart.
_MOST_LEVELS = 4
_PROMISED = ["target", "forecast"]


def claims_of(accepted: pl.DataFrame, among: Sequence[str] = ("document_key",)) -> pl.DataFrame:
    """One row a statement of one number about a told time: key, evidence, evidence_start, document_key, batch, ...

    `amount` is the value in base units (`base_unit`), `half` the half of its last printed digit; the numbers `subject`
    (`among`, indicator, place, price basis, sector, organisation), `whole` (the same without the last two), `time` and
    `base_time` are equal where what they stand for is equal; `is_part` tells a statement about a sector or organisation,
    `is_plan` a target or forecast.

    Args:
        accepted: `assets.quality.schema.Accepted`.
        among: columns in which statements must be equal to be compared; by default those of one document are.
    """
    digits = pl.col("value_as_written").str.extract(r"([0-9][0-9.,]*)").str.replace_all(r"[.,]", "").cast(pl.Float64, strict=False)
    whole = [*among, "indicator", "place", "price_basis"]
    told = accepted.filter(pl.col("period_start").is_not_null() & pl.col("value_upper").is_null() & pl.col("denominator").is_null())
    return (
        told.join(unit_facts(told["unit"]), on="unit", how="left", maintain_order="left")
        .with_columns(amount=pl.col("value") * pl.col("base_factor"))
        .with_columns(
            # The value is the printed digits times the worth of the last one: dividing gives that worth, scale words and all.
            half=pl.when(digits > 0).then(pl.col("amount").abs() / digits / 2).otherwise(0.0)
            + pl.when(pl.col("bound") == "exact").then(0.0).otherwise(pl.col("amount").abs() * _ROUNDED)
        )
        .select(
            "evidence",
            "document_key",
            "batch",
            "measure",
            "indicator",
            "base_unit",
            "amount",
            "half",
            "status",
            "sentence_start",
            "evidence_start",
            key="observation_key",
            subject=pl.struct(*whole, "industry", "entity").hash(),
            whole=pl.struct(whole).hash(),
            place_id=pl.struct(*among, "place", "price_basis", "industry", "entity").hash(),
            time=pl.struct("period_start", "period_end").hash(),
            base_time=pl.when(pl.col("base_start").is_not_null()).then(pl.struct("base_start", "base_end").hash()),
            is_part=pl.col("industry").is_not_null() | pl.col("entity").is_not_null(),
            is_plan=pl.col("status").is_in(_PROMISED).fill_null(value=False),
        )
    )


def levels_of(claims: pl.DataFrame) -> pl.DataFrame:
    """The levels among the claims, each amount of a subject and time once; without subjects of too many amounts."""
    one = ["subject", "time", "base_unit", "is_plan"]
    return (
        claims.filter(pl.col("measure") == "level")
        .unique([*one, "amount"], keep="first", maintain_order=True)
        .filter(pl.len().over(one) <= _MOST_LEVELS)
    )


def named(claims: pl.DataFrame, role: str, *keys: str, **renamed: str) -> pl.DataFrame:
    """Key, evidence, amount and half of claims under the names of a role (`base_amount` …), beside `keys` and `renamed`."""
    own = (pl.col(name).alias(f"{role}_{name}") for name in ("key", "evidence", "amount", "half"))
    return claims.select(*keys, *own, **renamed)
