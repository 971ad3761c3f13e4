from __future__ import annotations

import pytest

from assets.reference import table
from tests.mentions.reading import marks, said


@pytest.mark.parametrize(
    ("text", "value", "upper", "denominator"),
    [
        ("tăng trưởng 15-20%/năm", 15, 20, None),
        ("đạt 370 – 375 USD/tấn", 370, 375, None),
        ("tăng từ 9,5% đến 10%", 9.5, 10, None),
        ("rộng từ 80 m2 đến 125 m2", 80, 125, None),
        ("có 13/13 xã", 13, None, 13),
        ("có 04/09 dự án", 4, None, 9),
        ("có13/13 xã", 13, None, 13),
        ("đạt 1.802 tỷ đồng/6.257 tỷ đồng", 1802e9, None, 6257e9),
        ("đạt 6 triệu tấn", 6e6, None, None),
        ("từ 700.000 đến 2 triệu đồng", 700e3, 2e6, None),
        ("từ 900 nghìn đến 1,4 triệu tấn", 900e3, 1.4e6, None),
        ("dao động 5.200 - 4.800 đồng/kg", 4800, 5200, None),
    ],
)
def test_ranges_and_fractions_have_two_ends(text: str, value: float, upper: float | None, denominator: float | None) -> None:
    mark = marks(f"Năm nay {text}.", "quantity")[0]
    assert (mark["value"], mark["value_upper"], mark["denominator"]) == (value, upper, denominator)


def test_a_date_between_two_amounts_parts_them() -> None:
    assert said("Đạt 5 %.Tháng 11/2020–7 %.", "quantity") == ["5", "7"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lần lượt tăng 0,4; 0,26 và 0,18 điểm phần trăm", [0.4, 0.26, 0.18]),
        ("lần lượt đạt 12, 30 và 45 điểm phần trăm", [12, 30, 45]),
    ],
)
def test_numbers_of_a_list_have_the_unit_of_its_last(text: str, values: list[float]) -> None:
    found = marks(f"Năm nay {text}.", "quantity")
    assert [(mark["value"], mark["code"]) for mark in found] == [(value, "percentage_point") for value in values]


def test_a_number_beside_an_amount_has_no_unit_of_its_own() -> None:
    assert [mark["code"] for mark in marks("Kho có 5 và 45 tấn hàng.", "quantity")] == ["count", "t"]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("đạt 250 tấn", "exact"),
        ("đạt khoảng 250 tấn", "approx"),
        ("đạt chừng 250 tấn", "approx"),
        ("đạt hơn 250 tấn", "over"),
        ("đạt trên 250 tấn", "over"),
        ("đạt gần 250 tấn", "nearly"),
        ("chưa đến 250 tấn", "under"),
        ("ít nhất 250 tấn", "at_least"),
        ("không quá 250 tấn", "at_most"),
        ("đạt 250 tấn trở lên", "at_least"),
        ("đạt 250 tấn trở xuống", "at_most"),
    ],
)
def test_the_words_around_a_quantity_bound_it(words: str, bound: str) -> None:
    assert marks(f"Sản lượng {words}.", "quantity")[0]["bound"] == bound


@pytest.mark.parametrize("word", table("bounds").filter(side="before")["word"])
def test_every_word_of_the_vocabulary_bounds_the_quantity_behind_it(word: str) -> None:
    wanted = dict(table("bounds").filter(side="before").select("word", "bound").iter_rows())[word]
    assert marks(f"Sản lượng đạt {word} 250 tấn.", "quantity")[0]["bound"] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 52/2018/NĐ-CP ngày 12/4/2018 đã có hiệu lực.",
        "Kế hoạch số 85/KH-UBND và Nghị quyết 55-NQ/TW nói rõ điều này.",
        "Hội nghị lúc 8 giờ, thứ 5, ngày 01/08/2024.",
        pytest.param("Hội nghị lúc 8 giờ 30.", marks=pytest.mark.xfail(reason="minutes behind giờ count things", strict=True)),
        "Đại hội lần thứ 16, khóa 24, nhiệm kỳ 2020 - 2025.",
        "Quy hoạch đến năm 2030, tầm nhìn 2050.",
        "Xe chạy theo quốc lộ 21B, ĐT 495B và đường T1.",
        "Gọi điện thoại 0912345678.",
        pytest.param(
            "Điện thoại: (0226) 3800.773.", marks=pytest.mark.xfail(reason="parts of a telephone number count things", strict=True)
        ),
        "Công ty cổ phần 199 và Công ty TNHH MTV G8 hợp tác.",
        "KCN Thanh Liêm II, CCN Đô Lương 2 và KCN Thanh Hà 2 liền kề.",
        "Dịch Covid-19 bùng phát.",
        "Mã số thuế 0700000199.",
        "Anh ấy 45 tuổi, làm nghề đã 20 năm.",
    ],
)
def test_numbers_that_count_nothing_are_no_quantities(text: str) -> None:
    assert said(text, "quantity") == []


def test_a_number_inside_a_name_stays_in_it_and_one_behind_it_does_not() -> None:
    assert said("Công ty cổ phần 199 có 150 lao động.", "quantity") == ["150"]
    assert said("KCN Thanh Hà 2 rộng 250 ha.", "quantity") == ["250"]


def test_a_year_is_a_quantity_only_beside_a_unit() -> None:
    assert said("Năm 2023 trồng 2023 ha rừng.", "quantity") == ["2023"]


def test_only_lines_of_the_body_are_read() -> None:
    assert said("Đạt 5 tấn.\n\nĐạt 7 tấn.", "quantity") == ["5", "7"]
