from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from resiliparse.extract.html2text import extract_plain_text

from assets.documents.readers import html
from assets.documents.readers.record import Record, UnreadableError
from tests.documents.pages import PARAGRAPHS, TITLE

PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
ROWS = "<tr><th>Chỉ tiêu</th><th>Năm 2022</th><th>Năm 2023</th></tr><tr><td>Gạch ngói</td><td>18 triệu viên</td><td>21 triệu viên</td></tr>"


def read(folder: Path, page: str | bytes) -> Record:
    path = folder / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    (record,) = html.read(path)
    assert isinstance(record, Record)
    return record


def lines(folder: Path, article: str, around: str = "{}") -> list[str]:
    body = around.replace("{}", f"<article>{article}</article>")
    page = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return [line.strip() for line in read(folder, page).text.splitlines() if line.strip()]


def test_the_article_comes_in_reading_order_without_the_page_around_it(tmp_path: Path) -> None:
    around = (
        "<script>var views = 91234;</script><style>p { width: 77px }</style><noscript>Bật 88 script</noscript>"
        "<header><nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/kt'>Kinh tế</a></li></ul></nav></header>"
        "<main>{}</main><aside><h3>Tin liên quan</h3><p>Kim Sơn trồng 350 ha cói</p></aside>"
        "<footer>Giấy phép số 215, điện thoại 0229.3800.456</footer><template>99 tỷ đồng</template><!-- 66 tỷ đồng -->"
    )
    article = f"<h1>{TITLE}</h1><p>07/03/2024 10:00</p>{PROSE}<script>ads(55)</script><h2>Đất sạch</h2><p>Còn 18 ha.</p>"
    assert lines(tmp_path, article, around) == [TITLE, "07/03/2024 10:00", *PARAGRAPHS, "Đất sạch", "Còn 18 ha."]


def test_words_of_one_line_never_run_together_nor_apart(tmp_path: Path) -> None:
    article = f"{PROSE}<p>Rộng 120 m<sup>2</sup>, <b>hơn</b> <i>ba</i> lần;<br>cao&nbsp;5&#160;m.</p><div>Một<div>hai</div>ba</div>"
    assert lines(tmp_path, article)[3:] == ["Rộng 120 m2, hơn ba lần;", "cao\u00a05\u00a0m.", "Một", "hai", "ba"]


def test_cells_of_a_row_stay_on_one_line(tmp_path: Path) -> None:
    cells = "<tr><td><p>Gốm</p><p>sứ</p></td><td></td><td><b>3</b><br>triệu</td></tr><tr><td></td><td> </td></tr>"
    article = (
        f"{PROSE}<table><caption>Biểu 1. Sản phẩm</caption><thead></thead><tbody>{ROWS}{cells}</tbody></table><p>Hết bảng, còn chữ.</p>"
    )
    assert lines(tmp_path, article)[3:] == [
        "Biểu 1. Sản phẩm",
        "Chỉ tiêu | Năm 2022 | Năm 2023",
        "Gạch ngói | 18 triệu viên | 21 triệu viên",
        "Gốm sứ | | 3 triệu",
        "Hết bảng, còn chữ.",
    ]


@pytest.mark.parametrize("wrapper", ["<figure>{}</figure>", "<div class='table'>{}</div>", "<ul><li>{}</li></ul>"])
def test_a_table_is_read_wherever_it_stands(tmp_path: Path, wrapper: str) -> None:
    assert "Gạch ngói | 18 triệu viên | 21 triệu viên" in lines(tmp_path, PROSE + wrapper.format(f"<table>{ROWS}</table>"))


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    layout = (
        f"<table><tr><td>Kinh tế</td><td><h1>{TITLE}</h1>{PROSE}<table>{ROWS}</table></td></tr><tr><td>Góc</td><td>Trái</td></tr></table>"
    )
    read_lines = lines(tmp_path, layout)
    assert [TITLE, *PARAGRAPHS] == read_lines[1:5]
    assert "Gạch ngói | 18 triệu viên | 21 triệu viên" in read_lines
    assert read_lines[0] == "Kinh tế"


def test_long_cells_are_parts_of_the_page_and_keep_their_paragraphs(tmp_path: Path) -> None:
    layout = f"<table><tr><td>Kinh tế</td><td>{PROSE * 3}</td></tr><tr><td>Xã hội</td><td>{PROSE}</td></tr></table>"
    assert lines(tmp_path, layout)[:4] == ["Kinh tế", *PARAGRAPHS]


def test_lists_of_sentences_are_text_and_lists_of_links_are_not(tmp_path: Path) -> None:
    sentences = "<ul><li>Gốm: 310 tỷ đồng</li><li><p>May: 145 tỷ đồng, gồm:</p><ul><li>áo: 90 tỷ đồng</li></ul></li></ul>"
    menu = "<ul><li><a href='/1'>Kim Sơn trồng 350 ha cói</a></li><li><a href='/2'>Gia Viễn đón 12 dự án</a></li></ul>"
    steps = "<ol><li>Đào đất</li><li>Nung gạch</li></ol>"
    assert lines(tmp_path, PROSE + sentences + menu + steps)[3:] == [
        "Gốm: 310 tỷ đồng",
        "May: 145 tỷ đồng, gồm:",
        "áo: 90 tỷ đồng",
        "Đào đất",
        "Nung gạch",
    ]


def test_captions_are_text_and_what_nobody_sees_is_not(tmp_path: Path) -> None:
    figure = "<figure><img src='x.jpg' alt='Lò 70 mét'><figcaption>Lò gốm dài 60 mét. Ảnh: Bảo Ngân</figcaption></figure>"
    hidden = "<p hidden>71 tỷ</p><p style='display:none'>72 tỷ</p><input value='73 tỷ'><select><option>74 tỷ</option></select>"
    assert lines(tmp_path, PROSE + figure + hidden)[3:] == ["Lò gốm dài 60 mét. Ảnh: Bảo Ngân"]


def test_a_page_whose_article_is_not_marked_is_read_without_its_furniture(tmp_path: Path) -> None:
    page = "<body><nav>Trang chủ</nav><div class='menu'>Chè 5 ha</div><footer>Điện thoại 0229</footer></body>"
    assert read(tmp_path, page).text == "Chè 5 ha"


def test_a_page_too_deep_to_find_its_article_in_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def spy(page: Any, *, main_content: bool = False, **how: Any) -> str:  # noqa: ANN401 - hands on what it is given
        asked.append(main_content)
        return str(extract_plain_text(page, main_content=main_content, **how))

    monkeypatch.setattr("assets.documents.readers.html.extract_plain_text", spy)
    for depth, finds_article in ((50, True), (20_000, False)):
        assert PARAGRAPHS[0] in read(tmp_path, "<div>" * depth + PROSE).text
        assert asked[-1] is finds_article


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><head><title>Trang</title></head><body><script>draw()</script></body></html>", "no text"),
        ("<html><body><nav>Trang chủ</nav></body></html>", "no text"),
        ("<frameset><frame src='a.html'></frameset>", "no text"),
        ("", "empty"),
        (bytes(range(256)) * 10, "binary"),
    ],
)
def test_a_page_without_text_is_refused(tmp_path: Path, page: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(tmp_path, page)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "head",
    [
        "<meta charset='windows-1258'>",
        "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1258'>",
        "<?xml version='1.0' encoding='windows-1258'?>",
        "<meta charset='x-user-defined'>",
    ],
)
def test_the_page_names_its_encoding(tmp_path: Path, head: str) -> None:
    prose = unicodedata.normalize("NFC", "Co\u0301 năm cơn mưa lớn, đường mo\u0323i nơi đê\u0300u ngâ\u0323p nước: xa\u0303 Gia Sơn")
    old = b"".join(tone_behind(letter).encode("cp1258") for letter in prose)
    record = read(tmp_path, head.encode() + b"<body><p>" + old + b"</p>")
    assert (unicodedata.normalize("NFC", record.text), record.encoding) == (prose, "cp1258")


def tone_behind(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_outweigh_a_wrong_name(tmp_path: Path, encoding: str) -> None:
    record = read(tmp_path, f"<meta charset='iso-8859-1'><body>{PROSE}".encode(encoding))
    assert PARAGRAPHS[0] in record.text
