from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.normalize import plain_letters, whole_sentences

HARD = "ÐðĐđƉɖIiİ\u0300\u0301\u0302\u0307\u0323ạăơ\u00a0\u2009\u200b\u00ad\ufeff\r\n\u2028\x0cȺẞΑΣς\u0345가\u1161\u11a8\u1100ﬀＡ㎡½"
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(HARD), max_size=20), min_size=1, max_size=20)


def plain(text: str) -> str:
    read: str = plain_letters(pl.Series([text]))[0]
    return read


def assert_offsets_survive_lower_case(read: pl.Series) -> None:
    lower = read.str.to_lowercase()
    assert (lower.str.len_bytes() == read.str.len_bytes()).all()
    assert (lower.str.len_chars() == read.str.len_chars()).all()


@given(TEXTS)
def test_what_holds_for_every_text(texts: list[str]) -> None:
    read = plain_letters(pl.Series(texts))
    assert plain_letters(read).to_list() == read.to_list()
    assert all(unicodedata.is_normalized("NFC", text) for text in read)
    assert not any(mark in text for text in read for mark in "\r\u00a0\u2028\u200b\ufeff")
    assert_offsets_survive_lower_case(read)


def test_a_dot_that_only_comes_free_in_nfc_goes_too() -> None:
    assert plain("\u1e61\u0327a") == "\u015fa"


def test_what_holds_for_every_letter() -> None:
    letters = pl.Series([chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF])
    read = plain_letters(letters)
    assert read.is_null().sum() == 0
    assert [hex(ord(letter)) for letter, text in zip(letters, read, strict=True) if not unicodedata.is_normalized("NFC", text)] == []
    assert_offsets_survive_lower_case(read)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ðông Hưng, ðường ðất", "Đông Hưng, đường đất"),
        ("\u00d0a\u0323i ho\u0323\u0302i", "Đại hội"),
        ("Ƌ ɖường Ɖạo", "Ƌ đường Đạo"),
        ("Þórður Ðe", "Þórður Ðe"),
        ("27.320\u00a0tỷ\u2009đồng", "27.320 tỷ đồng"),
        ("Hoa\u0300 Bi\u0300nh", "Hoà Bình"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("công\u00adnghiệp\u200b\ufeff", "côngnghiệp"),
        ("cột\tmột", "cột\tmột"),
        ("İzmir", "Izmir"),
    ],
)
def test_one_way_to_write_each_letter(written: str, read: str) -> None:
    assert plain(written) == read


def test_null_stays_null_and_rows_keep_their_places() -> None:
    assert plain_letters(pl.Series(["a\u00a0b", None, "c"])).to_list() == ["a b", None, "c"]


def test_letters_compose_within_their_line() -> None:
    assert plain("to\u0302ng\n\u0301a\n\na\u0306\u0301n\n") == "tông\n\u0301a\n\nắn\n"


def test_the_texts_that_were_given_stay() -> None:
    given_texts = pl.Series(["ha\u0323t", "hạt"])
    assert plain_letters(given_texts).to_list() == ["hạt", "hạt"]
    assert given_texts.to_list() == ["ha\u0323t", "hạt"]


WIDE = "Sáu tháng đầu năm, huyện đã tạo việc làm cho 1.250 lao động"


def whole(text: str) -> str:
    read: str = whole_sentences(pl.Series([text]))[0]
    return read


@pytest.mark.parametrize("rest", ["tại các khu công nghiệp", " tại các khu công nghiệp"])
def test_a_sentence_that_the_edge_of_the_page_parted_is_one_line(rest: str) -> None:
    assert whole(f"{WIDE}\n{rest}") == f"{WIDE} {rest}"


@pytest.mark.parametrize(
    "text",
    [
        f"{WIDE}.\nvà nhiều việc khác",
        f"{WIDE}\nNông nghiệp",
        f"{WIDE}\n\nnông nghiệp",
        f"{WIDE}\n1. mục đầu",
        "giá vàng\ngiá xăng\ntỷ giá",
    ],
)
def test_what_was_written_as_lines_stays(text: str) -> None:
    assert whole(text) == text


def test_a_page_of_parted_lines_parts_figures_too() -> None:
    line = "trong đó các doanh nghiệp trong nước của tỉnh nộp ngân sách đạt"
    parted = "\n".join([WIDE, line, line, line, "5.000 tỷ đồng", "1. Mục đầu"])
    assert whole(parted) == f"{WIDE} {line} {line} {line} 5.000 tỷ đồng\n1. Mục đầu"
    assert whole(f"{WIDE}\n5.000 tỷ đồng") == f"{WIDE}\n5.000 tỷ đồng"


@given(TEXTS)
def test_letters_keep_their_places_in_whole_sentences(texts: list[str]) -> None:
    given_texts = pl.Series([f"{WIDE}\n{text}" for text in texts])
    for text, read in zip(given_texts, whole_sentences(given_texts), strict=True):
        assert len(text) == len(read)
        assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, read, strict=True))


def test_a_missing_text_stays_missing() -> None:
    assert whole_sentences(pl.Series([None, f"{WIDE}\nnữa"])).to_list() == [None, f"{WIDE} nữa"]
