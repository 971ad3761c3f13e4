from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assets.documents.encoding import decode
from assets.documents.readers.record import UnreadableError

TEXT = "Cuối năm, xã Vạn Phúc bán được 45 nghìn mét lụa, nhiều hơn năm ngoái 6,5% và thu về 12 tỷ đồng."
TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
VIETNAMESE = st.lists(
    st.builds(lambda letter, tone: unicodedata.normalize("NFC", letter + tone), st.sampled_from(LETTERS), st.sampled_from(["", *TONES]))
    | st.sampled_from([" ", "\n", ".", ",", "5", "%"]),
    min_size=1,
    max_size=80,
).map("".join)


def cp1258(text: str) -> bytes:
    """The text as old Windows programs wrote it: the tone behind the letter."""
    written = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in TONES)
        written.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)) + tone)
    return "".join(written).encode("cp1258")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_comes_back(text: str) -> None:
    assume(text.strip(" \ufeff"))
    assume(not text.startswith("\ufeff"))
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@given(text=VIETNAMESE.filter(lambda text: bool(text.strip())))
def test_a_byte_order_mark_tells_the_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding.removesuffix("-sig"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@given(words=st.lists(st.sampled_from(TEXT.split()), min_size=5))
def test_utf_16_without_a_mark_is_told_by_its_empty_bytes(encoding: str, words: list[str]) -> None:
    text = " ".join(words)
    assert decode(text.encode(encoding)) == (text, encoding)


@given(text=VIETNAMESE.filter(lambda text: bool(text.strip())))
def test_windows_1258_comes_back_where_the_page_names_it(text: str) -> None:
    data = cp1258(text)
    read, encoding = decode(data, "cp1258")
    assume(encoding != "utf-8")  # without a letter beyond ASCII there is nothing to tell
    assert unicodedata.normalize("NFC", read) == text


def test_windows_1258_is_guessed_from_prose() -> None:
    read, encoding = decode(cp1258(TEXT))
    assert (unicodedata.normalize("NFC", read), encoding) == (TEXT, "cp1258")


@pytest.mark.parametrize("hint", ["no-such-encoding", "hex", "idna", "undefined", "x\0", "ascii", "utf-8"])
def test_a_wrong_name_of_the_encoding_does_not_mislead(hint: str) -> None:
    assert unicodedata.normalize("NFC", decode(cp1258(TEXT), hint)[0]) == TEXT


def test_the_name_of_the_encoding_does_not_outweigh_the_bytes() -> None:
    assert decode(TEXT.encode(), "windows-1252") == (TEXT, "utf-8")


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:40] + b"\xff" + data[40:]], ids=["cut inside a letter", "one bad byte"]
)
def test_damaged_utf_8_stays_utf_8(damage: object) -> None:
    assert callable(damage)
    read, encoding = decode(damage((TEXT + " Thêm ấ").encode()))
    assert encoding == "utf-8"
    assert 1 <= read.count("�") <= 3
    assert "45 nghìn mét" in read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x00" * 50, "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(200)), "binary"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj", "binary"),
        (rb"{\rtf1\ansi Gi\'e1 tr\'ca}", "binary"),
        (b"PK\x03\x04[Content_Types].xml", "binary"),
        (b"\xff\xfeab\x00", "unknown encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    assert refused.value.reason == reason
    assert ":" in refused.value.detail
