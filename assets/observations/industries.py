"""What a quantity is limited to: the sector, group of owners, product or partner that its sentence names."""

from __future__ import annotations

import polars as pl

from assets.mentions.frames import ANNOUNCED
from assets.observations.names import shares_of_economy
from assets.observations.respectively import with_dealt
from assets.observations.stream import HERE, QUANTITY, Quantities, Rows, ahead, in_gap, in_same, run_start
from assets.reference import table

# `217 dự án đầu tư trong nước`: code points between a counted thing and what limits it.
_BEHIND_REACH = 32
# `kim ngạch xuất khẩu của mặt hàng cà phê`: code points between an indicator's name and what limits it.
_AFTER_NAME = 30
# ` từ các nước `: code points between an amount and the partner behind it.
_PARTNER_REACH = 16
# Code points between two words that belong together.
_AT_ONCE = 2
# `cà phê xuất khẩu`: code points between what limits an indicator and its name.
_BEFORE_NAME = 3
# `trong đó ngành dệt may đạt …`: code points that a clause may have before its subject.
_OPENING = 24
# Words that stand in every text about industry: the gap before a quantity must not go on without a clause mark for longer.
_SUBJECT_REACH, _NAME_REACH = 120, 24
# `ngành hàng làm đẹp tiếp tục giữ vị thế quan trọng khi đạt doanh số …`: what a word announces as a sector is the subject for longer.
_ANNOUNCED_REACH = 100
# Indicators that are always about a product: what the line or document is about goes without saying.
_OF_PRODUCTS = ["price", "agri_product_output", "industrial_product_output", "crop_area", "crop_yield", "livestock"]
# Groups of indicators that go on about the same subject: `47 dự án mới; tổng vốn đăng ký 1,3 tỷ USD`.
_COMPANIONS = {"investment": "investment", "agriculture": "agriculture", "business": "firms", "labour": "firms"}
_TRADED = ["exports", "imports"]
# What words like `ngành này` may mean, and how many lines before it was named.
_REFERRING = {
    "it sector": (pl.col("form") == ANNOUNCED) & pl.col("family").is_in(["industry", "product"]),
    "it product": pl.col("is_product"),
    "it market": pl.col("family") == "partner",
    "it owner": pl.col("family") == "ownership",
}
_NEAR_LINES = 3
# The share of all products named that the one needs that a document is about, and how often it must be named.
_MAIN_SHARE, _MAIN_MENTIONS = 0.4, 4
# The share of all partners named that the one needs which a document tells of trade with, and what it then limits.
_PARTNER_SHARE = 0.6
_WITH_PARTNERS = ["exports", "imports", "trade_turnover", "trade_balance", "fdi_registered", "fdi_implemented", "fdi_projects"]


def bind_industries(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds industry and industry_code to the quantities of a stream with indicators."""
    groups = table("indicators").select(
        indicator="code",
        companions=pl.col("group").replace_strict(_COMPANIONS, default=None),
        indicator_name=pl.col("name_vi").str.to_lowercase(),
    )
    of_indicator = Quantities(stream).select("indicator").join(groups, on="indicator", how="left", maintain_order="left")
    marked = _with_limits(stream).pipe(_with_main).pipe(with_dealt, pl.col("limits"), "dealt_row")
    marked = Quantities(marked).spread(of_indicator.drop("indicator"))
    owned = Quantities(marked).with_columns(own_row=pl.coalesce("dealt_row", _own(Quantities(marked))))
    seen = Quantities(owned.pipe(_carried))
    of_product = pl.col("indicator").is_in(_OF_PRODUCTS)
    of_line = pl.when(of_product).then(in_same("line_id", seen.last_row(pl.col("limits") & pl.col("is_product"))))
    # `… của khu vực FDI đạt 18 tỷ USD. Kim ngạch nhập khẩu đạt 17 tỷ USD`: whose trade it is holds for its line.
    of_owner = in_same("line_id", seen.last_row(pl.col("limits") & (pl.col("family") == "ownership")))
    of_owner = pl.when(pl.col("indicator").is_in([*_TRADED, "trade_balance"])).then(of_owner)
    # `các dự án đến từ Hàn Quốc: dự án A (98 triệu USD), dự án B (18 triệu USD)`.
    of_partner = in_same("sentence_id", seen.last_row(pl.col("limits") & (pl.col("family") == "partner")))
    # `EU là bạn hàng lớn của tỉnh, với kim ngạch hai chiều đạt 15 tỷ USD`.
    leads = seen.at("start", of_partner).cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64) <= _OPENING
    leads &= pl.col("indicator").is_in(_WITH_PARTNERS)
    of_partner = pl.when(pl.col("indicator").str.starts_with("fdi") | leads).then(of_partner)
    # `doanh nghiệp trong nước nhập siêu 2 tỷ USD, cả nước xuất siêu 100 triệu USD`: the nation is no group of owners.
    nation = in_same("sentence_id", seen.last_row(HERE & (pl.col("family") == "nation")))
    row = pl.coalesce("own_row", "carried_row", of_line, of_owner, of_partner)
    # `Malaysia có 5 dự án cấp mới`: whose capital it is tells more than that it is new.
    led = seen.at("start", of_partner).cast(pl.Int64) - pl.col("sentence_start").cast(pl.Int64) <= _SUBJECT_REACH
    of_investor = pl.col("indicator").str.starts_with("fdi") & led & (seen.at("family", row) == "part")
    row = pl.when(of_investor.fill_null(value=False)).then(of_partner).otherwise(row)
    row = pl.when(~((nation > row) & (seen.at("family", row) == "ownership")).fill_null(value=False)).then(row)
    about = pl.when(of_product | (pl.col("indicator").is_in(_TRADED) & pl.col("main_in_lead"))).then("main")
    main = pl.coalesce(about, pl.when(pl.col("indicator").is_in(_WITH_PARTNERS)).then("partner"))
    bound = seen.with_columns(industry_row=row, named_main=main)
    # `ngành du lịch đón 5 triệu lượt khách du lịch`: what the indicator is about anyway limits nothing.
    said = pl.col("indicator_name").str.contains(seen.at("text", "industry_row").str.to_lowercase(), literal=True).fill_null(value=False)
    of_another = pl.col("indicator").is_in(_OF_PRODUCTS) & seen.at("family", "industry_row").is_in(["part", "ownership"])
    limiting = ~said & ~of_another.fill_null(value=False)
    return (
        Quantities(bound)
        .with_columns(
            industry=pl.when(limiting).then(pl.coalesce(_with_partner(seen), "named_main")),
            industry_code=pl.when(limiting).then(seen.at("code", "industry_row")),
        )
        .drop(
            "limits",
            "is_product",
            "own_row",
            "dealt_row",
            "carried_row",
            "industry_row",
            "named_main",
            "main",
            "main_in_lead",
            "partner",
            "opens",
            "companions",
            "indicator_name",
        )
    )


def _with_limits(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds limits (a sector that may limit something), is_product, and opens (it is the subject of its clause)."""
    seen = Rows(stream, pl.col("kind") == "sector")
    name = (pl.col("names") != "") & (pl.col("kind") != "fallback")
    organisation = (pl.col("kind") == "organisation") & (pl.col("code") != "it")
    # A sector inside the indicator's own name limits nothing, unless it is a part (`thu nội địa`) or the indicator is about
    # products (`giá dầu`); inside the name of a firm or place it is no sector.
    name &= ~pl.col("names").is_in([*_OF_PRODUCTS, *_TRADED])
    in_name, in_proper = _within(seen, name), _within(seen, organisation) | _within(seen, pl.col("kind") == "place")
    limits = (pl.col("family").is_in(["part", "state"]) | ~in_name) & ~in_proper
    limits &= ~pl.col("names").is_in(shares_of_economy()).fill_null(value=False)
    # `tỉnh Champasak (Lào)`: a country in brackets tells where something lies.
    opening, closing = seen.last_row(pl.col("kind") == "clause"), seen.next_row(pl.col("kind") == "clause")
    aside = (seen.at("code", opening) == "(") & (seen.at("end", opening) == pl.col("start"))
    aside &= (seen.at("code", closing) == ")") & (seen.at("start", closing) == pl.col("end")) & (pl.col("family") == "partner")
    limits &= ~aside.fill_null(value=False)
    made = pl.col("code").str.contains("^[0-3][0-9]$") & (pl.col("family") == "industry")
    parted = in_same("sentence_id", seen.last_row((pl.col("kind") == "clause") | QUANTITY))
    begins = pl.coalesce(seen.at("end", parted).cast(pl.Int64), seen.at("sentence_start", "next_quantity").cast(pl.Int64))
    marked = seen.with_columns(
        limits=limits,
        is_product=(pl.col("family") == "product") | made.fill_null(value=False),
        opens=(pl.col("start").cast(pl.Int64) - begins <= _OPENING).fill_null(value=False),
    )
    return _referred(marked.with_columns(pl.col("limits", "is_product", "opens").fill_null(value=False)))


def _referred(marked: pl.DataFrame) -> pl.DataFrame:
    """`toàn ngành`, `mặt hàng này`, `thị trường này` mean the sector, product or country that was named last; else they limit nothing."""
    seen = Rows(marked, (pl.col("kind") == "sector") & pl.col("family").is_in(list(_REFERRING)))
    last = pl.coalesce(
        pl.when(pl.col("family") == word).then(in_same("document_key", seen.last_row(pl.col("limits") & meant)))
        for word, meant in _REFERRING.items()
    )
    near = pl.when(seen.at("line_id", last) + _NEAR_LINES >= pl.col("line_id")).then(last)
    found = seen.select(
        limits=pl.col("limits") & near.is_not_null(),
        is_product=seen.at("is_product", near).fill_null(value=False),
        text=seen.at("text", near),
        code=seen.at("code", near),
        family=seen.at("family", near),
        form=pl.lit(ANNOUNCED),
    )
    return seen.spread(found)


def _within(seen: Rows, kind: pl.Expr) -> pl.Expr:
    """Whether a row lies within the mark of a kind before it, or the one behind it."""
    before, behind = in_same("line_id", seen.last_row(kind)), in_same("line_id", seen.next_row(kind))
    in_next = (pl.col("start") >= seen.at("start", behind)) & (pl.col("end") <= seen.at("end", behind))
    return ((pl.col("start") < seen.at("end", before)) | in_next).fill_null(value=False)


def _own(seen: Quantities) -> pl.Expr:
    """Row of what the words around a quantity limit it to: behind a counted thing, after the name, before it, or as subject."""
    of_product, group = pl.col("indicator").is_in(_OF_PRODUCTS), pl.col("family").is_in(["part", "ownership", "partner"])
    # `đang hoạt động` limits what it stands behind, nothing else.
    lasting = pl.col("limits") & (pl.col("family") != "state")
    subjects = lasting & pl.col("opens")
    # `giá cà phê trong nước`: a price is that of a product, whoever sells it.
    last, subject = (
        in_gap(pl.when(of_product).then(seen.last_row(marks & ~group)).otherwise(seen.last_row(marks))) for marks in (lasting, subjects)
    )
    state = in_gap(seen.last_row(pl.col("limits") & (pl.col("family") == "state")))
    named_in_gap, end = in_gap(pl.col("name_row")).is_not_null(), seen.at("end", last)
    after = (seen.at("start", last) - pl.col("name_end").cast(pl.Int64)).is_between(-40, _AFTER_NAME) & (end > pl.col("name_start"))
    before = (pl.col("name_start").cast(pl.Int64) - end).is_between(0, _BEFORE_NAME)
    return pl.coalesce(
        _behind(seen, last),
        pl.when(_at_name(seen, state)).then(state),
        pl.when(~named_in_gap | after | before).then(last),
        pl.when(~_is_far(seen, subject, named_in_gap)).then(subject),
        _beyond(seen, lasting),
        _partner_behind(seen),
    )


def _at_name(seen: Quantities, state: pl.Expr) -> pl.Expr:
    """`tỷ lệ lao động có bằng cấp tăng lên 28%`: whether a state stands right behind the name of a rate."""
    return (seen.at("start", state) - pl.col("name_end").cast(pl.Int64)).is_between(0, _AT_ONCE) & (pl.col("family") == "percent")


def _behind(seen: Quantities, last: pl.Expr) -> pl.Expr:
    """Row of what follows a counted thing, or an amount with its name behind it, in the same clause."""
    unit_end, clause = pl.col("evidence_end").cast(pl.Int64), ahead(seen.next_row(pl.col("kind") == "clause"))
    behind = ahead(seen.next_row(pl.col("limits")))
    close = (seen.at("start", behind) - unit_end).is_between(-1, _BEHIND_REACH) & (clause.is_null() | (clause > behind))
    inside = (seen.at("start", behind) >= pl.col("end")) & (seen.at("start", behind) < unit_end)
    # `vốn góp là 37 tỷ đồng và vốn vay 148 tỷ đồng`: an amount that what stands before it limits is done.
    done = seen.at("family", last).is_in(["part", "ownership"]).fill_null(value=False)
    things = pl.col("family").is_in(["count", "people"])
    counted = things | (pl.col("rule_indicator").is_in(["counted", "behind"]) & ~done)
    # `chiếm 45% tổng số lao động ngành may`: what follows a share is its whole; `chiếm 40% kim ngạch xuất khẩu tiêu` is of one product.
    counted &= (pl.col("measure") != "share").fill_null(value=True) | pl.col("indicator").is_in([*_OF_PRODUCTS, *_TRADED])
    return pl.when(counted & (close | inside)).then(behind)


def _partner_behind(seen: Quantities) -> pl.Expr:
    """Row of the country or the owners that an amount of trade or of capital is of: `nhập khẩu 13 tỷ USD từ Mỹ`."""
    row, clause = (
        ahead(seen.next_row(pl.col("limits") & pl.col("family").is_in(["partner", "ownership"]))),
        ahead(seen.next_row(pl.col("kind") == "clause")),
    )
    close = (seen.at("start", row) - pl.col("evidence_end").cast(pl.Int64)).is_between(0, _PARTNER_REACH)
    here = pl.col("indicator").is_in(_WITH_PARTNERS) & (pl.col("family") == "money")
    return pl.when(here & close & (clause.is_null() | (clause > row))).then(row)


def _is_far(seen: Quantities, subject: pl.Expr, named_in_gap: pl.Expr) -> pl.Expr:
    """Whether the subject of a clause is too far for what its end tells."""
    end = seen.at("end", subject).cast(pl.Int64)
    # `phát triển thương mại với chỉ tiêu: giá trị sản xuất công nghiệp …`: an indicator named further on is not that of the subject.
    other = ~pl.col("indicator").is_in([*_OF_PRODUCTS, *_TRADED]) & named_in_gap
    reach = pl.when(seen.at("form", subject) == ANNOUNCED).then(_ANNOUNCED_REACH).otherwise(_NAME_REACH)
    return (pl.col("start").cast(pl.Int64) - end > _SUBJECT_REACH) | (other & (pl.col("name_start").cast(pl.Int64) - end > reach))


def _beyond(seen: Quantities, lasting: pl.Expr) -> pl.Expr:
    """Row of what follows the name of an indicator that numbers of nothing part from its amount: `dư nợ ủy thác qua 4 hội là 9 tỷ`."""
    row, number = in_same("sentence_id", seen.last_row(lasting)), pl.col("last_quantity")
    close = (seen.at("start", row) - pl.col("name_end").cast(pl.Int64)).is_between(0, _AFTER_NAME)
    parted = (row < number) & (pl.col("name_row") < number) & seen.at("indicator", number).is_null()
    return pl.when(close & parted).then(row)


def _with_partner(seen: Quantities) -> pl.Expr:
    """Text of what limits a quantity; a market beside a product goes with it: `gạo; Trung Quốc`."""
    row = pl.col("industry_row")
    beside = in_gap(seen.last_row(pl.col("limits") & (pl.col("family") == "partner")))
    product = seen.at("is_product", row) & beside.is_not_null() & (beside != row)
    text = seen.at("text", row)
    return pl.when(product.fill_null(value=False)).then(pl.concat_str(text, seen.at("text", beside), separator="; ")).otherwise(text)


def _carried(marked: pl.DataFrame) -> pl.DataFrame:
    """Adds carried_row: what limits the quantity before, where this one goes on about the same indicator and names nothing new."""
    seen, before = Quantities(marked), pl.col("last_quantity")
    companions = seen.at("companions", before) == pl.col("companions")
    same = (seen.at("indicator", before) == pl.col("indicator")) | companions
    goes_on = before.is_not_null() & pl.col("own_row").is_null() & same
    begins = run_start(goes_on)
    # `doanh thu mảng bán lẻ đạt 8 tỷ đồng, lợi nhuận 2 tỷ đồng`: a part of the one is none of the other.
    another = (seen.at("indicator", begins) != pl.col("indicator")) & (pl.col("companions") == "firms")
    family, other = seen.at("family", seen.at("own_row", begins)), seen.at("indicator", begins) != pl.col("indicator")
    # `169 dự án còn hiệu lực, tổng vốn 5 tỷ USD`: nor does a state of things hold for their amounts.
    of_a_part = (another & (family == "part")) | (other & (family == "state"))
    return seen.with_columns(carried_row=pl.when(~of_a_part.fill_null(value=False)).then(seen.at("own_row", begins)))


def _with_main(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds main (the product that a document is about, or null), main_in_lead, and partner (the one country it tells of trade with)."""
    sectors = Rows(stream, pl.col("limits")).select("document_key", "block", "family", "text", "is_product")
    products = _most_named(stream, sectors.filter("is_product"), _MAIN_SHARE)
    partners = _most_named(stream, sectors.filter(pl.col("family") == "partner"), _PARTNER_SHARE)
    partners = partners.filter("main_in_lead").select("document_key", partner="main")
    of_document = Quantities(stream).select("document_key").join(products, on="document_key", how="left", maintain_order="left")
    of_document = of_document.join(partners, on="document_key", how="left", maintain_order="left")
    return Quantities(stream).spread(of_document.drop("document_key"))


def _most_named(stream: pl.DataFrame, marks: pl.DataFrame, least: float) -> pl.DataFrame:
    """document_key, main, main_in_lead: what has at least so great a share of the marks of its document."""
    # `vải thiều` and `vải` are one.
    lower = pl.col("text").str.to_lowercase().str.extract(r"^(\p{L}+)")
    counted = marks.group_by("document_key", lower=lower).agg(mentions=pl.len(), text=pl.col("text").first(), first=pl.col("block").min())
    share = pl.col("mentions") / pl.col("mentions").sum().over("document_key")
    lead = stream.group_by("document_key").agg(lead=pl.col("block").min())
    return (
        counted.with_columns(share=share)
        .join(lead, on="document_key")
        .sort("document_key", "mentions", "lower", descending=[False, True, False])
        .unique("document_key", keep="first", maintain_order=True)
        .filter((pl.col("share") >= least) & (pl.col("mentions") >= _MAIN_MENTIONS))
        .select("document_key", main="text", main_in_lead=pl.col("first") <= pl.col("lead") + 1)
    )
