"""Times in the stream: what each spans on the day of its article, and what part it plays."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import PARTS_OF_YEARS, last_of, resolve, trading_day_before
from assets.observations.stream import QUANTITY, Rows, cue, in_same

# `so với mức của năm 2022`: code points between the word of comparison and the time.
_VERSUS_REACH = 30
# `85% dự toán năm 2025`: code points between the plan and its year.
_PLAN_REACH = 8
# `so với 6 tháng đầu năm 2019`: code points between the word and the time.
_COMPARED_REACH = 12
# Forms of times that may lie ahead of an article, or before it.
_AHEAD = ["horizon", "until_year", "year_range", "since_year"]
# `gấp ba lần năm 2021`: code points between `lần` and the time compared with.
_TIMES_REACH = 3
# `12,4% (2015)`: code points between a figure and the bracket with its time.
_ASIDE_REACH = 2
# `(trong năm 2023)`: code points between a bracket and its time.
_PREPOSITION = 6
# Code points between `tương đương` and the time behind it.
_AT_ONCE = 1
_YEAR_IN_ADDRESS = "[-/]nam-(20[0-9]{2})(?:[^0-9]|$)"
# Years from one day to another that are too many for a figure to be counted over them.
_LONG = 3
# Days that are told by their distance from the day of the article.
_NEAR_DAYS = ["weekday", "today", "relative_week"]
# Words with which news tell of a day, and days that news stay news.
_DAY_OF_TRADE, _NEWS_DAYS = "^(?:(?:trong|vào|ngày) )*(?:phiên|giao dịch|thứ|sáng|trưa|chiều|tối|đêm|hôm (?:qua|thứ|[0-9]))", 13
# Times whose own words compare: `gấp đôi năm 2020`.
_COMPARES = "^(?:so |lần|gấp)"


def with_days(document: pl.DataFrame, mention: pl.DataFrame) -> pl.DataFrame:
    """Times, quantities and the marks between them, with the scopes of the stream and the day to count from (see `_guessed`)."""
    is_mark = cue("versus", "than", "plan", "equal", "raises", "respectively")
    kept = mention.filter((pl.col("kind").is_in(["quantity", "period", "clause"])) | is_mark)
    undated = document.filter(pl.col("published_on").is_null())
    guessed = _guessed(mention.filter(pl.col("document_key").is_in(undated["document_key"].implode())))
    # A page's address often repeats its title: `…-ke-hoach-trong-que-nam-2025.htm`.
    headed = pl.col("url").str.extract(_YEAR_IN_ADDRESS).cast(pl.Int32)
    days = (
        document.select("document_key", "published_on", headed_year=headed)
        .join(guessed, on="document_key", how="left")
        .select("document_key", "published_on", "headed_year", day=pl.coalesce("published_on", "day"))
    )
    return kept.join(days, on="document_key", how="left", maintain_order="left")


def _guessed(mention: pl.DataFrame) -> pl.DataFrame:
    """document_key and day of documents without a date: the end of the month, else of the year, that they name most often.

    Times shorter than a year tell more than years do; what is only compared with lies one year back, and what lies ahead tells
    nothing.
    """
    marks = mention.filter(pl.col("kind").is_in(["quantity", "period", "clause"]) | cue("versus"))
    compared = (pl.col("family") == "versus").shift(1) & (pl.col("start") - pl.col("end").shift(1) <= _COMPARED_REACH)
    # `tháng 12 tăng 8% so với tháng 11/2018`: the month before lies in the same year.
    compared &= (pl.col("m1").forward_fill().shift(1) != pl.col("m1") + 1).fill_null(value=True)
    compared |= (pl.col("form") == "same_period") | pl.col("text").str.to_lowercase().str.starts_with("so với")
    dated = marks.with_columns(told=pl.col("y1") + compared.fill_null(value=False).cast(pl.Int32)).filter(
        (pl.col("kind") == "period") & ~pl.col("form").is_in(_AHEAD)
    )
    # Halves of years are as often foretold.
    part = pl.col("form").is_in([*PARTS_OF_YEARS, "same_period"]) & (pl.col("form") != "half")
    votes = dated.filter(pl.col("told").is_not_null()).group_by("document_key", year="told").agg(parts=part.sum(), times=pl.len())
    votes = votes.sort("document_key", "parts", "times", "year", descending=[False, True, True, True])
    years = votes.unique("document_key", keep="first", maintain_order=True).select("document_key", "year")
    # A month without a year is one of that year.
    months = dated.filter(pl.col("form").is_in(["month", "date"]) & pl.col("m1").is_not_null()).join(years, on="document_key")
    month = (pl.coalesce("told", "year") * 12 + pl.col("m1") - 1).mode().max()
    named = years.join(months.group_by("document_key").agg(month=month), on="document_key", how="left")
    month_end = last_of(pl.col("month") // 12, pl.col("month") % 12 + 1)
    month_end = pl.when(month_end.dt.year() >= pl.col("year")).then(month_end)
    return named.select("document_key", day=pl.coalesce(month_end, last_of(pl.col("year"), pl.lit(12))))


def with_roles(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds the span of each time, `is_base` (compared with), `is_time` (described) and `is_shut` (so, but in brackets of their own)."""
    is_period = pl.col("kind") == "period"
    seen = Rows(with_brackets(stream), is_period)
    rows = seen.with_columns(
        versus_row=in_same("sentence_id", seen.last_row(pl.col("family") == "versus")),
        plan_row=in_same("sentence_id", seen.last_row(pl.col("family") == "plan")),
        clause_row=in_same("sentence_id", seen.last_row(pl.col("kind") == "clause")),
        equal_row=in_same("sentence_id", seen.last_row(pl.col("family") == "equal")),
        **_words(),
    )
    seen = Rows(rows, is_period)
    distance = seen.gap_from("versus_row")
    alone = pl.max_horizontal("plan_row", "clause_row", "last_quantity").cast(pl.Int64).fill_null(-1) < pl.col("versus_row")
    near = (distance <= _VERSUS_REACH) & alone
    before = pl.col("last_quantity")
    # `bằng 108% năm 2021`.
    equals = (seen.at("family", before) == "percent") & pl.col("equal_row").is_between(seen.at("gap_first", before), before)
    multiplied = (seen.at("family", before) == "times") | equals.fill_null(value=False)
    multiplied &= pl.col("start") - seen.at("end", before) - seen.at("unit_length", before) <= _TIMES_REACH
    # `đạt 7.800 ha, tương đương năm 2022`.
    alike = pl.col("start") - seen.at("end", "equal_row") <= _AT_ONCE
    # `tăng 15% theo quý, 41% theo năm`.
    by_span = pl.col("by_span")
    alike |= by_span & (pl.col("start") - seen.unit_end(before) <= _AT_ONCE)
    compared = near.fill_null(value=False) | multiplied.fill_null(value=False) | alike.fill_null(value=False) | pl.col("compares")
    base = compared | pl.col("same_words")
    # `cùng kỳ năm 2023 đạt 39%`: a time of before that is not compared with but told of.
    seen = Rows(seen.with_columns(is_base=base, is_told_base=base & ~compared), is_period)
    named = is_period & ~pl.col("is_base") & pl.col("y1").is_not_null() & ~pl.col("form").is_in(["year_range", "since_year"])
    year_row = in_same("sentence_id", seen.last_row(named))
    times = seen.select(pl.all(), near_year=seen.at("y1", year_row))
    seen = Rows(seen.spread(resolve(times).select("span_start", "span_end")), is_period)
    # The day of a meeting is no period; a date that ends something (`tính đến 31/3`) is.
    event = pl.col("form").is_in(["date", "weekday", "today"]) & ~pl.col("to")
    term = pl.col("is_term")
    planned = (seen.gap_from("plan_row") <= _PLAN_REACH) & ~pl.col("joins") & (pl.col("plan_row") > before.fill_null(0))
    planned = planned.fill_null(value=False)
    planned |= pl.col("aims").fill_null(value=False)
    # `12,4% (2015)`, `120 tấn (năm 2018)`: what stands in brackets right behind a figure.
    told = seen.unit_end(before)
    bracketed = pl.col("is_opened") | ((seen.at("code", "clause_row") == "(") & (seen.at("end", "clause_row") == pl.col("start")))
    shut = seen.next_row((pl.col("kind") == "clause") & (pl.col("code") == ")"))
    bracketed &= seen.at("start", shut) == pl.col("end")
    aside = bracketed & (pl.col("start").cast(pl.Int64) - told.cast(pl.Int64) <= _ASIDE_REACH)
    # `chốt phiên thứ Sáu (9/2)`, `sáng 10/2`: a day of trade, of which an article tells at once.
    of_news = pl.col("of_day") & (pl.col("published_on") - pl.col("span_start")).dt.total_days().is_between(0, _NEWS_DAYS)
    # `kỷ niệm 50 năm (10/3/1975 - 10/3/2025)`: nothing is counted from day to day over many years.
    long = (pl.col("form") == "date_range") & ~pl.col("since") & (pl.col("span_end").dt.year() - pl.col("span_start").dt.year() >= _LONG)
    # `thứ Sáu` of an article without a date may be any.
    known = ~pl.col("form").is_in(_NEAR_DAYS) | (pl.col("span_end") <= pl.col("published_on")).fill_null(value=False)
    described = ~pl.col("is_base") & pl.col("span_end").is_not_null() & known & ~long.fill_null(value=False) & ~by_span
    roles = seen.with_columns(
        is_aside=aside.fill_null(value=False),
        is_plan_year=planned,
        is_lasting=~(pl.col("form").is_in(["now", "horizon", "year_start"]) | event | term | planned | pl.col("apart")),
        is_time=described & ~event & ~pl.col("is_enclosed") & ~pl.col("is_remark"),
        is_shut=described & ~event & pl.col("is_enclosed"),
        is_remark=described & ~event & pl.col("is_remark"),
        is_event=described & event,
        is_session=described & event & of_news.fill_null(value=False),
    )
    return _with_sessions(roles).drop(_words())


def _with_sessions(roles: pl.DataFrame) -> pl.DataFrame:
    """Adds to days of trade whether what follows is told of them: `opens_session`.

    `Chốt phiên thứ Năm (9/5), giá vàng …` of the next morning opens one; `sau khi giảm 2% trong phiên thứ Tư`, told behind a figure
    or of an earlier day, does not.
    """
    seen = Rows(roles, pl.col("is_session"))
    day, told_on = pl.col("published_on"), pl.col("span_start")
    at_once = (told_on == day) | (told_on == trading_day_before(day))
    return seen.spread(seen.select(opens_session=pl.col("last_quantity").is_null() & at_once))


def _words() -> dict[str, pl.Expr]:
    """What the own words of a time tell; they are read once."""
    said = pl.col("text").str.to_lowercase()
    return {
        "apart": said.str.contains("^(?:tính )?riêng "),
        "since": said.str.starts_with("từ"),
        "by_span": said.str.starts_with("theo "),
        "of_day": said.str.contains(_DAY_OF_TRADE),
        "is_opened": said.str.starts_with("("),
        "compares": said.str.contains(_COMPARES),
        "same_words": said.str.contains("^cùng k[ỳì]"),
        "is_term": said.str.contains("^(?:nhiệm kỳ|thời kỳ)"),
        "aims": said.str.contains("^(?:kế hoạch|mục tiêu)"),
    }


def with_brackets(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds to times and quantities `bracket`, where the bracket around them opens, is_enclosed (so with a quantity) and is_remark.

    `tăng 13% (năm 2023 thu 450 tỷ đồng), trong đó …`: the times of such a bracket end with it, and so do those of a remark,
    `ngoài vốn của dự án (kéo dài đến năm 2026)`.
    """
    is_clause = pl.col("kind") == "clause"
    takes_mark = (pl.col("kind") == "period") & pl.col("text").str.starts_with("(")
    opens, shuts = (is_clause & (pl.col("code") == "(")) | takes_mark, is_clause & (pl.col("code") == ")")
    seen = Rows(stream, (pl.col("kind") == "period") | QUANTITY)
    opened = pl.when(takes_mark).then("row").otherwise(in_same("line_id", seen.last_row(opens)))
    shut = in_same("line_id", seen.next_row(shuts))
    inside = (shut.is_not_null() & (opened > seen.last_row(shuts).fill_null(0))).fill_null(value=False)
    told = (pl.col("last_quantity") > opened).fill_null(value=False) | (pl.col("next_quantity") < shut).fill_null(value=False)
    apart = ((pl.col("kind") == "period") & ~takes_mark & (seen.gap_from(opened) > _PREPOSITION)).fill_null(value=False)
    return seen.with_columns(
        bracket=pl.when(inside).then(seen.at("start", opened)), is_enclosed=inside & told, is_remark=inside & ~told & apart
    )
