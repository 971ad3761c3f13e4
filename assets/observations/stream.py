"""The stream of marks: all mentions in the order of the text, and where the last or next mark of a kind stands.

Every look-up works on row numbers: `last_row` fills the number of the last row that fulfils a condition down the
frame, `at` fetches a column from such rows. The rows of a sentence, line or document and those between two quantities
lie together, so whether a row belongs to the same one is a comparison with its first and last row: neither window
functions over hundreds of thousands of groups nor look-ups are needed for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from polars._typing import IntoExpr

QUANTITY = pl.col("kind") == "quantity"
# A place that is told of, not a part of the name of somebody.
HERE = (pl.col("kind") == "place") & (pl.col("family") != "inside")
# Code points behind a word like `của` within which something must follow.
_FOLLOWS = 6
# Cues that speak of a line or document as a whole, and of the sentence behind theirs.
_TOPICS = ["foreign", "domestic", "new_enterprise", "securities", "status", "adopts"]
# Sentences before and behind one that its line still tells of.
_LINE_SENTENCES = 6
_SCOPES = {"sentence_id": "sentence", "line_id": "block", "document_key": None}
_MARKS_OF_SCOPES = ["document_key", "block", "sentence"]


def ordered(mention: pl.DataFrame) -> pl.DataFrame:
    """Mentions of sentences with a quantity, and what tells of whole texts, with their scopes (see `with_scopes`)."""
    # Only few columns tell which words are idle: the others need not come along to be counted twice.
    marked = with_scopes(mention.select("kind", "family", "code", "start", "end", *_MARKS_OF_SCOPES))
    # Words of a sentence without a quantity say nothing of one, unless they tell what the document is about.
    idle = (pl.col("kind") == "clause") | ((pl.col("kind") == "cue") & ~cue(*_TOPICS))
    alone = pl.col("last_quantity").is_null() & pl.col("next_quantity").is_null() & ~QUANTITY
    # `của` and its like matter where something follows at once.
    follows = pl.col("start").shift(-1).cast(pl.Int64) - pl.col("end").cast(pl.Int64)
    of_nothing = cue("of") & (follows > _FOLLOWS).fill_null(value=True)
    kept = marked.select(~(idle & alone) & ~of_nothing.fill_null(value=False)).to_series()
    return with_scopes(mention.filter(kept))


def with_scopes(marks: pl.DataFrame) -> pl.DataFrame:
    """Adds row, sentence_id and line_id (numbers unique over the batch), the rows around and those of each scope.

    `last_quantity` / `next_quantity` are the rows of the nearest quantities in the same sentence, else null; `gap_first` and
    `gap_last` the rows up to which the marks before and behind a row belong to no other quantity.
    """
    # Numbers are compared many times as fast as words.
    numbered = (
        marks.with_columns(pl.col("kind", "family").cast(pl.Categorical), opens=_differs("document_key"))
        .with_row_index("row")
        .with_columns((pl.col("opens") | _differs(part)).cum_sum().alias(scope) for scope, part in _SCOPES.items() if part)
        .drop("opens")
    )
    numbered = numbered.with_columns(edge for scope in _SCOPES for edge in _edges(scope)).pipe(_within_reach)
    around = numbered.with_columns(
        last_quantity=in_same("sentence_id", last_row(QUANTITY)), next_quantity=in_same("sentence_id", next_row(QUANTITY))
    )
    return around.with_columns(
        gap_first=pl.max_horizontal(pl.col("last_quantity") + 1, "sentence_id_first"),
        gap_last=pl.min_horizontal(pl.col("next_quantity").cast(pl.Int64) - 1, "sentence_id_last"),
    )


def _differs(column: str) -> pl.Expr:
    """Whether a row has another value than the one before it; the first row has."""
    return (pl.col(column) != pl.col(column).shift(1)).fill_null(value=True)


def _edges(scope: str) -> tuple[pl.Expr, pl.Expr]:
    ends = (pl.col(scope) != pl.col(scope).shift(-1)).fill_null(value=True)
    first = pl.when(_differs(scope)).then("row").forward_fill()
    return first.alias(f"{scope}_first"), pl.when(ends).then("row").backward_fill().alias(f"{scope}_last")


def _within_reach(numbered: pl.DataFrame) -> pl.DataFrame:
    """Lets a line reach no further than some sentences: pages that lost their breaks have whole articles in one."""
    ends = numbered.select(pl.col("sentence_id_first", "sentence_id_last").filter(pl.col("row") == pl.col("sentence_id_first")))
    # Sentences are numbered from one without gaps.
    first, last = (pl.lit(ends[f"sentence_id_{edge}"]) for edge in ("first", "last"))
    place, count = pl.col("sentence_id").cast(pl.Int64) - 1, ends.height
    return numbered.with_columns(
        line_id_first=pl.max_horizontal("line_id_first", first.gather((place - _LINE_SENTENCES).clip(0, count - 1))),
        line_id_last=pl.min_horizontal("line_id_last", last.gather((place + _LINE_SENTENCES).clip(0, count - 1))),
    )


def with_shared(stream: pl.DataFrame, *columns: IntoExpr | Iterable[IntoExpr], **named: IntoExpr) -> pl.DataFrame:
    """`with_columns` that makes the look-ups that its expressions have in common only once, as polars does in lazy frames alone."""
    return stream.lazy().with_columns(*columns, **named).collect(engine="in-memory")


class Rows:
    """Some rows of a stream, for what is decided at them alone: most marks say nothing by themselves.

    `at`, `gap_from`, `gap_to`, `lead_of`, `unit_end`, `last_row` and `next_row` look from each of these rows over all marks of the
    stream, whose row numbers they take and give; they stand in expressions over these rows only, never in those over the whole
    stream. `in_same`, `in_gap`, `ahead` go with both.
    """

    def __init__(self, stream: pl.DataFrame, where: pl.Expr) -> None:
        """Look from the rows of `stream` (see `with_scopes`) that fulfil a condition; the stream stays as it is."""
        self._stream, self._where = stream, where
        self._row = stream.select(pl.col("row").filter(where)).to_series()

    def those(self, condition: pl.Expr) -> Rows:
        """The few of the rows that fulfil a condition; it may hold what looks from these rows."""
        few = self.select("row", fits=condition).filter("fits")["row"]
        fits = pl.Series("fits", [False]).new_from_index(0, self._stream.height).scatter(few, values=True)
        return Rows(self._stream, pl.lit(fits))

    def at(self, column: str, row: pl.Expr | str) -> pl.Expr:
        """Value of a column in the given row of the stream; null where the row is null."""
        values, number = self._stream[column], pl.col(row) if isinstance(row, str) else row
        if values.null_count() == values.len():
            # To polars all columns without any value are the same one, whatever their types.
            return pl.when(number.is_null()).then(pl.lit(None, values.dtype))
        return pl.lit(values).gather(number)

    def gap_from(self, row: pl.Expr | str) -> pl.Expr:
        """Code points from the end of the given row to the start of this one, less than none where they overlap; null where it is null."""
        return pl.col("start").cast(pl.Int64) - self.at("end", row).cast(pl.Int64)

    def gap_to(self, row: pl.Expr | str) -> pl.Expr:
        """Code points from the end of this row to the start of the given one; as `gap_from`."""
        return self.at("start", row).cast(pl.Int64) - pl.col("end").cast(pl.Int64)

    def lead_of(self, row: pl.Expr | str) -> pl.Expr:
        """Code points that the sentence of this row has before the given one; null where it is null."""
        return self.at("start", row).cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64)

    def unit_end(self, row: pl.Expr | str) -> pl.Expr:
        """Where the quantity in the given row ends with its unit."""
        return self.at("end", row) + self.at("unit_length", row)

    def last_row(self, condition: pl.Expr) -> pl.Expr:
        """Number of the nearest row before this one that fulfils a condition over the stream."""
        return self._nearest(condition, "backward")

    def next_row(self, condition: pl.Expr) -> pl.Expr:
        """Number of the nearest row after this one that fulfils a condition over the stream."""
        return self._nearest(condition, "forward")

    def select(self, *columns: IntoExpr | Iterable[IntoExpr], **named: IntoExpr) -> pl.DataFrame:
        """What the expressions give at each of the rows, in the order of the text."""
        return self._stream.lazy().filter(self._where).select(*columns, **named).collect(engine="in-memory")

    def once(self, *columns: pl.Expr) -> list[pl.Expr]:
        """The expressions worked out at these rows: what others ask again and again is looked up but once."""
        found = self.select(column.alias(str(number)) for number, column in enumerate(columns))
        return [pl.lit(column) for column in found]

    def spread(self, found: pl.DataFrame) -> pl.DataFrame:
        """The stream with the columns of `found` at these rows (one row each); elsewhere a column stays, or is null where it is new."""
        return self._stream.with_columns(self._spread(column) for column in found)

    def with_columns(self, *columns: IntoExpr | Iterable[IntoExpr], **named: IntoExpr) -> pl.DataFrame:
        """The stream with columns that hold what the expressions give at these rows; elsewhere as in `spread`."""
        return self.spread(self.select(*columns, **named))

    def with_first(self, choices: list[tuple[str, pl.Expr]], value: str, rule: str) -> pl.DataFrame:
        """The stream with the first of the choices that is not null, under the name `value`, and what it is called, as `rule`."""
        tried = self.select(**{f"choice {number}": choice for number, (_, choice) in enumerate(choices)})
        # Words cost many times as much as numbers: only the number of the choice goes through the rows.
        names = pl.lit(pl.Series([name for name, _ in choices], dtype=pl.String))
        taken = [pl.when(pl.col(column).is_not_null()).then(pl.lit(number, pl.UInt32)) for number, column in enumerate(tried.columns)]
        return self.spread(tried.select(pl.coalesce(tried.columns).alias(value), names.gather(pl.coalesce(taken)).alias(rule)))

    def _nearest(self, condition: pl.Expr, strategy: Literal["backward", "forward"]) -> pl.Expr:
        # A third of the cost of filling the numbers down the whole stream.
        fulfilling = self._stream.select(pl.col("row").filter(condition).alias("nearest")).set_sorted("nearest")
        here = self._row.to_frame().set_sorted("row")
        found = here.join_asof(fulfilling, left_on="row", right_on="nearest", strategy=strategy, allow_exact_matches=False, coalesce=False)
        return pl.lit(found["nearest"])

    def _spread(self, values: pl.Series) -> pl.Series:
        if values.dtype.is_nested():
            place = self._spread(pl.int_range(values.len(), dtype=pl.UInt32, eager=True).alias("place of a row"))
            return values.gather(place)
        if values.name in self._stream.columns:
            return self._stream[values.name].scatter(self._row, values)
        return pl.Series(values.name, [None], values.dtype).new_from_index(0, self._stream.height).scatter(self._row, values)


class Quantities(Rows):
    """The quantities of a stream, every eighth row or so; `run_start` goes with them too."""

    def __init__(self, stream: pl.DataFrame) -> None:
        """Look from the quantities of `stream`."""
        super().__init__(stream, QUANTITY)


class Figures(Quantities):
    """The quantities of a stream that an indicator was found for, every third of them or so."""

    def __init__(self, stream: pl.DataFrame) -> None:
        """Look from the quantities of `stream` that have an `indicator`."""
        Rows.__init__(self, stream, QUANTITY & pl.col("indicator").is_not_null())


def cue(*families: str) -> pl.Expr:
    """Whether a row is a cue of one of the families."""
    return (pl.col("kind") == "cue") & pl.col("family").is_in(list(families))


def run_start(goes_on: pl.Expr) -> pl.Expr:
    """Row of the quantity from which a run of quantities goes on; that of a quantity that does not go on is its own."""
    return pl.when(QUANTITY & ~goes_on.fill_null(value=False)).then(pl.col("row")).forward_fill()


def last_row(condition: pl.Expr) -> pl.Expr:
    """Number of the nearest row before this one that fulfils the condition."""
    return pl.when(condition).then(pl.col("row")).forward_fill().shift(1)


def next_row(condition: pl.Expr) -> pl.Expr:
    """Number of the nearest row after this one that fulfils the condition."""
    return pl.when(condition).then(pl.col("row")).backward_fill().shift(-1)


def at(column: str, row: pl.Expr | str) -> pl.Expr:
    """Value of a column in the given row of the stream; null where the row is null."""
    return pl.col(column).gather(pl.col(row) if isinstance(row, str) else row)


def gap_from(row: pl.Expr | str) -> pl.Expr:
    """Code points from the end of the given row to the start of this one, less than none where they overlap; null where it is null."""
    return pl.col("start").cast(pl.Int64) - at("end", row).cast(pl.Int64)


def in_same(scope: str, row: pl.Expr | str) -> pl.Expr:
    """The row number where that row is of the same sentence (`sentence_id`), line (`line_id`) or document, else null."""
    number = pl.col(row) if isinstance(row, str) else row
    return pl.when(number.is_between(pl.col(f"{scope}_first"), pl.col(f"{scope}_last"))).then(number)


def in_gap(row: pl.Expr) -> pl.Expr:
    """The row number where it lies between the last quantity of the sentence and this row, else null."""
    return pl.when(row >= pl.col("gap_first")).then(row)


def ahead(row: pl.Expr) -> pl.Expr:
    """The row number where it lies between this row and the next quantity of the sentence, else null."""
    return pl.when(row <= pl.col("gap_last")).then(row)
