"""Which unit a name of a place means: on the day of the article, beside the names around it, in the province it speaks of."""

from __future__ import annotations

import polars as pl

from assets.gazetteer import NATION, SEPARATOR, units

# `xã A, huyện B, tỉnh C`; `Phú Lương (Thái Nguyên)`: code points between the units of one address.
_ADDRESS_GAP = 12


def resolve(named: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """Adds path (of the unit that a name means; null where it stays open) and is_address_part to marks of places.

    Of several units of a name those valid on the day of the article count, then those that lie in the unit named next to
    them, then those of the province that the document names most.
    """
    located = _candidates(named, document)
    next_to = named.select("row", around=pl.when(_follows_closely()).then(pl.col("code").shift(-1))).join(
        units().select(around="name", parent="path").unique(), on="around"
    )
    within = (
        located.join(next_to, on="row")
        .filter(pl.col("path").str.starts_with(pl.col("parent") + SEPARATOR))
        .select("row", "path", is_within=pl.lit(value=True))
        .unique()
    )
    scored = located.join(within, on=["row", "path"], how="left").with_columns(pl.col("is_within").fill_null(value=False))
    own = _provinces_of(scored)
    scored = scored.join(own, on="document_key", how="left").with_columns(
        score=pl.col("is_within") * 4 + (pl.col("province") == pl.col("main_province")).fill_null(value=False) * 2
    )
    best = scored.filter(pl.col("score") == pl.col("score").max().over("row"))
    clear = best.filter(pl.col("path").n_unique().over("row") == 1).sort("row", "is_typed", "level", descending=[False, True, False])
    clear = clear.unique("row", keep="first", maintain_order=True)
    certain = clear.filter(pl.col("is_typed") | (pl.col("level") == "province") | _is_vouched(clear))
    joined = named.join(certain.select("row", "path"), on="row", how="left", maintain_order="left")
    path = pl.when(pl.col("family").is_in(["nation", "country", "authority"])).then(pl.lit(NATION)).otherwise("path")
    joined = joined.with_columns(path=path)
    return joined.with_columns(is_address_part=_closes_address())


def _follows_closely() -> pl.Expr:
    """Whether the next place follows within the gap of an address."""
    gap = pl.col("start").shift(-1).cast(pl.Int64) - pl.col("end").cast(pl.Int64)
    same = (pl.col("document_key").shift(-1) == pl.col("document_key")) & (pl.col("block").shift(-1) == pl.col("block"))
    return same & gap.is_between(0, _ADDRESS_GAP)


def _closes_address() -> pl.Expr:
    """Whether a place only tells where the one right before it lies."""
    gap = pl.col("start").cast(pl.Int64) - pl.col("end").shift(1).cast(pl.Int64)
    same = (pl.col("document_key").shift(1) == pl.col("document_key")) & (pl.col("block").shift(1) == pl.col("block"))
    smaller = pl.col("path").shift(1).str.starts_with(pl.col("path") + SEPARATOR)
    return (same & gap.is_between(0, _ADDRESS_GAP) & smaller).fill_null(value=False)


def _candidates(named: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """Units that each name may mean; those valid on the day of the article where there are any."""
    found = (
        named.select("row", "document_key", "block", "sentence", "family", name="code")
        .join(document.select("document_key", "published_on"), on="document_key", how="left")
        .join(units(), on="name")
    )
    valid = pl.col("published_on").is_between(
        pl.col("valid_from").fill_null(pl.date(1, 1, 1)), pl.col("valid_to").fill_null(pl.date(9999, 1, 1))
    )
    found = found.with_columns(is_valid=valid.fill_null(value=False))
    return found.filter(pl.col("is_valid") | ~pl.col("is_valid").any().over("row")).with_columns(
        province=pl.col("path").str.split(SEPARATOR).list.first()
    )


def _provinces_of(scored: pl.DataFrame) -> pl.DataFrame:
    """document_key → main_province: the province that most of the unambiguous names lie in."""
    clear = scored.filter((pl.col("family") == "unit") & (pl.col("province").n_unique().over("row") == 1)).unique("row")
    counted = clear.group_by("document_key", "province").len().sort("len", "province", descending=[True, False])
    return counted.unique("document_key", keep="first", maintain_order=True).select("document_key", main_province="province")


def _is_vouched(clear: pl.DataFrame) -> pl.Expr:
    """Whether the bare name of a district is vouched for: its document also types it, or names its province beside it.

    Or its sentence types another one of the province that the document is about: `huyện Anh Sơn 3 dự án, Diễn Châu 2 dự án`.
    """
    unit = pl.concat_str("document_key", "path", separator="\x1f")
    sentence = pl.concat_str("document_key", "block", "sentence", "province", separator="\x1f")
    typed = clear.filter("is_typed").select(unit=unit, sentence=sentence)
    beside = (pl.col("province") == pl.col("main_province")) & (pl.col("level") == "district") & sentence.is_in(typed["sentence"].implode())
    return pl.col("is_within") | unit.is_in(typed["unit"].implode()) | beside.fill_null(value=False)
