from __future__ import annotations

import pytest

from tests.mentions.reading import marks


def names(text: str) -> list[str]:
    return [mark["said"] for mark in marks(text, "organisation") if mark["code"] == "name"]


@pytest.mark.parametrize(
    "name",
    [
        "Công ty cổ phần 199",
        "Công ty TNHH Tre Xanh",
        "Công ty cổ phần May Sông Hồng",
        "KCN Thanh Liêm II",
        "CCN Đô Lương 2",
        "Cụm công nghiệp Yên Lạc",
        "Khu công nghiệp Bảo Minh",
        "Nhà máy Dệt sợi Damsan II",
        "Công ty Cổ phần Tư vấn - Thương mại - Dịch vụ Sông Lam",
        "Công ty TNHH Sản xuất và Thương mại Tre Xanh",
        "dự án Nhà máy sản xuất viên nén năng lượng",
    ],
)
def test_the_name_of_an_organisation_is_whole(name: str) -> None:
    assert names(f"Năm nay, {name} có thêm việc làm.") == [name]


def test_two_organisations_in_a_list_are_two() -> None:
    assert names("CCN Đông Phong, CCN Nguyên Xá và CCN Mê Linh đang thi công.") == ["CCN Đông Phong", "CCN Nguyên Xá", "CCN Mê Linh"]


def test_the_word_alone_means_the_one_named_before() -> None:
    text = "Công ty cổ phần 199 làm ăn khá. Năm nay công ty lãi 2 tỷ đồng."
    assert [(mark["said"], mark["code"]) for mark in marks(text, "organisation")] == [("Công ty cổ phần 199", "name"), ("công ty", "it")]


def test_a_plain_word_is_no_organisation() -> None:
    assert names("Nhiều doanh nghiệp và hộ dân trong tỉnh được vay vốn.") == []


def test_a_name_goes_on_to_the_brackets_with_its_short_form() -> None:
    assert names("Công ty Cổ phần Đầu tư Thế giới Di động (MWG) mở thêm cửa hàng.") == ["Công ty Cổ phần Đầu tư Thế giới Di động"]
    assert names("Tỷ giá tại ngân hàng Vietcombank sáng nay (13/7) đi ngang.") == ["ngân hàng Vietcombank"]
