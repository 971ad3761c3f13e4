"""The part that each line plays on the page, and whether a fact may come from it."""

from __future__ import annotations

import polars as pl

from assets.documents.dates import NEAR_TITLE
from assets.documents.page_words import with_looks

BODY = ("title", "heading", "body", "caption")
"""Roles of the lines that facts may come from."""

# A block number that no line has.
_NOWHERE = 1 << 40
# Shares of the text behind which lists of other articles and imprints begin.
_LIST_FROM, _FOOTER_FROM = 0.4, 0.6
# A headline: code points, and the first lines of a page among which it stands.
_TITLE, _HEAD_LINES = (25, 200), 15
_HEADING = 120
# Other articles that nothing announces come at least in pairs.
_RUN = 2
# Lines from one that tells of an imprint to the next, and to the end of the page.
_FOOTER_GAP = 10
# Entries of a box of other articles inside an article; names below the last sentence.
_BOX, _NAMES = 8, 5


def lines_of(document: pl.DataFrame) -> pl.DataFrame:
    """Lines that are not blank, without the blanks around them.

    Args:
        document: `document_key`, `text`.

    Returns:
        `document_key`, `block`, `start`, `end` (code points into `text`), `line` (the text), in order.
    """
    line = document.lazy().select("document_key", pl.col("text").str.split("\n").alias("raw")).with_row_index("row").explode("raw")
    # Counted through all documents: from where its first line stands tells where a line stands in its own.
    offset = pl.col("raw").str.len_chars().cast(pl.Int64) + 1
    rest = pl.col("raw").str.strip_chars_start(" \t")
    return (
        line.with_columns(offset=offset.cum_sum() - offset, rest=rest, blanks=pl.col("raw").str.len_chars() - rest.str.len_chars())
        .with_columns(
            start=pl.col("offset") - pl.col("offset").first().over("row") + pl.col("blanks"),
            line=pl.col("rest").str.strip_chars_end(" \t"),
        )
        .filter(pl.col("line") != "")
        .with_row_index("block")
        .select(
            "document_key",
            pl.col("block") - pl.col("block").first().over("row"),
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
    placed = with_looks(line).lazy().with_columns(pl.col("block").cast(pl.Int64), doc=pl.col("document_key").rle_id())
    placed = placed.with_columns(last_block=pl.col("block").max().over("doc"), size=pl.col("end").max().over("doc"))
    placed = _with_first(placed, text=pl.col("is_paragraph") & ~pl.col("is_stamped"))
    placed = placed.join(_given_titles(line, document).lazy(), on="document_key", how="left", maintain_order="left")
    placed = _with_first(placed, title=_is_title())
    late_list = pl.col("has_list") & (pl.col("block") > pl.col("first_title")) & _late(_LIST_FROM)
    placed = _with_first(_with_gaps(placed), list=late_list, footer=_opens_imprint())
    placed = _with_first(_with_other_articles(placed), tail=_opens_another_article())
    placed = placed.with_columns(end_of_article=_end_of_article()).with_columns(last_sentence=_last_sentence())
    placed = placed.with_columns(is_dated=_is_dated()).with_columns(role=_role())
    roles = placed.select("role").collect()["role"]
    return line.with_columns(roles, roles.is_in(BODY).alias("is_body"))


def _with_first(placed: pl.LazyFrame, **conditions: pl.Expr) -> pl.LazyFrame:
    """Adds `first_<name>`: the block of a document's first line that fulfils the condition; past its end where none does."""
    # In two steps, here and below, for a window inside a window is slow.
    marked = placed.with_columns(condition.alias(f"is_{name}") for name, condition in conditions.items())
    first = (pl.when(f"is_{name}").then("block").min().over("doc").fill_null(_NOWHERE).alias(f"first_{name}") for name in conditions)
    return marked.with_columns(first)


def _late(share: float) -> pl.Expr:
    """Whether a line stands behind this share of the document's text."""
    return pl.col("end") >= pl.col("size") * share


def _last(condition: pl.Expr) -> pl.Expr:
    """The block of a document's last line that fulfils the condition; before its start where none does."""
    return pl.when(condition).then("block").max().over("doc").fill_null(-1)


def _given_titles(line: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """document_key → first_given: the line of the metadata's title, for documents that show it among their first lines.

    The metadata may name the site behind the title.
    """
    titles = document.select("document_key", pl.col("title").str.to_lowercase()).drop_nulls()
    head = line.filter((pl.col("block") <= _HEAD_LINES) & (pl.col("line").str.len_chars() <= _TITLE[1]))
    text = pl.col("line").str.to_lowercase()
    shown = head.join(titles, on="document_key").filter(
        (text == pl.col("title")) | ((text.str.len_chars() >= _TITLE[0]) & pl.col("title").str.starts_with(text))
    )
    return shown.group_by("document_key").agg(first_given=pl.col("block").min().cast(pl.Int64))


def _is_title() -> pl.Expr:
    """The line of the metadata's title; where the page shows none, a long line without a full stop above the first paragraph."""
    furniture = pl.any_horizontal("is_date", "is_stamped", "has_header", "has_section", "has_menu", "is_address", "is_issuer", "has_footer")
    headline = pl.col("length").is_between(*_TITLE) & ~pl.col("line").str.contains(r"(?:[^.]\.|[:;,])$") & ~furniture
    above = (pl.col("block") <= _HEAD_LINES) & (pl.col("block") <= pl.col("first_text")) & (pl.col("block") < pl.col("last_block"))
    return (pl.col("block") == pl.col("first_given")).fill_null(value=False) | (pl.col("first_given").is_null() & headline & above)


def _with_gaps(placed: pl.LazyFrame) -> pl.LazyFrame:
    """Adds `last_gap`: the last line that tells of an imprint, but is far from the next that does, or from the end of the page."""
    part = pl.col("has_footer") | pl.col("has_imprint")
    following = pl.when(part).then("block").shift(-1).backward_fill().over("doc").fill_null(pl.col("last_block") + 1)
    gap = part & (pl.col("following") - pl.col("block") > _FOOTER_GAP)
    return placed.with_columns(following=following).with_columns(last_gap=_last(gap))


def _opens_imprint() -> pl.Expr:
    """Lines of an imprint that reaches to the end of the page: the next line that tells of it is never far."""
    return pl.col("has_footer") & _late(_FOOTER_FROM) & (pl.col("block") > pl.col("last_gap"))


def _with_other_articles(placed: pl.LazyFrame) -> pl.LazyFrame:
    """Adds `is_lead` and `is_entry`: paragraphs that open like a lead, and dated entries, above the imprint or the end.

    All of them down there must look so.
    """
    above = pl.col("block") < pl.min_horizontal("first_list", "first_footer", pl.col("last_block") + 1)
    lead = pl.col("has_opening") & pl.col("is_paragraph") & (pl.col("first_footer") < _NOWHERE)
    entry = pl.col("is_stamped") & ~pl.col("is_date") & _late(_FOOTER_FROM)
    rest = placed.with_columns(last_text=_last(above & pl.col("is_paragraph") & ~lead), last_other=_last(above & ~entry))
    return rest.with_columns(
        is_lead=above & lead & (pl.col("block") > pl.col("last_text")), is_entry=above & entry & (pl.col("block") > pl.col("last_other"))
    )


def _opens_another_article() -> pl.Expr:
    """Other articles that nothing announces: at least two, or it may be the article's own last paragraph."""
    return pl.any_horizontal(pl.col(name) & (pl.col(name).sum().over("doc") >= _RUN) for name in ("is_lead", "is_entry"))


def _end_of_article() -> pl.Expr:
    """The block behind the article's last line: a list of others, a tail, the imprint or the end of the text."""
    return pl.min_horizontal("first_list", "first_tail", "first_footer", pl.col("last_block") + 1)


def _last_sentence() -> pl.Expr:
    """The block of the article's last line that ends as a sentence does; null where none does."""
    return pl.when(pl.col("is_sentence") & (pl.col("block") < pl.col("end_of_article"))).then("block").max().over("doc")


def _in_box() -> pl.Expr:
    """Headlines below the name of a box of other articles, up to the next sentence."""
    box = pl.col("has_box")
    last_box = pl.when(box).then("block").forward_fill().over("doc")
    last_sentence = pl.when(pl.col("is_sentence") & ~box).then("block").forward_fill().over("doc").fill_null(-1)
    return ((last_box > last_sentence) & (pl.col("block") - last_box <= _BOX)).fill_null(value=False)


def _is_byline() -> pl.Expr:
    """Who wrote, below the last sentence of the article: a name alone, or one behind `Theo`, `Tin, ảnh` …"""
    signs = pl.col("is_name") | (pl.col("has_byline") & ~pl.col("has_amount") & ~pl.col("is_sentence") & (pl.col("length") <= _HEADING / 2))
    last = pl.col("last_sentence")
    return signs & (pl.col("block") > last) & (pl.col("end_of_article") - last <= _NAMES + 1)


def _is_dated() -> pl.Expr:
    """The day of the article: below its title or its last line, in the head of a letter, else right above the title.

    The clock of a page names the weekday of today, above the title.
    """
    block, title, day = pl.col("block"), pl.col("first_title"), pl.col("is_date")
    above_text = _beside("is_paragraph", -1) | _beside("is_paragraph", 1)
    untitled = (title == _NOWHERE) & (block <= NEAR_TITLE) & above_text
    below = day & (untitled | ((block > title) & (block <= title + NEAR_TITLE)))
    letter = pl.col("is_letter_date") & (block <= _HEAD_LINES)
    over = day & (block == title - 1) & ~pl.col("has_weekday") & ~below.any().over("doc")
    last = day & block.is_between(pl.col("end_of_article") - 2, pl.col("end_of_article") - 1) & (block > pl.col("first_text"))
    return below | letter | over | last


def _is_dateline() -> pl.Expr:
    """The day of the article, and whoever wrote beside it."""
    writer = pl.col("is_name") & (pl.col("block") > pl.col("first_title")) & (_beside("is_dated", 1) | _beside("is_dated", -1))
    return pl.col("is_dated") | writer


def _beside(look: str, lines: int) -> pl.Expr:
    """Whether the line so many lines above (or below, where negative) looks so."""
    same = pl.col("doc") == pl.col("doc").shift(lines)
    return (same & pl.col(look).shift(lines)).fill_null(value=False)


def _role() -> pl.Expr:
    block, short = pl.col("block"), ~pl.col("is_paragraph")
    has_title = pl.col("first_title") < _NOWHERE
    above_title = has_title & (block < pl.col("first_title"))
    outside = (block < pl.col("first_text")) | (block > pl.col("last_sentence"))
    cases = (
        (block == pl.col("first_title"), "title"),
        (block >= pl.col("first_footer"), "footer"),
        (block >= pl.col("end_of_article"), "teaser"),
        (_is_dateline(), "dateline"),
        # Who writes a letter tells which place it is about.
        (above_title & pl.col("is_issuer"), "heading"),
        (above_title & short & ~pl.col("has_amount"), "header"),
        (pl.col("has_pointer") | _in_box(), "teaser"),
        (short & (pl.any_horizontal("has_menu", "is_address", "is_tags") | (pl.col("has_section") & outside)), "menu"),
        (_is_byline() | (pl.col("has_footer") & short & _late(_FOOTER_FROM)), "footer"),
        (short & pl.col("has_caption"), "caption"),
        (short & ~pl.col("is_sentence") & (pl.col("length") <= _HEADING), "heading"),
    )
    role = pl.coalesce(pl.when(condition).then(pl.lit(name)) for condition, name in cases)
    return role.fill_null("body")
