"""The stream of marks: all mentions in the order of the text, and where the last or next mark of a kind stands.

Every look-up works on row numbers: `last_row` fills the number of the last row that fulfils a condition down the
frame, `at` fetches a column from such rows. Whether that row still belongs to the same sentence or gap is then one
comparison, which spares a window function over hundreds of thousands of groups.
"""

from __future__ import annotations

import polars as pl

QUANTITY = pl.col("kind") == "quantity"


def ordered(mention: pl.DataFrame) -> pl.DataFrame:
    """Mentions with `row`, `sentence_id` and `line_id` (numbers unique over the batch) and the quantities around.

    `last_quantity` / `next_quantity` are the rows of the nearest quantities in the same sentence, else null.
    """
    return (
        mention.with_row_index("row")
        .with_columns(
            sentence_id=pl.struct("document_key", "sentence").rle_id(),
            line_id=pl.struct("document_key", "block").rle_id(),
        )
        .with_columns(last_quantity=last_row(QUANTITY), next_quantity=next_row(QUANTITY))
        .with_columns(
            last_quantity=in_same("sentence_id", "last_quantity"),
            next_quantity=in_same("sentence_id", "next_quantity"),
        )
    )


def last_row(condition: pl.Expr) -> pl.Expr:
    """Number of the nearest row before this one that fulfils the condition."""
    return pl.when(condition).then(pl.col("row")).forward_fill().shift(1)


def next_row(condition: pl.Expr) -> pl.Expr:
    """Number of the nearest row after this one that fulfils the condition."""
    return pl.when(condition).then(pl.col("row")).backward_fill().shift(-1)


def at(column: str, row: pl.Expr | str) -> pl.Expr:
    """Value of a column in the given row of the stream; null where the row is null."""
    return pl.col(column).gather(pl.col(row) if isinstance(row, str) else row)


def in_same(scope: str, row: pl.Expr | str) -> pl.Expr:
    """The row number where that row is of the same sentence (`sentence_id`) or line (`line_id`), else null."""
    number = pl.col(row) if isinstance(row, str) else row
    return pl.when(at(scope, number) == pl.col(scope)).then(number)


def in_gap(row: pl.Expr) -> pl.Expr:
    """The row number where it lies between the last quantity of the sentence and this row, else null."""
    number = in_same("sentence_id", row)
    return pl.when(number > pl.col("last_quantity").cast(pl.Int64).fill_null(-1)).then(number)


def ahead(row: pl.Expr) -> pl.Expr:
    """The row number where it lies between this row and the next quantity of the sentence, else null."""
    number = in_same("sentence_id", row)
    return pl.when(pl.col("next_quantity").is_null() | (number < pl.col("next_quantity"))).then(number)
