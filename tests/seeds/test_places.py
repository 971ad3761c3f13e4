"""The table of places by itself: versions that follow each other, one spelling, no loose ends."""

from __future__ import annotations

import unicodedata
from datetime import date

import polars as pl
import pytest

from assets.reference import table

OPEN_START, OPEN_END = date(1, 1, 1), date(9999, 12, 31)
LAST_DAY_OF_63, FIRST_DAY_OF_34 = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def places() -> pl.DataFrame:
    days = pl.col("valid_from", "valid_to").str.to_date()
    return (
        table("places")
        .with_columns(days)
        .with_columns(since=pl.col("valid_from").fill_null(OPEN_START), until=pl.col("valid_to").fill_null(OPEN_END))
    )


def on(places: pl.DataFrame, day: date) -> pl.DataFrame:
    return places.filter(pl.lit(day).is_between("since", "until"))


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(1985, 1, 1), (40, 713, 11160)),
        (date(1989, 6, 30), (44, 713, 11160)),
        (date(1992, 1, 1), (53, 713, 11160)),
        (date(1997, 1, 1), (61, 713, 11160)),
        (date(2004, 1, 1), (64, 713, 11160)),
        (date(2008, 8, 1), (63, 713, 11160)),
        (date(2022, 4, 1), (63, 705, 10599)),
        (LAST_DAY_OF_63, (63, 696, 10035)),
        (FIRST_DAY_OF_34, (34, 0, 3321)),
        (date(2026, 9, 20), (34, 0, 3321)),
    ],
)
def test_so_many_units_stand_on_a_day(day: date, counts: tuple[int, int, int], places: pl.DataFrame) -> None:
    found = dict(on(places, day).group_by("level").len().iter_rows())
    assert (found["province"], found.get("district", 0), found["commune"]) == counts


def test_versions_of_a_unit_follow_each_other(places: pl.DataFrame) -> None:
    assert places.filter(pl.col("since") > pl.col("until")).is_empty()
    coded = places.drop_nulls("code").sort("level", "code", "since")
    assert coded.filter(pl.col("since") <= pl.col("until").shift(1).over("level", "code")).is_empty()
    assert places.filter(pl.col("code").is_null())["level"].unique().to_list() == ["province"]


def test_a_unit_lies_in_one_that_stands_as_long(places: pl.DataFrame) -> None:
    rows = places.filter(pl.col("level") != "province").with_columns(parent=pl.col("path").str.replace(" > [^>]*$", ""))
    above = places.group_by(parent="path").agg(parent_since=pl.col("since").min(), parent_until=pl.col("until").max())
    lying = rows.join(above, on="parent", how="left")
    assert lying["parent_since"].null_count() == 0
    # Before the lists begin nothing is known of districts and communes: they are open where their province is not.
    known = lying.filter(pl.col("valid_from").is_not_null())
    assert known.filter(pl.col("since") < pl.col("parent_since")).is_empty()
    assert lying.filter(pl.col("until") > pl.col("parent_until")).is_empty()


def test_names_are_spelled_one_way(places: pl.DataFrame) -> None:
    for name in places["path"].unique():
        assert unicodedata.normalize("NFC", name) == name
        assert " ".join(name.split()) == name
    assert places.filter(pl.col("path").str.contains(r"[Ðð]|o[àáảãạèéẻẽẹ]($|[ -])|[^qQ]u[ỳýỷỹỵ]($|[ -])")).is_empty()
    assert set(places["name"].filter(places["level"] == "province")) >= {"Thanh Hóa", "Khánh Hòa", "Đắk Lắk", "Bà Rịa - Vũng Tàu"}


@pytest.mark.parametrize(("side", "neighbour"), [("successor", "since"), ("predecessor", "until")])
def test_what_came_before_and_after_stood_right_then(side: str, neighbour: str, places: pl.DataFrame) -> None:
    then = pl.col("valid_to").dt.offset_by("1d") if side == "successor" else pl.col("valid_from").dt.offset_by("-1d")
    told = places.drop_nulls(side).select("path", then=then, other=pl.col(side).str.split(" | ")).explode("other")
    assert told.height > 10_000
    standing = places.select("since", "until", other="path")
    found = told.join(standing, on="other").filter(pl.col("then").is_between("since", "until"))
    assert found.filter(pl.col(neighbour) == pl.col("then")).select("path", "other", "then").unique().height == told.unique().height


def test_nothing_before_the_reform_is_without_a_successor_and_nothing_since_without_a_predecessor(places: pl.DataFrame) -> None:
    ended = places.filter(pl.col("valid_to") == LAST_DAY_OF_63)
    begun = places.filter(pl.col("valid_from") == FIRST_DAY_OF_34)
    assert (ended["successor"].null_count(), begun["predecessor"].null_count()) == (0, 0)


def test_only_lists_date_what_no_law_does(places: pl.DataFrame) -> None:
    assert set(places["dated_by"]) == {"law", "lists"}
    assert places.filter((pl.col("dated_by") == "lists") & (pl.col("level") == "province")).is_empty()
    bounds = places.filter((pl.col("dated_by") == "law") & (pl.col("level") == "district") & (pl.col("valid_from") < FIRST_DAY_OF_34))
    assert bounds.filter(~pl.col("source").str.contains("NQ|QH")).is_empty()


@pytest.mark.parametrize(
    ("path", "day", "type_word", "code"),
    [
        ("Thừa Thiên Huế", date(2024, 12, 31), "tỉnh", "46"),
        ("Huế", date(2025, 1, 1), "thành phố", "46"),
        ("Thừa Thiên Huế > Huế", date(2024, 12, 31), "thành phố", "474"),
        ("Huế > Thuận Hóa", date(2025, 1, 1), "quận", "474"),
        ("Bắc Giang", date(2020, 1, 1), "tỉnh", "24"),
        ("Bắc Ninh", date(2025, 7, 1), "tỉnh", "24"),
        ("Bắc Ninh", date(2026, 9, 20), "thành phố", "24"),
        ("Đồng Nai", date(2026, 4, 29), "tỉnh", "75"),
        ("Đồng Nai", date(2026, 4, 30), "thành phố", "75"),
        ("Đồng Nai > Trảng Bom", date(2026, 4, 29), "xã", "26248"),
        ("Đồng Nai > Trảng Bom", date(2026, 4, 30), "phường", "26248"),
        ("Hồ Chí Minh > Thủ Đức", date(2020, 12, 31), "quận", "762"),
        ("Hồ Chí Minh > Thủ Đức", date(2021, 1, 1), "thành phố", "769"),
        ("Hà Tây", date(2008, 7, 31), "tỉnh", "28"),
        ("Hải Phòng > Bạch Long Vĩ", date(2024, 2, 1), "huyện", "318"),
        ("Hải Phòng > Bạch Long Vĩ", date(2025, 7, 1), "đặc khu", "11948"),
    ],
)
def test_a_unit_has_the_type_and_code_of_its_day(path: str, day: date, type_word: str, code: str, places: pl.DataFrame) -> None:
    assert on(places, day).filter(pl.col("path") == path).select("type_word", "code").rows() == [(type_word, code)]
