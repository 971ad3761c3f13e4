from __future__ import annotations

import pytest

from tests.mentions.reading import said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xuất khẩu gỗ và sản phẩm từ gỗ đạt 5 tỷ USD", ["gỗ và sản phẩm từ gỗ"]),
        ("IIP ngành hóa dược - cao su - nhựa tăng 26,5%", ["hóa dược - cao su - nhựa"]),
        ("IIP tăng 5%; vật phẩm, văn hóa giáo dục tăng 8%", ["vật phẩm, văn hóa giáo dục"]),
        ("Xuất khẩu nhóm hàng nông sản, lâm sản đạt 5 tỷ USD", ["nông sản, lâm sản"]),
        ("Xuất khẩu máy móc, dụng cụ và phụ tùng khác đạt 5 tỷ USD", ["máy móc, dụng cụ và phụ tùng khác"]),
    ],
)
def test_what_belongs_to_one_name_is_one_sector(text: str, names: list[str]) -> None:
    assert said(text, "sector") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xuất khẩu gạo và cà phê lần lượt đạt 4 tỷ USD và 5 tỷ USD", ["gạo", "cà phê"]),
        ("Lần lượt là gạo, hạt điều với 12 tỷ USD và 8 tỷ USD", ["gạo", "hạt điều"]),
        ("Đối với trồng trọt, lúa đạt 5 tấn", ["trồng trọt", "lúa"]),
        ("Nhờ xuất khẩu thuận lợi, gạo đạt 5 tấn", ["gạo"]),
    ],
)
def test_names_that_are_told_of_one_by_one_stay_apart(text: str, names: list[str]) -> None:
    assert said(text, "sector") == names


def test_the_word_for_a_kind_of_goods_keeps_its_half() -> None:
    assert said("Xuất khẩu mặt hàng rau quả đạt 3 tỷ USD", "sector") == ["rau quả"]
