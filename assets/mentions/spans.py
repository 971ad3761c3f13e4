"""Spans: find every match of a pattern or of a list of terms in all lines at once, and keep where it stands.

Inside this room a span is counted in bytes from the start of its line, the cheapest measure that polars gives;
`windows.code_points` turns the spans that leave the room into code points of the document's text.

A frame of lines, called `lines` throughout, has the columns
`line` (UInt32, row number, 0 …), `document_key`, `start` (code point of the line in the text), `text` (as printed)
and `folded` (see `fold`), whose byte positions are those of `text`.
A frame of spans has `line`, `start`, `end` (UInt32, bytes) and `match` (the matched string).
"""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.mentions.windows import before, behind, position

# Old and new places of the tone mark in open oa, oe, uy. The pairs whose bytes differ in number (ùy, ũy, õe) are
# left out: vocabulary spells those words both ways.
_OLD_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ",
    "úy": "uý", "ủy": "uỷ", "ụy": "uỵ",
}  # fmt: skip


# Put around matches by `split_at`.
_BEGIN, _END = "\x01", "\x02"
# Marks that end a word, each replaced by as many spaces as it has bytes, so that ` term ` finds whole words only.
_MARKS = list(".,;:!?()[]{}<>\"'/\\|*+=&%-_~^`@#$\t") + list("“”‘’…–—•·«»°²³×÷→©®™¬")


def fold(text: pl.Expr) -> pl.Expr:
    """Lower case, one spelling of the tone mark (`hòa` becomes `hoà`): every byte keeps its position.

    A line whose lower case has another length (which the room `documents` prevents) stays as it is.
    """
    lower = text.str.to_lowercase()
    lower = pl.when(lower.str.len_bytes() == text.str.len_bytes()).then(lower).otherwise(text)
    return lower.str.replace_many(list(_OLD_TONES), list(_OLD_TONES.values()))


# Code points that a name is looked for in behind its head.
_LONGEST_NAME = 200
# More words than these polars looks for with an automaton that is three times as slow.
_FAST_WORDS = 100


@cache
def fold_word(word: str) -> str:
    """The folded form of one word or phrase, as `fold` makes it of a line."""
    return str(pl.select(fold(pl.lit(word))).item())


def find_pattern(lines: pl.DataFrame, pattern: str, column: str = "folded") -> pl.DataFrame:
    """Every leftmost match of a regular expression that cannot match the empty string; `before` is the character before it."""
    found = split_at(lines.lazy(), pattern, pl.col(column)).filter(pl.col("match").is_not_null())
    return found.select(
        "line", start=pl.col("end") - pl.col("match").str.len_bytes(), end="end", match="match", before=pl.col("gap").str.tail(1)
    ).collect(engine="in-memory")


def split_at(lines: pl.LazyFrame, pattern: str, text: pl.Expr) -> pl.LazyFrame:
    """Lines with a match, parted behind each: line, gap (the text since the match before), match, end (UInt32, bytes) of the match.

    The last row of a line has the rest of it in `gap` and no match. `pattern` has no groups, for they cost many times as much.
    """
    # polars gives no offsets for matches, but marks them in one pass. No text holds the marks: the room `documents` strips
    # all control characters.
    pieces = text.str.replace_all(pattern, f"{_BEGIN}${{0}}{_END}").str.split(_END)
    parted = lines.select("line", piece=pieces).filter(pl.col("piece").list.len() > 1)
    ends = pl.col("piece").list.eval((pl.element().str.len_bytes() - len(_BEGIN)).cum_sum())
    halves = pl.col("piece").str.split_exact(_BEGIN, 1).struct.rename_fields(["gap", "match"])
    rows = parted.with_columns(end=ends).explode("piece", "end").select("line", halves, pl.col("end").cast(pl.UInt32)).unnest("piece")
    # Half of an empty piece is null.
    return rows.with_columns(pl.col("gap").fill_null(""))


def find_names(lines: pl.DataFrame, heads: pl.Series, pattern: str) -> pl.DataFrame:
    """Every leftmost match of a pattern whose every match begins with one of the heads, as `find_pattern` gives them.

    The heads are found first and the pattern is tried behind them only: many times as fast where it is long and they are rare.
    """
    openings = _openings(heads)
    parts = [pl.Series(openings[at : at + _FAST_WORDS]) for at in range(0, len(openings), _FAST_WORDS)]
    # Eager on purpose, as in `find_terms`.
    found = lines.select("line", start=pl.concat_list(pl.col("text").str.find_many(part.implode(), overlapping=True) for part in parts))
    starts = found.filter(pl.col("start").list.len() > 0).explode("start").unique(["line", "start"], maintain_order=True)
    around = starts.select("line", pl.col("start").cast(pl.UInt32), end=pl.col("start").cast(pl.UInt32))
    names = around.with_columns(
        before=before(lines, around, 1),
        match=behind(lines, around, _LONGEST_NAME).str.extract_all(f"^(?:{pattern})").list.first(),
    ).filter(pl.col("match").is_not_null())
    ends = names.with_columns(end=(pl.col("start") + pl.col("match").str.len_bytes()).cast(pl.UInt32))
    placed = ends.with_columns(first=position("start"), last=position("end")).sort("first")
    return _reaching_on(placed).select("line", "start", "end", "match", "before")


def _openings(heads: pl.Series) -> list[str]:
    """Heads without those that begin with another one, for they stand where that one does."""
    kept: list[str] = []
    for head in sorted(heads):
        if not kept or not head.startswith(kept[-1]):
            kept.append(head)
    return kept


def in_a_row(words: pl.DataFrame) -> pl.DataFrame:
    """Words that follow one another are one name, `Hana Micron Vina`; it is common where all of them are."""
    goes_on = ((pl.col("line") == pl.col("line").shift(1)) & (pl.col("start") == pl.col("end").shift(1) + 1)).fill_null(value=False)
    runs = words.with_columns(run=(~goes_on).cum_sum(), in_run=goes_on | goes_on.shift(-1, fill_value=False))
    # Most stand alone, and groups are dear.
    joined = (
        runs.filter("in_run")
        .group_by("run", maintain_order=True)
        .agg(pl.col("line", "start", "before").first(), pl.col("end").last(), pl.col("match").str.join(" "), pl.col("is_common").all())
    )
    return (
        pl.concat([joined, runs.filter(~pl.col("in_run")).select(joined.columns)])
        .sort("run")
        .select("line", "start", "end", "match", "before", "is_common")
    )


def inside(places: pl.DataFrame, spans: pl.DataFrame) -> pl.Series:
    """Whether each place (`line`, `start`) lies inside one of the spans; both are in the order of the text, spans do not overlap."""
    bounds = spans.select(first=position("start"), last=position("end"))
    found = places.select(at=position("start")).join_asof(bounds, left_on="at", right_on="first", check_sortedness=False)
    return (found["last"] > found["at"]).fill_null(value=False)


def without(rows: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """The rows without those at the given places."""
    return rows.filter(~pl.int_range(pl.len(), dtype=pl.UInt32).is_in(at.implode()))


def words_only(folded: pl.Expr) -> pl.Expr:
    """A folded line with a space on either end and spaces for every mark: what `find_terms` looks through."""
    spaces = [" " * len(mark.encode()) for mark in _MARKS]
    return pl.concat_str(pl.lit(" "), folded.str.replace_many(_MARKS, spaces), pl.lit(" "))


def find_terms(lines: pl.DataFrame, terms: pl.Series) -> pl.DataFrame:
    """Every whole-word occurrence of the terms, overlapping ones included (see `longest_only`).

    `terms` are as `words_only` makes them, spaces on both ends included; `match` is such a term. `lines` has the
    column `words`.
    """
    words = pl.col("words").str
    # Eager on purpose: the streaming engine would build the automaton anew for every morsel (500 times the cost).
    found = lines.select(
        "line",
        start=words.find_many(terms.implode(), overlapping=True),
        match=words.extract_many(terms.implode(), overlapping=True),
    )
    # The space put before the line and the one before the term cancel out.
    return (
        found.filter(pl.col("match").list.len() > 0)
        .explode("start", "match")
        .select("line", "start", end=pl.col("start") + pl.col("match").str.len_bytes().cast(pl.UInt32) - 2, match="match")
    )


def longest_only(spans: pl.DataFrame) -> pl.DataFrame:
    """Without the spans that overlap a longer or earlier span of the same line that is kept.

    A span hides what it overlaps only while it is kept itself, so the hidden ones are looked at a second time.
    """
    ordered = spans.with_columns(first=position("start"), last=position("end")).sort("first", "last", descending=[False, True])
    kept, hidden = _reaching_on(ordered, hidden=False), _reaching_on(ordered, hidden=True)
    bounds = kept.select(kept_first="first", kept_last="last")
    before = hidden.join_asof(bounds, left_on="first", right_on="kept_first", check_sortedness=False)
    free = before.filter(pl.col("kept_last") <= pl.col("first")).drop("kept_first", "kept_last")
    behind = free.join_asof(bounds, left_on="first", right_on="kept_first", strategy="forward", check_sortedness=False)
    free = behind.filter(pl.col("kept_first").is_null() | (pl.col("kept_first") >= pl.col("last"))).drop("kept_first", "kept_last")
    return pl.concat([kept, _reaching_on(free)]).sort("first").drop("first", "last")


def _reaching_on(ordered: pl.DataFrame, *, hidden: bool = False) -> pl.DataFrame:
    """Spans (`first`, `last`: positions) that begin behind all before them; the others where `hidden`."""
    free = pl.col("first") >= pl.col("last").cum_max().shift(1, fill_value=0)
    return ordered.filter(~free if hidden else free)
