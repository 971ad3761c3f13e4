from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from assets.documents import read_batch
from assets.documents.intake import take_in
from assets.documents.readers import READERS, reader_of, record
from tests.documents.pages import PARAGRAPHS, write_jsonl


def refused(root: Path) -> list[tuple[str, str | None, str]]:
    """What could not be read: file, place in it, reason."""
    return take_in(root).unread.select("source_file", "record", "reason").rows()


def test_a_bad_file_costs_one_row_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PARAGRAPHS[0])
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_text(" \n\u00a0\u200b\n---\n")
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "table.numbers").write_text("1")
    (tmp_path / "suffix").write_text("a")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path) == [
        ("blank.txt", None, "empty"),
        ("bytes.txt", None, "binary"),
        ("empty.txt", None, "empty"),
        ("gone.txt", None, "cannot open"),
        ("pipe.txt", None, "not a file"),
        ("round.txt", None, "cannot open"),
        ("suffix", None, "unknown format"),
        ("table.numbers", None, "unknown format"),
    ]
    assert take_in(tmp_path).read["document"].to_list() == ["good.txt"]


def test_every_refusal_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.bin").write_bytes(b"\0")
    (tmp_path / "c.jsonl").write_text('{"text": 1}\n{"text"')
    (tmp_path / "d.jsonl.gz").write_bytes(b"no stream")
    details = take_in(tmp_path).unread["detail"]
    assert details.len() == 5
    assert all(":" in detail or ". " in detail for detail in details)


def test_a_file_without_rights_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open.txt", "shut.txt"):
        (tmp_path / name).write_text(f"{PARAGRAPHS[0]} {name}")
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refused(tmp_path) == [("shut.txt", None, "cannot open")]
    assert take_in(tmp_path).unread["detail"].str.contains("Permission denied").all()


def test_a_folder_without_rights_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "good.txt").write_text(PARAGRAPHS[0])
    monkeypatch.setattr("assets.documents.intake.files_of", lambda _: [("good.txt", tmp_path / "good.txt"), ("shut", tmp_path / "shut")])
    assert refused(tmp_path) == [("shut", None, "cannot open")]


def test_an_oversized_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(record.DOCUMENT_LIMIT + 1)
    (tmp_path / "limit.txt").write_text(PARAGRAPHS[0])
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read") if path.name == "big.txt" else path.open("rb").read())
    assert refused(tmp_path) == [("big.txt", None, "too large")]


def test_a_copy_is_unread_and_names_the_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PARAGRAPHS[0])
    write_jsonl(tmp_path / "c.jsonl", {"id": "x", "text": PARAGRAPHS[0]}, {"id": "y", "text": PARAGRAPHS[0], "title": "Khác"})
    assert refused(tmp_path) == [("b.txt", None, "same content as"), ("c.jsonl", "line 1", "same content as")]
    assert take_in(tmp_path).unread["detail"].str.contains("repeats a.txt ").all()


def test_records_are_documents_and_unread_records(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPHS[0])
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    lines = [*(json.dumps({"id": n, "text": f"Xã {n % 7} có {n % 7} ha chè"}) for n in range(20)), "", "{", "[]", '{"text": ""}']
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    batch = read_batch(tmp_path, "b")
    assert (batch.document.height, batch.unread_record.height) == (1 + 7, 1 + 13 + 3)


def test_a_document_is_named_by_its_file_or_its_record(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "bài.txt").write_text(PARAGRAPHS[0])
    write_jsonl(tmp_path / "tin.jsonl", {"id": 7, "text": PARAGRAPHS[1]}, {"text": PARAGRAPHS[2]})
    named = take_in(tmp_path).read.select("document", "source_file", "record_id").rows()
    assert named == [("bài.txt", "sub/bài.txt", None), ("7", "tin.jsonl", "7"), ("tin.jsonl:2", "tin.jsonl", None)]


def test_keys_depend_on_path_record_and_content_alone(tmp_path: Path) -> None:
    def keys(folder: str, text: str, name: str = "a.txt") -> list[str]:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text)
        return take_in(tmp_path / folder).read["document_key"].to_list()

    first = keys("one", "Xã có 5 ha chè")
    assert first == keys("two", "Xã có 5 ha chè") == ["587f1e67ced81ae56096fc7756e75d45"]
    assert first != keys("three", "Xã có 6 ha chè")
    assert first != keys("four", "Xã có 5 ha chè", "b.txt")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a.txt", True),
        ("A.TXT", True),
        ("a.b.HTM", True),
        ("x.jsonl.gz", True),
        ("x.2024.ndjson.zst", True),
        ("a.gz", False),
        ("jsonl", False),
        ("a.txt.bak", False),
        ("", False),
    ],
)
def test_the_longest_known_suffix_decides(name: str, known: bool) -> None:
    assert (reader_of(name) is not None) is known


def test_every_reader_is_listed_in_lower_case() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)
