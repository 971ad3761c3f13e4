from __future__ import annotations

import pytest

from assets.documents.readers.paragraphs import paragraphs

FULL = "Các hộ trồng chè của huyện đã bán hết lứa chè xuân và nhận đủ tiền công, bình quân"
"""A line from edge to edge."""


def joined(*lines: str) -> list[str]:
    return paragraphs(["\n".join([FULL, "Hết.", *lines])]).splitlines()[1:]


@pytest.mark.parametrize(
    "lines",
    [
        (FULL, "mỗi hộ 12 triệu đồng."),
        (FULL[:-3] + "đó.", "Mỗi hộ nhận 12 triệu đồng."),
        (FULL, "UBND xã."),
    ],
    ids=["inside a sentence", "a full stop at the edge", "an abbreviation alone"],
)
def test_a_line_that_reaches_the_edge_goes_on(lines: tuple[str, str]) -> None:
    assert joined(*lines)[-1].endswith(" ".join(lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("Huyện trồng thêm 40 ha chè.", "Tiền công tăng."),
        (FULL, "- Chè xuân: 40 ha"),
        (FULL, "2. Về chăn nuôi"),
        (FULL, "a) Đàn lợn"),
        (FULL, "Điều 3. Tổ chức thực hiện"),
        (FULL, "KẾT QUẢ CHĂN NUÔI"),
        ("KẾT QUẢ TRỒNG CHÈ XUÂN CỦA HUYỆN VÀ CÁC XÃ VÙNG CAO TRONG QUÝ I NĂM NAY", "Huyện trồng thêm chè"),
        (FULL, "Chè 120 135 142 12,5%"),
    ],
    ids=["short", "bullet", "number", "letter", "article", "heading", "under a heading", "row of a table"],
)
def test_what_begins_anew_stays_apart(lines: tuple[str, str]) -> None:
    assert joined(FULL[:30], *lines)[-2:] == list(lines)


def test_a_range_parted_by_the_edge_is_joined_without_a_blank() -> None:
    assert joined(f"{FULL} 2021-", "2025 và sau đó.")[-1].endswith("2021-2025 và sau đó.")


def test_cells_are_parted_by_strokes_and_columns_by_lines() -> None:
    assert paragraphs(["Chè      120      135\nSố: 12/BC       Hoa Lư, ngày 2 tháng 3 năm 2024"]).splitlines() == [
        "Chè | 120 | 135",
        "Số: 12/BC",
        "Hoa Lư, ngày 2 tháng 3 năm 2024",
    ]
