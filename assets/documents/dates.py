"""The day of publication: from the metadata, else from the dateline, else from the address."""

from __future__ import annotations

import polars as pl

_NUMBERED = r"(?<d>0?[1-9]|[12][0-9]|3[01])\s?[/.-]\s?(?<m>0?[1-9]|1[0-2])\s?[/.-]\s?(?<y>(?:19|20)[0-9]{2})"
_SPELLED = r"(?i:ngày)\s(?<d>[0-9]{1,2})\s(?i:tháng)\s(?<m>[0-9]{1,2})\s?,?\s(?i:năm)\s(?<y>(?:19|20)[0-9]{2})"
# `/2021/03/05/` and the time stamps at the end of names of articles: `…-20210401012229541.htm`.
_IN_ADDRESS = [
    r"/(?<y>(?:19|20)[0-9]{2})/(?<m>0[1-9]|1[0-2])/(?<d>0[1-9]|[12][0-9]|3[01])/",
    r"[-/](?<y>20[0-9]{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12][0-9]|3[01])[0-9]{6,9}\.",
]
# Lines behind the title among which the dateline stands.
_NEAR_TITLE = 6


def with_published_on(document: pl.DataFrame, line: pl.DataFrame) -> pl.DataFrame:
    """`document` with `published_on` (Date) and `published_on_from` (`metadata`, `dateline`, `url` or null).

    Args:
        document: `document_key`, `date` (as the metadata gives it), `url`.
        line: `document_key`, `block`, `line`, `role`; the head of a page is no dateline, nor is its foot.
    """
    metadata = pl.col("date").str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})").str.to_date("%Y-%m-%d", strict=False)
    found = document.join(_datelines(line), on="document_key", how="left", maintain_order="left").with_columns(
        metadata=metadata, url_day=pl.coalesce([_day(pl.col("url"), pattern) for pattern in _IN_ADDRESS])
    )
    ways = {"metadata": "metadata", "dateline": "line_day", "url": "url_day"}
    return found.with_columns(
        published_on=pl.coalesce(*ways.values()),
        published_on_from=pl.coalesce([pl.when(pl.col(column).is_not_null()).then(pl.lit(way)) for way, column in ways.items()]),
    ).drop("metadata", "line_day", "url_day")


def _datelines(line: pl.DataFrame) -> pl.DataFrame:
    """document_key → line_day: the day of the first dateline near the title."""
    title = pl.col("block").filter(pl.col("role") == "title").first().over("document_key").fill_null(0)
    near = pl.col("block").is_between(title, title + _NEAR_TITLE)
    day = pl.coalesce(_day(pl.col("line"), _NUMBERED), _day(pl.col("line"), _SPELLED))
    return (
        line.filter((pl.col("role") == "dateline") & near)
        .select("document_key", line_day=day)
        .drop_nulls()
        .unique("document_key", keep="first", maintain_order=True)
    )


def _day(text: pl.Expr, pattern: str) -> pl.Expr:
    """The day that a pattern with the groups y, m and d finds, or null; `31/4` is none."""
    groups = text.str.extract_groups(pattern)
    written = pl.concat_str([groups.struct.field(part).str.zfill(2) for part in ("y", "m", "d")], separator="-")
    return written.str.to_date("%Y-%m-%d", strict=False)
