from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.documents.layout import BODY, lines_of, with_roles
from tests.documents.pages import PARAGRAPHS, TITLE, batch_of, page, roles, shown

FOOT = (
    "Giấy phép số 215/GP-TTĐT do Sở cấp ngày 09/12/2021",
    "Địa chỉ: 12 đường Tràng An",
    "Điện thoại: (0229) 3800.456",
    "Ghi rõ nguồn khi đăng lại.",
)
PIECES = st.sampled_from(
    [*PARAGRAPHS, TITLE, *FOOT, "07/03/2024", "Thứ 5, 01/08/2024, 09:15[GMT+7]", "Tin liên quan", "Trang chủ", "", "\t", "Bảo Ngân", ">> x"]
)
TEXTS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=25).map("\n".join)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_lines_are_those_of_the_text_in_order_and_each_has_a_part(texts: list[str]) -> None:
    document = pl.DataFrame({"document_key": [str(n) for n in range(len(texts))], "text": texts, "title": [None] * len(texts)})
    document = document.cast({"title": pl.String})
    line = with_roles(lines_of(document), document)
    for key, text in enumerate(texts):
        of = line.filter(pl.col("document_key") == str(key))
        wanted = [stripped for raw in text.split("\n") if (stripped := raw.strip(" \t"))]
        assert [text[start:end] for start, end in of.select("start", "end").iter_rows()] == wanted
        assert of["line"].to_list() == wanted
        assert of["block"].to_list() == list(range(len(wanted)))
        assert all(end <= start for end, start in zip(of["end"], of["start"][1:], strict=False))
        assert (of["is_body"] == of["role"].is_in(BODY)).all()
    assert line["role"].is_null().sum() == 0


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS)
def test_pages_do_not_see_each_other(one: str, other: str) -> None:
    def parts(*texts: str) -> list[str]:
        document = pl.DataFrame({"document_key": [str(n) for n in range(len(texts))], "text": texts, "title": [None] * len(texts)})
        document = document.cast({"title": pl.String})
        return with_roles(lines_of(document), document)["role"].to_list()

    assert parts(one) + parts(other) == parts(one, other)


def test_an_article_with_all_that_stands_around_it(tmp_path: Path) -> None:
    lines = [
        ("header", "Trang chủ"),
        ("header", "Kinh tế"),
        ("header", "Thứ 5, 01/08/2024, 09:15[GMT+7]"),
        ("title", TITLE),
        ("dateline", "Bảo Ngân"),
        ("dateline", "07/03/2024 10:00"),
        ("menu", "1.913 lượt xem"),
        ("body", PARAGRAPHS[0]),
        ("caption", "Lò gốm mới dài 60 mét. Ảnh: Bảo Ngân"),
        ("heading", "Đất sạch chờ xưởng"),
        ("body", PARAGRAPHS[1]),
        ("teaser", "Xem thêm: Gia Viễn đón 12 dự án"),
        ("body", PARAGRAPHS[2]),
        ("footer", "Thanh Hà"),
        ("teaser", "Tin cùng chuyên mục"),
        ("teaser", "Kim Sơn trồng 350 ha cói"),
        ("teaser", "Sáng 6/3, huyện Nho Quan trao 120 suất quà, trị giá 60 triệu đồng, cho các hộ nghèo ở vùng hồ."),
        *(("footer", line) for line in FOOT),
    ]
    batch = batch_of(tmp_path, page(*(line for _, line in lines)))
    assert shown(batch) == lines
    assert batch.block.filter("is_body").height == 6
    assert batch.document.select("title", "published_on_from").row(0) == (TITLE, "dateline")


def test_a_text_without_a_page_is_all_body(tmp_path: Path) -> None:
    assert set(roles(tmp_path, page(*PARAGRAPHS)).values()) == {"body"}
    assert roles(tmp_path, "Xã có 5 ha chè") == {"Xã có 5 ha chè": "heading"}


@pytest.mark.parametrize(
    "line",
    [
        "Từ 01/07/2024: mức lương cơ sở là 2,34 triệu đồng/tháng",
        "Vốn hóa: 93,3 tỷ đồng (18/6/2023)",
        "Ngày 25/4/2023, nộp thuế tạm tính quý I là 30 triệu đồng",
        "Tỷ lệ hộ nghèo | 2,05%",
        "Xuất khẩu giảm 23%",
        "11.400 doanh nghiệp",
        "Nông nghiệp",
        "Năm 2023 có 120 lượt xem biểu diễn",
        "- Gốm sứ: 310 tỷ đồng",
    ],
)
def test_a_short_line_that_states_something_is_body(tmp_path: Path, line: str) -> None:
    found = shown(batch_of(tmp_path, page(TITLE, *PARAGRAPHS, line, *PARAGRAPHS)))
    assert found[4] == ("heading", line) or found[4] == ("body", line)


def test_amounts_above_the_title_are_body(tmp_path: Path) -> None:
    assert roles(tmp_path, page("Gói 30.000 tỷ", "Tin nhanh", TITLE, *PARAGRAPHS))["Gói 30.000 tỷ"] in BODY


@pytest.mark.parametrize("title", [TITLE, TITLE.upper(), f"{TITLE} - Báo Gốm"])
def test_the_title_of_the_metadata_is_found_on_the_page(tmp_path: Path, title: str) -> None:
    found = roles(tmp_path, page("Kinh tế", "Một dòng khá dài nhưng không phải đầu đề", TITLE, *PARAGRAPHS), title=title)
    assert found[TITLE] == "title"
    assert list(found.values())[:3] == ["header", "header", "title"]


def test_a_title_of_the_metadata_that_the_page_does_not_show_stays(tmp_path: Path) -> None:
    batch = batch_of(tmp_path, page(*PARAGRAPHS), title="Đầu đề khác hẳn")
    assert batch.document["title"].to_list() == ["Đầu đề khác hẳn"]
    assert set(batch.block["role"]) == {"body"}


def test_the_name_of_a_site_is_no_title(tmp_path: Path) -> None:
    batch = batch_of(tmp_path, page("Tin tức", TITLE, *PARAGRAPHS), title="Trang thông tin điện tử huyện Hoa Lư")
    assert batch.document["title"].to_list() == [TITLE]


@pytest.mark.parametrize(
    "line",
    ["Một câu dài hơn hai mươi lăm chữ cái, có dấu chấm.", "Cổng thông tin điện tử tỉnh Ninh Bình", "07/03/2024 - Bảo Ngân, Báo Ninh Bình"],
)
def test_what_is_no_headline_is_no_title(tmp_path: Path, line: str) -> None:
    assert roles(tmp_path, page(line, *PARAGRAPHS))[line] != "title"


def test_who_writes_a_letter_is_body_and_its_number_is_not(tmp_path: Path) -> None:
    letter = ("ỦY BAN NHÂN DÂN HUYỆN HOA LƯ, TỈNH NINH BÌNH", "Số: 77/BC-UBND", "BÁO CÁO", "Tình hình công nghiệp của huyện năm 2023")
    receivers = ("Nơi nhận: UBND tỉnh; lưu VT (03 bản).", "TM. ỦY BAN NHÂN DÂN", "Phạm Văn Bình")
    found = roles(tmp_path, page(*letter, *PARAGRAPHS, *receivers))
    assert [found[line] for line in (*letter, *receivers)] == ["heading", "header", "header", "title", "footer", "footer", "footer"]


def test_the_imprint_begins_where_only_its_lines_follow(tmp_path: Path) -> None:
    filler = [f"Thôn {n} có {n} lò gốm, mỗi lò nuôi sống năm hộ trong xã." for n in range(1, 31)]
    found = roles(tmp_path, page(TITLE, *PARAGRAPHS, *filler[:20], "Điện thoại: 0229.3800.456", *filler[20:]))
    assert found["Điện thoại: 0229.3800.456"] == "footer"
    assert found[filler[29]] == "body"
    assert roles(tmp_path, page(TITLE, *filler, *FOOT))[FOOT[1]] == "footer"


def test_an_address_in_the_first_half_is_no_imprint(tmp_path: Path) -> None:
    assert roles(tmp_path, page(TITLE, "Địa chỉ: thôn Đông, nơi có 40 lò gốm", *PARAGRAPHS))[PARAGRAPHS[2]] == "body"


def test_other_articles_that_nothing_announces_open_like_leads(tmp_path: Path) -> None:
    leads = (
        "Sáng 6/3, huyện Nho Quan trao 120 suất quà, trị giá 60 triệu đồng, cho các hộ nghèo ở vùng hồ.",
        "Chiều 5/3, lãnh đạo tỉnh làm việc với 14 doanh nghiệp dệt may về chuyện thiếu 3.000 lao động.",
    )
    found = roles(tmp_path, page(TITLE, *PARAGRAPHS, *leads, *FOOT))
    assert [found[line] for line in leads] == ["teaser", "teaser"]
    assert found[PARAGRAPHS[2]] == "body"
    assert roles(tmp_path, page(TITLE, *PARAGRAPHS, leads[0], *FOOT))[leads[0]] == "body"
    assert roles(tmp_path, page(TITLE, *PARAGRAPHS, *leads))[leads[0]] == "body"


@pytest.mark.parametrize("stamp", ["(06/03/2024)", "06/03/2024 09:15", "Thứ tư, 06/03/2024, 09:15"])
def test_dated_entries_at_the_end_are_other_articles(tmp_path: Path, stamp: str) -> None:
    entries = (f"Kim Sơn trồng 350 ha cói {stamp}", f"Gia Viễn đón 12 dự án {stamp}")
    found = roles(tmp_path, page(TITLE, *PARAGRAPHS, *entries))
    assert [found[line] for line in entries] == ["teaser", "teaser"]
    assert roles(tmp_path, page(TITLE, *PARAGRAPHS, entries[0]))[entries[0]] in BODY


def test_a_box_of_other_articles_ends_with_the_next_sentence(tmp_path: Path) -> None:
    box = ("Tin liên quan", "Kim Sơn trồng 350 ha cói", "Gia Viễn đón 12 dự án")
    found = roles(tmp_path, page(TITLE, PARAGRAPHS[0], *box, PARAGRAPHS[1], "Xuất khẩu giảm 23%", PARAGRAPHS[2]))
    assert [found[line] for line in box] == ["teaser"] * 3
    assert (found[PARAGRAPHS[1]], found["Xuất khẩu giảm 23%"]) == ("body", "heading")


@pytest.mark.parametrize("line", ["Thanh Hà", "LÊ BẢO NGÂN", "M.Dung", "Tin, ảnh: Lê Ngân", "Theo Báo Ninh Bình", "Bài và ảnh: Ngân Hà"])
def test_who_wrote_is_no_body_at_the_end_of_the_article(tmp_path: Path, line: str) -> None:
    assert roles(tmp_path, page(TITLE, *PARAGRAPHS, line)).get(line) not in BODY
    assert roles(tmp_path, page(TITLE, *PARAGRAPHS, line, "Tin cùng chuyên mục", "Kim Sơn vào vụ cói"))[line] not in BODY


@pytest.mark.parametrize("line", ["Thanh Hà", "Kinh tế biển"])
def test_a_name_between_paragraphs_is_a_heading(tmp_path: Path, line: str) -> None:
    assert roles(tmp_path, page(TITLE, PARAGRAPHS[0], line, *PARAGRAPHS[1:]))[line] == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "Trang chủ",
        "Kinh tế",
        "Chia sẻ (12)",
        "913 lượt xem",
        "Lượt xem: 1.024",
        "https://example.org/x",
        "![Lò 60 mét](https://example.org/lo-60.jpg)",
        "Gốm,Hoa Lư,Lò nung,Xuất khẩu,Làng nghề",
    ],
)
def test_controls_counters_addresses_and_tags_are_menu(tmp_path: Path, line: str) -> None:
    assert roles(tmp_path, page(TITLE, line, *PARAGRAPHS))[line] == "menu"


def test_a_section_of_the_article_may_be_called_like_one_of_the_paper(tmp_path: Path) -> None:
    assert roles(tmp_path, page(TITLE, PARAGRAPHS[0], "Nông nghiệp", *PARAGRAPHS[1:]))["Nông nghiệp"] == "heading"


def test_a_table_of_numbers_with_commas_is_no_row_of_tags(tmp_path: Path) -> None:
    line = "giảm 2,05% với 1.810 tỷ; MBB giảm 1,59% với 1.430,7 tỷ; FPT giảm 0,89% với"
    assert roles(tmp_path, page(TITLE, PARAGRAPHS[0], line, *PARAGRAPHS[1:]))[line] == "heading"
