from __future__ import annotations

from pathlib import Path

from assets.documents import read_batch
from tests.documents import dirty


def test_every_broken_input_is_a_document_or_a_row_with_its_reason(tmp_path: Path) -> None:
    documents, unread = dirty.write(tmp_path)
    batch = read_batch(tmp_path, "b")
    assert set(batch.document["source_file"]) == documents
    assert set(batch.unread_record.select("source_file", "record", "reason").iter_rows()) == unread
    assert batch.unread_record.height == len(unread)
    assert batch.unread_record["detail"].str.contains(r"[:.] \S").all()


def test_damage_and_old_encodings_leave_the_sentence_readable(tmp_path: Path) -> None:
    dirty.write(tmp_path, long_line=0)
    text = dict(read_batch(tmp_path, "b").document.select("source_file", "text").iter_rows())
    for number, name in {4: "utf-16.txt", 5: "utf-16-không dấu.txt", 6: "utf-32.txt", 7: "tcvn3.txt", 8: "vni.txt", 9: "nul.txt"}.items():
        assert text[name] == dirty.fact(number)
    assert [text[name].strip() for name in ("script.html", "thẻ hỏng.html")] == [dirty.fact(10), dirty.fact(11)]


def test_how_the_text_was_written_is_noted(tmp_path: Path) -> None:
    dirty.write(tmp_path, long_line=0)
    encoding = dict(read_batch(tmp_path, "b").document.select("source_file", "encoding").iter_rows())
    told = {name: encoding[name] for name in ("utf-16.txt", "utf-16-không dấu.txt", "utf-32.txt", "tcvn3.txt", "vni.txt", "nul.txt")}
    assert list(told.values()) == ["utf-16", "utf-16-le", "utf-32-be", "tcvn3", "vni", "utf-8"]
