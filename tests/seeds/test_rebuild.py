"""How the table of places is made: spelling, and versions from planted lists."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from seeds.rebuild import units
from seeds.rebuild.lists import DatedList
from seeds.rebuild.spelling import house, skeleton

PROVINCE = ("province", "24", None, "tỉnh", "Bắc Giang")
VIET_YEN = ("district", "222", "24", "huyện", "Việt Yên")
TOWN = ("district", "222", "24", "thị xã", "Việt Yên")
PROVINCES = pl.DataFrame(
    {"valid_to": [date(2025, 6, 30)], "name": ["Bắc Giang"], "successor": ["Bắc Ninh"], "source": ["x"], "code": ["24"]}
)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Thanh Hoá", "Thanh Hóa"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("Quý Hoà", "Quý Hòa"),
        ("Hoàng Mai", "Hoàng Mai"),
        ("Huỳnh Khuỷu", "Huỳnh Khuỷu"),
        ("Ðông  Hoè ", "Đông Hòe"),
        ("Hòa", "Hòa"),
        ("Tụy An", "Tụy An"),
    ],
)
def test_names_get_the_spelling_of_the_house(written: str, spelled: str) -> None:
    assert house(written) == spelled


@pytest.mark.parametrize(("one", "other"), [("Đăk Lăk", "Đắk Lắk"), ("Qui Nhơn", "Quy Nhơn"), ("Ia H' Drai", "Ia H'Drai"), ("HÒA", "Hoà")])
def test_spellings_of_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def listed(name: str, day: date, *rows: tuple[str, str, str | None, str, str]) -> DatedList:
    columns = ["level", "code", "parent_code", "type_word", "name"]
    return DatedList(name, day, pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"))


def versions(early: list[tuple[str, str, str | None, str, str]], late: list[tuple[str, str, str | None, str, str]]) -> pl.DataFrame:
    lists = [listed("a", date(2023, 1, 1), PROVINCE, *early), listed("b", date(2024, 3, 1), PROVINCE, *late)]
    return units.versions(lists, PROVINCES).sort("level", "code", "valid_to")


def test_a_district_changes_on_the_day_of_the_law() -> None:
    rows = versions([VIET_YEN], [TOWN]).select("type_word", "valid_from", "valid_to", "dated_by", "predecessor", "source").rows()
    assert rows == [
        ("huyện", None, date(2024, 1, 31), "law", None, "a | 938/NQ-UBTVQH15"),
        ("thị xã", date(2024, 2, 1), date(2025, 6, 30), "law", "Bắc Giang > Việt Yên", "b | 938/NQ-UBTVQH15"),
    ]


def test_a_commune_becomes_a_ward_with_its_district_and_by_the_same_law() -> None:
    rows = versions([VIET_YEN, ("commune", "1", "222", "xã", "Quang Châu")], [TOWN, ("commune", "1", "222", "phường", "Quang Châu")])
    found = rows.filter(pl.col("level") == "commune").select("type_word", "valid_to", "dated_by").rows()
    assert found == [("xã", date(2024, 1, 31), "law"), ("phường", date(2025, 6, 30), "law")]


def test_a_change_without_a_law_is_put_in_the_middle_of_two_lists_and_says_so() -> None:
    quiet = ("district", "999", "24", "huyện", "Yên Tĩnh")
    rows = versions([quiet, ("commune", "1", "999", "xã", "Tân Tiến")], [quiet, ("commune", "1", "999", "xã", "Tân Tiến Mới")])
    found = rows.filter(pl.col("level") == "commune").select("name", "valid_from", "valid_to", "dated_by", "successor").rows()
    assert found == [
        ("Tân Tiến", None, date(2023, 7, 31), "lists", "Bắc Giang > Yên Tĩnh > Tân Tiến Mới"),
        ("Tân Tiến Mới", date(2023, 8, 1), date(2025, 6, 30), "lists", None),
    ]


def test_another_spelling_is_no_change_and_the_newest_one_counts() -> None:
    early, late = (("district", "998", "24", "huyện", name) for name in ("Đăk Quí", "Đắk Quý"))
    assert versions([early], [late]).select("path", "valid_from", "source").rows() == [("Bắc Giang > Đắk Quý", None, "a..b")]


def test_a_unit_that_is_gone_ends_between_the_lists_with_nothing_known_of_its_successor() -> None:
    rows = versions([("district", "997", "24", "huyện", "Cũ")], [])
    assert rows.select("valid_to", "dated_by", "successor").rows() == [(date(2023, 7, 31), "lists", None)]
