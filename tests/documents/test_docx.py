from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from assets.documents.readers import docx
from assets.documents.readers.record import Record, UnreadableError
from tests.documents import files
from tests.documents.pages import PARAGRAPHS, TITLE

CREATED, CHANGED = datetime(2024, 3, 1, 8), datetime(2024, 3, 5, 9)


def read(folder: Path, data: bytes) -> Record:
    (folder / "a.docx").write_bytes(data)
    (record,) = docx.read(folder / "a.docx")
    assert isinstance(record, Record)
    return record


def remade(data: bytes, **parts: bytes) -> bytes:
    """The package with other contents of some of its XML parts, by the names of their files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return out.getvalue()


def body(xml: str) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{name}"><w:body>{xml}</w:body></w:document>'.encode()


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    table = [["Chỉ tiêu", "2022", "2023"], ["Gốm", "280 tỷ đồng", "310 tỷ đồng"]]
    record = read(tmp_path, files.word(PARAGRAPHS[0], table, PARAGRAPHS[1]))
    lines = [PARAGRAPHS[0], "Chỉ tiêu | 2022 | 2023", "Gốm | 280 tỷ đồng | 310 tỷ đồng", PARAGRAPHS[1]]
    assert (record.text.splitlines(), record.encoding) == (lines, "docx")


def test_the_properties_tell_title_and_day(tmp_path: Path) -> None:
    told = read(tmp_path, files.word("a", title=TITLE, created=CREATED, modified=CHANGED))
    assert (told.title, (told.saved or "")[:10]) == (TITLE, "2024-03-05")


def test_the_times_and_the_title_of_a_template_tell_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, files.word("a", title="Mẫu công văn"))[7:8] == (None,)
    assert read(tmp_path, files.word("a", title="Mẫu công văn")).title is None
    assert read(tmp_path, files.word("a")).saved is None


def test_what_was_struck_out_is_not_read_and_what_was_added_is(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    struck = f"<w:p>{run.format('Thu 5 tỷ')}<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins>{run.format(' đồng')}</w:ins></w:p>"
    held = f"<w:sdt><w:sdtContent><w:p>{run.format('Trong khung')}<w:r><w:br/></w:r>{run.format('hai dòng')}</w:p></w:sdtContent></w:sdt>"
    record = read(tmp_path, remade(files.word("a"), document=body(struck + held)))
    assert record.text.splitlines() == ["Thu 5 tỷ đồng", "Trong khung", "hai dòng"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "%s"><!ENTITY b "%s"><!ENTITY c "%s"><!ENTITY d "%s">]>' % (
    b"x" * 9999,
    b"&a;" * 9999,
    b"&b;" * 9999,
    b"&c;" * 9999,
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "broken file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "encrypted"),
        (files.word("a")[:-60], "broken file"),
        (files.word(""), "no text"),
        (remade(files.word("a"), document=b"<w:document"), "broken file"),
        (remade(files.word("a"), document=b" " * (docx.PART_LIMIT + 1)), "too large"),
    ],
    ids=["no package", "encrypted or old", "cut", "no text", "broken XML", "bomb"],
)
def test_what_is_no_document_is_refused_with_advice(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(tmp_path, data)
    assert refused.value.reason == reason
    assert ":" in refused.value.detail


def test_entities_are_not_blown_up(tmp_path: Path) -> None:
    paragraph = body("<w:p><w:r><w:t>5 ha chè &d;</w:t></w:r></w:p>")
    try:
        text = read(tmp_path, remade(files.word("a"), document=BOMB + paragraph)).text
    except UnreadableError as refused:
        text = refused.reason
    assert text in {"broken file", "5 ha chè "}
