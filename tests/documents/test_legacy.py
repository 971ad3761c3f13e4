from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from assets.documents import read_batch
from assets.documents.encoding import decode
from assets.documents.legacy import NAMES, converted
from assets.reference import table
from tests.documents.pages import PARAGRAPHS, write_jsonl

TEXT = PARAGRAPHS[0] + " " + PARAGRAPHS[1]


@cache
def codes(name: str) -> dict[str, bytes]:
    """Letter → bytes."""
    rows = table("legacy_letters").filter(encoding=name).select("letter", "bytes").iter_rows()
    return {letter: bytes.fromhex(code) for letter, code in rows}


def written(text: str, name: str) -> bytes:
    """The text as it was written before Unicode."""
    return b"".join(codes(name).get(letter) or letter.encode("latin-1") for letter in text)


@pytest.mark.parametrize("name", NAMES)
def test_bytes_are_read(name: str) -> None:
    assert decode(written(TEXT, name)) == (TEXT, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mistaken_for", ["latin-1", "cp1252"])
def test_what_was_put_into_utf_8_as_another_encoding_is_read(tmp_path: Path, name: str, mistaken_for: str) -> None:
    wrong = written(TEXT, name).decode(mistaken_for, "replace" if mistaken_for == "cp1252" else "strict")
    if "\N{REPLACEMENT CHARACTER}" in wrong:
        pytest.skip("that cannot be undone")
    title = written("Xã Vạn Phúc bán lụa", name).decode(mistaken_for, "replace")
    row = read_batch(write_jsonl(tmp_path / "a.jsonl", {"text": wrong, "title": title}), "b").document.row(0, named=True)
    assert (row["text"], row["encoding"]) == (TEXT, name)


def test_known_words_are_read_as_old_programs_show_them() -> None:
    assert converted("Céng hoµ x· héi chñ nghÜa ViÖt Nam") == ("Cộng hoà xã hội chủ nghĩa Việt Nam", "tcvn3")
    assert converted("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == ("Cộng hòa xã hội chủ nghĩa Việt Nam", "vni")


def test_hyphens_that_stand_for_a_letter_are_mended_and_others_stay() -> None:
    text = "Vèn ®Çu t- cña n-íc ngoµi vµo c¸c xÝ nghiÖp c«ng-n«ng t¨ng 5-7%"
    assert converted(text) == ("Vốn đầu tư của nước ngoài vào các xí nghiệp công-nông tăng 5-7%", "tcvn3")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "Thu 5 triệu USD cho ôtô",
        "Trung tâm Kinh doanh Sài Gòn ôtô",
        "Công ty sở hữu: LVMH Moët Hennessy Louis Vuitton",
        "Élysée : la coopération décentralisée a été évoquée à Hanoï, où l'on fête l'été",
        "Die Straße führt über Köln nach Österreich, wo größere Städte für Gäste öffnen",
        "Công suất 5 m³ ± 2%, nhãn hiệu Chè® và Gốm©, giá ½ đồng × 3 « rẻ »",
    ],
)
def test_text_in_unicode_is_left_alone(text: str) -> None:
    assert converted(text) is None


def test_good_text_keeps_every_letter(tmp_path: Path) -> None:
    odd = TEXT + " Chè® mäi ñ ø 5µm"
    batch = read_batch(write_jsonl(tmp_path / "a.jsonl", {"text": odd}), "b")
    assert batch.document.select("text", "encoding").row(0) == (odd, "utf-8")
    assert json.loads((tmp_path / "a.jsonl").read_text())["text"] == odd
