"""Names that stand beside what a sentence tells: in brackets without a figure, and in the reason that it ends with."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Rows, cue, in_gap, in_same


def in_brackets(seen: Rows) -> tuple[pl.Expr, pl.Expr]:
    """Row of the bracket that shuts behind a name inside brackets, and whether the name is a remark.

    `xuất nhập khẩu (chủ yếu là sản xuất xuất khẩu) đạt 31 tỷ USD`: a name among others in brackets without a figure names none.
    """
    bracket = (pl.col("kind") == "clause") & pl.col("code").is_in(["(", ")"])
    opened, shut = in_same("sentence_id", seen.last_row(bracket)), in_same("sentence_id", seen.next_row(bracket))
    inside = ((seen.at("code", opened) == "(") & (seen.at("code", shut) == ")")).fill_null(value=False)
    figure = (pl.col("last_quantity") > opened).fill_null(value=False) | (pl.col("next_quantity") < shut).fill_null(value=False)
    # `tổng sản phẩm trên địa bàn (GRDP)` says the name once more.
    alone = ((seen.at("end", opened) == pl.col("start")) & (seen.at("start", shut) == pl.col("end"))).fill_null(value=False)
    return pl.when(inside & figure).then(shut), inside & ~figure & ~alone


def of_cause(seen: Rows) -> pl.Expr:
    """`khai khoáng tăng 18%, do sản lượng than tăng; dệt may tăng 4%`: whether a name stands in a reason behind the figure.

    `doanh thu tăng do nhu cầu cao, đạt 50 tỷ đồng`: nor does a word outside the catalogue in a reason before it say anything of it.
    """
    cause, end = in_gap(seen.last_row(cue("cause"))), in_same("sentence_id", seen.next_row(_parts()))
    parted = in_gap(seen.last_row(_parts())) > cause
    last = pl.col("next_quantity").is_null() | (end < pl.col("next_quantity")).fill_null(value=False)
    behind = pl.col("last_quantity").is_not_null() & last & ~parted.fill_null(value=False)
    comma = (pl.col("kind") == "clause") & (pl.col("code") == ",")
    before = (seen.next_row(comma) < pl.col("next_quantity")) & ~(seen.last_row(comma) > cause).fill_null(value=False)
    before &= (pl.col("kind") == "block") & (seen.at("family", "next_quantity") != "percent")
    return (cause.is_not_null() & (behind | before.fill_null(value=False))).fill_null(value=False)


def _parts() -> pl.Expr:
    return (pl.col("kind") == "clause") & (pl.col("code") == ";")
