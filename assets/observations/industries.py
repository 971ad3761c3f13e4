"""What a quantity is limited to: the sector, group of owners, product or partner that its sentence names."""

from __future__ import annotations

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.mentions.terms import PROPER
from assets.observations.beside import SUBJECT_REACH, own_limit, partner_behind
from assets.observations.limits import OF_PRODUCTS, WITH_PARTNERS, with_limits
from assets.observations.respectively import with_dealt
from assets.observations.stream import HERE, QUANTITY, Figures, Rows, ahead, in_gap, in_same, run_start
from assets.observations.wholes import TRADED
from assets.reference import table

# Groups of indicators that go on about the same subject: `47 dự án mới; tổng vốn đăng ký 1,3 tỷ USD`.
_COMPANIONS = {"investment": "investment", "agriculture": "agriculture", "business": "firms", "labour": "firms"}
# The share of all products named that the one needs that a document is about, and how often it must be named.
_MAIN_SHARE, _MAIN_MENTIONS = 0.4, 4
# The share of all partners named that the one needs which a document tells of trade with, and what it then limits.
_PARTNER_SHARE = 0.6
# `, phụ tùng của các `: code points between goods and their owners.
_OWNER_REACH = 24
_EARNED = ["revenue", "profit"]
# `đối tác thương mại`: what all trade is, and indicators that are of goods.
_ALL_TRADE = ["thương mại"]
_TRADE = [*TRADED, "trade_turnover", "trade_balance"]
_GOODS = [*OF_PRODUCTS, *_TRADE]
# What every firm does that the indicator counts.
_AT_WORK = ["đang hoạt động", "đang vận hành"]
# ` đông lạnh được xuất khẩu sang thị trường `: code points between goods and the market behind them.
_MARKET_REACH = 40
# Columns that only this module asks for.
_WORKING = [
    "limits", "is_product", "of_amount", "thing", "own_row", "dealt_row", "dealt_partner", "carried_row", "begin_row",
    "industry_row", "limit", "named_main", "main", "main_in_lead", "partner", "opens", "companions", "indicator_name",
]  # fmt: skip


def bind_industries(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds industry and industry_code to the quantities of a stream with indicators."""
    groups = table("indicators").select(
        indicator="code",
        companions=pl.col("group").replace_strict(_COMPANIONS, default=None),
        indicator_name=pl.col("name_vi").str.to_lowercase(),
    )
    of_indicator = Figures(stream).select("indicator").join(groups, on="indicator", how="left", maintain_order="left")
    marked = with_limits(stream).pipe(_with_main).pipe(with_dealt, pl.col("limits"), "dealt_row")
    # `Mỹ, Trung Quốc mua nhiều rau quả, lần lượt là 5 và 3 triệu USD`: as many markets as numbers.
    partners = pl.col("limits") & (pl.col("family") == "partner")
    marked = with_dealt(marked, partners, "dealt_partner").with_columns(pl.coalesce("dealt_row", "dealt_partner").alias("dealt_row"))
    marked = Figures(marked).spread(of_indicator.drop("indicator"))
    owned = Figures(marked).with_columns(own_row=pl.coalesce("dealt_row", own_limit(Figures(marked))))
    seen = Figures(owned.pipe(_carried))
    of_product = pl.col("indicator").is_in(OF_PRODUCTS)
    # `thương mại hai chiều đạt 5 tỷ USD, trong đó xuất khẩu đạt 3 tỷ USD` is of all goods.
    in_all = (seen.at("indicator", "last_quantity") == "trade_turnover").fill_null(value=False)
    about = pl.when(of_product | (pl.col("indicator").is_in(TRADED) & pl.col("main_in_lead") & ~in_all)).then("main")
    main = pl.coalesce(about, pl.when(pl.col("indicator").is_in(WITH_PARTNERS)).then("partner"))
    bound = Figures(seen.with_columns(industry_row=_limiting_row(seen), named_main=main))
    told = Figures(bound.with_columns(limit=_with_partner(bound)))
    # `xuất khẩu sang Đức 5 tấn chè, trị giá 2 triệu USD, tăng 8%`: what goes on about the goods does so about the market.
    goes_on = (pl.col("industry_row") == pl.col("carried_row")) & told.at("is_product", "carried_row")
    goes_on &= (told.at("industry_row", "begin_row") == pl.col("carried_row")) & ~pl.col("limit").str.contains("; ", literal=True)
    limit = pl.when(goes_on.fill_null(value=False)).then(told.at("limit", "begin_row")).otherwise("limit")
    limiting = _limiting(told)
    return told.with_columns(
        industry=pl.when(limiting).then(pl.coalesce(limit, "named_main")),
        industry_code=pl.when(limiting).then(told.at("code", "industry_row")),
    ).drop(_WORKING)


def _limiting(seen: Figures) -> pl.Expr:
    """Whether what limits a quantity tells more than its indicator does, and nothing against it."""
    # `ngành du lịch đón 5 triệu lượt khách du lịch`: what the indicator is about anyway limits nothing.
    text = seen.at("text", "industry_row").str.to_lowercase()
    said = pl.col("indicator_name").str.contains(text, literal=True).fill_null(value=False)
    # `sản lượng thủy sản` is of one of the products that `Sản lượng nông sản và thủy sản` counts.
    said &= ~pl.col("indicator").is_in([product for product in OF_PRODUCTS if product != "price"])
    # `doanh thu bán lẻ hàng hóa` is a part of the retail sales whose long name has its words, `vốn huy động` all of its indicator.
    part = (seen.at("family", "industry_row") == "part") & (pl.col("indicator_name").str.len_chars() > 2 * text.str.len_chars())
    said &= ~part.fill_null(value=False)
    # `12.000 doanh nghiệp đang hoạt động`: a firm that is counted is at work.
    said |= ((pl.col("indicator") == "enterprises") & text.is_in(_AT_WORK)).fill_null(value=False)
    said |= (_of_firm(seen, text) | (text.is_in(_ALL_TRADE) & pl.col("indicator").is_in(_GOODS))).fill_null(value=False)
    of_another = pl.col("indicator").is_in(OF_PRODUCTS) & seen.at("family", "industry_row").is_in(["part", "ownership"])
    # `90 dự án trong nước và 12 dự án FDI`: whose capital is foreign is not of the country, and of foreigners all of it is.
    of_another |= pl.col("indicator").str.starts_with("fdi") & text.str.contains_any(["trong nước", "nhà đầu tư nước ngoài"])
    return ~said & ~of_another.fill_null(value=False)


def _of_firm(seen: Figures, text: pl.Expr) -> pl.Expr:
    """Whether what seems a sector is the firm that a figure is of: `Thép Việt Ý lãi 10 tỷ đồng`, `ngân hàng đạt doanh thu 8 tỷ`."""
    form = seen.at("form", "industry_row")
    # `lợi nhuận ngân hàng`, `ngành ngân hàng` are of all banks.
    beside = (seen.at("start", "industry_row").cast(pl.Int64) - pl.col("name_end").cast(pl.Int64)).is_between(0, 1)
    bank = (text == "ngân hàng") & (form != ANNOUNCED).fill_null(value=True) & ~(beside & pl.col("indicator").is_in(_EARNED))
    # `các ngân hàng nộp 2 tỷ đồng`: the row before is that of their crowd.
    bank &= (seen.at("family", pl.col("industry_row").clip(1) - 1) != "all").fill_null(value=True)
    # `bảo hiểm tăng 9% và ngân hàng tăng 8%`.
    listed = seen.at("text", seen.at("industry_row", "last_quantity")).str.to_lowercase() != "ngân hàng"
    bank &= ~listed.fill_null(value=False)
    return ((form == PROPER) & pl.col("indicator").is_in(_EARNED)).fill_null(value=False) | bank


def _limiting_row(seen: Figures) -> pl.Expr:
    """Row of what limits a quantity: its own, else that of the one before, else what its line or sentence is about."""
    of_product = pl.col("indicator").is_in(OF_PRODUCTS)
    of_line = pl.when(of_product).then(in_same("line_id", seen.last_row(pl.col("limits") & pl.col("is_product"))))
    # `… của khu vực FDI đạt 18 tỷ USD. Kim ngạch nhập khẩu đạt 17 tỷ USD`: whose trade it is holds for the next sentence, too.
    of_owner = in_same("line_id", seen.last_row(pl.col("limits") & (pl.col("family") == "ownership")))
    # `…, trong đó khu vực FDI đạt 12 tỷ USD. Kim ngạch nhập khẩu đạt …` tells of all again.
    in_part = seen.at("opens", of_owner) & (seen.at("sentence_id", of_owner) < pl.col("sentence_id"))
    near = (seen.at("sentence_id", of_owner) + 1 >= pl.col("sentence_id")) & ~in_part
    of_owner = pl.when(pl.col("indicator").is_in([*TRADED, "trade_balance"]) & near).then(of_owner)
    # `các dự án đến từ Hàn Quốc: dự án A (98 triệu USD), dự án B (18 triệu USD)`.
    (of_owner,) = seen.once(of_owner)
    of_partner = in_same("sentence_id", seen.last_row(pl.col("limits") & (pl.col("family") == "partner")))
    # `EU là bạn hàng lớn của tỉnh, với kim ngạch hai chiều đạt 15 tỷ USD`.
    of_partner = pl.when(pl.col("indicator").is_in(WITH_PARTNERS)).then(of_partner)
    # `doanh nghiệp trong nước nhập siêu 2 tỷ USD, cả nước xuất siêu 100 triệu USD`: the nation is no group of owners.
    nation = in_same("sentence_id", seen.last_row(HERE & (pl.col("family") == "nation")))
    of_partner, row = seen.once(of_partner, pl.coalesce("own_row", "carried_row", of_line, of_owner, of_partner))
    # `Malaysia có 5 dự án cấp mới`: whose capital it is tells more than that it is new.
    led = seen.lead_of(of_partner) <= SUBJECT_REACH
    of_investor = pl.col("indicator").str.starts_with("fdi") & led & (seen.at("family", row) == "part")
    (row,) = seen.once(pl.when(of_investor.fill_null(value=False)).then(of_partner).otherwise(row))
    family, surplus = seen.at("family", row), pl.col("indicator") == "trade_balance"
    # `thu từ hộ kinh doanh cả nước đạt 17 tỷ đồng`: without a figure between them the one is where the other is.
    whole = (
        (nation > row)
        & ((row < pl.col("gap_first")) | (pl.col("name_row") > nation))
        & ((family == "ownership") | (surplus & (family != "partner")))
    )
    return pl.when(~whole.fill_null(value=False)).then(row)


def _with_partner(seen: Figures) -> pl.Expr:
    """Text of what limits a quantity; a market and a product go together: `gạo; Trung Quốc`."""
    row = pl.col("industry_row")
    # `xuất khẩu nông, lâm, thủy sản sang Mỹ`: what farms sell are goods, too.
    goods = pl.col("limits") & (pl.col("is_product") | ((pl.col("family") == "industry") & (pl.col("code") == "A")))
    partners = pl.col("limits") & (pl.col("family") == "partner")
    free, last = in_gap(seen.last_row(partners & ~pl.col("of_amount"))), in_gap(seen.last_row(partners))
    before = pl.when(pl.col("family") == "money").then(free).otherwise(last)
    (beside,) = seen.once(pl.coalesce(_sold_on(seen, partners), before, partner_behind(seen)))
    farmed = pl.col("indicator").is_in(TRADED) & (seen.at("code", row) == "A")
    product = (seen.at("is_product", row) | farmed.fill_null(value=False)) & beside.is_not_null() & (beside != row)
    text = seen.at("text", row)
    both = pl.when(product).then(pl.concat_str(text, seen.at("text", beside), separator="; "))
    # `xuất khẩu dệt may của doanh nghiệp FDI`.
    (goods_before,) = seen.once(in_gap(seen.last_row(goods)))
    owned = pl.col("indicator").is_in(TRADED) & (seen.at("family", row) == "ownership") & (goods_before < row)
    owned &= seen.at("start", row).cast(pl.Int64) - seen.at("end", goods_before).cast(pl.Int64) <= _OWNER_REACH
    of_owner = pl.when(owned).then(pl.concat_str(seen.at("text", goods_before), text, separator="; "))
    # `Thị trường Mexico tăng 31%` in a sentence or text about the exports of one fish.
    named = seen.at("text", in_same("sentence_id", seen.last_row(goods)))
    sold = pl.when(pl.col("indicator").is_in(TRADED)).then(pl.coalesce(named, pl.when("main_in_lead").then("main")))
    to_market = pl.when(seen.at("family", row) == "partner").then(pl.concat_str(sold, text, separator="; "))
    return pl.coalesce(both, of_owner, to_market, text)


def _sold_on(seen: Figures, partners: pl.Expr) -> pl.Expr:
    """Row of the market behind the goods that stand behind their amount: `7 tấn sầu riêng được xuất khẩu sang Úc`."""
    market, goods = ahead(seen.next_row(partners)), pl.col("industry_row")
    near = (seen.at("start", market).cast(pl.Int64) - seen.at("end", goods).cast(pl.Int64)).is_between(0, _MARKET_REACH)
    # `chiếm 24% nhập khẩu tôm của Anh, tiếp đó là Ấn Độ`.
    near &= (ahead(seen.next_row(pl.col("kind") == "clause")) > market).fill_null(value=True)
    return pl.when(pl.col("indicator").is_in(TRADED) & (goods > pl.col("row")) & near).then(market)


def _carried(marked: pl.DataFrame) -> pl.DataFrame:
    """Adds carried_row: what limits the quantity before, where this one goes on about the same indicator and names nothing new."""
    seen, before = Figures(marked), pl.col("last_quantity")
    companions = seen.at("companions", before) == pl.col("companions")
    # `xuất khẩu thủy sản đạt 8 tỷ USD, xuất siêu 6 tỷ USD`.
    surplus = (seen.at("indicator", before) == "exports") & (pl.col("indicator") == "trade_balance")
    # `Kim ngạch hai chiều với Anh …, trong đó xuất khẩu đạt 5 tỷ USD, nhập khẩu đạt 1 tỷ USD`.
    trade = seen.at("indicator", before).is_in(_TRADE) & pl.col("indicator").is_in(_TRADE)
    same = (seen.at("indicator", before) == pl.col("indicator")) | companions | surplus | trade
    goes_on = before.is_not_null() & pl.col("own_row").is_null() & same
    seen = Figures(seen.with_columns(run_row=run_start(goes_on)))
    (begins,) = seen.once(run_start(goes_on | _tells_more(seen)))
    # `doanh thu mảng bán lẻ đạt 8 tỷ đồng, lợi nhuận 2 tỷ đồng`: a part of the one is none of the other.
    another = (seen.at("indicator", begins) != pl.col("indicator")) & (pl.col("companions") == "firms")
    family, other = seen.at("family", seen.at("own_row", begins)), seen.at("indicator", begins) != pl.col("indicator")
    # `169 dự án còn hiệu lực, tổng vốn 5 tỷ USD`: nor does a state of things hold for their amounts.
    of_a_part = (another & (family == "part")) | ((other | (pl.col("measure") == "level")) & (family == "state"))
    # What goods a trade is of may differ from direction to direction, whom it is with does not.
    traded = seen.at("indicator", begins).is_in(_TRADE) & pl.col("indicator").is_in(_TRADE)
    of_a_part |= other & traded & ~surplus.fill_null(value=False) & seen.at("is_product", seen.at("own_row", begins))
    carried = pl.when(~of_a_part.fill_null(value=False)).then(seen.at("own_row", begins))
    return seen.with_columns(carried_row=carried, begin_row=pl.when(begins != pl.col("row")).then(begins)).drop("run_row")


def _tells_more(seen: Figures) -> pl.Expr:
    """`Xuất khẩu gạo tháng 5 đạt 500 triệu USD. Tính chung 5 tháng đạt 2,5 tỷ USD`: whether a sentence that names nothing goes on so.

    The sentence before must tell of one thing alone.
    """
    before = in_same("line_id", seen.last_row(QUANTITY))
    alone = seen.at("last_quantity", seen.at("run_row", before)).is_null()
    near = seen.at("sentence_id", before) + 1 == pl.col("sentence_id")
    named_nothing, other = pl.col("own_row").is_null(), seen.at("indicator", before)
    same = (pl.col("rule_indicator") == "line") & (other == pl.col("indicator"))
    # `Kim ngạch hai chiều với Anh đạt 6 tỷ USD. Trong đó, xuất khẩu đạt 5 tỷ USD`.
    same |= (other == "trade_turnover") & pl.col("indicator").is_in(_TRADE)
    return (named_nothing & near & alone & same).fill_null(value=False)


def _with_main(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds main (the product that a document is about, or null), main_in_lead, and partner (the one country it tells of trade with)."""
    sectors = Rows(stream, pl.col("limits")).select("document_key", "block", "family", "text", "is_product")
    products = _most_named(stream, sectors.filter("is_product"), _MAIN_SHARE)
    partners = _most_named(stream, sectors.filter(pl.col("family") == "partner"), _PARTNER_SHARE)
    partners = partners.filter("main_in_lead").select("document_key", partner="main")
    of_document = Figures(stream).select("document_key").join(products, on="document_key", how="left", maintain_order="left")
    of_document = of_document.join(partners, on="document_key", how="left", maintain_order="left")
    return Figures(stream).spread(of_document.drop("document_key"))


def _most_named(stream: pl.DataFrame, marks: pl.DataFrame, least: float) -> pl.DataFrame:
    """document_key, main, main_in_lead: what has at least so great a share of the marks of its document."""
    # `vải thiều` and `vải` are one.
    lower = pl.col("text").str.to_lowercase().str.extract(r"^(\p{L}+)")
    counted = marks.group_by("document_key", lower=lower).agg(mentions=pl.len(), text=pl.col("text").first(), first=pl.col("block").min())
    share = pl.col("mentions") / pl.col("mentions").sum().over("document_key")
    lead = stream.lazy().filter(pl.col("row") == pl.col("document_key_first")).select("document_key", lead="block").collect()
    return (
        counted.with_columns(share=share)
        .join(lead, on="document_key")
        .sort("document_key", "mentions", "lower", descending=[False, True, False])
        .unique("document_key", keep="first", maintain_order=True)
        .filter((pl.col("share") >= least) & (pl.col("mentions") >= _MAIN_MENTIONS))
        .select("document_key", main="text", main_in_lead=pl.col("first") <= pl.col("lead") + 1)
    )
