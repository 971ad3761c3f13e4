"""What is told of the nation without naming it, and what of other countries: that is of no indicator of this catalogue."""

from __future__ import annotations

from functools import cache

import polars as pl

from assets.gazetteer import NATION
from assets.mentions.terms import INTO
from assets.observations.stream import HERE, QUANTITY, Quantities, Rows, ahead, cue, in_gap, in_same, run_start
from assets.reference import table

# What every country has of its own; a firm's revenue and a traded good may well be told of another country.
_OWN = ["macro", "industry", "agriculture", "labour", "social", "budget", "finance", "energy", "services"]
# What a text about no place in particular may well say of a firm or a market, not of the nation.
_OF_SOMEBODY = ["business", "price"]
_TRADE = ["exports", "imports", "trade_turnover", "trade_balance", "retail_sales"]
_EARNED = ["revenue", "profit"]
_LIVING = ["price", "cpi", "inflation"]
_COUNTRY = pl.col("kind") == "abroad"
# Words for the country told of.
_THERE = ["nước này", "quốc gia này"]
# `GDP của Mỹ`, `sản lượng cà phê thế giới`: code points between an indicator and the country behind or before it.
_BEHIND_NAME, _BEFORE_NAME = 28, 4
# `Mỹ có tỷ lệ thất nghiệp …`: code points that a sentence may have before its subject.
_OPENING = 16
# Code points between `của` and the country behind it.
_AT_ONCE = 5
# Lines before `khu vực này` in which the region was named.
_REGION_LINES = 2
# Code points between a number and the subject behind its comma.
_NEXT_SUBJECT = 2
# Code points between a country and what it does: ` có thể sẽ `.
_AT_ONCE_BEFORE = 12


_CLAUSE = pl.col("kind") == "clause"
_NATION = (pl.col("kind") == "place") & (pl.col("family") == "country")
# Columns for `without_abroad` alone.
_COUNTRIES = [
    "is_owner", "is_there", "opens_clause", "is_origin", "country_before", "country_behind", "place_before", "owner_before", "owner_behind",
    "trades", "sold",
]  # fmt: skip
# What a row is told of its indicator and document.
_HOME = ["group", "is_abroad", "names_nation", "of_a_unit"]


@cache
def _groups() -> pl.DataFrame:
    return table("indicators").select(indicator="code", group="group")


def _with_homes(rows: pl.DataFrame, home: pl.DataFrame) -> pl.DataFrame:
    of_document = home.select("document_key", *_HOME[1:])
    grouped = rows.join(_groups(), on="indicator", how="left", maintain_order="left")
    return grouped.join(of_document, on="document_key", how="left", maintain_order="left")


def without_abroad(stream: pl.DataFrame, home: pl.DataFrame) -> pl.DataFrame:
    """A stream with indicators in which facts about abroad have none.

    Args:
        stream: marks with `indicator`, `name_start`, `name_end`, `name_row`, `entity`, `rule_indicator` at quantities.
        home: document_key, is_abroad, names_nation, as `assets.observations.homes.home_of` gives them.
    """
    homes = _with_homes(Quantities(stream).select("document_key", "indicator"), home).select(_HOME)
    seen = _with_countries(Quantities(stream).spread(homes))
    # A firm that a text is about sells abroad; nobody abroad earns đồng.
    ours = pl.col("entity").is_not_null() | pl.col("unit").str.starts_with("VND")
    nobody = ~ours.fill_null(value=False)
    told = (
        _of_world(seen) | _of_region(seen) | _trade_of_country(seen) | _goes_in(seen) | ((_of_country(seen) | _earned_there(seen)) & nobody)
    )
    seen = Quantities(seen.with_columns(told=told.fill_null(value=False)))
    # `nhập khẩu gạo của EU là 2,3 triệu tấn, trị giá 1,4 tỷ Euro`.
    valued = seen.at("kind", "name_row") == "value"
    told = seen.at("told", run_start((_goes_on(seen) | valued) & nobody & ~pl.col("told")))
    found = seen.select("name_row", "indicator", "rule_indicator", told=told)
    # What goes on from a name goes on about its country.
    abroad = found.filter("told")["name_row"].drop_nulls().unique()
    goes_on = pl.col("name_row").is_in(abroad.implode()) & pl.col("rule_indicator").is_in(["sentence", "line", "topic"])
    kept = found.select(pl.when(~(pl.col("told") | goes_on)).then(name) for name in ("indicator", "rule_indicator"))
    traded = Quantities(seen.spread(kept))
    sold = traded.with_columns(indicator=pl.when(_sold_to()).then(pl.lit("exports")).otherwise("indicator"))
    return sold.drop(*_HOME, *_COUNTRIES, "told")


def _with_countries(stream: pl.DataFrame) -> Quantities:
    """The quantities of a stream with the rows of the countries and places around them, and what countries trade."""
    countries = Rows(stream, _COUNTRY)
    # `đối với da giày, mỗi năm Nhật Bản nhập khẩu 4,5 tỷ USD`: another clause has a subject of its own.
    clause = in_same("sentence_id", countries.last_row(_CLAUSE))
    led = in_same("sentence_id", countries.last_row(cue("of"))) >= clause
    marked = countries.with_columns(
        is_owner=_is_behind(countries, cue("of") & (pl.col("code") == "own")),
        opens_clause=(countries.gap_from(clause) <= _OPENING) & ~led.fill_null(value=False),
    )
    regions = Rows(marked, cue("there"))
    named = in_same("document_key", regions.last_row(_COUNTRY | (pl.col("kind") == "place")))
    near = regions.at("line_id", named) + _REGION_LINES >= pl.col("line_id")
    marked = regions.with_columns(is_there=(regions.at("kind", named) == "abroad") & near)
    nations = Rows(marked, _NATION)
    seen = Quantities(nations.with_columns(is_origin=_is_behind(nations, cue("of") & pl.col("code").is_in(["own", "from"]))))
    seen = Quantities(
        seen.with_columns(
            country_before=in_same("sentence_id", seen.last_row(_COUNTRY)),
            country_behind=in_same("sentence_id", seen.next_row(_COUNTRY)),
            place_before=in_same("sentence_id", seen.last_row(HERE)),
            owner_before=in_same("sentence_id", seen.last_row(pl.col("is_owner"))),
            owner_behind=in_same("sentence_id", seen.next_row(pl.col("is_owner"))),
        )
    )
    return Quantities(seen.with_columns(trades=_trades(seen), sold=_is_sold(seen)))


def _is_behind(seen: Rows, word: pl.Expr) -> pl.Expr:
    return seen.gap_from(in_same("sentence_id", seen.last_row(word))) <= _AT_ONCE


def _goes_on(seen: Quantities) -> pl.Expr:
    """`Giá rau giảm 7,3%` in the sentence behind one about a country: its economy too, until anything of Vietnam is named."""
    before = in_same("document_key", seen.last_row(QUANTITY & pl.col("indicator").is_not_null()))
    at_home = (seen.last_row(HERE) > before).fill_null(value=False)
    near = seen.at("line_id", before) == pl.col("line_id")
    # `xuất khẩu sang Nhật Bản` behind a sentence about China is ours again.
    market = in_same("sentence_id", seen.last_row(_COUNTRY & (pl.col("family") == "abroad"))).is_not_null()
    foreign = pl.col("is_abroad").fill_null(value=False) & ~pl.col("names_nation").fill_null(value=False)
    told = seen.at("indicator", before)
    # Oil and gold have one price everywhere, told in money or beside that of shares.
    dearer = (pl.col("group") == "price") & (pl.col("unit") == "percent") & told.is_in(_LIVING)
    earned = pl.col("indicator").is_in(_EARNED) & told.is_in(_EARNED)
    any_of = pl.col("group").is_in(_OWN) | dearer | earned | (pl.col("indicator").is_in(_TRADE) & ~market)
    goes_on = before.is_not_null() & ~at_home & any_of & (foreign | near)
    return goes_on | pl.col("indicator").is_null()


def _earned_there(seen: Quantities) -> pl.Expr:
    """`doanh thu điện toán đám mây toàn cầu`, `giá bán lẻ xăng ở nước này`: what nobody of ours is named for."""
    last = pl.col("country_before")
    owned = pl.col("owner_before") > pl.col("name_row")
    world = (seen.at("family", last) == "world") & _beside(seen, last)
    there = seen.at("code", last).is_in(_THERE) & _beside(seen, last)
    earned = pl.col("indicator").is_in(_EARNED) & (owned | world)
    return (earned | ((pl.col("group") == "price") & there)) & pl.col("place_before").is_null()


def _of_world(seen: Quantities) -> pl.Expr:
    """`sản lượng cà phê thế giới`."""
    world = in_same("sentence_id", seen.last_row(_COUNTRY & (pl.col("family") == "world")))
    return (pl.col("group").is_in(_OWN) | pl.col("indicator").is_in(_TRADE)) & _beside(seen, world)


def _of_region(seen: Quantities) -> pl.Expr:
    """`lạm phát khu vực này`, `khu vực này thu hút 8 triệu USD vốn đầu tư` behind a sentence about Asia."""
    there = in_same("sentence_id", seen.last_row(pl.col("is_there")))
    return pl.col("group").is_in([*_OWN, "investment"]) & (_beside(seen, there) | in_gap(there).is_not_null())


def _of_country(seen: Quantities) -> pl.Expr:
    """Whether the country is named beside the indicator, opens the sentence, or is what the whole text is about."""
    own = pl.col("group").is_in(_OWN) | (pl.col("indicator") == "retail_sales")
    # `than đóng góp 61% sản lượng điện của Trung Quốc`; `Với dân số 1,4 tỷ người, Ấn Độ …`.
    of_whole = (pl.col("name_row") > pl.col("row")) & (_to_owner(seen) <= _AT_ONCE)
    ahead_of_it = (seen.lead_of("name_row") <= _OPENING) & (seen.gap_to(pl.col("country_behind")) - pl.col("unit_length") <= _NEXT_SUBJECT)
    trade = pl.col("indicator").is_in(_TRADE)
    # `công suất lọc dầu của Nga giảm 7%`.
    made = (pl.col("group") == "investment") | (pl.col("indicator") == "production_capacity")
    before, behind, place = pl.col("country_before"), pl.col("country_behind"), pl.col("place_before")
    from_start = seen.lead_of(before)
    opens = (from_start <= _OPENING) & (place.is_null() | (place < before))
    foreign = pl.col("is_abroad").fill_null(value=False)
    # A text that names Vietnam as well tells of markets: there the line must name the country.
    in_line = in_same("line_id", seen.last_row(_COUNTRY)).is_not_null() | ~pl.col("names_nation").fill_null(value=False)
    elsewhere = foreign & ~pl.col("names_nation").fill_null(value=False) & (trade | made)
    return (
        # `lượng khách đến từ Hàn Quốc` comes to us.
        (own & (pl.col("indicator") != "tourists") & (_beside(seen, before) | _beside(seen, behind)) & place.is_null())
        | (own & (opens | ((of_whole | ahead_of_it) & place.is_null())))
        | (((own & foreign & in_line) | elsewhere) & place.is_null())
    )


def _trade_of_country(seen: Quantities) -> pl.Expr:
    """`kim ngạch xuất khẩu tháng 5 của Trung Quốc`: a country that owns the trade is no market.

    An owner stands right behind `của`: `nhập khẩu thép từ Trung Quốc` is ours.
    """
    before = pl.col("owner_before")
    # `chiếm 35% tổng kim ngạch xuất khẩu của Lào`.
    named_behind = (pl.col("name_row") > pl.col("row")) & (_to_owner(seen) <= _BEHIND_NAME)
    owned = ((before > pl.col("name_row")) | named_behind).fill_null(value=False)
    owned |= pl.col("trades") & ~_sold_to() & (pl.col("name_end") - pl.col("name_start") == len("xuất khẩu"))
    return pl.col("indicator").is_in(_TRADE) & owned & pl.col("place_before").is_null()


def _to_owner(seen: Quantities) -> pl.Expr:
    """Code points from the name of the indicator to the next country behind `của`."""
    return seen.at("start", "owner_behind").cast(pl.Int64) - pl.col("name_end").cast(pl.Int64)


def _trades(seen: Quantities) -> pl.Expr:
    """`Campuchia xuất khẩu gần 10 tỷ USD sang Mỹ`, not `thị trường Mỹ nhập khẩu`: whether a country is who trades, and no market."""
    subject = pl.col("country_before")
    trades = (pl.col("name_start").cast(pl.Int64) - seen.at("end", subject).cast(pl.Int64)).is_between(0, _AT_ONCE_BEFORE)
    trades &= ~(seen.last_row(_CLAUSE) > subject).fill_null(value=False)
    opens = seen.lead_of(subject) <= _OPENING
    opens |= ((seen.last_row(pl.col("opens_clause")) == subject) & (pl.col("indicator") == "imports")).fill_null(value=False)
    return (trades & opens).fill_null(value=False)


def _goes_in(seen: Quantities) -> pl.Expr:
    """`lượng nhập khẩu amoni nitrat vào Úc`: what goes into another country is not what we buy."""
    into = in_same("sentence_id", seen.last_row((pl.col("kind") == "sector") & (pl.col("form") == INTO)))
    near = (seen.at("start", into) - pl.col("name_end") <= _BEHIND_NAME) & (into > pl.col("name_row"))
    return (pl.col("indicator") == "imports") & near.fill_null(value=False)


def _is_sold(seen: Quantities) -> pl.Expr:
    """Whether what is traded comes from Vietnam: `nhập khẩu 300 tấn tôm từ Việt Nam`."""
    home = in_same("sentence_id", seen.last_row(_NATION))
    behind = ahead(seen.next_row(pl.col("is_origin")))
    return (seen.at("start", home) >= pl.col("name_end")).fill_null(value=False) | behind.is_not_null()


def _sold_to() -> pl.Expr:
    """`Nhật Bản nhập khẩu từ Việt Nam 4,5 tỷ USD`: what others buy of us is what we sell."""
    return (pl.col("indicator") == "imports") & pl.col("trades") & pl.col("sold")


def _beside(seen: Quantities, row: pl.Expr) -> pl.Expr:
    """Whether a mark stands right behind or right before the name of the indicator."""
    behind = (seen.at("start", row).cast(pl.Int64) - pl.col("name_end").cast(pl.Int64)).is_between(0, _BEHIND_NAME)
    before = (pl.col("name_start").cast(pl.Int64) - seen.at("end", row).cast(pl.Int64)).is_between(0, _BEFORE_NAME)
    return (behind | before) & (seen.at("start", row) < pl.col("start"))


def with_nation(bound: pl.DataFrame, home: pl.DataFrame) -> pl.DataFrame:
    """`bound` (quantities with indicator, entity and place) with the nation as the place of what no place and nobody is named for."""
    marked = _with_homes(bound, home)
    # What a text about markets abroad tells of no country is told of Vietnam.
    at_home = ~pl.col("is_abroad").fill_null(value=False) | pl.col("names_nation")
    at_home &= ~pl.col("of_a_unit").fill_null(value=False)
    # A named region has a rule and no place.
    told = pl.col("place").is_null() & pl.col("entity").is_null() & at_home & pl.col("rule_place").is_null()
    told &= pl.col("group").is_not_null() & ~pl.col("group").is_in(_OF_SOMEBODY)
    words = {"place": NATION, "place_level": "country", "rule_place": "nation"}
    return marked.with_columns(pl.when(told).then(pl.lit(word)).otherwise(name).alias(name) for name, word in words.items()).drop(_HOME)
