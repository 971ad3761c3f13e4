"""Room 2, mentions: documents → one row for every span that matters, in the order of the text."""

from __future__ import annotations

import polars as pl

from assets.mentions.lines import body_lines, sentences
from assets.mentions.organisations import find_organisations
from assets.mentions.periods import find_periods
from assets.mentions.places import find_places
from assets.mentions.quantities import find_quantities
from assets.mentions.spans import find_pattern, inside
from assets.mentions.terms import aliases, crowds, cues, find_vocabularies, sectors, true_cues, true_sectors
from assets.mentions.windows import code_points, position, printed
from assets.slices import slices

__all__ = ["find_mentions"]

# Bytes of text that are looked through at a time.
_SLICE = 10_000_000
# Marks that part the clauses of a sentence; a comma inside a numeral is none.
_CLAUSE = r"[;:()]|,\s|\sthì\s"
# Columns of few different words.
_FEW = ["unit_text", "unit", "bound", "follows", "half", "rel", "form", "level", "sign"]
# Columns of long words that many rows share: copied row by row they would grow.
_SHARED = ["document_key", "sentence_text"]
# Kinds whose text as printed is kept with the mention.
_NAMED = ["period", "place", "organisation", "sector"]


def find_mentions(document: pl.DataFrame, block: pl.DataFrame) -> pl.DataFrame:
    """All spans that matter in the body of the documents.

    Args:
        document: `assets.documents.schema.Document`.
        block: `assets.documents.schema.Block`.

    Returns:
        `assets.mentions.schema.Mention`, sorted by document (in the order given) and place in the text.
    """
    parts = []
    for some in slices(document, _SLICE):
        lines = body_lines(some, block.filter(pl.col("document_key").is_in(some["document_key"].implode())))
        found = _mentions_of(lines)
        parts.append(found.with_columns(_copied(found.select(pl.col(pl.String).exclude(_SHARED)))))
    return pl.concat(parts, how="vertical_relaxed", rechunk=False)


def _copied(texts: pl.DataFrame) -> list[pl.Series]:
    """Strings of a polars frame are views that keep the whole text they were cut from; through Arrow they are copied."""
    return pl.DataFrame(texts.to_arrow()).get_columns()


def _mentions_of(lines: pl.DataFrame) -> pl.DataFrame:
    numbered = lines.filter(pl.col("text").str.contains("[0-9]"))
    periods, organisations = find_periods(numbered), find_organisations(lines)
    named = pl.col("code").is_in(["name", "source", "where"])
    places = find_places(lines, organisations.filter(named))
    quantity = find_quantities(numbered, periods, organisations.filter(named))
    telling = lines.join(quantity.select("line").unique(), on="line", how="semi", maintain_order="left")
    names, said, limits, many = find_vocabularies(telling, aliases(), cues(), sectors(), crowds())
    marks = [
        quantity.with_columns(kind=pl.lit("quantity"), code=pl.col("unit")),
        periods.with_columns(kind=pl.lit("period")),
        places.with_columns(kind=pl.when(pl.col("family").is_in(["abroad", "world"])).then(pl.lit("abroad")).otherwise(pl.lit("place"))),
        organisations.filter(named | pl.col("line").is_in(telling["line"].implode())).with_columns(kind=pl.lit("organisation")),
        names.filter(pl.col("kind") != "ignore"),
        # The last word of `Cao Bằng` equals nothing.
        true_cues(telling, said.filter(~inside(said, places.filter(pl.col("family") == "unit")))),
        true_sectors(telling, limits, many, names),
        find_pattern(telling, _CLAUSE).drop("before").with_columns(kind=pl.lit("clause"), code=pl.col("match").str.strip_chars()),
    ]
    # A string costs sixteen bytes a row even where it is null, a category four.
    slim = [frame.with_columns(pl.col(name).cast(pl.Categorical) for name in frame.columns if name in _FEW) for frame in marks]
    spans = pl.concat(slim, how="diagonal_relaxed").sort(position("start"), "end", descending=[False, True], maintain_order=True)
    return _numbered(lines, sentences(lines, telling, spans), spans)


def _numbered(lines: pl.DataFrame, sentence: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Spans in code points, with the number of their sentence; named things with their text, quantities with that of the sentence."""
    is_named, is_quantity = spans["kind"].is_in(_NAMED), spans["kind"] == "quantity"
    starts = sentence.select(at=position("start"), row=pl.int_range(pl.len(), dtype=pl.UInt32))
    row = spans.select(at=position("start")).join_asof(starts, on="at", check_sortedness=False)["row"]
    telling = row.filter(is_quantity).unique().sort()
    told = sentence[telling].with_columns(match=printed(lines, sentence[telling]))
    text = code_points(lines, told).select(*_copied(told.select(sentence_text="match")), sentence_start="first", sentence_end="last")
    # The frame is wide: what its rows get is made apart and put beside them once.
    return spans.drop("line", "start", "end", "match").hstack(
        [
            *code_points(lines, spans).rename({"first": "start", "last": "end"}),
            sentence["sentence"].gather(row),
            *_at_rows(is_named, printed(lines, spans.filter(is_named)).alias("text").to_frame()),
            *_at_rows(is_quantity, text[telling.search_sorted(row.filter(is_quantity))]),
        ]
    )


def _at_rows(chosen: pl.Series, values: pl.DataFrame) -> list[pl.Series]:
    """Columns with the values, in their order, where `chosen` is true, and null elsewhere."""
    row = pl.select(pl.when(chosen).then(chosen.cum_sum() - 1)).to_series()
    return values.select(pl.all().gather(row)).get_columns()
