"""The day of publication: from the metadata, else the dateline, else the address, else the day on which the copy was saved."""

from __future__ import annotations

import re

import polars as pl

NUMBERED = r"(?:^|[^0-9./-])(?<d>0?[1-9]|[12][0-9]|3[01])\s?[/.-]\s?(?<m>0?[1-9]|1[0-2])\s?[/.-]\s?(?<y>(?:19|20)[0-9]{2})(?:[^0-9]|$)"
SPELLED = r"(?i:ngày)\s(?<d>[0-9]{1,2})\s(?i:tháng)\s(?<m>[0-9]{1,2})\s?,?\s(?i:năm)\s(?<y>(?:19|20)[0-9]{2})"
CLOCKED = r"(?:^|[^0-9./-])(?<d>[0-9]{2})/(?<m>[0-9]{2})/(?<y>[0-9]{2})\s[0-9]{1,2}:[0-9]{2}"
"""A year of two digits, told by the clock behind it."""
DAYS = (NUMBERED, SPELLED, CLOCKED)
ANY_DAY = re.sub(r"\?<[dmy]>", "?:", "|".join(DAYS))
_YEAR_FIRST = r"(?:^|[^0-9])(?<y>(?:19|20)[0-9]{2})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})(?:[^0-9]|$)"
_RUN_TOGETHER = r"^(?<y>(?:19|20)[0-9]{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12][0-9]|3[01])(?:[^0-9]|$)"
# A moment in Greenwich, as programs write it: in the evening Vietnam has the next day.
_GREENWICH = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}):[0-9:.]+(?:Z|[+-]00:?00)$"
_AHEAD = "7h"
# `/2021/03/05/` and the time stamps at the end of names of articles: `…-20210401012229541.htm`.
_IN_ADDRESS = [
    r"/(?<y>(?:19|20)[0-9]{2})/(?<m>0[1-9]|1[0-2])/(?<d>0[1-9]|[12][0-9]|3[01])/",
    r"[-/](?<y>20[0-9]{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12][0-9]|3[01])[0-9]{6,9}\.",
]
# Lines behind the title among which the dateline stands.
NEAR_TITLE = 6


def with_published_on(document: pl.DataFrame, line: pl.DataFrame) -> pl.DataFrame:
    """`document` with `published_on` (Date) and `published_on_from` (`metadata`, `dateline`, `url`, `saved` or null).

    Args:
        document: `document_key`, `date` (as the metadata gives it), `url`, `saved` (as the file or the archive gives it).
        line: `document_key`, `block`, `line`, `role`; the first line of the role `dateline` that tells a day counts.
    """
    found = document.join(_datelines(line), on="document_key", how="left", maintain_order="left").with_columns(
        metadata=_told(pl.col("date")),
        saved_day=_told(pl.col("saved")),
        url_day=pl.coalesce([_day(pl.col("url"), pattern) for pattern in _IN_ADDRESS]),
    )
    ways = {"metadata": "metadata", "dateline": "line_day", "url": "url_day", "saved": "saved_day"}
    return found.with_columns(
        published_on=pl.coalesce(*ways.values()),
        published_on_from=pl.coalesce([pl.when(pl.col(column).is_not_null()).then(pl.lit(way)) for way, column in ways.items()]),
    ).drop("metadata", "line_day", "url_day", "saved_day")


def _told(date: pl.Expr) -> pl.Expr:
    """The day in Vietnam that a date of the metadata tells: year first, day first or spelled."""
    hour = date.str.extract(_GREENWICH).str.replace("T", " ", literal=True)
    moment = (hour + ":00").str.to_datetime("%Y-%m-%d %H:%M", strict=False)
    return pl.coalesce(moment.dt.offset_by(_AHEAD).dt.date(), *(_day(date, pattern) for pattern in (_YEAR_FIRST, _RUN_TOGETHER, *DAYS)))


def _datelines(line: pl.DataFrame) -> pl.DataFrame:
    """document_key → line_day: the day of the first dateline."""
    day = pl.coalesce(_day(pl.col("line"), pattern) for pattern in DAYS)
    return (
        line.filter(pl.col("role") == "dateline")
        .select("document_key", line_day=day)
        .drop_nulls()
        .unique("document_key", keep="first", maintain_order=True)
    )


def _day(text: pl.Expr, pattern: str) -> pl.Expr:
    """The day that a pattern with the groups y, m and d finds, or null; `31/4` is none."""
    groups = text.str.extract_groups(pattern)
    year, month, day = (groups.struct.field(part).str.zfill(2) for part in ("y", "m", "d"))
    written = pl.concat_str([pl.when(year.str.len_bytes() == 2).then("20" + year).otherwise(year), month, day], separator="-")
    return written.str.to_date("%Y-%m-%d", strict=False)
