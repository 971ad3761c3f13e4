from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.documents.pages import PARAGRAPHS, TITLE, batch_of, page


def published(folder: Path, text: str, **fields: object) -> tuple[date | None, str | None]:
    row = batch_of(folder, text, **fields).document.row(0, named=True)
    return row["published_on"], row["published_on_from"]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T08:30:00+07:00", date(2024, 3, 5)),
        ("2024-03-05 23:30:00", date(2024, 3, 5)),
        ("2024-03-05T16:59:00Z", date(2024, 3, 5)),
        ("2024-03-05T17:00:00.000Z", date(2024, 3, 6)),
        ("2024-12-31T20:15:00+00:00", date(2025, 1, 1)),
        ("2024/3/5", date(2024, 3, 5)),
        ("05/03/2024 08:30", date(2024, 3, 5)),
        ("Thứ ba, ngày 5 tháng 3 năm 2024", date(2024, 3, 5)),
        (20240305, date(2024, 3, 5)),
        (["2024-03-05"], date(2024, 3, 5)),
    ],
)
def test_the_metadata_tell_the_day_in_vietnam(tmp_path: Path, told: object, day: date) -> None:
    assert published(tmp_path, PARAGRAPHS[0], date=told) == (day, "metadata")


@pytest.mark.parametrize("told", ["", None, "hôm qua", "2024-02-31", "0001-01-01", "31/4/2024"])
def test_metadata_without_a_day_leave_it_to_the_dateline(tmp_path: Path, told: str | None) -> None:
    text = page(TITLE, "07/03/2024 10:00", *PARAGRAPHS)
    assert published(tmp_path, text, date=told) == (date(2024, 3, 7), "dateline")


def test_metadata_come_before_the_dateline(tmp_path: Path) -> None:
    assert published(tmp_path, page(TITLE, "07/03/2024", *PARAGRAPHS), date="2024-03-05") == (date(2024, 3, 5), "metadata")


@pytest.mark.parametrize(
    "line",
    [
        "07/03/2024",
        "7-3-2024",
        "07.03.2024 | 10:15",
        "07/03/2024 - 06:22 AM",
        "Thứ năm, 07/03/2024, 10:15 (GMT+7)",
        "Thứ 5, ngày 7 tháng 3 năm 2024",
        "Cập nhật lúc 10 giờ 15 phút, ngày 7/3/2024",
        "Ngày đăng: 07/03/2024 - Lượt xem: 1.024",
        "Kinh tế | 07/03/2024 | 913 lượt xem",
        "• 07/03/2024",
        "Trần Bảo Ngân - 07/03/2024 10:15",
        "Theo Báo Ninh Bình - 07/03/2024",
        "07/03/24 10:15 GMT+7",
    ],
)
def test_a_dateline_below_the_title(tmp_path: Path, line: str) -> None:
    assert published(tmp_path, page(TITLE, line, *PARAGRAPHS)) == (date(2024, 3, 7), "dateline")


@pytest.mark.parametrize(
    "line",
    [
        "Từ 07/03/2024: mức lương cơ sở là 1,8 triệu đồng/tháng",
        "Giá trị vốn hóa: 93,3 tỷ đồng (07/03/2024)",
        "Thị trường ngày 7/3/2024:",
        "Căn cứ Luật Đất đai ngày 7 tháng 3 năm 2024;",
        "Xưởng gốm mở cửa ngày 07/03/2024.",
        "Nghị định số 24/2024/NĐ-CP ngày 07/03/2024",
        "13/13/2024",
    ],
)
def test_a_line_that_speaks_of_a_day_is_no_dateline(tmp_path: Path, line: str) -> None:
    assert published(tmp_path, page(TITLE, line, *PARAGRAPHS)) == (None, None)


def test_the_clock_in_the_head_of_a_page_is_not_the_day_of_the_article(tmp_path: Path) -> None:
    head = page("Thứ 5, 01/08/2024, 09:15[GMT+7]", TITLE)
    assert published(tmp_path, page(head, *PARAGRAPHS)) == (None, None)
    assert published(tmp_path, page(head, "Thứ 4, 08/04/2015 | 10:07", *PARAGRAPHS)) == (date(2015, 4, 8), "dateline")


def test_the_day_above_the_title_counts_without_a_weekday(tmp_path: Path) -> None:
    assert published(tmp_path, page("Tin tức", "17/06/2019", TITLE, *PARAGRAPHS)) == (date(2019, 6, 17), "dateline")


def test_a_letter_tells_its_day_in_its_head(tmp_path: Path) -> None:
    letter = page(
        "ỦY BAN NHÂN DÂN HUYỆN HOA LƯ",
        "Số: 77/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hoa Lư, ngày 15 tháng 12 năm 2023",
        "BÁO CÁO",
        "Tình hình công nghiệp năm 2023 của huyện Hoa Lư",
        *PARAGRAPHS,
    )
    assert published(tmp_path, letter) == (date(2023, 12, 15), "dateline")


def test_days_in_the_foot_and_in_lists_of_other_articles_do_not_count(tmp_path: Path) -> None:
    text = page(TITLE, *PARAGRAPHS, "Tin cùng chuyên mục", "Kim Sơn vào vụ cói", "02/02/2022", "Giấy phép số 12/GP-TTĐT ngày 03/03/2021")
    assert published(tmp_path, text) == (None, None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/kinh-te/2021/03/05/gom-hoa-lu.html", date(2021, 3, 5)),
        ("https://example.org/gom-hoa-lu-20210401012229541.htm", date(2021, 4, 1)),
        ("https://example.org/gom-hoa-lu-20213901012229541.htm", None),
        ("https://example.org/bai-viet-202104.htm", None),
    ],
)
def test_the_address_tells_the_day_where_nothing_else_does(tmp_path: Path, url: str, day: date | None) -> None:
    assert published(tmp_path, page(TITLE, *PARAGRAPHS), url=url) == (day, "url" if day else None)
