from __future__ import annotations

from pathlib import Path

import pytest

from assets.documents import read_batch
from assets.documents.readers import pdf
from assets.documents.readers.record import Record, Unread, UnreadableError
from tests.documents import files
from tests.documents.pages import PARAGRAPHS

LETTER = ["UBND HUYỆN HOA LƯ", "Hoa Lư, ngày 14 tháng 3 năm 2024", "BÁO CÁO", "Tình hình sản xuất của các xưởng gốm năm 2023"]
WRAPPED = [
    "Năm 2023, các xưởng gốm ven sông của huyện bán được nhiều hàng hơn năm trước và",
    "nộp ngân sách 12,5 tỷ đồng, gấp rưỡi năm 2022; riêng xã Ninh Vân 4 tỷ.",
    "Sang năm 2024, huyện dành 18 ha đất sạch cho xưởng mới.",
]


def of(data: bytes) -> list[Record | Unread]:
    return list(pdf.pages_of(data))


def text_of(data: bytes) -> list[str]:
    record = of(data)[0]
    assert isinstance(record, Record)
    return record.text.splitlines()


def test_lines_become_paragraphs_over_the_end_of_a_page() -> None:
    assert text_of(files.pdf([[*LETTER, WRAPPED[0]], [*WRAPPED[1:], "2"]])) == [*LETTER, f"{WRAPPED[0]} {WRAPPED[1]}", WRAPPED[2]]


def test_running_titles_and_page_numbers_are_left_out() -> None:
    pages = [["Niên giám gốm Hoa Lư", f"Xã {n} có {n} xưởng gốm.", f"Trang {n}/4"] for n in (1, 2, 3, 4)]
    assert text_of(files.pdf(pages)) == [f"Xã {n} có {n} xưởng gốm." for n in (1, 2, 3, 4)]


def test_the_day_of_the_letter_goes_before_that_of_the_file(tmp_path: Path) -> None:
    made = {"/CreationDate": "D:20240520091846+07'00'", "/Title": "Microsoft Word - BC 12.doc"}
    (tmp_path / "a.pdf").write_bytes(files.pdf([[*LETTER, *WRAPPED]], info=made))
    (tmp_path / "b.pdf").write_bytes(files.pdf([WRAPPED], info=made))
    told = read_batch(tmp_path, "b").document.select("title", "published_on_from", "published_on").cast({"published_on": str}).rows()
    assert told == [(LETTER[-1], "dateline", "2024-03-14"), (None, "saved", "2024-05-20")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (files.pdf([None, None]), "needs OCR"),
        (files.pdf([["Cong hoa xa hoi chu nghia"]], scan=True), "needs OCR"),
        (files.pdf([[]])[:-400], "broken file"),
        (files.pdf([["a"]], password="x"), "encrypted"),
        (files.pdf([["a"]], password="x", cipher="AES-256"), "encrypted"),
        (files.pdf([]), "empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "broken file"),
        (b"", "broken file"),
    ],
    ids=["scan", "scan read as another language", "cut", "encrypted", "encrypted with AES", "no page", "noise", "nothing"],
)
def test_what_has_no_text_layer_to_read_says_so(data: bytes, reason: str) -> None:
    try:
        (found,) = of(data)
    except UnreadableError as refused:
        found = Unread(refused.reason, refused.detail)
    assert isinstance(found, Unread)
    assert (found.reason, found.record) == (reason, None)
    assert ":" in found.detail


def test_scanned_pages_among_others_are_one_row_beside_the_document() -> None:
    record, unread = of(files.pdf([None, WRAPPED, None, None]))
    assert isinstance(record, Record)
    assert isinstance(unread, Unread)
    assert (unread.reason, unread.record) == ("needs OCR", "pages 1, 3-4")


def test_a_scan_with_a_layer_in_vietnamese_is_read() -> None:
    assert text_of(files.pdf([list(PARAGRAPHS)], scan=True)) != []


def test_a_pdf_that_lost_any_byte_is_a_document_or_a_row() -> None:
    whole = files.pdf([WRAPPED])
    for at in range(0, len(whole), 37):
        try:
            assert of(whole[:at] + b"\xff" + whole[at + 2 :])
        except UnreadableError as refused:
            assert refused.reason in {"broken file", "empty", "encrypted"}  # noqa: PT017 - most bytes do no harm
