"""Whose name an organisation stands for: the full one of a short form, the one that `dự án` alone means, what an owner owns."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Rows, in_gap, in_same

ORGANISATION = pl.col("kind") == "organisation"
# Which named ones a word alone may mean: `công ty` an organisation, `dự án` something that is built.
ORGANISED = ["company", "bank", "brand", "cooperative"]
BUILT = ["project", "plant", "site", "road"]
_OFFICES = ["customs"]
# `theo báo cáo của Công ty A, doanh thu của công ty đạt …`: who reports may report of himself; who studies others does not.
_SPEAKER = ORGANISATION & (pl.col("code") == "source") & pl.col("family").is_in(["company", "bank"])
_STUDIES = "(?i)chứng khoán|nghiên cứu|tư vấn|kiểm toán|quản lý quỹ|xếp hạng"
# Lines that the project may be named before, which `dự án` alone means; or the document is about it.
_MEANT_LINES = 1
# `dự án A tại xã B do Công ty C làm chủ đầu tư`, `nhà máy A của Công ty C`: code points between what is built and its owner.
_OWNER_REACH = 90
# `Công ty Cổ phần A (mã chứng khoán: ABC)`: code points between a full name and its short form.
_TICKER_REACH = 22


def with_who(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds who to organisations: their name, for `công ty` or `dự án` alone the name before that may be meant."""
    # Of the few who speak, and not of all marks, it is asked what they are.
    speakers = Rows(stream, _SPEAKER)
    marked = speakers.with_columns(speaks=~pl.col("text").str.contains(_STUDIES))
    seen = Rows(marked, ORGANISATION)
    name = pl.col("code") == "name"
    # `Tổng vốn của dự án là …`: in a text with no other project it is that one, however far back.
    sole = pl.col("document_key").is_in(_with_one_project(stream).implode()) & (pl.col("family") == "project")
    meant = []
    for kinds in (ORGANISED, BUILT, _OFFICES):
        last = in_same("document_key", seen.last_row(ORGANISATION & name & pl.col("family").is_in(kinds)))
        if kinds == ORGANISED:
            last = pl.max_horizontal(last, in_same("sentence_id", seen.last_row(pl.col("speaks"))))
        near = seen.at("line_id", last) + _MEANT_LINES >= pl.col("line_id")
        near |= pl.col("main_is_built") & (seen.at("text", last) == pl.col("main"))
        near |= sole & (seen.at("family", last) == "project")
        fits = near.fill_null(value=False) if kinds == BUILT else pl.lit(value=True)
        meant.append(pl.when((pl.col("code") == "it") & pl.col("family").is_in(kinds) & fits).then(seen.at("text", last)))
    # A ticker or short form of the name that the document is about: `HAG` of `Hoàng Anh Gia Lai`.
    short = name & (pl.col("family") == "brand") & pl.col("initials").str.contains(pl.col("text"), literal=True).fill_null(value=False)
    whole = pl.col("code") == "all"
    text = pl.when(whole).then(pl.lit("các ") + pl.col("text").str.to_lowercase()).otherwise("text")
    full = pl.when(name | whole | (pl.col("code") == "where")).then(text).otherwise(pl.coalesce(meant))
    told = pl.when(short).then("main").otherwise(full)
    return _of_owners(seen.with_columns(text=text, who=pl.when(~pl.lit(_listed(stream))).then(told)).drop("speaks"))


def _with_one_project(stream: pl.DataFrame) -> pl.Series:
    """Documents that name no more than one project."""
    names = Rows(stream, ORGANISATION & (pl.col("code") == "name") & (pl.col("family") == "project")).select("document_key", "text")
    return names.unique().group_by("document_key").agg(count=pl.len()).filter(pl.col("count") == 1)["document_key"]


def _listed(stream: pl.DataFrame) -> pl.Series:
    """Whether organisations are named in a list, `như: A, B và C với tổng vốn …`: what follows is of no single one of them."""
    names = Rows(stream, ORGANISATION).select("sentence_id", "start", "end", "text", "code", firm=pl.col("family").is_in(ORGANISED))
    gap = pl.col("start").cast(pl.Int64) - pl.col("end").shift(1).cast(pl.Int64)
    alike = (pl.col("firm") & pl.col("firm").shift(1)) & (pl.col("code") == "name") & (pl.col("code").shift(1) == "name")
    alike &= (pl.col("sentence_id") == pl.col("sentence_id").shift(1)) & (pl.col("text") != pl.col("text").shift(1))
    linked = names.select(last=alike & (gap == len(" và ")), link=alike & gap.is_in([len(", "), len(" và ")]))
    many = (pl.col("link") & pl.col("link").shift(1)) | pl.col("last")
    found = linked.with_columns(many=many).with_columns(many=pl.col("many") | (pl.col("link") & pl.col("many").shift(-1)))
    return found.select(pl.col("many").fill_null(value=False) | pl.col("many").shift(-1).fill_null(value=False)).to_series()


def _of_owners(named: pl.DataFrame) -> pl.DataFrame:
    """Who for an owner: what is built, `dự án A do Công ty B làm chủ đầu tư có vốn …` tells of the project."""
    seen = Rows(named, ORGANISATION)
    built = in_same("sentence_id", seen.last_row(ORGANISATION & (pl.col("code") != "where")))
    is_built = seen.at("family", built).is_in(BUILT)
    owns = (pl.col("form") == "owner") & is_built & seen.gap_from(built).is_between(0, _OWNER_REACH) & in_gap(built).is_not_null()
    return seen.with_columns(who=pl.when(owns.fill_null(value=False)).then(pl.coalesce(seen.at("who", built), "who")).otherwise("who"))


def in_full(stream: pl.DataFrame) -> pl.DataFrame:
    """Organisations with the name that tells most: the short and the full one of a firm are one."""
    seen = Rows(stream, ORGANISATION)
    told = seen.select("document_key", "text", "family").join(
        _tickers(stream), on=["document_key", "text"], how="left", maintain_order="left"
    )
    return seen.spread(told.select(text=pl.coalesce("full_name", "text"), family=pl.coalesce("full_family", "family")))


def _tickers(stream: pl.DataFrame) -> pl.DataFrame:
    """document_key, text → full_name, full_family: `Công ty Cổ phần A (ABC)` for both names, where the short one stands in brackets."""
    names = Rows(stream, ORGANISATION & (pl.col("code") == "name")).select("document_key", "sentence_id", "start", "end", "text", "family")
    pairs = names.with_columns(pl.col("document_key", "sentence_id", "end", "text", "family").shift(1).name.suffix("_before"))
    close = (pl.col("sentence_id") == pl.col("sentence_id_before")) & (
        (pl.col("start").cast(pl.Int64) - pl.col("end_before").cast(pl.Int64)).is_between(1, _TICKER_REACH)
    )
    short = (pl.col("family") == "brand") & (pl.col("family_before") != "brand") & pl.col("text").str.contains(r"^\p{Lu}+$")
    both = pairs.filter(close & short).with_columns(
        full_name=pl.col("text_before") + " (" + pl.col("text") + ")", full_family="family_before"
    )
    told = [both.select("document_key", "full_name", "full_family", text=name) for name in ("text", "text_before")]
    return pl.concat(told).unique(["document_key", "text"], keep="first", maintain_order=True)
