"""Places: names of administrative units, and words such as `cả nước` and `toàn tỉnh`, where they stand."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.gazetteer import surfaces
from assets.mentions.spans import find_terms, fold, inside, longest_only, words_only
from assets.mentions.windows import before, printed
from assets.reference import table

# `đứng thứ 6 toàn quốc`, `36/63 tỉnh, thành cả nước`: a rank among all says nothing of the nation.
_RANK = r"(?i)(?:thứ|hạng|top)\s\S+\s(?:\p{L}+\s){0,2}$|[0-9]/[0-9]+\s(?:\S+\s){0,3}$"
# `lớn nhất vùng Đông Nam Bộ`: nor does one among those of a region.
_MOST = r"(?i)(?:nhất|nhì|hàng đầu)\s(?:(?:ở|tại|trong|của|toàn|vùng|khu vực|các tỉnh)\s){0,3}$"
# `tại số 2 Hà Nội, thành phố Huế`: a street.
_STREET = r"(?i)(?:^|[^\p{L}])(?:tại|ở)\ssố\s[0-9]+[a-z]?(?:[/-][0-9]+)*\s$"
# `xuất khẩu của Việt Nam`: what follows is told of it, see `form`.
OWNING = "owner"
# `Công ty cổ phần Dược phẩm Hà Tây` may be anywhere.
OF_FIRM, _FIRMS = "firm", ["company", "bank", "brand"]
# `, tại huyện Củ Chi`: where something is.
LYING, _LIES = "lies", r"(?i)(?:^|[^\p{L}])(?:ở|tại)\s$"
_OWNING = r"(?i)(?:^|[^\p{L}])(?:của|tại|ở)\s$"
# `tỉnh A đề nghị Bộ Tài chính bổ sung …`, `Thông tư 219/2013/TT-BTC của Bộ Tài chính`: such an authority tells of nothing.
_ASKED = r"(?i)(?:đề xuất|đề nghị|kiến nghị|trình|gửi|xin|với|cho|tới|đến|[,;]\sbáo cáo|(?:/[0-9]{4}|-btc|-\p{Lu}{2,})\scủa)\s$"
# A name whose last word has a capital or is a number.
_CAPITAL_LAST = r"(?:^|[\s.\-–])(?:\p{Lu}|[0-9])[^\s.\-–]*$"
# Code points before a name that are looked at for a surname or the first half of a longer name.
_BEFORE = 24


@cache
def _vocabulary() -> pl.DataFrame:
    """Term → what it names: match, code (name of the gazetteer), family, level."""
    return (
        surfaces()
        .select(match=words_only(fold(pl.col("surface"))), code="name", family="family", level="level")
        .unique("match", keep="first", maintain_order=True)
    )


def find_places(lines: pl.DataFrame, organisations: pl.DataFrame) -> pl.DataFrame:
    """Places named in the lines, each name once with all the units that it may mean left open.

    Args:
        lines: see `assets.mentions.lines.body_lines`.
        organisations: spans of organisations (`line`, `start`, `end`): a name at the end of one is part of it.

    Returns:
        line, start, end (bytes), match, code (name in `assets.gazetteer.units`), family (`unit`, `inside` an organisation,
        `nation`, `country` (Việt Nam by name), `home`, `abroad`, `world`, `region`), level, form (`owner`: the country
        behind `của` or `tại`; `lies`: a unit behind `ở` or `tại`; `firm`: one in the name of a firm).
    """
    terms = _vocabulary()["match"].unique().sort()
    found = find_terms(lines, terms).join(_vocabulary(), on="match", how="left", maintain_order="left")
    spans = longest_only(_without_named_homes(lines, found))
    spans = spans.with_columns(
        text=printed(lines, spans),
        lead=before(lines, spans, _BEFORE),
        match=pl.col("match").str.slice(1, pl.col("match").str.len_chars() - 2),
    )
    asked = (pl.col("family") == "authority") & pl.col("lead").str.contains(_ASKED)
    spans = spans.filter(~_of_another_country(), ~asked.fill_null(value=False))
    ranked = (pl.col("family") == "nation") & pl.col("lead").str.contains(_RANK)
    ranked |= (pl.col("family") == "region") & pl.col("lead").str.contains(_MOST)
    spans = spans.filter(pl.col("family") != "not_place", ~ranked.fill_null(value=False), ~pl.col("lead").str.contains(_STREET))
    named = spans.filter(pl.col("family").is_in(["nation", "home", "world", "elsewhere", "region", "authority"]) | _is_name())
    # `Công ty Minh Phúc ở Quảng Nam` is there.
    named = named.with_columns(lies=pl.col("lead").str.contains(_LIES))
    return named.with_columns(
        family=pl.when(pl.col("family").is_in(["unit", "country", "region"]) & inside(named, organisations))
        .then(pl.lit("inside"))
        .when(pl.col("family") == "elsewhere")
        .then(pl.lit("abroad"))
        .otherwise("family"),
        form=pl.when((pl.col("family") == "country") & pl.col("lead").str.contains(_OWNING))
        .then(pl.lit(OWNING))
        .when((pl.col("family") == "unit") & pl.col("lies"))
        .then(pl.lit(LYING))
        .when((pl.col("family") == "unit") & inside(named, organisations.filter(pl.col("family").is_in(_FIRMS))))
        .then(pl.lit(OF_FIRM)),
    ).drop("text", "lead", "lies")


def _without_named_homes(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Without the words for a unit of one's own that its name follows: `của huyện Yên Mỹ` tells of `huyện Yên Mỹ`."""
    # Where words begin in them a name may: looked up there, for a line may have as many names as a book.
    begins = (pl.col("start") + pl.col("match").str.find_many([" "])).alias("first")
    homes = found.filter(pl.col("family") == "home").select("line", "start", begins, home_end="end").explode("first")
    names = found.filter(pl.col("family") == "unit").select("line", first="start", end="end")
    pairs = homes.join(names, on=["line", "first"]).filter(
        pl.col("first").is_between("start", "home_end", closed="none"), pl.col("end") > pl.col("home_end")
    )
    spans = pairs.sort("line", "first", "end").select("line", "start", "home_end", "end", first="first")
    named = printed(lines, spans.with_columns(start="first")).str.contains(_CAPITAL_LAST)
    told = spans.filter(named).select("line", "start", end="home_end")
    return found.join(told, on=["line", "start", "end"], how="anti", maintain_order="left")


def _of_another_country() -> pl.Expr:
    """`Tổng cục Thống kê Trung Quốc`, `miền Nam nước Pháp`: whether an authority or region is named with a country behind it."""
    follows = (pl.col("line").shift(-1) == pl.col("line")) & (pl.col("start").shift(-1) == pl.col("end") + 1)
    country = pl.col("family").shift(-1).is_in(["abroad", "elsewhere"])
    return (pl.col("family").is_in(["authority", "region"]) & follows & country).fill_null(value=False)


def _is_name() -> pl.Expr:
    """Whether a unit's name is printed as a name, and not as the end of a person's or another longer name."""
    typed = pl.col("code").str.contains(_type_words())
    capital = pl.col("text").str.contains(_CAPITAL_LAST)
    starts = typed | pl.col("text").str.contains(r"^\p{Lu}")
    longer = pl.col("lead").str.contains(rf"(?:^|[^\p{{L}}])(?:{_surnames()})(?:\s\p{{Lu}}\p{{Ll}}+)?\s$") & ~typed
    return capital & starts & ~longer.fill_null(value=False)


@cache
def _type_words() -> str:
    words = table("places")["type_word"].drop_nulls().unique().sort()
    return f"^(?:{'|'.join(words)}) "


@cache
def _surnames() -> str:
    return "|".join(table("surnames")["surname"])
