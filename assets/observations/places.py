"""Where a quantity is true: the place that its sentence names, else the place that its document is about."""

from __future__ import annotations

import polars as pl

from assets.gazetteer import NATION, SEPARATOR, units
from assets.mentions.places import LYING, OWNING
from assets.observations.addresses import resolve
from assets.observations.homes import home_of
from assets.observations.respectively import with_dealt
from assets.observations.stream import Quantities, Rows, ahead, at, cue, in_same, last_row, next_row, run_start, with_scopes

_KEY = ["document_key", "start", "end"]
# `tăng 5% tại Hà Nam`: code points between the unit and a place that goes with it.
_BEHIND_REACH = 16
# `huyện A, huyện B và huyện C`: code points between places of a list.
_LIST_GAP = 4
# Code points that a sentence about the nation may have before it names it.
_NATION_REACH = 30
# Code points between `của cả nước` and the figure that it owns.
_TELLING_REACH = 40
# `Đồng bằng sông Cửu Long`: neither the nation nor a unit of the gazetteer.
_REGION = (pl.col("kind") == "place") & (pl.col("family") == "region")
_AUTHORITY = pl.col("family") == "authority"
# What is larger than any home.
_WIDE = ["nation", "country", "region"]
# Lines that a unit may lie back which `tỉnh này` means.
_NEAR_LINES = 1
# Code points between a place and the comma behind it.
_AT_ONCE = 1
# A place that opens its line is what the line is about.
_OPENING = 4


def place_of(document: pl.DataFrame, block: pl.DataFrame, mention: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Place of every quantity, and the home of every document.

    Args:
        document: for `published_on`, `url` and `source`.
        block: for the lines that are titles.
        mention: all mentions in the order of the text.

    Returns:
        document_key, start, end, place (path, biggest first), place_code, place_level, rule_place (`respectively`,
        `sentence`, `behind`, `opening`, `carried`, `home`), null where nothing tells; and document_key, home, is_abroad.
    """
    kept = pl.col("kind").is_in(["place", "abroad", "quantity", "clause"]) | cue("respectively", "of_which")
    marks = mention.filter(kept).with_row_index("row")
    named = resolve(marks.filter(pl.col("kind").is_in(["place", "abroad"])), document)
    home = home_of(document, block, named)
    bound = _bind(marks.join(named.select("row", "path", "is_address_part"), on="row", how="left", maintain_order="left"), block, home)
    return _with_codes(bound, document).select(*_KEY, "place", "place_code", "place_level", "rule_place"), home


def _bind(marks: pl.DataFrame, block: pl.DataFrame, home: pl.DataFrame) -> pl.DataFrame:
    """document_key, start, end, place and rule_place of the quantities among the marks."""
    lines = block.select("document_key", "block", line_start="start")
    stream = marks.join(lines, on=["document_key", "block"], how="left", maintain_order="left").join(
        home, on="document_key", how="left", maintain_order="left"
    )
    stream = _with_own_units(with_scopes(stream.drop("row"))).with_columns(path=pl.when(_REGION).then(pl.lit("")).otherwise("path"))
    place = (pl.col("kind") == "place") & pl.col("path").is_not_null() & ~pl.col("is_address_part")
    stream = _with_free(stream, place).with_columns(next_mark=next_row(pl.col("kind") == "clause"))
    free = pl.col("is_free")
    opens = free & (pl.col("start") <= pl.col("line_start") + _OPENING)
    listed = Rows(stream, place).with_columns(of_all=_of_all(Rows(stream, place), free))
    # `Hà Nội, Đà Nẵng và Huế tăng lần lượt 5%, 7% và 9%`.
    seen = Quantities(with_dealt(listed, free, "dealt_row"))
    (clause,) = seen.once(ahead(seen.next_row(pl.col("kind") == "clause")))
    # `chiếm 34% tổng thu cả nước`: what stands behind a share is the whole.
    next_free = ahead(seen.next_row(free))
    whole_apart = pl.when((pl.col("family") != "percent") | (seen.at("family", next_free) != "nation")).then(next_free)
    unit_end = pl.col("end") + pl.col("unit_length")
    (behind,) = seen.once(whole_apart)
    near = (seen.at("start", behind) <= unit_end + _BEHIND_REACH) & (clause.is_null() | (clause > behind) | _lies(seen, behind, clause))
    (near,) = seen.once(near.fill_null(value=False))
    # `4 dự án tại huyện Đông Anh; 3 dự án tại huyện Thanh Trì`: what lies right behind is nearer than what was named before.
    lies = near & (clause.is_null() | (clause > behind)) & (seen.at("form", behind) == LYING)
    choices = [
        ("respectively", pl.col("dealt_row")),
        ("behind", pl.when(lies).then(behind)),
        ("sentence", pl.max_horizontal(in_same("sentence_id", seen.last_row(free & ~_AUTHORITY)), _of_clause(seen))),
        ("behind", pl.when(near).then(behind)),
        # `Theo Tổng cục Thống kê, CPI tăng 4,8%`, but `kinh tế số của Huế tăng 15%` all the same.
        ("sentence", in_same("sentence_id", seen.last_row(free & _AUTHORITY))),
        ("opening", in_same("line_id", seen.last_row(opens))),
    ]
    bound = Quantities(_carried(Quantities(seen.with_first(choices, "place_row", "rule_place"))))
    by_default = pl.when(pl.col("home").is_not_null()).then(pl.lit("home"))
    dealt = pl.when(pl.col("rule_place") == "respectively").then(bound.at("path", "place_row"))
    named = pl.coalesce(dealt, bound.at("of_all", "place_row"), "home")
    return bound.select(*_KEY, place=pl.when(named != "").then(named), rule_place=pl.coalesce("rule_place", by_default))


def _with_free(stream: pl.DataFrame, place: pl.Expr) -> pl.DataFrame:
    """Adds whether a place may be what the sentence behind it is told of (is_free), or only its own clause (is_owner).

    Others only tell where another one lies, or of what the figures are a part.
    """
    from_start = pl.col("start").cast(pl.Int64) - at("sentence_start", "next_quantity").cast(pl.Int64)
    early = (from_start <= _NATION_REACH).fill_null(value=False)
    # `kim ngạch xuất khẩu của cả nước đạt 473 tỷ USD`; `chiếm 34% tổng thu cả nước, đạt …` names the whole.
    mark = pl.col("kind") == "clause"
    tight = (at("start", "next_quantity") - pl.col("end") <= _TELLING_REACH) & ahead(next_row(mark)).is_null()
    tight &= ~(in_same("sentence_id", last_row(mark)).fill_null(0) < pl.col("last_quantity")).fill_null(value=False)
    # The name of the country beside the name of a place of it, or in a text about one, tells only where that lies.
    country, national = pl.col("family") == "country", pl.col("home") == NATION
    free = place & (pl.col("family") != "inside") & (~country | national)
    # In a text about a province `cả nước` is what its figures are part of, unless it opens the sentence.
    whole = pl.col("family").is_in(["nation", "authority"]) & ~national.fill_null(value=True) & ~early
    # `Cần Thơ là đô thị lớn nhất vùng Đồng bằng sông Cửu Long`; a text about the nation tells of its regions as it does of provinces.
    wide = early | national.fill_null(value=True)
    beside = _REGION & ~(wide & in_same("sentence_id", last_row(place & pl.col("family").is_in(["unit", "home"]))).is_null())
    owner = place & tight & ((free & whole) | (country & ~national & (pl.col("form") == OWNING)))
    topic = free & (pl.col("form") == LYING) & early & (at("start", next_row(mark)) - pl.col("end") <= _AT_ONCE)
    return stream.with_columns(
        is_free=free & ~whole & ~beside, is_owner=owner.fill_null(value=False), opens_topic=topic.fill_null(value=False)
    )


def _lies(seen: Rows, place: pl.Expr, mark: pl.Expr) -> pl.Expr:
    """`công suất 500 tấn, tại Củ Chi.`: whether a place behind a mark tells where the thing before it is.

    `cả nước tăng 5%, tại Hà Nội tăng 7%` tells of Hà Nội next.
    """
    ends = seen.at("next_mark", place)
    over = pl.col("next_quantity").is_null() | (ends < pl.col("next_quantity"))
    at_once = (seen.at("form", place) == LYING) & (seen.at("next_mark", mark) > place).fill_null(value=True)
    return (at_once & seen.at("code", mark).is_in([",", ")"]) & over).fill_null(value=False)


def _of_clause(seen: Rows) -> pl.Expr:
    """Row of the nation that owns what is told up to the end of its brackets or clause: `(cả nước 15%); lương đạt …`."""
    owner = in_same("sentence_id", seen.last_row(pl.col("is_owner")))
    closed = seen.last_row((pl.col("kind") == "clause") & pl.col("code").is_in([")", ";"]))
    return pl.when(~(closed > owner).fill_null(value=False)).then(owner)


def _carried(bound: Quantities) -> pl.DataFrame:
    """A sentence without a place goes on about the province that its line told of, and `Trong đó` about the nation or region.

    What a line tells of a district ends with its sentence more often than not.
    """
    before = in_same("document_key", bound.last_row(pl.col("kind") == "quantity"))
    unplaced = pl.col("place_row").is_null()
    parts = bound.at("family", "sentence_id_first") == "of_which"
    parts &= (bound.at("line_id", before) + 1 >= pl.col("line_id")) & unplaced
    whole, told = (bound.at("place_row", run_start(goes_on)) for goes_on in (parts, in_same("line_id", before).is_not_null() & unplaced))
    wide = pl.when(bound.at("family", whole).is_in(_WIDE)).then(whole)
    # `Tại Bạc Liêu, giá tôm đều tăng. Tôm sú tăng 20.000 đồng/kg`: in a text about the nation, of what opened the sentence before.
    headed = bound.at("opens_topic", told)
    of_province = ~bound.at("path", told).str.contains(SEPARATOR, literal=True) & ~bound.at("family", told).is_in(_WIDE)
    taken = pl.coalesce("place_row", wide, pl.when(of_province & (headed | (pl.col("home") != NATION))).then(told))
    rule = pl.when(unplaced & taken.is_not_null()).then(pl.lit("carried")).otherwise("rule_place")
    return bound.with_columns(place_row=taken, rule_place=rule)


def _of_all(seen: Rows, free: pl.Expr) -> pl.Expr:
    """Path of a place, of the unit around it where it is named in a list: what `các huyện A, B và C` have is nobody's alone.

    That around provinces, `Đà Nẵng và Đồng Nai cùng tăng 7%`, has no name here.
    """
    parent = _parent(pl.col("path"))
    last, following = in_same("sentence_id", seen.last_row(free)), in_same("sentence_id", seen.next_row(free))

    opened = (pl.col("kind") == "clause") & (pl.col("code") == "(")

    def beside(row: pl.Expr, gap: pl.Expr) -> pl.Expr:
        sibling = (parent == _parent(seen.at("path", row))) & (pl.col("path") != seen.at("path", row))
        return (sibling & gap.is_between(0, _LIST_GAP)).fill_null(value=False)

    # `Bắc Ninh (Bắc Giang cũ)` is told of the first.
    aside, opens = (mark.fill_null(value=False) for mark in (seen.last_row(opened) > last, seen.next_row(opened) < following))
    before, behind = beside(last, seen.gap_from(last)), beside(following, seen.gap_to(following))
    listed = (before & ~aside) | (behind & ~opens)
    return pl.when(before & aside).then(seen.at("path", last)).when(listed).then(parent).otherwise("path")


def _parent(path: pl.Expr) -> pl.Expr:
    """The unit around a place; nothing around a province; null of what is no unit."""
    inner = path.str.contains(SEPARATOR, literal=True)
    return pl.when(inner).then(path.str.replace(rf"{SEPARATOR}[^>]*$", "")).when((path != "") & (path != NATION)).then(pl.lit(""))


def _with_own_units(stream: pl.DataFrame) -> pl.DataFrame:
    """What `toàn tỉnh` and `toàn huyện` mean: the document's own unit of that level, in a text about the nation the one named last.

    `Điển hình như tại Long An, …, trên địa bàn tỉnh có 45 dự án`.
    """
    seen = Rows(stream, (pl.col("kind") == "place") & (pl.col("family") == "home"))
    parts = pl.col("home").str.split(SEPARATOR)
    own = pl.when(pl.col("level") == "province").then(parts.list.first()).otherwise("home")
    last = in_same("document_key", seen.last_row((pl.col("kind") == "place") & (pl.col("family") == "unit") & pl.col("path").is_not_null()))
    near = seen.at("line_id", last) + _NEAR_LINES >= pl.col("line_id")
    named = (
        seen.at("path", pl.when(near).then(last))
        .str.split(SEPARATOR)
        .list.head(pl.when(pl.col("level") == "province").then(1).otherwise(2))
    )
    told = pl.coalesce(named.list.join(SEPARATOR), pl.lit(""))
    return seen.with_columns(path=pl.when(pl.col("home") == NATION).then(told).otherwise(own))


def _with_codes(bound: pl.DataFrame, document: pl.DataFrame) -> pl.DataFrame:
    """Adds place_code and place_level: those of the unit with this path on the day of the article, else of the oldest."""
    known = units().filter("is_typed").select("path", "code", place_level="level", since="valid_from", until="valid_to")
    asked = (
        bound.select("document_key", "place")
        .unique()
        .drop_nulls()
        .join(document.select("document_key", "published_on"), on="document_key", how="left")
    )
    found = asked.join(known.rename({"path": "place", "code": "place_code"}), on="place")
    fits = pl.col("published_on").is_between(pl.col("since").fill_null(pl.date(1, 1, 1)), pl.col("until").fill_null(pl.date(9999, 1, 1)))
    one = (
        found.with_columns(fits=fits.fill_null(value=False))
        .sort(
            "document_key",
            "place",
            "fits",
            "since",
            "place_code",
            descending=[False, False, True, False, False],
            nulls_last=[False, False, False, False, True],
        )
        .unique(["document_key", "place"], keep="first", maintain_order=True)
    )
    coded = bound.drop("place_code", "place_level", strict=False).join(
        one.select("document_key", "place", "place_code", "place_level"), on=["document_key", "place"], how="left", maintain_order="left"
    )
    return coded.with_columns(place_level=pl.when(pl.col("place") == NATION).then(pl.lit("country")).otherwise("place_level"))
