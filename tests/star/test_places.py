from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from assets.star.lineage import listed
from assets.star.places import dim_place, place_keys

REFORM = date(2025, 7, 1)
SPLIT_2004 = date(2004, 1, 1)


def used(*rows: tuple[str, str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(["place", "place_code", "place_level"], pl.String), orient="row")


def version(path: str, until: date | None) -> pl.DataFrame:
    return listed().filter((pl.col("place") == path) & pl.col("valid_to").eq_missing(pl.lit(until, pl.Date)))


@pytest.mark.parametrize(
    ("path", "until", "today"),
    [
        ("Hà Bắc", date(1996, 12, 31), "Bắc Ninh"),
        ("Bắc Giang", date(2025, 6, 30), "Bắc Ninh"),
        ("Bắc Ninh", date(2026, 9, 19), "Bắc Ninh"),
        ("Hà Tây", date(2008, 7, 31), "Hà Nội"),
        ("Lai Châu", date(2003, 12, 31), "Lai Châu | Điện Biên"),
        ("Nghệ An", None, "Nghệ An"),
        ("Quảng Ngãi > Lý Sơn", date(2025, 6, 30), "Quảng Ngãi > Lý Sơn"),
        ("Hồ Chí Minh > 9 > Long Trường", date(2020, 12, 31), "Hồ Chí Minh > Long Trường"),
        ("Hà Nam > Duy Tiên > Hòa Mạc", date(2025, 6, 30), "Ninh Bình > Duy Tiên | Ninh Bình > Duy Tân"),
        ("Hà Nam > Duy Tiên > Châu Sơn", date(2019, 12, 31), None),
    ],
)
def test_a_place_is_followed_through_all_changes_to_the_units_of_today(path: str, until: date | None, today: str | None) -> None:
    assert version(path, until)["today"].to_list() == [today]


@pytest.mark.parametrize(
    ("early", "late", "same"),
    [
        (("Thừa Thiên Huế", date(2024, 12, 31)), ("Huế", None), True),
        (("Đồng Nai", date(2026, 4, 29)), ("Đồng Nai", None), True),
        (("Đồng Nai", date(2025, 6, 30)), ("Đồng Nai", date(2026, 4, 29)), False),
        (("Hà Nội", date(2008, 7, 31)), ("Hà Nội", None), False),
        (("Đắk Lắk", date(2003, 12, 31)), ("Đắk Lắk", date(2025, 6, 30)), False),
        (("Bắc Giang > Việt Yên", date(2024, 1, 31)), ("Bắc Giang > Việt Yên", date(2025, 6, 30)), True),
        (("Bắc Giang > Bắc Giang", date(2024, 12, 31)), ("Bắc Giang > Bắc Giang", date(2025, 6, 30)), False),
        (("Thừa Thiên Huế > Phong Điền", date(2024, 12, 31)), ("Huế > Phong Điền", date(2025, 6, 30)), True),
        (("Nghệ An > Kỳ Sơn > Bắc Lý", date(2025, 6, 30)), ("Nghệ An > Bắc Lý", None), True),
        (("Thái Nguyên > Định Hóa > Bảo Cường", date(2024, 9, 30)), ("Thái Nguyên > Định Hóa > Chợ Chu", date(2025, 6, 30)), False),
    ],
)
def test_versions_share_a_territory_where_only_name_type_code_or_parent_changed(
    early: tuple[str, date | None], late: tuple[str, date | None], same: bool
) -> None:
    keys = [version(*one)["territory_key"].item() for one in (early, late)]
    assert (keys[0] == keys[1]) is same


def test_the_first_version_of_a_territory_gives_it_its_key() -> None:
    known = listed()
    assert known["territory_key"].null_count() == 0
    first = known.filter(pl.col("territory_key") == pl.col("place_key"))
    assert set(known["territory_key"]) == set(first["place_key"])
    assert first.height > 15_000


def test_only_what_figures_name_stands_beside_the_provinces() -> None:
    dim = dim_place(used(("Hà Nam > Thanh Liêm", "351", "district")))
    assert dim.filter(pl.col("place_level") != "province").select("place", "place_type", "place_code", "dated_by").rows() == [
        ("Hà Nam > Thanh Liêm", "huyện", "351", "law")
    ]


def test_a_commune_stands_beside_all_that_its_unit_of_today_was_made_from() -> None:
    dim = dim_place(used(("Ninh Bình > Nho Quan > Văn Phương", "14431", "commune"))).filter(pl.col("place_level") != "province")
    assert sorted(dim["place"]) == [
        "Ninh Bình > Cúc Phương",
        "Ninh Bình > Nho Quan",
        "Ninh Bình > Nho Quan > Cúc Phương",
        "Ninh Bình > Nho Quan > Văn Phương",
    ]


def test_a_renamed_place_stands_under_all_its_names() -> None:
    dim = dim_place(used(("Huế > Phong Điền", "476", "district")))
    assert set(dim.filter(pl.col("place_level") == "district")["place"]) == {"Huế > Phong Điền", "Thừa Thiên Huế > Phong Điền"}


def test_a_code_that_no_list_has_for_a_path_is_a_place_of_its_own() -> None:
    dim = dim_place(used(("Hà Nam > Thanh Liêm", "999", "district"), ("Việt Nam", None, "country")))
    own = dim.filter(pl.col("dated_by").is_null()).sort("place").select("place", "place_code", "today")
    assert own.rows() == [("Hà Nam > Thanh Liêm", "999", None), ("Việt Nam", None, None)]
    assert dim.filter(pl.col("dated_by").is_null() & (pl.col("territory_key") != pl.col("place_key"))).is_empty()


@pytest.mark.parametrize(
    ("path", "code", "published_on", "valid_from", "valid_to"),
    [
        ("Hà Nội", "01", date(2008, 7, 31), None, date(2008, 7, 31)),
        ("Hà Nội", "01", date(2008, 8, 1), date(2008, 8, 1), None),
        ("Hà Nội", "01", None, date(2008, 8, 1), None),
        ("Hà Nam", "35", date(2026, 5, 1), date(1997, 1, 1), date(2025, 6, 30)),
        ("Bắc Giang", None, date(1995, 5, 1), date(1997, 1, 1), date(2025, 6, 30)),
        ("Hậu Giang", None, date(1990, 5, 1), None, date(1991, 12, 25)),
        ("Hậu Giang", None, date(2005, 5, 1), SPLIT_2004, date(2025, 6, 30)),
        ("Đồng Nai", "75", date(2026, 4, 29), REFORM, date(2026, 4, 29)),
        ("Đồng Nai", "75", date(2026, 4, 30), date(2026, 4, 30), None),
    ],
)
def test_a_place_is_the_version_of_the_day_else_the_nearest(
    path: str, code: str | None, published_on: date | None, valid_from: date | None, valid_to: date | None
) -> None:
    asked = used((path, code, "province")).with_columns(published_on=pl.lit(published_on, pl.Date))
    dim = dim_place(asked)
    assert place_keys(asked, dim).join(dim, on="place_key").select("valid_from", "valid_to").rows() == [(valid_from, valid_to)]
