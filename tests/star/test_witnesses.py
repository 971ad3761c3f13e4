from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from assets.star import build
from tests.star.planted import BASE_2022, HA_NAM, NAM_DINH, OUTPUT, YEAR_2023, Article, Rooms, claim, rooms

Said = tuple[str, float, dict[str, Any]]
YEAR_2022 = {"period": "2022", "period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
PERCENT = {"unit": "percent"}
NOW: Said = ("30.640 tỷ đồng", 3.064e13, {})
THEN: Said = ("27.320 tỷ đồng", 2.732e13, YEAR_2022)
GROWN: Said = ("12,15%", 12.15, {"measure": "growth", **PERCENT, **BASE_2022})
TARGET: Said = ("30.000 tỷ đồng", 3.0e13, {"status": "target"})
REACHED: Said = ("102,1%", 102.1, {"measure": "attainment", **PERCENT})
MINING = {"industry": "khai khoáng"}
PART: Said = ("3.064 tỷ đồng", 3.064e12, MINING)
SHARE: Said = ("10%", 10.0, {"measure": "share", **MINING, **PERCENT})


def told(articles: Sequence[Sequence[Said]]) -> Rooms:
    """Articles of different words, each with figures of Hà Nam in 2023 unless told otherwise."""
    written, claims = [], []
    for number, figures in enumerate(articles):
        words = [f"Bài {number} viết: {evidence}." for evidence, _, _ in figures]
        article = Article(f"bai-{number}", date(2024, 1, 1 + number), words)
        written.append(article)
        claims += [claim(article, evidence, value, **{**OUTPUT, **HA_NAM, **YEAR_2023, **more}) for evidence, value, more in figures]
    return rooms(written, claims)


def witnesses(*articles: Sequence[Said], scope: str = "several documents") -> list[dict[str, Any]]:
    table = build(*told(articles))["witness"]
    return list(table.filter(pl.col("scope") == scope).iter_rows(named=True))


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("growth_witness", [NOW, GROWN, THEN]),
        ("attainment_witness", [NOW, REACHED, TARGET]),
        ("share_witness", [NOW, SHARE, PART]),
    ],
)
def test_figures_of_several_articles_that_agree_are_evidence(kind: str, figures: list[Said]) -> None:
    for articles in ([[one] for one in figures], [figures[:2], figures[2:]]):
        (witness,) = witnesses(*articles)
        assert (witness["kind"], witness["agrees"]) == (kind, True)
        assert abs(witness["stated"] - witness["computed"]) <= witness["tolerance"]
        assert len({witness["observation_key"], *witness["others"].split("|")}) == 3


def test_parts_that_one_article_lists_bear_out_the_whole_of_another() -> None:
    listed = Article("gom", date(2024, 2, 1), ["Gồm 20.640 tỷ đồng và 10.000 tỷ đồng."])
    whole = Article("tong", date(2024, 2, 2), ["Tổng cộng 30.640 tỷ đồng."])
    said = {**OUTPUT, **HA_NAM, **YEAR_2023}
    claims = [
        claim(whole, "30.640 tỷ đồng", 3.064e13, **said),
        claim(listed, "20.640 tỷ đồng", 2.064e13, **said, industry="dệt may"),
        claim(listed, "10.000 tỷ đồng", 1e13, **said, industry="khai khoáng"),
    ]
    (witness,) = build(*rooms([listed, whole], claims))["witness"].iter_rows(named=True)
    assert (witness["kind"], witness["scope"], witness["agrees"]) == ("part_witness", "several documents", True)
    assert witness["formula"] == "sum of 2 parts"


def test_a_disagreement_warns_all_its_figures_with_the_names_of_their_articles() -> None:
    tables = build(*told([[("33.000 tỷ đồng", 3.3e13, {})], [GROWN], [THEN]]))
    (witness,) = tables["witness"].iter_rows(named=True)
    assert not witness["agrees"]
    keys = {witness["observation_key"], *witness["others"].split("|")}
    fact = tables["fact_observation"]
    assert set(fact.filter(pl.col("warnings") == "growth_witness")["observation_key"]) == keys == set(fact["observation_key"])
    assert set(tables["warning"]["observation_key"]) == keys
    (message,) = tables["warning"]["message"].unique()
    for words in (
        "Several articles state «bai-0: 33.000 tỷ đồng»",
        "«bai-1: 12,15%»",
        "«bai-2: 27.320 tỷ đồng»",
        "gives 30,639,400,000,000,",
    ):
        assert words in message


def test_a_warning_stands_beside_those_that_the_figure_has() -> None:
    given = told([[("33.000 tỷ đồng", 3.3e13, {})], [GROWN], [THEN]])
    suspected = given.accepted.with_columns(warnings=pl.when(pl.col("value") == 3.3e13).then(pl.lit("lone_figure")).otherwise("warnings"))
    fact = build(*given._replace(accepted=suspected))["fact_observation"]
    assert dict(fact.select("value", "warnings").iter_rows()) == {3.3e13: "lone_figure", 12.15: None, 2.732e13: None}
    one_more = told([[("33.000 tỷ đồng", 3.3e13, {})], [GROWN], [THEN], [("900 tỷ đồng", 9e11, {**MINING, "warnings": "lone_figure"})]])
    fact = build(*one_more)["fact_observation"]
    assert set(fact["warnings"]) == {"growth_witness", "lone_figure"}


def test_what_sources_dispute_bears_no_witness_against_others() -> None:
    wrong: Said = ("33.000 tỷ đồng", 3.3e13, {})
    assert [each["agrees"] for each in witnesses([wrong], [GROWN], [THEN])] == [False]
    assert witnesses([wrong], [("33.500 tỷ đồng", 3.35e13, {})], [GROWN], [THEN]) == []
    assert [each["agrees"] for each in witnesses([wrong], [NOW], [GROWN], [THEN])] == [True]


def test_a_rounded_value_that_others_give_exactly_is_no_dispute() -> None:
    assert [
        each["agrees"] for each in witnesses([("33,0 nghìn tỷ đồng", 3.3e13, {})], [("33.010 tỷ đồng", 3.301e13, {})], [GROWN], [THEN])
    ] == [False]


def test_where_rounding_explains_everything_agreement_says_nothing() -> None:
    assert witnesses([("3 tỷ đồng", 3e9, {})], [("10%", 10.0, GROWN[2])], [("3 tỷ đồng", 3e9, YEAR_2022)]) == []


def test_figures_of_one_article_and_of_its_copies_are_no_several_sources() -> None:
    assert witnesses([NOW, GROWN, THEN]) == []
    assert [each["kind"] for each in witnesses([NOW, GROWN, THEN], scope="one document")] == ["growth_witness"]
    sentences = [f"Nhà máy trong vùng giữ nhịp tốt suốt cả năm, con số được nhắc tới là {words}." for words, _, _ in (NOW, GROWN, THEN)]
    first, copy = Article("goc", date(2024, 1, 1), sentences), Article("chep", date(2024, 1, 2), [*sentences, "Theo bạn đọc."])
    said: dict[str, Any] = {**OUTPUT, **HA_NAM, **YEAR_2023}
    claims = [
        claim(article, words, value, **said | more)
        for article, (words, value, more) in zip((first, copy, copy), (NOW, GROWN, THEN), strict=True)
    ]
    tables = build(*rooms([first, copy], claims))
    assert tables["dim_document"]["cluster_key"].n_unique() == 1
    assert tables["witness"].is_empty()


@pytest.mark.parametrize(
    "moved", [NAM_DINH, {"place": None, "place_code": None, "place_level": None}, {"entity": "Công ty Đá Xanh"}, MINING]
)
def test_only_figures_about_the_same_bear_witness(moved: dict[str, Any]) -> None:
    assert witnesses([(*NOW[:2], moved)], [GROWN], [THEN]) == []


def test_a_place_that_was_renamed_is_the_same_and_so_is_a_name_in_capitals() -> None:
    hue = {"place": "Huế", "place_code": "46", "place_level": "province", "entity": "CÔNG TY ĐÁ XANH"}
    old_hue = {**hue, "place": "Thừa Thiên Huế", "entity": "Công ty Đá Xanh"}
    figures = [(*NOW[:2], old_hue), (*GROWN[:2], {**GROWN[2], **hue}), (*THEN[:2], {**THEN[2], **old_hue})]
    assert [each["agrees"] for each in witnesses(*[[one] for one in figures])] == [True]


def test_neither_order_nor_batches_show() -> None:
    given = told([[NOW], [GROWN], [THEN], [TARGET, REACHED]])
    turned = Rooms(*(frame.reverse() for frame in given))
    assert build(*given)["witness"].equals(build(*turned)["witness"])
