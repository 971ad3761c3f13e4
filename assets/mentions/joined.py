"""Names of sectors and goods that join several: `gỗ và sản phẩm từ gỗ, tre, nứa`, `hóa dược - cao su - nhựa`."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.mentions.spans import inside, longest_only
from assets.mentions.windows import before, behind, position, printed
from assets.reference import table

# Kinds of sectors whose names are joined.
_GOODS = ["industry", "product"]
# Names that end one, whatever joins them.
_BOUNDS = ["indicator", "counted", "head", "block"]
# What joins two names; bytes that it may have.
_JOINER = r"(?:,(?:\svà)?\s|\s(?:và|&)\s|\s?[-–]\s?)"
_LONGEST_JOINER = 8
# Code points around a name in which a longer one is looked for.
_AROUND, _DEALT_REACH = 100, 240
_WORDS = r"(?:\p{Ll}+,?\s(?:[&–-]\s)?){0,10}"
_MORE = r"(?:,?\s(?:[&–-]\s)?\p{Ll}+){1,10}?"
# `; đồ gỗ, mây tre đan tăng 5%`: where the item of a list begins, and what may stand before its name.
_HEADS = r"(?i:ngành hàng|ngành|nhóm ngành|nhóm mặt hàng|nhóm hàng|nhóm|mặt hàng|phân ngành|lĩnh vực|khu vực)"
_OPENS = r"(?:[:•(]\s?|\.\s|\s[-+]\s)"
_BEGINS = rf"(?:[Tt]rong đó,?\s|và\s)?(?:{_HEADS}\s)?"
_JOINS = r"(?:,|\p{L}\s(?:&|–|-|và))\s"
# The same without a pattern, and the words of the heads.
_JOINTS = [", ", "& ", "– ", "- ", "và "]
_HEAD_WORDS = ["ngành", "nhóm", "mặt hàng", "lĩnh vực", "khu vực"]
# `phụ tùng khác`: how a name goes on.
_GOES_ON = r"^(?:,|\s(?:và|&|[–-]|khác|các loại|chưa được phân vào đâu)(?:\s|,|$))"
_JOINT = r"(?:^|\s)(?:và|từ|các)$"
# `nuôi trồng và khai thác thủy sản`, `nhóm hàng hóa, …`: what is no beginning of a name.
_NO_BEGIN = r"^(?:và|h(?:óa|oá),)\s"
# Words of names that else stop one.
_IN_NAMES = {"và", "khác", "hoạt động", "hàng hóa", "hàng hoá", "tài chính", "kinh tế", "chưa", "được", "vào", "các"}
# `nông sản và thủy sản đạt lần lượt 5 tỷ USD và 3 tỷ USD`: names that numbers are dealt out to stay apart.
_DEALT = r"(?i:lần lượt|tương ứng)"
_AMOUNT = r"[0-9]\s?(?:%|nghìn|ngàn|triệu|tỷ|tấn|USD)"
# `Về trồng trọt, lúa đạt …`: the comma parts what a clause is about from its subject.
_TOPIC = r"(?:^|[.;:,]\s|\n)(?:[Tt]rong|[Vv]ề|[Đđ]ối với|[Rr]iêng|[Vv]ới|[Ởở]|[Tt]ại|[Tt]heo|[Nn]goài|[Bb]ên cạnh)\s(?:\p{L}+\s){0,3}$"
# What tells a figure of the name before it.
_VERB = r"\s(?:(?:cũng|đều|chỉ|vẫn|dự kiến)\s)?\(?(?:tăng|giảm|ước|đạt|chiếm|bằng)\s[^;.0-9]{0,20}[0-9]"
_TELLS = rf"(?:{_VERB}|\s\(?[0-9])"


def with_joined(lines: pl.DataFrame, spans: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Spans of sectors with those that belong to one name as one span; the names of indicators are no part of it.

    Args:
        lines: see `assets.mentions.spans`.
        spans: line, start, end (bytes), match, kind, code, family, form; sorted, none overlapping another.
        names: line, start, end (bytes), kind of the names of indicators and their like, sorted.
    """
    # `nông nghiệp` in `Giá trị sản xuất nông nghiệp` is told by that name.
    naming = names.filter(pl.col("kind") != "ignore")
    longer = naming.join(spans, on=["line", "start", "end"], how="anti", maintain_order="left")
    goods = spans["family"].is_in(_GOODS) & ~inside(spans, longer)
    joined = _whole_items(lines, _chained(lines, spans.filter(goods)), names.filter(pl.col("kind").is_in(_BOUNDS)))
    joined = joined.with_columns(match=printed(lines, joined))
    # `sang Trung Quốc và Hồng Kông`.
    partner = pl.col("family") == "partner"
    partners = _chained(lines, spans.filter(partner))
    partners = partners.with_columns(match=printed(lines, partners)).select(spans.columns)
    others = pl.concat([spans.filter(~goods).filter(~partner), partners]).sort(position("start"))
    free = others.filter(~inside(others, joined))
    return pl.concat([joined.select(spans.columns), free]).sort(position("start"))


def _chained(lines: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Names that nothing but a comma, a dash or `và` parts, as one span: of many codes it has none."""
    near = (pl.col("line") == pl.col("line").shift(1)) & (pl.col("start") - pl.col("end").shift(1) <= _LONGEST_JOINER)
    at = goods.select(near.fill_null(value=False)).to_series().arg_true()
    joined = pl.repeat(value=False, n=goods.height, eager=True).scatter(at, _joins(lines, goods, at))
    return (
        goods.with_columns(chain=(~joined).cum_sum())
        .group_by("chain", maintain_order=True)
        .agg(
            pl.col("line", "start", "kind", "family", "form").first(),
            pl.col("end").last(),
            code=pl.when(pl.col("code").n_unique() == 1).then(pl.col("code").first()),
        )
        .drop("chain")
    )


def _joins(lines: pl.DataFrame, goods: pl.DataFrame, at: pl.Series) -> pl.Series:
    """Whether each of the names in the rows `at` belongs to the one before it."""
    between = goods[at].select("line", start=goods["end"].gather(at - 1), end="start")
    around = pl.DataFrame(
        {
            "at": at,
            "gap": printed(lines, between),
            "lead": before(lines, goods[at - 1], _AROUND),
            "tail": behind(lines, goods[at], _DEALT_REACH),
        }
    )
    comma = pl.col("gap").str.contains(r"^,\s$")
    around = around.with_columns(on=pl.col("tail").str.extract(rf"^({_MORE}){_VERB}"))
    told = pl.col("tail").str.contains(rf"^{_TELLS}") | _clean("on", "").is_not_null()
    # `EU, Nhật Bản và Anh`: a comma joins where what follows joins these.
    run = (pl.col("at") != pl.col("at").shift(1) + 1).fill_null(value=True).cum_sum()
    goes_on = (told | ~comma).cum_max(reverse=True).over(run)
    topic = comma & pl.col("lead").str.contains(_TOPIC)
    return around.select(pl.col("gap").str.contains(rf"^{_JOINER}$") & goes_on & ~topic & ~_dealt()).to_series()


def _whole_items(lines: pl.DataFrame, goods: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names reach back to the head of their item, and on to the word that tells its figure: `; đồ gỗ, mây tre đan tăng 5%`."""
    around = _with_surroundings(lines, goods, names).with_row_index("at")
    # Each is made once before it is looked at: polars makes an expression anew wherever it is named.
    words = around.select("at", "lead", "tail", headed=_headed(), on=_reaching_on(), **_reaching_back())
    reach = words.select(
        "at", "lead", "tail",
        headed=_clean("headed", _JOINS),
        back=pl.coalesce(_clean("headed", _JOINS), _clean("behind_name", _JOINS), _clean("listed", ""), _clean("opening", _JOINS)),
        on=_clean("on", _GOES_ON),
    ).filter(pl.any_horizontal(pl.col("back", "on").is_not_null()))  # fmt: skip
    # Hardly any name reaches on: whether numbers are dealt out is asked of these alone.
    topic = pl.when(pl.col("on").str.starts_with(",")).then("lead").str.contains(_TOPIC).fill_null(value=False)
    on = pl.when(~pl.col("on").str.contains(_JOINT) & ~topic).then("on")
    reach = reach.filter(~_dealt()).select("at", "headed", back=pl.col("back").str.len_bytes(), on=on.str.len_bytes())
    found = around.join(reach, on="at", how="left", maintain_order="left").with_columns(pl.col("back", "on").fill_null(0))
    longer = found.with_columns(
        start=(pl.col("start") - pl.col("back")).cast(pl.UInt32),
        end=(pl.col("end") + pl.col("on")).cast(pl.UInt32),
        form=pl.when((pl.col("back") > 0) & pl.col("headed").is_not_null()).then(pl.lit(ANNOUNCED)).otherwise("form"),
    )
    return longest_only(longer).select(goods.columns)


def _headed() -> pl.Expr:
    """The words between the head of an item and the name: `ngành dệt, ` before `may`."""
    lead = _if_any("lead", _JOINTS)
    headed = pl.when(lead.str.contains_any(_HEAD_WORDS, ascii_case_insensitive=True)).then(lead)
    return headed.str.extract(rf"^(?s:.*)(?:^|[^\p{{L}}]){_HEADS}\s({_WORDS})$")


def _reaching_back() -> dict[str, pl.Expr]:
    """The words that may belong to a name before it: from the name of an indicator, the item of a list, the opening of a clause."""
    joint = _if_any("lead", _JOINTS)
    # Few are told a figure of right behind them: before the others no item is looked for.
    told = pl.col("tail").str.contains(rf"^(?:{_MORE}{_VERB}|{_TELLS})")
    # What is cut off begins no item.
    whole = ~pl.col("cut") & (pl.col("lead").str.len_chars() < _AROUND)
    opened = pl.when(told & (whole | joint.str.contains(_OPENS))).then(joint)
    return {
        "behind_name": pl.when("behind_name").then(joint).str.extract(rf"^\s({_WORDS})$"),
        "listed": pl.when(told).then(_if_any("lead", [";"])).str.extract(rf";\s?{_BEGINS}({_WORDS})$"),
        "opening": opened.str.extract(rf"(?:{_OPENS}|^){_BEGINS}(\p{{Lu}}?{_WORDS})$"),
    }


def _reaching_on() -> pl.Expr:
    """The words that may belong to a name behind it."""
    return pl.when(pl.col("tail").str.contains(_GOES_ON)).then("tail").str.extract(rf"^({_MORE}){_VERB}")


def _if_any(text: str, words: list[str]) -> pl.Expr:
    """The text where it has one of the words: a pattern costs many times as much, and only these can have it."""
    return pl.when(pl.col(text).str.contains_any(words)).then(text)


def _with_surroundings(lines: pl.DataFrame, goods: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Adds lead (the text before a name, up to the one of an indicator), cut (one stands there), behind_name, and tail (what follows)."""
    reached = names.select(of="line", named=position("start"), reached="end", indicator=pl.col("kind") == "indicator").sort("named")
    placed = goods.select("line", "start", first=position("start")).join_asof(
        reached, left_on="first", right_on="named", check_sortedness=False
    )
    room = pl.when(pl.col("of") == pl.col("line")).then(pl.col("start") - pl.min_horizontal("reached", "start"))
    around = goods.with_columns(
        placed.select("indicator", room=room), lead=before(lines, goods, _AROUND), tail=behind(lines, goods, _AROUND)
    )
    cut = (pl.col("room") < pl.col("lead").str.len_bytes()).fill_null(value=False)
    short = pl.col("lead").cast(pl.Binary).bin.tail(pl.col("room")).cast(pl.String, strict=False)
    return around.with_columns(cut=cut, behind_name=cut & pl.col("indicator"), lead=pl.when(cut).then(short).otherwise("lead"))


def _dealt() -> pl.Expr:
    """Whether numbers are dealt out to names: what stands behind the first of them deals out no names before it."""
    until = pl.col("tail").str.extract(rf"^([^.;]*?){_DEALT}")
    return (until.is_not_null() & ~until.str.contains(_AMOUNT)) | pl.col("lead").str.contains(rf"{_DEALT}[^.;0-9]*$")


@cache
def _stop() -> str:
    """A word that stands in no name."""
    words = set(table("industry_stops").filter(pl.col("kind") == "stop")["word"]) - _IN_NAMES
    return rf"(?i)(?:^|[\s,])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?:$|[\s,])"


def _clean(words: str, pattern: str) -> pl.Expr:
    """The words where they have the pattern and none that stops a name."""
    text = pl.col(words)
    # `sản phẩm từ sữa` is a name.
    plain = text.str.replace_all("sản phẩm từ", "sản phẩm", literal=True)
    return pl.when(text.str.contains(pattern) & ~plain.str.contains(_stop()) & ~text.str.contains(_NO_BEGIN)).then(text)
