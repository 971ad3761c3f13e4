"""Results, estimates, plans and outlooks: the status of each figure, one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.observations.sentences import Told, fields_of

CASES = {
    "a rate behind a plan that is to be reached is the planned one": Told(
        "Tỉnh Nam Định quyết tâm đạt mục tiêu tăng trưởng GRDP 9,5% trong năm 2024.", {"9,5%": "target"}
    ),
    "a rate behind the plan that a result is a part of is a result": Told(
        "Sáu tháng, thu ngân sách của tỉnh Nam Định đạt 52% dự toán và tăng 17,8% so với cùng kỳ.", {"52%": "actual", "17,8%": "actual"}
    ),
    "an amount behind the plan that a result is a part of is a result": Told(
        "Sản lượng điện đạt 85,7% kế hoạch năm 2023; tổng doanh thu đạt 6.116 tỷ đồng.", {"6.116": "actual"}
    ),
    "an amount in brackets behind a plan is that of the plan": Told(
        "Chi cục thu ngân sách 2.508 tỷ đồng, đạt 88% dự toán được giao (2.850 tỷ đồng).", {"2.508": "actual", "2.850": "target"}
    ),
    "a result that goes beyond a plan": Told(
        "Doanh thu ba tháng đầu năm 2024 của công ty vượt kế hoạch hơn 220 tỷ đồng.", {"220": "actual"}
    ),
    "an outlook that is surpassed tells of its own figure only": Told(
        "Doanh thu quý II đạt 76,4 tỷ USD, cao hơn dự báo 73,9 tỷ USD và đưa doanh thu cả năm lên 282 tỷ USD.",
        {"76,4": "actual", "73,9": "forecast", "282": "actual"},
    ),
    "a growth against what was estimated": Told(
        "Kim ngạch xuất khẩu quý II/2024 tăng mạnh so với ước thực hiện quý trước, đạt 42 tỷ USD.", {"42": "actual"}
    ),
    "the parts of what a sentence before estimated": Told(
        "Kim ngạch xuất khẩu tháng 6/2024 ước đạt 33 tỷ USD. Trong đó, khu vực kinh tế trong nước đạt 9 tỷ USD.",
        {"33": "estimate", "9": "estimate"},
    ),
    "a part with a time of its own is a result": Told(
        "Kim ngạch xuất khẩu cả năm dự kiến đạt 400 tỷ USD. Trong đó, tháng 6/2024 đạt 33 tỷ USD.", {"400": "forecast", "33": "actual"}
    ),
    "a paragraph that aims goes on doing so": Told(
        "Năm 2024, công ty đặt mục tiêu doanh thu 500 tỷ đồng. Lợi nhuận sau thuế đạt 46 tỷ đồng.", {"500": "target", "46": "target"}
    ),
    "a paragraph that aims ends where a time that is over is told of": Told(
        "Năm 2024, công ty đặt mục tiêu doanh thu 500 tỷ đồng. Lợi nhuận sau thuế quý I đạt 46 tỷ đồng.", {"500": "target", "46": "actual"}
    ),
    "a time that is over behind the word for a plan": Told(
        "Doanh nghiệp thận trọng với kế hoạch mở rộng, 5 tháng đầu năm 2024, vốn FDI đăng ký đạt 234 triệu USD.", {"234": "actual"}
    ),
    "a sentence that aims without a figure, before the one with its figures": Told(
        "Đại hội đề ra mục tiêu đến năm 2028, Nam Định là tỉnh khá. Cụ thể, GRDP tăng bình quân 9,5% mỗi năm.", {"9,5%": "target"}
    ),
    "a plan that was set and missed": Told(
        "Năm 2023, tuy không đạt kế hoạch kinh doanh đã đề ra nhưng công ty vẫn có lợi nhuận sau thuế 711 tỷ đồng.", {"711": "actual"}
    ),
    "a bracket has words of its own": Told(
        "Kim ngạch xuất khẩu đạt 31,8 tỷ USD, giảm 7,3% so với năm 2022 (kế hoạch tăng 9%); nhập khẩu đạt 23 tỷ USD.",
        {"7,3%": "actual", "9%": "target", "23": "actual"},
    ),
    "a headline that rounds what the text estimates": Told(
        "Xuất khẩu của Nam Định vượt 3 tỷ USD\n\n"
        "Kim ngạch xuất khẩu của tỉnh Nam Định năm 2023 ước đạt 3,01 tỷ USD, tăng 9,2% so với năm 2022 nhờ đơn hàng may mặc trở lại, "
        "theo báo cáo của cơ quan thống kê địa phương công bố cuối tuần qua.",
        {"3 tỷ": "estimate", "3,01": "estimate"},
        title="Xuất khẩu của Nam Định vượt 3 tỷ USD",
    ),
    "what must be reached": Told("Năm 2024, tỷ lệ giải ngân vốn đầu tư công phải đạt 95% kế hoạch.", {"95%": "target"}),
    "what may come": Told("Cả năm nay, xuất khẩu giày dép có thể giảm 10% so với năm 2023.", {"10%": "forecast"}),
    "what is traded is not assigned": Told("Giá gạo được giao dịch ở mức 580 USD/tấn.", {"580": "actual"}),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return dict(zip(CASES, fields_of(CASES.values(), "status", tmp_path_factory.mktemp("status")), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_status(found: dict[str, dict[str, Any]], name: str) -> None:
    assert found[name] == CASES[name].figures
