from __future__ import annotations

import datetime
import gzip
import socket
from pathlib import Path

import pytest

from assets.documents import read_batch
from assets.documents.intake import Intake, take_in
from tests.documents import files
from tests.documents.pages import PARAGRAPHS, TITLE


def page(text: str, head: str = "") -> bytes:
    return f"<html><head><title>{TITLE}</title>{head}</head><body><article><p>{text}</p></article></body></html>".encode()


RECORDS = [files.response(f"https://www.hoalu.vn/tin-{n}", page(text)) for n, text in enumerate(PARAGRAPHS)]


def taken(folder: Path, data: bytes, name: str = "crawl.warc") -> Intake:
    (folder / name).write_bytes(data)
    return take_in(folder / name)


@pytest.mark.parametrize(
    ("name", "pack"), [("a.warc", b"".join), ("a.warc.gz", lambda records: files.packed(*records))], ids=["plain", "gz"]
)
def test_each_page_is_a_document_named_by_its_headers(tmp_path: Path, name: str, pack: object) -> None:
    assert callable(pack)
    (tmp_path / name).write_bytes(pack(RECORDS))
    document = read_batch(tmp_path / name, "b").document
    assert document["text"].to_list() == list(PARAGRAPHS)
    first = document.row(0, named=True)
    assert (first["url"], first["source"], first["title"], first["record_id"]) == (
        "https://www.hoalu.vn/tin-0",
        "hoalu.vn",
        TITLE,
        "urn:x:vn/tin-0",
    )
    # Eight in the evening in Greenwich is the next day in Vietnam.
    assert (first["published_on"], first["published_on_from"]) == (datetime.date(2024, 3, 6), "saved")


def test_the_day_of_the_page_goes_before_that_of_the_fetch(tmp_path: Path) -> None:
    told = page(PARAGRAPHS[0], '<meta property="article:published_time" content="2023-12-30">')
    (tmp_path / "a.warc").write_bytes(files.response("https://a.vn/x", told))
    row = read_batch(tmp_path / "a.warc", "b").document.row(0, named=True)
    assert (row["published_on"], row["published_on_from"]) == (datetime.date(2023, 12, 30), "metadata")


def test_texts_and_pdf_files_are_read_and_the_rest_is_counted(tmp_path: Path) -> None:
    others = [
        ("https://a.vn/a.png", b"\x89PNG", "image/png", "200 OK"),
        ("https://a.vn/gone", page("Không tìm thấy"), "text/html", "404 Not Found"),
    ]
    records = [
        files.response("https://a.vn/a.txt", PARAGRAPHS[0].encode(), "text/plain"),
        files.response("https://a.vn/b.pdf", files.pdf([[PARAGRAPHS[1]]]), "application/pdf"),
        *(files.response(url, body, kind, status) for url, body, kind, status in others),
    ]
    intake = taken(tmp_path, b"".join(records))
    assert intake.read.select("encoding", "text").rows() == [("utf-8", PARAGRAPHS[0]), ("pdf", PARAGRAPHS[1])]
    ((record, reason, detail),) = intake.unread.select("record", "reason", "detail").rows()
    assert (record, reason) == (None, "no text")
    assert "HTTP 404 1, image/png 1" in detail


def test_a_packed_page_is_unpacked(tmp_path: Path) -> None:
    packed = files.response("https://a.vn/x", gzip.compress(page(PARAGRAPHS[0])), Content_Encoding=b"gzip")
    assert taken(tmp_path, packed).read["text"].to_list() == [PARAGRAPHS[0]]


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (files.packed(*RECORDS)[:-20], 2),
        (gzip.compress(b"".join(RECORDS))[:-12], 2),
        (b"".join(RECORDS)[:-200], 2),
        (b"".join(RECORDS[:1]) + b"no record\r\n" * 9, 1),
    ],
    ids=["members cut", "one stream cut", "plain cut", "noise behind"],
)
def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path, data: bytes, read: int) -> None:
    intake = taken(tmp_path, data, "a.warc.gz" if data.startswith(b"\x1f\x8b") else "a.warc")
    assert intake.read["text"].to_list() in (list(PARAGRAPHS[:read]), list(PARAGRAPHS[:read])[:1])
    assert intake.unread["reason"].to_list() == ["broken archive"]


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b"GIF89a" + bytes(range(256)), "broken file")])
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    assert taken(tmp_path, data).unread.select("record", "reason").rows() == [(None, reason)]


def test_a_bad_page_costs_one_row(tmp_path: Path) -> None:
    intake = taken(tmp_path, b"".join([files.response("https://a.vn/x", b"\0\1\2" * 99), *RECORDS]))
    assert intake.read.height == len(RECORDS)
    assert intake.unread.select("record", "reason").rows() == [("response 1", "binary")]


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("fetched"))
    link = page(f'{PARAGRAPHS[0]} <img src="http://127.0.0.1:9/x"><script src="http://127.0.0.1:9/y"></script>')
    assert taken(tmp_path, files.response("http://127.0.0.1:9/z", link)).read.height == 1


def test_an_archive_with_any_byte_changed_is_read_or_told(tmp_path: Path) -> None:
    whole = b"".join(RECORDS[:2])
    for at in range(0, len(whole), 7):
        intake = taken(tmp_path, whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert intake.read.height + intake.unread.height >= 1
