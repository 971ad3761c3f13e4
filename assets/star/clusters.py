"""Near-identical articles: what was taken over from another paper counts as one source.

MinHash finds pairs that may be alike in time linear in the texts; each pair is then compared word by word. Whether two articles
are alike depends on the two only, so neither the order of documents nor the batch that brought them shows.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
from rensa import RMinHash

from assets.slices import slices

# Words in a row that are compared, numerals whole: shorter runs are shared by all articles, longer ones break at every edit.
_RUN = 4
# A signature has bands of rows; two articles are compared where one band agrees: 94 of 100 pairs that share 4 of 10 runs.
_BANDS, _ROWS = 42, 3
# Documents of one band that each is compared with: those of a large cluster are tied together by their neighbours.
_NEIGHBOURS = 16
_SEED = 7
_ALIKE = 0.4  # of the runs of both: one is not much longer than the other
_TAKEN_OVER = 0.8  # of the runs, and of the numerals, of the shorter one
# A form that is filled in anew each month shares its words, but not its numbers.
_NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
_WORD = rf"\p{{L}}+|{_NUMERAL}"
_MIXER = 0x9E3779B97F4A7C15
_SLICE = 16_000_000


def with_clusters(document: pl.DataFrame) -> pl.DataFrame:
    """Adds cluster_key: the first document_key among the documents with equal or near-identical texts.

    Args:
        document: distinct documents with document_key, content_hash, text.
    """
    named = document.with_columns(cluster_key=pl.col("document_key").min().over("content_hash"))
    texts = named.filter(pl.col("document_key") == pl.col("cluster_key")).select("document_key", "text").sort("document_key")
    first = _first_of_each(alike(texts).select("one", "other").iter_rows())
    return named.with_columns(pl.col("cluster_key").replace(first))


def alike(texts: pl.DataFrame) -> pl.DataFrame:
    """Pairs of near-identical texts: one, other (keys, one < other), alike, taken_over, numerals (0 to 1).

    Args:
        texts: distinct texts with document_key, text; sorted by document_key.
    """
    pairs = _candidates(texts)
    asked = texts.join(pl.concat([pairs["one"], pairs["other"]]).unique().to_frame("document_key"), on="document_key", how="semi")
    runs = _runs(asked).unique().group_by("document_key").agg("run")
    numerals = asked.select("document_key", numeral=pl.col("text").str.extract_all(_NUMERAL).list.unique())
    for said in (runs, numerals):
        for side in ("one", "other"):
            pairs = pairs.join(said.rename({"document_key": side, said.columns[1]: f"{said.columns[1]}_{side}"}), on=side)
    shared, one, other = _shared("run")
    numbers, numbers_one, numbers_other = _shared("numeral")
    fewest = pl.min_horizontal(numbers_one, numbers_other)
    return (
        pairs.select(
            "one",
            "other",
            alike=shared / (one + other - shared),
            taken_over=shared / pl.min_horizontal(one, other),
            numerals=pl.when(fewest > 0).then(numbers / fewest).otherwise(1.0),
        )
        .filter(pl.col("alike") >= _ALIKE, pl.min_horizontal("taken_over", "numerals") >= _TAKEN_OVER)
        .sort("one", "other")
    )


def _shared(name: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """How many members the lists of both sides share, and how many each has."""
    one, other = pl.col(f"{name}_one"), pl.col(f"{name}_other")
    return one.list.set_intersection(other).list.len(), one.list.len(), other.list.len()


def _candidates(texts: pl.DataFrame) -> pl.DataFrame:
    """Pairs of keys (one < other) whose signatures agree in a band."""
    bands = pl.concat([_bands(part) for part in slices(texts, _SLICE)])
    kept = bands.filter(pl.len().over("band") > 1).sort("band", "document_key")
    later = (kept.with_columns(pl.all().shift(-step).name.suffix("_later")) for step in range(1, _NEIGHBOURS + 1))
    found = [rows.filter(pl.col("band") == pl.col("band_later")).select(one="document_key", other="document_key_later") for rows in later]
    return pl.concat(found).unique().sort("one", "other")


def _bands(part: pl.DataFrame) -> pl.DataFrame:
    """band (its number and rows as one hash), document_key; nothing for a text of fewer words than a run."""
    runs = _runs(part)
    counts = runs.group_by("document_key", maintain_order=True).len()
    ends = [0, *counts["len"].cum_sum()]
    hashes = memoryview(runs["run"].rechunk().to_arrow().buffers()[1]).cast("Q")[: runs.height]
    signatures = RMinHash.digest_matrix_from_flat_token_hashes(hashes, ends, _BANDS * _ROWS, _SEED).to_rows()
    rows = pl.DataFrame({"document_key": counts["document_key"], "rows": pl.Series(signatures, dtype=pl.List(pl.UInt32))})
    return pl.concat(
        [rows.select("document_key", band=pl.col("rows").list.slice(band * _ROWS, _ROWS).hash(band)) for band in range(_BANDS)]
    )


def _runs(part: pl.DataFrame) -> pl.DataFrame:
    """document_key, run: one row for each run of words in the order of the text, as a hash."""
    words = part.select("document_key", word=pl.col("text").str.to_lowercase().str.extract_all(_WORD)).explode("word")
    hashed = words.select("document_key", word=pl.col("word").hash(_SEED))
    run = pl.col("word")
    for step in range(1, _RUN):
        run = run * pl.lit(_MIXER, pl.UInt64) + pl.col("word").shift(-step)
    whole = pl.col("document_key") == pl.col("document_key").shift(1 - _RUN)
    return hashed.select("document_key", whole=whole, run=run).filter("whole").select("document_key", "run")


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each key of a pair the first of all keys that pairs tie together."""
    first: dict[str, str] = {}

    def root(key: str) -> str:
        while first.setdefault(key, key) != key:
            first[key] = first[first[key]]
            key = first[key]
        return key

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return {key: root(key) for key in list(first)}
