"""Near-identical articles: what was taken over from another paper counts as one source.

MinHash finds pairs that may be alike in time linear in the texts; each pair is then compared word by word. Whether two articles
are alike depends on the two only, so neither the order of documents nor the batch that brought them shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import polars as pl
from rensa import RMinHash

from assets.slices import slices

# Words in a row that are compared, numerals whole: shorter runs are shared by all articles, longer ones break at every edit.
_RUN = 4
# For candidates some of the runs are enough, and to find words is most of the work: three from each that a numeral or `đ`
# opens, as they stand. Every article with figures has such runs.
_GAP = r" \n,.;:"
_OPENED = rf"[0-9đĐ][^{_GAP}]*(?:[{_GAP}]+[^{_GAP}]+){{2}}"
# A signature has bands of rows; two articles are compared where one band agrees: 7 of 10 pairs that share a quarter of these
# runs, all but 5 of 1000 that share 4 of 10.
_BANDS, _ROWS = 80, 3
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
    numerals = pl.col("text").str.extract_all(_NUMERAL).list.unique()
    pairs = _with_lists(_candidates(texts), texts, lambda asked: asked.select("document_key", numeral=numerals))
    numbers, one, other = _shared("numeral")
    fewest = pl.min_horizontal(one, other)
    # What few candidates pass goes first: to take a text apart into words costs most.
    pairs = pairs.select("one", "other", numerals=pl.when(fewest > 0).then(numbers / fewest).otherwise(1.0))
    pairs = pairs.filter(pl.col("numerals") >= _TAKEN_OVER)
    pairs = _with_lists(pairs, texts, lambda asked: _runs(asked).unique().group_by("document_key").agg("run"))
    shared, one, other = _shared("run")
    measured = pairs.select(
        "one", "other", alike=shared / (one + other - shared), taken_over=shared / pl.min_horizontal(one, other), numerals="numerals"
    )
    return measured.filter(pl.col("alike") >= _ALIKE, pl.col("taken_over") >= _TAKEN_OVER).sort("one", "other")


def _with_lists(pairs: pl.DataFrame, texts: pl.DataFrame, lists: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """`pairs` with the list that `lists` makes of the texts of each side: `<name>_one`, `<name>_other`; without texts of no list."""
    asked = pl.concat([pairs["one"], pairs["other"]]).unique().to_frame("document_key")
    made = lists(texts.join(asked, on="document_key", how="semi"))
    name = made.columns[1]
    for side in ("one", "other"):
        pairs = pairs.join(made.rename({"document_key": side, name: f"{name}_{side}"}), on=side)
    return pairs


def _shared(name: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """How many members the lists of both sides share, and how many each has."""
    one, other = pl.col(f"{name}_one"), pl.col(f"{name}_other")
    return one.list.set_intersection(other).list.len(), one.list.len(), other.list.len()


def _candidates(texts: pl.DataFrame) -> pl.DataFrame:
    """Pairs of keys (one < other) whose signatures agree in a band."""
    bands = pl.concat([_bands(part) for part in slices(texts.with_row_index("number"), _SLICE)])
    kept = bands.filter(pl.len().over("band") > 1).sort("band", "number")
    later = (kept.with_columns(pl.all().shift(-step).name.suffix("_later")) for step in range(1, _NEIGHBOURS + 1))
    found = [rows.filter(pl.col("band") == pl.col("band_later")).select(one="number", other="number_later") for rows in later]
    key = texts["document_key"]
    return pl.concat(found).unique().select(pl.col("one", "other").map_batches(key.gather, return_dtype=pl.String)).sort("one", "other")


def _bands(part: pl.DataFrame) -> pl.DataFrame:
    """number (of the text), band (its place and rows as one hash); nothing for a text without a run."""
    runs = part.select("number", run=pl.col("text").str.extract_all(_OPENED)).filter(pl.col("run").list.len() > 0)
    hashed = runs["run"].explode().hash(_SEED)
    ends = [0, *runs["run"].list.len().cum_sum()]
    hashes = memoryview(hashed.rechunk().to_arrow().buffers()[1]).cast("Q")[: hashed.len()]
    signatures = RMinHash.digest_matrix_from_flat_token_hashes(hashes, ends, _BANDS * _ROWS, _SEED).to_rows()
    rows = pl.Series(chain.from_iterable(signatures), dtype=pl.UInt32).reshape((-1, _ROWS))
    place = pl.int_range(pl.len(), dtype=pl.UInt64) % _BANDS
    return pl.DataFrame({"number": runs["number"].repeat_by(_BANDS).explode(), "rows": rows}).select(
        "number", band=pl.col("rows").hash(_SEED) + place * _MIXER
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
