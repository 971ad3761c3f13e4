"""Organisations and sites: whom each figure is about, one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.observations.sentences import Told, fields_of

_SONG_LAM = "Công ty Cổ phần Tư vấn - Thương mại - Dịch vụ Sông Lam (SLC)"
CASES = {
    "a firm and its short form are one": Told(
        "Công ty Cổ phần Tư vấn - Thương mại - Dịch vụ Sông Lam (SLC) công bố kết quả. Quý I, SLC đạt doanh thu 38 tỷ đồng. "
        "Lợi nhuận sau thuế đạt 10 tỷ đồng.",
        {"38": _SONG_LAM, "10": _SONG_LAM},
    ),
    "the firm of the sentence before, not the one of most of the text": Told(
        "Công ty Cổ phần Nhựa Sông Hồng và Công ty Cổ phần Nhựa Sông Lam cùng khó khăn.\n"
        "Công ty Cổ phần Nhựa Sông Hồng giữ được thị trường.\n"
        "Công ty Cổ phần Nhựa Sông Lam mở thêm xưởng. Tuy nhiên, lợi nhuận sau thuế chỉ đạt 3 tỷ đồng.",
        {"3": "Công ty Cổ phần Nhựa Sông Lam"},
    ),
    "who forecasts earns nothing": Told(
        "Metrix phát hành báo cáo thị trường. Metrix dự báo tổng doanh số các sàn đạt 80 nghìn tỷ đồng.", {"80": None}
    ),
    "a house of research by any of its names": Told(
        "Công ty Cổ phần Thép Sông Lam (TSL) tăng sản lượng, TSL còn mở kho. Lumex Research dự báo khả quan. "
        "Lumex kỳ vọng lợi nhuận sau thuế đạt 17 tỷ đồng.",
        {"17": "Công ty Cổ phần Thép Sông Lam (TSL)"},
    ),
    "a name of several words": Told(
        "Vincore Retail mở thêm cửa hàng. Năm nay, Vincore Retail đạt doanh thu 900 tỷ đồng.", {"900": "Vincore Retail"}
    ),
    "all gates of a border are nobody": Told("Kim ngạch xuất khẩu qua các cửa khẩu của tỉnh đạt 2 tỷ USD.", {"2": None}),
    "a central bank reports": Told(
        "Ngân hàng Nhà nước điều hành linh hoạt. Dư nợ tín dụng đạt 14 triệu tỷ đồng, theo Ngân hàng Nhà nước.", {"14": None}
    ),
    "the firms of a country are no name": Told("Các công ty Mỹ rút bớt vốn. Công ty Mỹ đạt doanh thu 5 tỷ USD.", {"5": None}),
    "a whole branch earns what it is told of": Told(
        "Tập đoàn Sao Mai và Tập đoàn Hoa Mai gặp gỡ lãnh đạo thành phố.\nNgành dệt may đạt doanh thu 36 nghìn tỷ đồng.", {"36": None}
    ),
    "what many earn is of nobody": Told(
        "Tập đoàn Sao Mai và Tập đoàn Hoa Mai gặp gỡ lãnh đạo thành phố.\nLợi nhuận của các doanh nghiệp niêm yết tăng 12%.", {"12%": None}
    ),
    "what a province earns is of no firm of the text": Told(
        "Tập đoàn Sao Mai và Tập đoàn Hoa Mai mở thêm xưởng.\nDoanh thu vận tải của tỉnh Hà Tĩnh đạt 1.196 tỷ đồng.", {"1.196": None}
    ),
    "a plant by its product": Told(
        "Dự án Nhà máy sản xuất viên nén năng lượng đã khởi công. Tổng vốn đầu tư dự án là 465 tỷ đồng.",
        {"465": "Dự án Nhà máy sản xuất viên nén năng lượng"},
    ),
    "parts of what the sentence before tells of somebody": Told(
        "Dự án Nhà máy Xi măng Sông Lam có tổng vốn đầu tư 240 tỷ đồng. Trong đó, phần vốn của nhà đầu tư là 52 tỷ đồng.",
        {"240": "Dự án Nhà máy Xi măng Sông Lam", "52": "Dự án Nhà máy Xi măng Sông Lam"},
    ),
    "a sentence that opens with a time is of all there is": Told(
        "Công ty TNHH Tre Xanh được cấp phép. Trong 5 tháng, vốn FDI đăng ký đạt 8,5 tỷ USD.", {"8,5": None}
    ),
    "ministries and societies right before a figure of their own": Told(
        "Tỷ lệ giải ngân vốn đầu tư công cao có Đài Tiếng nói Việt Nam (60,7%), Bộ Giao thông vận tải (49,6%), Long An (79,3%).",
        {"60,7": "Đài Tiếng nói Việt Nam", "49,6": "Bộ Giao thông vận tải", "79,3": None},
    ),
    "a ministry that a plan is of": Told("Giải ngân vốn đầu tư công đạt 35% chỉ tiêu của Bộ Tài chính (60.000 tỷ đồng).", {"35%": None}),
    "a village by its craft and name": Told(
        "Năm 2023, Làng nghề bánh kẹo La Phù đạt doanh thu 1.300 tỷ đồng; Làng nghề cơ khí Phùng Xá đạt doanh thu 1.200 tỷ đồng.",
        {"1.300": "Làng nghề bánh kẹo La Phù", "1.200": "Làng nghề cơ khí Phùng Xá"},
    ),
    "an office of the customs alone is the one named before": Told(
        "Chi cục Hải quan cửa khẩu Móng Cái thu hút thêm doanh nghiệp. Chi cục thu ngân sách đạt 103 tỷ đồng.",
        {"103": "Chi cục Hải quan cửa khẩu Móng Cái"},
    ),
    "an office that clears no goods": Told("Chi cục Thống kê tỉnh Nghệ An công bố số liệu, kim ngạch xuất khẩu đạt 4 tỷ USD.", {"4": None}),
}


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return dict(zip(CASES, fields_of(CASES.values(), "entity", tmp_path_factory.mktemp("entities")), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_whom_figures_are_about(name: str, entities: dict[str, dict[str, Any]]) -> None:
    assert entities[name] == CASES[name].figures
