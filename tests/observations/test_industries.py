"""Sectors, products, owners and partners: what each figure is limited to, one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from assets.mentions.terms import sectors
from assets.reference import table
from tests.observations.sentences import Told, fields_of

CASES = {
    "a sector that no vocabulary lists, behind the word for one": Told(
        "Quý II, ngành hàng chăm sóc thú cưng đạt doanh số 320 tỷ đồng, tăng 12%.",
        {"320": "chăm sóc thú cưng", "12%": "chăm sóc thú cưng"},
    ),
    "a chain of shops by its name": Told(
        "Công ty Cổ phần Lan Chi làm ăn khá. Chuỗi nhà thuốc Hoa Sen đạt doanh thu 45 tỷ đồng.", {"45": "nhà thuốc Hoa Sen"}
    ),
    "half a word behind the word for a sector is none": Told(
        "Trong các ngành kinh tế, số lao động đang làm việc là 2,1 triệu người.", {"2,1": None}
    ),
    "a whole branch is the one announced last, not what was named meanwhile": Told(
        "Ngành Thông tin và Truyền thông đạt doanh thu 36 nghìn tỷ đồng; kim ngạch xuất khẩu phần mềm đạt 140 triệu USD; "
        "giá trị tăng thêm toàn ngành đạt 9 nghìn tỷ đồng.",
        {"36": "Thông tin và Truyền thông", "140": "phần mềm", "9": "Thông tin và Truyền thông"},
    ),
    "this good is the one named last": Told(
        "Nông dân Đắk Lắk mở rộng vườn sầu riêng. Kim ngạch xuất khẩu mặt hàng này đạt 900 triệu USD.", {"900": "sầu riêng"}
    ),
    "a price is that of a product, whoever sells it": Told(
        "Giá cà phê tại thị trường trong nước ở mức 98.000 đồng/kg.", {"98.000": "cà phê"}
    ),
    "a part of the revenue is none of the profit": Told(
        "Năm 2023, doanh thu mảng bán hàng của Vinasoy đạt 800 tỷ đồng, trong khi lợi nhuận ròng của Vinasoy đạt 64 tỷ đồng.",
        {"800": "mảng bán hàng", "64": None},
    ),
    "a state of projects is none of their capital": Told(
        "Nghệ An có 160 dự án FDI đang triển khai với tổng vốn đăng ký 5,6 tỷ USD.", {"160": "đang triển khai", "5,6": None}
    ),
    "new projects are so with their capital": Told(
        "Có 47 dự án mới được cấp phép; tổng vốn đăng ký đạt 1,3 tỷ USD.", {"47": "dự án mới", "1,3": "dự án mới"}
    ),
    "the amount before the word for the next part keeps its own": Told(
        "Vốn góp của nhà đầu tư là 37 tỷ đồng và vốn huy động 148 tỷ đồng.", {"37": "Vốn góp của nhà đầu tư", "148": "vốn huy động"}
    ),
    "a state right behind the name of a rate": Told(
        "Tỷ lệ lao động qua đào tạo có cấp bằng, chứng chỉ đạt 28%.", {"28%": "có cấp bằng, chứng chỉ"}
    ),
    "a small number of something else does not part an amount from its name": Told(
        "Tổng dư nợ theo phương thức cho vay ủy thác qua 4 hội đoàn thể là 220 tỷ đồng.", {"220": "cho vay ủy thác"}
    ),
    "a country behind an amount of trade": Told("Việt Nam nhập khẩu 13 tỷ USD từ Mỹ trong năm 2023.", {"13": "Mỹ"}),
    "a sector that goes on behind the name of the indicator": Told(
        "Tổng doanh thu phí bảo hiểm nhân thọ đạt 72.000 tỷ đồng, tăng 2,4%.", {"72.000": "bảo hiểm nhân thọ", "2,4%": "bảo hiểm nhân thọ"}
    ),
    "words that hold the word for a sector and mean something else": Told(
        "Sản lượng cá đạt 271 nghìn tấn. Công ty chứng khoán giữ dự báo GDP năm 2024 tăng 6,5%. "
        "Thu nhập cá nhân bình quân đạt 9 triệu đồng/tháng.",
        {"271": "cá", "6,5%": None, "9 triệu": None},
    ),
    "a market goes with the goods of its sentence": Told(
        "Xuất khẩu vải thiều đạt 35 triệu USD, trong đó thị trường Trung Quốc đạt 27 triệu USD.",
        {"35": "vải thiều", "27": "vải thiều; Trung Quốc"},
    ),
    "a figure in brackets is of what stands before them": Told(
        "Động lực tăng trưởng GRDP của tỉnh vẫn là công nghiệp chế biến, chế tạo (tăng 35,6%).", {"35,6%": "công nghiệp chế biến, chế tạo"}
    ),
    "a country that opens the sentence": Told(
        "EU là bạn hàng lớn của thành phố, với kim ngạch xuất nhập khẩu đạt 15 tỷ USD.", {"15": "EU"}
    ),
    "a country that a small word opens": Told("Kim ngạch xuất khẩu sang châu Âu đạt 40 tỷ USD.", {"40": "châu Âu"}),
    "an investor tells more than that the projects are new": Told(
        "Malaysia có thêm 5 dự án đầu tư được cấp mới với tổng vốn đăng ký 427.000 USD.", {"5": "Malaysia", "427.000": "Malaysia"}
    ),
    "a country in brackets tells where something lies": Told(
        "Dự án tại tỉnh Savannakhet (Lào) có tổng vốn đầu tư 900 tỷ đồng.", {"900": None}
    ),
    "US dollars are of no country": Told("Bình Dương thu hút 795 triệu đô la Mỹ vốn đầu tư nước ngoài đăng ký.", {"795": None}),
    "owners end where the nation is told of": Told(
        "Khu vực doanh nghiệp trong nước nhập siêu 2,2 tỷ USD, cả nước xuất siêu 100 triệu USD.",
        {"2,2": "doanh nghiệp trong nước", "100": None},
    ),
    "the branches of a list in brackets": Told(
        "Lợi nhuận quý I suy yếu mạnh, có ngành hóa chất (giảm 37%) và ngành dệt may (giảm 18%).", {"37%": "hóa chất", "18%": "dệt may"}
    ),
    "what the indicator is about anyway limits nothing": Told("Doanh thu từ hoạt động du lịch ước đạt 3.656 tỷ đồng.", {"3.656": None}),
    "a part of retail sales, and the whole": Told(
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng đạt 5.400 tỷ đồng. Trong đó, doanh thu bán lẻ hàng hóa đạt 3.800 tỷ đồng.",
        {"5.400": None, "3.800": "bán lẻ hàng hóa"},
    ),
}


@pytest.fixture(scope="module")
def industries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return dict(zip(CASES, fields_of(CASES.values(), "industry", tmp_path_factory.mktemp("industries")), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_what_figures_are_limited_to(name: str, industries: dict[str, dict[str, Any]]) -> None:
    assert industries[name] == CASES[name].figures


def test_every_code_of_a_sector_is_one_of_vsic() -> None:
    codes = sectors().meaning["code"].drop_nulls().unique()
    assert codes.filter(~codes.is_in(table("vsic")["code"].implode())).to_list() == []
