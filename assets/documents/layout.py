"""The part that each line plays on the page, and whether a fact may come from it."""

from __future__ import annotations

import polars as pl

from assets.documents.page_words import with_looks

# A day with its year in a short line: the line of the date, not a sentence about one.
DATE_LINE = (
    r"(?:^|[^0-9./-])(?:0?[1-9]|[12][0-9]|3[01])\s?[/.-]\s?(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:19|20)[0-9]{2}(?:[^0-9]|$)"
    r"|(?i:ngày)\s(?:0?[1-9]|[12][0-9]|3[01])\s(?i:tháng)\s(?:0?[1-9]|1[0-2])\s?,?\s(?i:năm)\s(?:19|20)[0-9]{2}"
)
DATE_LINE_LENGTH = 70

# A block number that no line has.
_NOWHERE = 1 << 40
# Shares of the text behind which lists of other articles and imprints begin.
_LIST_FROM, _FOOTER_FROM = 0.4, 0.6
# A headline: code points, and the first lines of a page among which it stands.
_TITLE, _HEAD_LINES = (25, 200), 5
_HEADING = 120
_RUN = 2


def lines_of(document: pl.DataFrame) -> pl.DataFrame:
    """Lines that are not blank, without the blanks around them.

    Args:
        document: `document_key`, `text`.

    Returns:
        `document_key`, `block`, `start`, `end` (code points into `text`), `line` (the text), in order.
    """
    line = document.lazy().select("document_key", pl.col("text").str.split("\n").alias("raw")).with_row_index("row").explode("raw")
    width = pl.col("raw").str.len_chars()
    return (
        line.with_columns(
            (width.cum_sum() - width).over("row").alias("offset"),
            pl.int_range(pl.len()).over("row").alias("number"),
            pl.col("raw").str.strip_chars_start(" \t").alias("rest"),
        )
        .with_columns((pl.col("offset") + pl.col("number") + width - pl.col("rest").str.len_chars()).alias("start"))
        .with_columns(pl.col("rest").str.strip_chars_end(" \t").alias("line"))
        .filter(pl.col("line") != "")
        .select(
            "document_key",
            pl.int_range(pl.len()).over("row").cast(pl.UInt32).alias("block"),
            pl.col("start").cast(pl.UInt32),
            (pl.col("start") + pl.col("line").str.len_chars()).cast(pl.UInt32).alias("end"),
            "line",
        )
        .collect()
    )


def with_roles(line: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """`line` (see `lines_of`) with `role` and `is_body`, in the same order.

    Args:
        line: lines of all documents, those of one document together and in order.
        document: `document_key` and `title`, the title of the metadata or null.
    """
    looks = with_looks(line).join(document.select("document_key", "title"), on="document_key", how="left", maintain_order="left")
    placed = looks.with_columns(is_date=pl.col("line").str.contains(DATE_LINE) & (pl.col("length") <= DATE_LINE_LENGTH)).with_columns(_first("title", _is_title()))
    placed = placed.with_columns(
        _first("list", pl.col("has_list") & (pl.col("block") > pl.col("first_title")) & _late(_LIST_FROM)),
        _first("footer", pl.col("has_footer") & _late(_FOOTER_FROM)),
    )
    placed = placed.with_columns(_first("tail", _opens_another_article()))
    return placed.with_columns(role=_role()).with_columns(
        is_body=pl.col("role").is_in(["title", "heading", "body", "caption"])
    ).select(*line.columns, "role", "is_body")


def _first(name: str, condition: pl.Expr) -> pl.Expr:
    """`first_<name>`: the block of a document's first line that fulfils the condition; past its end where none does."""
    block = pl.col("block").cast(pl.Int64)
    return pl.when(condition).then(block).min().over("document_key").fill_null(_NOWHERE).alias(f"first_{name}")


def _late(share: float) -> pl.Expr:
    """Whether a line stands behind this share of the document's text."""
    return pl.col("end") >= pl.col("end").max().over("document_key") * share


def _is_title() -> pl.Expr:
    """A line that could be the title: the metadata's, else a long line without a full stop near the head of the page."""
    given = pl.col("title").is_not_null()
    furniture = pl.any_horizontal("is_date", "has_header", "has_section", "has_menu", "is_address")
    headline = pl.col("length").is_between(_TITLE[0], _TITLE[1]) & ~pl.col("is_sentence") & (pl.col("block") <= _HEAD_LINES)
    return (given & (pl.col("line") == pl.col("title"))) | (~given & headline & ~furniture)


def _opens_another_article() -> pl.Expr:
    """Paragraphs of other articles that nothing announces: they stand right before the imprint and open like a lead.

    All of them up to the imprint must open so, and at least two, or it may be the article's own last paragraph.
    """
    before_footer = (pl.col("block") < pl.col("first_footer")) & (pl.col("first_footer") < _NOWHERE)
    lead = pl.col("has_opening") & pl.col("is_paragraph")
    others_below = (before_footer & pl.col("is_paragraph") & ~lead).cast(pl.Int32).cum_sum(reverse=True).over("document_key")
    run = before_footer & lead & (others_below == 0)
    return run & (run.sum().over("document_key") >= _RUN)


def _role() -> pl.Expr:
    block = pl.col("block").cast(pl.Int64)
    has_title = pl.col("first_title") < _NOWHERE
    short = ~pl.col("is_paragraph")
    return (
        pl.when(block == pl.col("first_title"))
        .then(pl.lit("title"))
        .when(block >= pl.col("first_footer"))
        .then(pl.lit("footer"))
        .when(block >= pl.min_horizontal("first_list", "first_tail"))
        .then(pl.lit("teaser"))
        .when(has_title & (block < pl.col("first_title")) & short)
        .then(pl.lit("header"))
        .when("is_date")
        .then(pl.lit("dateline"))
        .when(pl.col("has_box") | pl.col("has_pointer"))
        .then(pl.lit("teaser"))
        .when(pl.any_horizontal("has_menu", "has_section", "is_address") & short)
        .then(pl.lit("menu"))
        .when(pl.col("has_caption") & short)
        .then(pl.lit("caption"))
        .when(short & ~pl.col("is_sentence") & (pl.col("length") <= _HEADING))
        .then(pl.lit("heading"))
        .otherwise(pl.lit("body"))
    )
