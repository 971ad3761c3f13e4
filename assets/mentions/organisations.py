"""Organisations and named sites: a word of `seeds/organisation_words.csv` with the proper name behind it, or alone; and brands."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.brands import SYLLABLE, find_brands
from assets.mentions.reports import is_source
from assets.mentions.spans import find_names
from assets.mentions.windows import before, behind
from assets.mentions.works import with_described
from assets.reference import table

# A full stop inside a name is that of `TP.HCM` or `Co.`: `dự án FDI. Cụ thể` is no name.
# `Công ty A triển khai Dự án B`: no name goes on with what another one begins with.
_CAPITAL = r"(?:Đá\squý|D(?:ự\p{L}|[[\p{L}\p{N}&\-.]&&[^ự]])|[\p{Lu}&&[^D]])"
_NAME_WORD = rf"(?:{_CAPITAL}(?:[\p{{L}}\p{{N}}&\-]|\.[\p{{L}}\p{{N}}])*|(?:TP|Tp|Co|St|P|Q|TX|TT)\.|[IVX]+(?:[^\p{{L}}]|$))"
_NUMBER = r"[0-9]{1,3}\p{Lu}?(?:[^\p{L}\p{N},.%/\s]|$|\s(?:[^\p{L}\p{N}]|\p{Ll}{2,}))"
# What a name with a number at its end takes along, for the end of the number has to be seen.
_TAIL = r"([0-9]\p{Lu}?)\s\p{Ll}{2,}$"
_LINK = r"(?:\s|\s?[-–]\s?|\s(?:&|and|of)\s)"
# `Công ty Cổ phần Đầu tư và Thương mại TNG`: what firms do besides.
_TRADES = "tư|mại|triển|dựng|vụ|xuất|doanh|khẩu|lịch|nghệ|vận|cứu|biến|thông|thác|tải|sản|thao|trường|giáo|hội"
_AND_TRADE = rf"(?:,|\s(?:và|&))\s(?:[ĐđPpTtXxDdSsKkVvNnCcBb]\p{{Ll}}{{1,5}}\s)?(?i:{_TRADES})"
# `Công ty Cổ phần Công nghệ`: the second half of a word whose first one has the capital of the name.
_SECONDS = {
    "Công|Thành|Quốc|Dịch|Thương|Xây|Bất|Bảo|Thủy|Thực|Khoáng|Hàng|Nông|Giáo|Tài|Kinh|Điện": (
        "nghệ|nghiệp|thương|trình|phố|tế|vụ|mại|dựng|động sản|hiểm|sản|phẩm|không|hải|dục|chính|lực"
    ),
    "Đầu|Vật": "tư", "Vận": "tải", "Sản": "xuất", "Đá": "quý", "Xã": "hội", "Du": "lịch", "Viễn": "thông", "Hạ": "tầng",
    "Môi": "trường", "Năng": "lượng", "Hành": "chính", "Chứng": "khoán", "Cao": "su", "Lương": "thực", "Vật": "liệu",
    "Kỹ": "thuật", "Giao": "thông|nhận|dịch",
}  # fmt: skip
_HALVES = "|".join(rf"(?:{first})\s(?:{second})" for first, second in _SECONDS.items())
# `Công ty A thành lập Công ty B`, `KCN A, xã Hội An`: what a firm does, where a park lies.
_DOES = (
    r"(?:,\s(?:xã|phường|thị|huyện|quận)|(?:\s(?:đã|sẽ|đang|vừa))?\s(?:triển khai|thành lập|khởi công|nghỉ việc|khánh thành))"
    r"(?:\s.*)?$"
)
# `Tập đoàn SITC thành lập`: no word in small letters goes on with a foreign one.
_FOREIGN_TAIL = r"[\s\-]([A-Z][A-Za-z0-9&]+)(?:\s\p{Ll}+)+$"
# `dự án 4 khối nhà`: a number that counts what follows.
_COUNTS = r"(?i)^(dự án|công trình|tổ hợp)\s[0-9]{1,3}(?:\s\p{Ll}{2,})?$"
# `các KCN Thành phố` are those of the city.
_OF_UNIT = r"^\s(?:Thành phố|Tỉnh|TP)$"
# What opens the brackets with the short form of a name.
_SHORT_FORM = r"\s\((?:\p{Lu}{2}|mã|Mã)"
# `các dự án`, `hai nhà máy`: many of a kind are not the one that was named before.
_MANY = r"(?i)(?:^|[^\p{L}])(?:các|những|nhiều|mỗi|từng|mọi|khối|nhóm|số|lượt|một số|vài|hai|ba|bốn|năm|hàng|trăm|nghìn|triệu|[0-9.,]+)\s$"
_ALL = r"(?i)(?:^|[^\p{L}])các\s$"
# `chỉ tiêu của Bộ Tài chính giao`: an agency that only belongs to what is told.
_OF = r"(?i)(?:^|[^\p{L}])(?:của|theo|do|từ|với|tại|bởi|cho|trưởng|lãnh đạo|đại diện)\s$"
_LOCATION = r"(?i)(?:^|[^\p{L}])(?:tại|trong|ở|vào|thuộc(?: một phần)?|đến|từ|qua)\s$"
# `nối với cao tốc A`, `phía Tây quốc lộ 1A`, `liền kề KCN A`: a road or site that something else lies at.
_AT = (
    r"(?i)(?:^|[^\p{L}])(?:(?:kết )?nối(?: từ| với| vào| đến| tới)?|(?:liền )?kề(?: với)?|(?:tiếp )?giáp(?: với)?|"
    r"giao(?: cắt)?(?: với)?|dọc(?: theo)?|ven|cạnh|song song(?: với)?|gần|cách|phía \p{L}+)"
    r"(?: (?:nút giao|tuyến|đường|trục|các tuyến))?\s$"
)
_BUILDINGS = ["Nhà máy", "Khu", "Trung tâm", "Tổ hợp", "Cụm", "Cảng", "Trang trại", "Hồ chứa"]
_BUILT = ["project", "plant", "site", "road"]
# `dự án có tổng vốn …`, `nhà máy này`: what goes on so speaks of one; `dự án mới`, `dự án đăng ký` of a kind.
_GOES_ON = (
    r"^(?:\s?[,.;:(]|\s(?:này|đó|trên|nói trên|có|đã|được|sẽ|do|với|tại|nằm|gồm|bao gồm|dự kiến|là|còn|cũng|đang|hoàn thành|khi|vừa|"
    r"đi vào|sử dụng|cho|giúp|góp phần)(?:[^\p{L}]|$))"
)
# `do Công ty A làm chủ đầu tư`, `của Công ty A`: whose what was named before is.
_OWNED = r"(?i)(?:^|[^\p{L}])(?:của|do|chủ đầu tư(?: dự án)? là)\s$"
_LEAD = 60
# Code points behind a name that show whether it is cut in a word.
_NEXT_WORDS = 12
_SPANS = ["tháng", "năm", "quý", "ngày", "tuần"]
_COLUMNS = ["line", "start", "end", "match", "family", "code", "form"]


@cache
def _heads() -> list[str]:
    words = table("organisation_words")["word"].to_list()
    heads = {w for word in words for w in (word, word[:1].upper() + word[1:], word.title() if word.islower() else word)}
    return sorted(heads, key=lambda head: (-len(head), head))


@cache
def _head() -> str:
    return "|".join(re.escape(head) for head in _heads())


@cache
def _countries() -> pl.Series:
    partners = table("industries").filter(pl.col("kind") == "partner")["term"]
    return pl.concat([partners, pl.Series(["Việt Nam", "Việt"])]).implode()


@cache
def _counted() -> str:
    """A number at the end of a name that counts what follows: `cảng biển 8 tháng đạt …` is no port of that name."""
    words = {*table("units")["surface"], *table("indicator_aliases").filter(pl.col("role") == "counted")["alias"], *_SPANS}
    first = {word.split()[0] for word in words}
    return rf"(?i)\s[0-9]{{1,3}}\s(?:{'|'.join(re.escape(word) for word in sorted(first, key=len, reverse=True))})$"


@cache
def _pattern() -> str:
    fillers = "|".join(sorted(table("organisation_fillers")["word"], key=len, reverse=True))
    filler = f"(?:\\s(?:{fillers})|{_AND_TRADE})"
    # `Ngân hàng Quân đội`, `Khu đô thị Nam Cường`, `Công ty TNHH Phát triển hạ tầng Bắc Giang`, `dự án thành phần 2`.
    word = rf"[“\"']?{_NAME_WORD}"
    long = rf"{word}(?:{filler}{{0,6}}{_LINK}{word})+"
    # `dự án Nhà máy sản xuất viên nén năng lượng`: what is built is named by its product.
    built = rf"(?:{'|'.join(_BUILDINGS)}){filler}{{1,10}}"
    name = rf"(?:{long}|{built}|{word}{filler}{{1,3}}|{word})(?:\s{_NUMBER})?"
    # `Công ty Cổ phần Đầu tư Thế giới Di động (MWG)`: a name goes on to the brackets with its short form.
    to_brackets = rf"{name}(?:\s\p{{Ll}}+){{1,3}}{_SHORT_FORM}"
    # `dự án “Giải quyết ngập do triều cường”`.
    quoted = r"\s[“\"]\p{Lu}[^“”\"]{2,110}[”\"]"
    return rf"(?:{_head()})(?:{quoted}|{filler}{{0,8}}\s(?:{to_brackets}|{name})|\s(?:thành phần\s)?{_NUMBER})?"


def find_organisations(lines: pl.DataFrame) -> pl.DataFrame:
    """Companies, banks, plants, parks, projects, roads, brands.

    Returns:
        line, start, end (bytes), match, family (kind of `seeds/organisation_words.csv`, or `brand`), code, form (`owner` of
        what is named before, or null), in the order of the text. `code` is `name`; `all` for `các khu công nghiệp` as a whole;
        `it` where the word stands alone and means the one named before; `agency` for a ministry or a society; `source` for a
        name that only says who reports (`theo Công ty …`); `where` for a site that something lies in.
    """
    named = _with_codes(_with_words(lines)).with_columns(
        form=pl.when(pl.col("lead").str.contains(_OWNED) & pl.col("family").is_in(["company", "bank"])).then(pl.lit("owner"))
    )
    # `dự án FDI` is a kind of project, not one of that name.
    # `Công ty mẹ` is one of a kind too, and `Tổng cục Hải quan` is all of them.
    of_kind = pl.col("match").str.contains(r"(?i)^công ty (?:mẹ|con)(?:\s|$)") | pl.col("lead").str.contains(r"(?i)tổng\s$")
    # `công ty Mỹ`, `cảng biển Việt Nam` are all those of a country.
    of_country = pl.col("behind_head").str.strip_chars().is_in(_countries()) & (pl.col("family") != "agency")
    of_country |= pl.col("behind_head").str.contains(_OF_UNIT)
    proper = pl.col("behind_head").str.extract_all(r"\p{Lu}[\p{L}\p{N}]*")
    common = of_country | (proper.list.len() == 1) & proper.list.first().is_in(table("not_brands")["word"].implode())
    vague = pl.col("lead").str.contains(_MANY) | (pl.col("family").is_in(_BUILT) & ~pl.col("tail").str.contains(_GOES_ON))
    many = (pl.col("code") == "it") & (vague | (pl.col("family") == "agency"))
    # `Chi cục Thống kê` clears no goods.
    other_office = (pl.col("family") == "customs") & (pl.col("code") != "it") & ~pl.col("match").str.contains("(?i)hải quan")
    kept = named.filter(~common.fill_null(value=False) & ~many & ~of_kind & ~other_office).select(*_COLUMNS)
    return pl.concat([kept, find_brands(lines, kept).select(*_COLUMNS)]).sort("line", "start")


def _with_words(lines: pl.DataFrame) -> pl.DataFrame:
    """Names with their head: line, start, end, match, head (lower case), behind_head, family, lead and tail (the text around)."""
    found = find_names(lines, pl.Series(_heads()), _pattern()).filter(~pl.col("before").str.contains(r"[\p{L}\p{N}]"))
    found = found.with_columns(
        match=pl.col("match")
        .str.replace(f"{_SHORT_FORM}$", "")
        .str.replace(_counted(), "")
        .str.replace(_TAIL, "$1")
        .str.replace(r"[^\p{L}\p{N}”\"]+$", "")
    )
    found = _mended(lines, found)
    found = found.with_columns(
        end=_end(),
        head=pl.col("match").str.extract(f"^({_head()})").str.to_lowercase(),
        behind_head=pl.col("match").str.replace(f"^(?:{_head()})", ""),
        lead=before(lines, found, _LEAD),
    )
    kinds = (
        table("organisation_words")
        .select(head=pl.col("word").str.to_lowercase(), family="kind")
        .unique("head", keep="first", maintain_order=True)
    )
    told = found.join(kinds, on="head", how="left", maintain_order="left")
    name = rf"{_NAME_WORD}(?:{_LINK}{_NAME_WORD})*(?:\s[0-9]{{1,2}})?"
    described = with_described(lines, told, name, _MANY)
    return described.with_columns(tail=behind(lines, described, _LEAD))


def _mended(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Names with the second half of their last word, and without what a firm does."""
    tail = behind(lines, found.with_columns(end=_end()), _NEXT_WORDS)
    cut = pl.concat_str(pl.col("match").str.extract(r"(\p{L}+)$"), tail)
    half = cut.str.extract(rf"^({_HALVES})(?:[^\p{{L}}]|$)").str.extract(r"(\s.+)$")
    foreign = pl.col("match").str.extract(_FOREIGN_TAIL).str.contains(SYLLABLE)
    match = (
        pl.when(~foreign).then(pl.col("match").str.replace(r"(?:\s\p{Ll}+)+$", "")).otherwise(pl.concat_str("match", half.fill_null("")))
    )
    return found.with_columns(match=match.str.replace(_DOES, "").str.replace(_COUNTS, "$1"))


def _end() -> pl.Expr:
    return pl.col("start") + pl.col("match").str.len_bytes().cast(pl.UInt32)


def _with_codes(named: pl.DataFrame) -> pl.DataFrame:
    """Adds `code`, see `find_organisations`."""
    named = named.with_columns(alone=pl.col("match").str.to_lowercase() == pl.col("head"))
    # `các khu công nghiệp` as a whole are a subject as one of them is.
    all_of_kind = pl.col("lead").str.contains(_ALL) & (pl.col("family") == "site")
    # Most words stand alone: what is before them is not asked for a report.
    reports = is_source(pl.when(~pl.col("alone")).then("lead"))
    return named.with_columns(
        code=pl.when(pl.col("alone") & all_of_kind)
        .then(pl.lit("all"))
        .when((pl.col("family") == "agency") & pl.col("match").str.contains(" ", literal=True))
        .then(pl.when(pl.col("lead").str.contains(_OF)).then(pl.lit("source")).otherwise(pl.lit("agency")))
        .when("alone")
        .then(pl.lit("it"))
        .when((reports & (pl.col("family") != "customs")) | (pl.col("family") == "authority"))
        .then(pl.lit("source"))
        .when(pl.when(pl.col("family").is_in(["site", "road"])).then("lead").str.contains(_AT))
        .then(pl.lit("source"))
        .when(pl.col("lead").str.contains(_LOCATION) & pl.col("family").is_in(["site", "road"]))
        .then(pl.lit("where"))
        .otherwise(pl.lit("name"))
    )
