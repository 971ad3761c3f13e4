"""What a number is a figure of, and what is a number only: of rules, of other countries, of shares on a stock exchange."""

from __future__ import annotations

import json

import polars as pl
import pytest

from orchestration.reading import Reading, read, read_text

Claims = dict[str, str | None]
"""Evidence → indicator that it is accepted for; None for a quantity that is of no indicator."""
Measures = dict[str, str]
"""Evidence → measure."""

CASES: dict[str, tuple[str, Claims]] = {
    "people are no goods": (
        "Bến cảng tăng lượng hàng xuất khẩu và bố trí thêm 12 người lái xe.",
        {"12 người": None},
    ),
    "people are no households": (
        "Cả nước còn 1,2 triệu hộ nghèo, tương đương 4,9 triệu người.",
        {"1,2 triệu hộ nghèo": "poor_households", "4,9 triệu người": None},
    ),
    "an exporting country is no exporter of ours": (
        "Hai quốc gia nhập khẩu hồ tiêu lớn trong vùng mua lần lượt 25,8 tỷ USD và 22,7 tỷ USD hàng hóa mỗi năm.",
        {"25,8 tỷ USD": None, "22,7 tỷ USD": None},
    ),
    "trade of a country that was named before": (
        "Theo Hải quan Trung Quốc, giá trị xuất khẩu tính bằng USD của nước này tăng 6,4% trong tháng 5.",
        {"6,4%": None},
    ),
    "trade of a group of countries": (
        "Năm 2021, kim ngạch thương mại của các quốc gia Hồi giáo lên tới 1.900 tỷ USD.",
        {"1.900 tỷ USD": None},
    ),
    "trade with a country stays ours": (
        "Năm 2021, kim ngạch xuất khẩu gạo của Việt Nam sang Ecuador đạt 12 triệu USD.",
        {"12 triệu USD": "exports"},
    ),
    "retail sales abroad": (
        "Doanh số bán lẻ tại Mỹ tháng 2 giảm 0,6%.",
        {"0,6%": None},
    ),
    "retail sales here": (
        "Doanh số bán lẻ tháng 2 của tỉnh Nam Định tăng 9,6%.",
        {"9,6%": "retail_sales"},
    ),
    "a rule sets a bound": (
        "Thuế suất 17% áp dụng cho cơ sở có doanh thu từ 3 tỷ đồng trở lên.",
        {"17%": None, "3 tỷ đồng": None},
    ),
    "a rule names its criteria": (
        "Dự thảo đưa ra hai tiêu chí: 150 lao động và 40 tỷ đồng doanh thu.",
        {"150 lao động": None, "40 tỷ đồng": None},
    ),
    "a target is no rule": (
        "Theo quy định, các huyện phải giải ngân tối thiểu 96% kế hoạch vốn đầu tư công.",
        {"96%": "public_investment_disbursed"},
    ),
    "a figure beside a rule": (
        "Công ty nộp thuế đúng quy định, doanh thu năm 2022 đạt 85 tỷ đồng.",
        {"85 tỷ đồng": "revenue"},
    ),
    "money flows into shares": (
        "Nhiều mã thu hút dòng tiền như AAA tăng 1,4%, khớp 210,5 tỷ.",
        {"1,4%": None, "210,5 tỷ": None},
    ),
    "operating income of a bank": (
        "Thu nhập hoạt động thuần của ngân hàng năm 2019 đạt 3.120 tỷ đồng.",
        {"3.120 tỷ đồng": "revenue"},
    ),
    "imports from a country are ours": (
        "Trong 8 tháng qua, nhập khẩu thép từ Trung Quốc đã lên tới 7 triệu tấn với kim ngạch 3,1 tỷ USD.",
        {"7 triệu tấn": "imports", "3,1 tỷ USD": "imports"},
    ),
    "a share of the trade of another country": (
        "Thái Lan mua 1,2 tỷ USD hàng hóa, chiếm 31% tổng kim ngạch xuất khẩu của Lào.",
        {"1,2 tỷ USD": None, "31%": None},
    ),
    "a list that grows on": (
        "Kim ngạch xuất khẩu đồ gỗ tăng 41,5%, tiếp theo đó là thủy sản 22,4%, dệt may 17,3% và da giày 9,1%.",
        {"41,5%": "exports", "22,4%": "exports", "17,3%": "exports", "9,1%": "exports"},
    ),
    "a share that a number stands far from": (
        "Khách hàng Bắc Mỹ chiếm tỷ trọng lớn nhất trong doanh thu của công ty với 64% trong quý 2/2023.",
        {"64%": "revenue"},
    ),
    "a share of a whole that is named behind": (
        "Kênh trực tuyến đóng góp 7% trong tổng doanh thu của chuỗi.",
        {"7%": "revenue"},
    ),
    "a growth of two years": (
        "Tốc độ tăng trưởng doanh thu đạt 14% vào năm 2024 và đạt 19% vào năm 2028.",
        {"14%": "revenue", "19%": "revenue"},
    ),
    "pieces are made": (
        "Sản lượng của hãng giảm từ 16 triệu chiếc năm 2014 xuống còn 350.000 chiếc năm 2021.",
        {"16 triệu chiếc": "industrial_product_output", "350.000 chiếc": "industrial_product_output"},
    ),
    "the price of a traded good": (
        "Giá điều thô nhập khẩu trung bình 10 tháng năm 2018 giảm 12%, ở mức 1.204 USD/tấn.",
        {"12%": "price", "1.204 USD/tấn": "price"},
    ),
    "goods and passengers by the way that they went": (
        "Năm 2022, luân chuyển hàng hóa đạt 12,4 tỷ tấn.km, tăng 9,8%; vận chuyển hàng hóa đạt 35 triệu tấn.",
        {"12,4 tỷ tấn.km": None, "9,8%": None, "35 triệu tấn": "freight"},
    ),
    "a number of staff": (
        "Tổng số nhân sự của công ty giảm 6% so với cùng kỳ.",
        {"6%": "employment"},
    ),
    "workers who are wanted": (
        "Công ty cần tuyển 450 lao động.",
        {"450 lao động": None},
    ),
    "an amount in brackets behind its growth": (
        "Nhập khẩu tăng mạnh. Chẳng hạn, hóa chất tăng 14,5% (2,1 tỷ USD); phân bón tăng 7,5% (600 triệu USD).",
        {"14,5%": "imports", "2,1 tỷ USD": "imports", "7,5%": "imports", "600 triệu USD": "imports"},
    ),
    "the size of what is counted is no area": (
        "Chỉ số sản xuất công nghiệp của một số địa phương có quy mô lớn như Vĩnh Phúc tăng 11,2%, Hải Dương tăng 8,1%.",
        {"11,2%": "iip", "8,1%": "iip"},
    ),
    "the price of a room": (
        "Giá phòng khách sạn trong quý 2 giảm 17%, còn 58 USD/phòng/đêm.",
        {"17%": "price", "58 USD/phòng/đêm": "price"},
    ),
    "short forms of names": (
        "Năm 2021, XK cá tra sang Mexico đạt 60 triệu USD; kim ngạch hàng hóa NK đạt 4,2 tỷ USD; có thêm 310 DN thành lập mới.",
        {"60 triệu USD": "exports", "4,2 tỷ USD": "imports", "310 DN thành lập mới": "enterprises_new"},
    ),
    "what a growth is compared with": (
        "Tín dụng 2 tháng tăng 2,6%, cao hơn mức 0,7% của cùng kỳ năm 2021.",
        {"2,6%": "credit_outstanding", "0,7%": "credit_outstanding"},
    ),
    "capital by purchase of shares": (
        "Vốn đăng ký mới, điều chỉnh và góp vốn mua cổ phần của nhà đầu tư nước ngoài đạt 21,4 tỷ USD.",
        {"21,4 tỷ USD": "fdi_registered"},
    ),
    "a large economy is not the world": (
        "Nhập khẩu từ nền kinh tế lớn nhất thế giới đạt 8,1 tỷ USD.",
        {"8,1 tỷ USD": "imports"},
    ),
    "goods that are made without a word for output": (
        "Nhà máy có công suất 4,5 triệu tấn/năm, năm 2022 sản xuất 4,1 triệu tấn clinker.",
        {"4,5 triệu tấn/năm": "production_capacity", "4,1 triệu tấn": "industrial_product_output"},
    ),
    "main goods of exports": (
        "Các mặt hàng xuất khẩu chủ lực gồm dệt may 1,3 tỷ USD, giày dép 760 triệu USD.",
        {"1,3 tỷ USD": "exports", "760 triệu USD": "exports"},
    ),
    "visitors of a country": (
        "Tỉnh Quảng Ninh đón nhiều khách; lượng khách đến từ Hàn Quốc đạt 310.000 lượt, chiếm 27%; từ Nhật Bản 95.000 lượt.",
        {"310.000 lượt": "tourists", "27%": "tourists", "95.000 lượt": "tourists"},
    ),
    "trade as the other side tells it": (
        "Lào xuất khẩu sang Việt Nam 560 triệu USD hàng hóa.",
        {"560 triệu USD": "imports"},
    ),
    "a holding in a firm": (
        "Cổ đông này nắm 4,1 triệu cổ phần, chiếm 8,5% vốn điều lệ.",
        {"4,1 triệu": None, "8,5%": None},
    ),
    "the name right before a number": (
        "Tỉnh có vùng trồng cam với sản lượng 2.600 tấn xuất khẩu sang Úc.",
        {"2.600 tấn": "agri_product_output"},
    ),
    "a growth of those that were told of": (
        "Cả nước có 10.100 doanh nghiệp thành lập mới, vốn đăng ký 90.000 tỷ đồng, giảm 4% về số doanh nghiệp.",
        {"10.100 doanh nghiệp thành lập mới": "enterprises_new", "90.000 tỷ đồng": "enterprise_capital", "4%": "enterprises_new"},
    ),
    "what became of firms before how many": (
        "Số doanh nghiệp giải thể là 41 doanh nghiệp, tạm ngừng là 280 doanh nghiệp.",
        {"41 doanh nghiệp": "enterprises_closed", "280 doanh nghiệp": "enterprises_closed"},
    ),
    "money that a firm invests": (
        "Công ty TNHH Hòa Bình Xanh đầu tư 31 tỷ đồng cho dây chuyền mới; các nhà đầu tư rút 4 tỷ đồng.",
        {"31 tỷ đồng": "registered_investment", "4 tỷ đồng": None},
    ),
    "a certificate handed over for projects": (
        "Tỉnh trao giấy chứng nhận đầu tư cho 6 dự án và tặng quà cho 40 doanh nghiệp.",
        {"6 dự án": "investment_projects", "40": None},
    ),
    "projects from here beside those from abroad": (
        "Các khu công nghiệp có 310 dự án FDI và 205 dự án trong nước.",
        {"310 dự án FDI": "fdi_projects", "205 dự án": "investment_projects"},
    ),
    "firms that stop": (
        "Trong tháng có 3.400 doanh nghiệp ngừng hoạt động chờ làm thủ tục giải thể, 590 doanh nghiệp tạm ngưng kinh doanh.",
        {"3.400 doanh nghiệp ngừng hoạt động": "enterprises_closed", "590 doanh nghiệp tạm ngưng kinh doanh": "enterprises_closed"},
    ),
    "passengers are no visitors": (
        "Vận tải hành khách tháng 10 đạt 460 triệu lượt khách vận chuyển, tăng 2,4%.",
        {"460 triệu lượt khách vận chuyển": None, "2,4%": None},
    ),
    "investment that leaves the country": (
        "Tổng vốn đầu tư của Việt Nam ra nước ngoài đạt 480 triệu USD.",
        {"480 triệu USD": None},
    ),
    "a name that fits no number": (
        "Giá lúa đạt 8.100 đồng/kg, lợi nhuận 24 triệu đồng/ha.",
        {"8.100 đồng/kg": "price", "24 triệu đồng/ha": None},
    ),
    "numbers dealt out over names that have their own": (
        "Công ty đặt mục tiêu doanh thu 9.600 tỷ đồng và lợi nhuận 610 tỷ đồng, tăng lần lượt 11% và 16%.",
        {"9.600 tỷ đồng": "revenue", "610 tỷ đồng": "profit", "11%": "revenue", "16%": "profit"},
    ),
    "what goes on all day": (
        "Hàng hóa xuất khẩu được thông quan 24/7, trị giá 12 triệu USD.",
        {"12 triệu USD": "exports"},
    ),
    "how many an airport can take": (
        "Cảng hàng không có công suất 1,2 triệu lượt khách mỗi năm.",
        {"1,2 triệu lượt khách": "production_capacity"},
    ),
    "a growth before what grows": (
        "Mức tăng 11,6% của kim ngạch xuất khẩu là cao nhất trong 5 năm.",
        {"11,6%": "exports"},
    ),
    "power that a plant feeds in": (
        "Nhà máy thủy điện phát 1,2 tỷ kWh điện.",
        {"1,2 tỷ kWh": "electricity_output"},
    ),
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """All cases read as one batch, one record a case."""
    batch = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    records = [{"id": name, "title": "Tin vắn", "text": text} for name, (text, _) in CASES.items()]
    batch.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return read(batch)


@pytest.mark.parametrize("name", CASES)
def test_a_number_is_a_figure_of_what_it_is_told_of(reading: Reading, name: str) -> None:
    document = reading.document.filter(pl.col("record_id") == name)["document_key"].item()
    found = reading.quantity.filter(pl.col("document_key") == document)
    told = found.select("evidence", indicator=pl.when(pl.col("fate") == "accepted").then("indicator"))
    assert dict(told.iter_rows()) == CASES[name][1]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Doanh thu tăng lên 300 tỷ đồng.", {"300 tỷ đồng": "level"}),
        ("Doanh thu giảm còn 180 tỷ đồng.", {"180 tỷ đồng": "level"}),
        ("Doanh thu tăng tới 1.500 tỷ đồng so với năm 2016.", {"1.500 tỷ đồng": "change"}),
        ("Thu ngân sách nâng lên thêm 590 tỷ đồng.", {"590 tỷ đồng": "change"}),
        ("Doanh thu năm 2019 tăng lên 7%.", {"7%": "growth"}),
        ("Khu vực FDI đóng góp 71% kim ngạch xuất khẩu và 19% GDP.", {"71%": "share", "19%": "share"}),
    ],
)
def test_a_verb_names_the_end_of_a_move_or_its_length(text: str, measures: Measures) -> None:
    assert dict(read_text(text.encode()).accepted.select("evidence", "measure").iter_rows()) == measures


STATE_CAPITAL = (
    "Vốn FDI đăng ký tăng mạnh. Nhà đầu tư nước ngoài, doanh nghiệp FDI, khu vực FDI và vốn FDI đều tăng.\n"
    "Vốn đầu tư thực hiện trên địa bàn tăng khá. Trong đó, vốn ngân sách nhà nước cấp tỉnh đạt 2.210 tỷ đồng."
)
MARKETS = (
    "Cá tra của Việt Nam đi Mỹ, Trung Quốc, Mexico, Brazil, Canada, Anh, Đức và Pháp.\n"
    "Trong tháng 10, sản lượng thủy sản khai thác ước đạt 281 nghìn tấn."
)


def test_capital_of_the_state_is_no_fdi_in_a_text_on_fdi() -> None:
    assert "fdi_implemented" not in read_text(STATE_CAPITAL.encode()).accepted["indicator"].to_list()


def test_a_text_on_markets_abroad_tells_of_the_nation() -> None:
    accepted = read_text(MARKETS.encode()).accepted
    assert accepted.select("evidence", "indicator", "place").rows() == [("281 nghìn tấn", "agri_product_output", "Việt Nam")]
