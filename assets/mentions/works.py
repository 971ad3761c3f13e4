"""What is built is named by what it is, with small letters up to the proper name: `dự án cải tạo kênh Hy Vọng`."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.mentions.windows import behind
from assets.reference import table

_KINDS = ["project", "plant"]
# Code points behind the head that the name is looked for in.
_REACH = 110
# What is done to it, and works that are no product.
_DONE = "cải tạo nâng cấp mở rộng mới đoạn tuyến rạch trường kiên cố hạ tầng cấp nước thoát lũ ngập kè đê"


@cache
def _describing() -> pl.Series:
    """Syllables that tell what is built: of products and branches, and of what names are made of."""
    products = table("industries").filter(pl.col("kind") != "partner")["term"].str.to_lowercase().str.split(" ").explode()
    words = pl.concat([products, table("organisation_fillers")["word"], pl.Series(_DONE.split(" "))]).unique()
    return words.filter(~words.is_in(table("function_words")["word"].implode())).implode()


def with_described(lines: pl.DataFrame, named: pl.DataFrame, name: str, many: str) -> pl.DataFrame:
    """Names with those of projects and plants whose head stands before a description, up to the proper name behind it.

    Args:
        lines: see `assets.mentions.lines.body_lines`.
        named: line, start, end (bytes), match, head, family, lead, in the order of the text.
        name: pattern of a proper name.
        many: pattern of what stands before many of a kind.
    """
    alone = (pl.col("match").str.to_lowercase() == pl.col("head")) & pl.col("family").is_in(_KINDS) & ~pl.col("lead").str.contains(many)
    # Few are: the text behind others is not looked at.
    asked = named.select("line", "start", "end", at=pl.int_range(pl.len(), dtype=pl.UInt32)).filter(named.select(alone).to_series())
    told = asked.select("at", told=_described(behind(lines, asked, _REACH), name))
    length = pl.col("told").str.len_bytes().cast(pl.UInt32)
    # A name of its own in the description stays one: `dự án mở rộng Quốc lộ 1`.
    free = (pl.col("line").shift(-1) != pl.col("line")) | (pl.col("start").shift(-1) >= pl.col("end") + length)
    found = named.with_row_index("at").join(told, on="at", how="left", maintain_order="left").drop("at")
    found = found.with_columns(told=pl.when(free.fill_null(value=True)).then("told").fill_null(""))
    return found.with_columns(
        match=pl.concat_str("match", "told"), behind_head=pl.concat_str("behind_head", "told"), end=pl.col("end") + length
    ).drop("told")


def _described(tail: pl.Series, name: str) -> pl.Series:
    """The description up to the proper name with which each text begins, or null."""
    behind_head = tail.str.extract(rf"^((?:,?\s\p{{Ll}}+){{1,10}}\s{name})")
    # `hệ thống xử lý nước thải Yên Xá Thành phố Hà Nội`, `dự án nhóm A`.
    told = behind_head.str.replace(r"\s(?:Thành|Tỉnh|Quận|Huyện)$", "")
    words = told.str.extract_all(r"(?:^|\s)\p{Ll}+").list.eval(pl.element().str.strip_chars())
    fits = words.list.eval(pl.element().is_in(_describing())).list.all() & told.str.contains(r"\p{L}{2}$|[0-9]$")
    return pl.select(pl.when(fits).then(told)).to_series()
