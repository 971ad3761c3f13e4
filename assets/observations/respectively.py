"""Names dealt out over numbers: `thép và xi măng lần lượt đạt 320.000 tấn và 1,1 triệu tấn`."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import QUANTITY, cue, in_same, last_row, next_row

# Code points between two numbers of a list.
_LIST_REACH = 14


def with_dealt(stream: pl.DataFrame, candidates: pl.Expr, name: str) -> pl.DataFrame:
    """Adds to quantities, under the given name, the row of the candidate that `lần lượt` deals out to them, else null.

    As many candidates as numbers must stand before the word, within the words that follow the number before, or else between
    the word and its first number: `lần lượt là dệt may, da giày với 12 tỷ USD và 8 tỷ USD`, or else anywhere before the word
    in its sentence: `doanh thu 9.800 tỷ và lợi nhuận 620 tỷ đồng, tăng lần lượt 10% và 15%`.
    """
    word = cue("respectively")
    # Hardly any sentence has such a word: nothing is looked for in the others, and what is near is filled down their few rows.
    few = stream.filter(pl.col("sentence_id").is_in(stream.filter(word)["sentence_id"].unique().implode()))
    # `lần lượt đạt 1.172 tỷ đồng (tăng 7%) và 860 tỷ đồng (tăng 10%)`: what stands in brackets is none of the list.
    bracket = (pl.col("kind") == "clause") & pl.col("code").is_in(["(", ")"])
    shut = _last(bracket & (pl.col("code") == ")"), pl.col("end"))
    opened = (_last(bracket, pl.col("code")) == "(").fill_null(value=False)
    before_end = pl.max_horizontal(_last(QUANTITY, pl.col("end") + pl.col("unit_length")), shut)
    marked = few.select(
        "row", "last_quantity", is_candidate=candidates, is_quantity=QUANTITY & ~opened,
        dealer=in_same("sentence_id", last_row(word)), next_dealer=in_same("sentence_id", next_row(word)),
        gap=pl.col("start").cast(pl.Int64) - before_end.cast(pl.Int64),
    )  # fmt: skip
    named = marked.filter("is_candidate")
    before = named.with_columns(dealer="next_dealer").filter(pl.col("dealer").is_not_null())
    ahead = _behind_last_number(before, marked)
    behind = named.filter(pl.col("last_quantity").is_null() | (pl.col("last_quantity") < pl.col("dealer")), pl.col("dealer").is_not_null())
    numbers = _ranked(_lists(marked))
    found = [numbers.join(_ranked(some), on=["dealer", "rank", "count"], suffix="_named") for some in (ahead, behind, before)]
    pairs = pl.concat(found).unique("row", keep="first", maintain_order=True).select("row", pl.col("row_named").alias(name))
    nothing = pl.Series(name, [None], pl.UInt32).new_from_index(0, stream.height)
    return stream.with_columns(nothing.scatter(pairs["row"], pairs[name]))


def _last(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    """A value at the nearest row before of the same sentence that fulfils a condition, else null."""
    told = pl.when(condition).then(value).forward_fill().shift(1)
    return pl.when(in_same("sentence_id", last_row(condition)).is_not_null()).then(told)


def _behind_last_number(candidates: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """Only candidates between the last number before the word and the word."""
    before = marked.select(dealer="row", number_before="last_quantity")
    joined = candidates.join(before, on="dealer", how="left", maintain_order="left")
    return joined.filter((pl.col("row") > pl.col("number_before")) | pl.col("number_before").is_null())


def _lists(marked: pl.DataFrame) -> pl.DataFrame:
    """Numbers behind the word that follow one another as in a list."""
    first = pl.col("last_quantity").is_null() | (pl.col("last_quantity") < pl.col("dealer"))
    numbers = marked.with_columns(goes_on=first | (pl.col("gap") <= _LIST_REACH)).filter("is_quantity", pl.col("dealer").is_not_null())
    return numbers.filter(pl.col("goes_on").cast(pl.Int8).cum_min().over("dealer") == 1).filter(pl.len().over("dealer") > 1)


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("row", "dealer", rank=pl.int_range(pl.len()).over("dealer"), count=pl.len().over("dealer"))
