"""The time that each figure describes, and the time it is compared with, one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.observations.sentences import Told, fields_of

PERIODS = {
    "months of a year without a word between": Told("Doanh thu 4 tháng 2024 hoàn thành 33% kế hoạch cả năm.", {"33%": "2024-01/2024-04"}),
    "a wage for one month is of no month": Told(
        "Trong tháng 2 vừa qua, doanh nghiệp trả mức lương bình quân 9 triệu đồng một tháng.", {"9 triệu": "2024-02"}, date="2024-03-08"
    ),
    "months gone by are of the year of the article": Told(
        "Năm 2023, nhập khẩu 15 triệu tấn thép, giá thép đạt 493 USD/tấn, thì 5 tháng qua, giá thép chỉ còn 430 USD/tấn.",
        {"493": "2023", "430": "2024-01/2024-05"},
        date="2024-06-08",
    ),
    "more months gone by than a year has": Told("Trong 18 tháng qua, xuất khẩu gạo đạt 12 triệu tấn.", {"12 triệu": "2023-01/2024-06"}),
    "the year of a range of days is that of its end": Told(
        "Từ ngày 26.1 đến 1.2.2017, xuất khẩu gạo đạt 90 nghìn tấn.", {"90": "2017-01-26/2017-02-01"}, date="2017-02-08"
    ),
    "a range of days over new year": Told(
        "Từ 26/12 đến 5/1/2024, xuất khẩu gạo đạt 90 nghìn tấn.", {"90": "2023-12-26/2024-01-05"}, date="2024-01-08"
    ),
    "since when something is the highest is no time of it": Told(
        "Tháng 6/2024, xuất khẩu gạo đạt 500 triệu USD, mức cao nhất kể từ tháng 3/2016.", {"500": "2024-06"}
    ),
    "two sentences without a space between": Told(
        "Năm 2022, doanh thu của công ty đạt 9 tỷ USD.Theo báo cáo quý I/2024, lợi nhuận đạt 2 tỷ USD.", {"9 tỷ": "2022", "2 tỷ": "2024-Q1"}
    ),
    "an amount that is compared with, of the same months": Told(
        "Quý I/2024, công ty lãi 40 tỷ đồng, so với mức lỗ 90 tỷ đồng cùng kỳ năm 2023.", {"40": "2024-Q1", "90": "2023-Q1"}
    ),
    "two figures of the same months": Told(
        "Tám tháng năm 2024, tỷ lệ giải ngân vốn đầu tư đạt 40% kế hoạch (cùng kỳ năm 2023 đạt 39,5% kế hoạch và đạt 42,3% chỉ tiêu).",
        {"39,5%": "2023-01/2023-08", "42,3%": "2023-01/2023-08"},
        date="2024-09-05",
    ),
    "the year of a plan is not that of its attainment": Told(
        "Lũy kế 9 tháng đầu năm, công ty hoàn thành 74% kế hoạch lợi nhuận của năm 2024.", {"74%": "2024-01/2024-09"}, date="2024-10-20"
    ),
    "a price of a day": Told("Tháng 6, thị trường chậm lại. Ngày 4/7/2024, giá thép cuộn ở mức 435 USD/tấn.", {"435": "2024-07-04"}),
    "what grows on average until a year does so over the span that ends then": Told(
        "Quy hoạch tỉnh Trà Vinh thời kỳ 2021-2030 đặt mục tiêu đến năm 2030, GRDP tăng bình quân 11,5%/năm.", {"11,5%": "2021/2030"}
    ),
    "what was taken for the plan of a year but is told of months": Told(
        "Doanh nghiệp thận trọng với kế hoạch mở rộng, 5 tháng đầu năm 2024, vốn FDI đăng ký đạt 234 triệu USD.", {"234": "2024-01/2024-05"}
    ),
    "a plan of the year that the address of its page names": Told(
        "Huyện vừa ban hành kế hoạch trồng quế với diện tích 920 ha. Năng suất quế cao hơn hẳn.",
        {"920": "2025"},
        date="2024-12-20",
        url="https://bao-huyen.vn/tin/ke-hoach-trong-que-nam-2025.html",
    ),
    "what an address says of a year gone by dates no plan": Told(
        "Huyện vừa ban hành kế hoạch trồng quế với diện tích 920 ha.",
        {"920": None},
        date="2024-12-20",
        url="https://bao-huyen.vn/tin/nhin-lai-nam-2023.html",
    ),
    "a month without a year in a text without a date": Told(
        "Số thu tháng 11 đạt 302 tỷ đồng, tăng 3% so với tháng 10/2020. Kim ngạch nhập khẩu tháng 11 đạt 104 triệu USD. "
        "Xuất khẩu đạt 90 triệu USD.",
        {"302": "2020-11", "90": "2020-11"},
        date=None,
    ),
}
BASES = {
    "against twice a year": Told("Năm 2023, lợi nhuận của công ty đạt 30 tỷ đồng, tăng gấp 3 lần năm 2021.", {"3 lần": "2021"}),
    "the quarter right before": Told("Quý III/2024, doanh thu tăng 38% so với quý liền kề.", {"38%": "2024-Q2"}, date="2024-10-20"),
    "the year right before": Told("Năm 2023, doanh thu tăng 12% so với năm liền trước.", {"12%": "2022"}),
}


@pytest.fixture(scope="module")
def periods(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return dict(zip(PERIODS, fields_of(PERIODS.values(), "period", tmp_path_factory.mktemp("period")), strict=True))


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return dict(zip(BASES, fields_of(BASES.values(), "base", tmp_path_factory.mktemp("base")), strict=True))


@pytest.mark.parametrize("name", PERIODS)
def test_period(periods: dict[str, dict[str, Any]], name: str) -> None:
    assert periods[name] == PERIODS[name].figures


@pytest.mark.parametrize("name", BASES)
def test_base(bases: dict[str, dict[str, Any]], name: str) -> None:
    assert bases[name] == BASES[name].figures
