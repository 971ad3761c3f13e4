from __future__ import annotations

from typing import Any

import pytest

from assets.mentions.periods import find_periods, forms
from tests.mentions.reading import lines

EXAMPLES: list[tuple[str, str, dict[str, Any]]] = [
    ("từ ngày 01/01 đến 15/9/2023", "date_range", {"d1": 1, "m1": 1, "d2": 15, "m2": 9, "y2": 2023}),
    ("từ năm 2011 đến tháng 10/2014", "since_year_to_month", {"y1": 2011, "m2": 10, "y2": 2014}),
    ("từ tháng 3 đến tháng 8/2023", "month_range", {"m1": 3, "m2": 8, "y2": 2023}),
    ("giai đoạn 2011 - 2015", "year_range", {"y1": 2011, "y2": 2015}),
    ("nhiệm kỳ 2020-2025", "year_range", {"y1": 2020, "y2": 2025}),
    ("niên vụ 2022/2023", "year_range", {"y1": 2022, "y2": 2023}),
    ("tháng 5 và tháng 6/2023", "month_range", {"m1": 5, "m2": 6, "y2": 2023}),
    ("tháng 1 và 2/2023", "month_range", {"m1": 1, "m2": 2, "y2": 2023}),
    ("kể từ năm 2016 đến nay", "since_year", {"y1": 2016}),
    ("từ 2016 tới nay", "since_year", {"y1": 2016}),
    ("từ nay đến năm 2030", "until_year", {"y2": 2030}),
    ("từ năm 2016 đến nay", "since_year", {"y1": 2016}),
    ("ngày 15 tháng 12 năm 2023", "date", {"d1": 15, "m1": 12, "y1": 2023, "to": False}),
    ("tính đến ngày 31/7/2024", "date", {"d1": 31, "m1": 7, "y1": 2024, "to": True}),
    ("nửa cuối tháng 12/2018", "month_half", {"half": "cuối", "m1": 12, "y1": 2018}),
    ("kỳ 2 tháng 7/2022", "month_half", {"half": "2", "m1": 7, "y1": 2022}),
    ("7 tháng tính từ đầu năm 2022", "months", {"n": 7, "y1": 2022}),
    ("15 ngày đầu tháng 7 năm 2024", "month_days", {"d2": 15, "m1": 7, "y1": 2024}),
    ("tính đến 6/2023", "month", {"m1": 6, "y1": 2023, "to": True}),
    ("6 tháng cuối năm 2023", "months_left", {"n": 6, "y1": 2023}),
    ("9 tháng đầu năm 2022", "months", {"n": 9, "y1": 2022}),
    ("lũy kế 7 tháng", "months", {"n": 7, "y1": None}),
    ("chín tháng năm 2022", "months", {"n": 9, "y1": 2022}),
    ("4 tháng 2025", "months", {"n": 4, "y1": 2025}),
    ("5 tháng vừa qua", "months", {"n": 5, "rel": "qua"}),
    ("9T/2024", "months", {"n": 9, "y1": 2024}),
    ("nửa đầu năm 2024", "half", {"half": "đầu", "y1": 2024}),
    ("quý III/2022", "quarter", {"q": 3, "y1": 2022}),
    ("quý 2 năm 2023", "quarter", {"q": 2, "y1": 2023}),
    ("Q1/2025", "quarter", {"q": 1, "y1": 2025}),
    ("quý II vừa qua", "quarter", {"q": 2, "rel": "qua"}),
    ("quý IV", "quarter", {"q": 4, "y1": None}),
    ("tháng 7/2024", "month", {"m1": 7, "y1": 2024, "to": False}),
    ("tháng 2 vừa qua", "month", {"m1": 2, "rel": "qua"}),
    ("đến hết tháng 7 năm 2023", "month", {"m1": 7, "y1": 2023, "to": True}),
    ("cùng kỳ năm 2022", "same_period", {"y1": 2022}),
    ("cùng kỳ năm trước", "same_period", {"y1": None}),
    ("đến cuối năm 2019", "year_end", {"y1": 2019, "to": True}),
    ("từ đầu năm đến nay", "since_january", {"y1": None}),
    ("đầu năm 2021", "year_start", {"y1": 2021}),
    ("đến năm 2025", "horizon", {"y1": 2025}),
    ("cả năm 2023", "year", {"y1": 2023}),
    ("năm tài khóa 2016", "year", {"y1": 2016}),
    ("gấp đôi năm 2021", "year", {"y1": 2021}),
    ("năm liền trước", "relative_year", {"rel": "trước"}),
    ("năm ngoái", "relative_year", {"rel": "ngoái"}),
    ("tháng trước", "relative_month", {"rel": "trước"}),
    ("3 quý đầu năm 2023", "quarters", {"n": 3, "y1": 2023}),
    ("những tháng đầu năm 2024", "early_months", {"y1": 2024}),
    ("cả tuần này", "relative_week", {"rel": "này"}),
    ("phiên giao dịch ngày thứ Tư", "weekday", {"n": 4}),
    ("hôm thứ Sáu tuần trước", "weekday", {"n": 6, "rel": "trước"}),
    ("phiên thứ Năm (9/5", "date", {"d1": 9, "m1": 5}),
    ("sáng nay", "today", {"rel": "nay"}),
    ("đầu giai đoạn 2021-2025", "year", {"y1": 2021}),
    ("thời kỳ 2021-2030, tầm nhìn đến năm 2050", "year_range", {"y1": 2021, "y2": 2030}),
    ("thời điểm 1/6/2024", "date", {"d1": 1, "m1": 6, "y1": 2024, "to": True}),
    ("quý trước", "relative_quarter", {"rel": "trước"}),
    ("quý liền kề", "relative_quarter", {"rel": "kề"}),
    ("5 năm qua", "years_past", {"n": 5}),
    ("đến nay", "now", {}),
    ("hiện nay", "now", {}),
]


def times(text: str) -> list[dict[str, Any]]:
    return find_periods(lines(text)).to_dicts()


@pytest.mark.parametrize(("words", "form", "numbers"), EXAMPLES)
def test_a_form_of_time(words: str, form: str, numbers: dict[str, Any]) -> None:
    """Each form is read whole in the middle of a sentence, small and large letters alike."""
    for said in (words, words.upper()):
        (time,) = times(f"Sản lượng {said} rất lớn.")
        assert time["form"] == form
        assert {name: time[name] for name in numbers} == numbers
        assert time["end"] - time["start"] == len(words.encode())


def test_every_form_of_the_vocabulary_has_an_example() -> None:
    assert {form for form, _ in forms()} - {"not_time"} == {form for _, form, _ in EXAMPLES}


@pytest.mark.parametrize(
    "text",
    [
        "Xã thực hiện nay việc này, mai việc khác.",
        "Tỉnh xuất hiện dịch.",
        "Từ trước tới nay vẫn thế.",
        "Hàng về 1.029/12 thùng.",
        "Số 2023 in trên áo.",
        "Có 13/13 xã và 04/09 dự án.",
        "Lương 9 triệu đồng một tháng.",
        "Khóa học dưới 3 tháng.",
        "Mỗi quý 350 triệu đồng.",
        "Đây là phiên thứ ba liên tiếp giá tăng.",
        "Thời gian còn 5 tháng.",
        "Mức cao nhất kể từ tháng 3/2016.",
        "Giá lên cao nhất từ năm 2011 đến nay.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert times(text) == []


def test_times_stand_in_the_order_of_the_text() -> None:
    found = times("Năm 2021, quý I tăng; tháng 7/2022 giảm so với cùng kỳ, đến hết năm 2023 lại tăng.")
    assert [time["form"] for time in found] == ["year", "quarter", "month", "same_period", "year_end"]
    assert [time["start"] for time in found] == sorted(time["start"] for time in found)
