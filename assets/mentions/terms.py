"""Terms: the words of `seeds/indicator_aliases.csv`, `seeds/cues.csv` and `seeds/industries.csv` where they stand."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from assets.mentions.frames import announced, find_framed
from assets.mentions.joined import with_joined
from assets.mentions.spans import find_terms, fold, inside, longest_only, without, words_only
from assets.mentions.windows import before, behind, position, printed
from assets.reference import table

# The kind of words in `seeds/industries.csv` that tell of many.
_MANY = "all"
# The kind of words there that hold the word for a sector and mean something else.
_NONE = "none"
# The kind there of countries whose names are those of people, too, and what must stand before them.
_SHORT = "short partner"
_BEFORE_SHORT = r"(?i)(?:(?:^|[^\p{L}])(?:sang|từ|tại|vào|ở|với|trường|và|nước|cho|như|gồm|là)\s|[,;:(–-]\s?)$"
_TOLD, _PERSON = r"^\s(?:\(|(?:đạt|tăng|giảm|chiếm|ước|đứng)\s)", r"(?:(?i:ông|bà|anh|chị|cô|chú|em|mẫu|dặm|bảng)|\p{Lu}\p{Ll}*)\s$"
# What names of those that were founded or closed begin with.
_FIRMS = "doanh nghiệp "
# What a term may begin with that belongs to the word before it.
_GOODS = "hàng"
# Code points before a sector that are looked at for the first half of a longer name.
_LEAD = 40
# What the mark of a partner has in `form` behind these words.
INTO = "into"
_INTO = r"(?:^|[^\p{L}])vào(?:\s(?:thị trường|nước))?\s$"
# The same of a sector that begins with a capital and is followed by another.
PROPER = "proper"
# Code points behind a sector that tell whether a name goes on.
_NEXT = 2
# `Bộ Giao thông vận tải`: the words between the head of an agency's name and a sector in it.
_AGENCY = r"(?:^|[^\p{L}])(?:Bộ|Sở|Cục|Vụ|[Bb]an|Viện|phòng|Hiệp hội|Hội|Ủy ban|Trường)\s(?:\p{L}+,?\s){0,3}$"


class Vocabulary(NamedTuple):
    """Terms to look for, and what each of them means: `match`, `kind`, `code`, `family`."""

    terms: pl.Series
    meaning: pl.DataFrame


def _searchable(term: pl.Expr) -> pl.Expr:
    return words_only(fold(term))


def _spellings(meaning: pl.DataFrame) -> pl.DataFrame:
    """Adds other ways to print a term: `A - B` with a long dash or none, `A, B` without the comma, `tỷ` as `tỉ`, `xuất khẩu` as `XK`.

    What becomes of firms goes with `số`, too: `số doanh nghiệp mới thành lập`.
    """
    term = pl.col("term")
    others = [
        term,
        term.str.replace_all(" - ", " – ", literal=True),
        term.str.replace_all(" - ", "-", literal=True),
        term.str.replace_all(" - ", " ", literal=True),
        term.str.replace_all(", ", " ", literal=True),
        term.str.replace_all("tỷ lệ", "tỉ lệ", literal=True),
        term.str.replace_all("tỷ trọng", "tỉ trọng", literal=True),
        term.str.replace_all("ngừng", "ngưng", literal=True),
        *(term.str.replace_all(long, short, literal=True) for long, short in table("short_forms").iter_rows()),
        pl.when(term.str.starts_with(_FIRMS) & (pl.col("kind") == "indicator")).then("số " + term).otherwise(term),
    ]
    return pl.concat([meaning.with_columns(match=_searchable(t)) for t in others]).unique(
        ["match", "kind", "family"], keep="first", maintain_order=True
    )


def _vocabulary(meaning: pl.DataFrame) -> Vocabulary:
    spelled = _spellings(meaning).drop("term")
    return Vocabulary(spelled["match"].unique().sort(), spelled)


@cache
def aliases() -> Vocabulary:
    """Names of indicators: kind is the role of the alias (indicator, counted, head, object, block)."""
    rows = table("indicator_aliases")
    return _vocabulary(
        rows.select(term="alias", kind="role", code=pl.col("code").fill_null(""), family=pl.lit(None, pl.String), sign="sign")
    )


@cache
def cues() -> Vocabulary:
    """Words that say how a number is meant: kind `cue`, with the family of the cue."""
    return _vocabulary(table("cues").select(term="cue", kind=pl.lit("cue"), code="code", family="family"))


@cache
def sectors() -> Vocabulary:
    """Sectors, products and partners that limit an indicator: kind `sector`, code of VSIC where it is one."""
    return _vocabulary(_industries().filter(pl.col("family") != _MANY))


@cache
def crowds() -> Vocabulary:
    """Words for many of a kind, `các doanh nghiệp`: they stand inside names of sectors, and hide none."""
    return _vocabulary(_industries().filter(pl.col("family") == _MANY))


def _industries() -> pl.DataFrame:
    return table("industries").select(term="term", kind=pl.lit("sector"), code="code", family="kind")


def find_vocabulary(lines: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Longest occurrences of a vocabulary: line, start, end (bytes), kind, code, family; one row a meaning."""
    return find_vocabularies(lines, vocabulary)[0]


def find_vocabularies(lines: pl.DataFrame, *vocabularies: Vocabulary) -> list[pl.DataFrame]:
    """`find_vocabulary` of several vocabularies, which are looked for in one pass: it costs hardly more than that for one."""
    terms = pl.concat([vocabulary.terms for vocabulary in vocabularies]).unique().sort()
    of = {f"of {number}": terms.is_in(vocabulary.terms.implode()) for number, vocabulary in enumerate(vocabularies)}
    found = find_terms(lines, terms).join(pl.DataFrame({"match": terms, **of}), on="match", how="left", maintain_order="left")
    return [
        longest_only(found.filter(name).drop(of))
        .join(vocabulary.meaning, on="match", how="left", maintain_order="left")
        .with_columns(match=pl.col("match").str.slice(1, pl.col("match").str.len_chars() - 2))
        for name, vocabulary in zip(of, vocabularies, strict=True)
    ]


def true_cues(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans of `cues` without those in the name of an agency: `Sở Kế hoạch và Đầu tư` plans nothing."""
    # Few are printed with a capital: only before these is looked.
    capital = printed(lines, spans).str.contains(r"^\p{Lu}")
    of_agency = before(lines, spans.filter(capital), _LEAD).str.contains(_AGENCY)
    agency = capital.arg_true().filter(of_agency)
    return without(spans, agency)


def true_sectors(lines: pl.DataFrame, spans: pl.DataFrame, many: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The spans of `sectors` without those that are printed as part of a longer name, `Bộ Nông nghiệp`; with those of `crowds`.

    Names that are joined to one (see `with_joined`) do not reach over the spans of `names`.
    """
    # `cá nhân` is no fish.
    spans = _short_partners(lines, _behind_heads(lines, spans.filter(pl.col("family") != _NONE)))
    words, lead = printed(lines, spans), before(lines, spans, _LEAD)
    named, country = words.str.contains(r"^\p{Lu}"), words.str.contains(r"\p{Lu}")
    # A country stays one behind any word: `Hải quan Trung Quốc`; and `Pháp` is a country, `pháp` is not.
    partner = pl.col("family") == "partner"
    # `gạo nhập khẩu vào Anh`: where goods go in.
    into = pl.when(partner & lead.str.contains(_INTO)).then(pl.lit(INTO))
    spans = spans.with_columns(announced(lead)).with_columns(form=pl.coalesce(into, "form"))
    longer = (named & lead.str.contains(r"\p{Lu}\p{Ll}*\s$") & pl.col("form").is_null()) | lead.str.contains(_AGENCY)
    # `Ngân hàng Thế giới dự báo …`: the first word of a name.
    heads = table("organisation_words")["word"].str.to_lowercase().implode()
    longer |= named & words.str.to_lowercase().is_in(heads) & behind(lines, spans, _NEXT).str.contains(r"^\s\p{Lu}")
    # `Thép Việt Ý lãi 10 tỷ đồng`: the name of a firm may begin like a sector.
    proper = named & ~partner & behind(lines, spans, _NEXT + 1).str.contains(r"^\s\p{Lu}\p{Ll}")
    spans = spans.with_columns(proper=proper)
    # `795 triệu đô la Mỹ` is money of nobody.
    country &= ~lead.str.contains(r"(?i)(?:đô[ -]?la|đồng)\s$")
    listed = spans.filter(pl.when(partner).then(country).otherwise(~longer)).with_columns(
        form=pl.when(pl.col("form").is_null() & pl.col("proper")).then(pl.lit(PROPER)).otherwise("form")
    )
    framed = find_framed(lines)
    beside = framed.join(spans.select("line", "start"), on=["line", "start"], how="anti", maintain_order="left")
    free = beside.filter(~inside(beside, listed))
    many = many.with_columns(form=pl.lit(None, pl.String))
    known = pl.concat([listed.select(free.columns), free]).sort(position("start"))
    return pl.concat([with_joined(lines, known, names), many.select(free.columns)])


def _behind_heads(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """`mặt hàng rau quả` is about `rau quả`, though `hàng rau quả` is a term; `doanh thu bán lẻ` is that of `bán lẻ`."""
    heads = table("industry_stops").filter(pl.col("kind") == "opening")["word"].to_list()
    opening = pl.col("match").str.extract(rf"^((?:{'|'.join(sorted(heads, key=len, reverse=True))}|{_GOODS})\s)")
    opens = spans.with_row_index("at").with_columns(opening=opening).filter(pl.col("opening").is_not_null())
    halves = before(lines, opens, len(_GOODS) + 1).str.contains(r"(?i)(?:mặt|nhóm)\s$")
    shorter = opens.filter(halves | (pl.col("opening").str.strip_chars() != _GOODS)).select("at", "opening")
    cut = spans.with_row_index("at").join(shorter, on="at", how="left", maintain_order="left")
    return cut.with_columns(
        start=pl.col("start") + pl.col("opening").str.len_bytes().fill_null(0),
        match=pl.col("match").str.slice(pl.col("opening").str.len_chars().fill_null(0)),
    ).drop("at", "opening")


def _short_partners(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """`sang Anh`, `từ Đức`: countries; `chị Nga` is nobody's market, nor is `Đức Trọng`."""
    short = spans.with_row_index("at").filter(pl.col("family") == _SHORT)
    lead, tail = before(lines, short, _LEAD), behind(lines, short, _LEAD)
    # `Nga đạt gần 500.000 tấn`.
    told = tail.str.contains(_TOLD) & ~lead.str.contains(_PERSON)
    stands = (lead.str.contains(_BEFORE_SHORT) & ~tail.str.contains(r"^\s\p{Lu}")) | told
    return without(spans, short.filter(~stands)["at"]).with_columns(family=pl.col("family").replace({_SHORT: "partner"}))
