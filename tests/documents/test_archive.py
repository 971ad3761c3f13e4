from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from assets.documents import archive
from assets.documents.intake import take_in
from tests.documents import files
from tests.documents.pages import PARAGRAPHS

TEXTS = [text.encode() for text in PARAGRAPHS]


def refused(root: Path) -> list[tuple[str, str | None, str]]:
    return take_in(root).unread.select("source_file", "record", "reason").rows()


def nested(depth: int) -> bytes:
    data, name = TEXTS[0], "a.txt"
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as inner:
            inner.writestr(name, data)
        data, name = out.getvalue(), "a.zip"
    return data


def test_members_are_read_as_if_they_lay_in_a_folder(tmp_path: Path) -> None:
    lines = b'{"id": 1, "text": "x 5 ha"}\n{'
    members = {
        "sub/hai.txt": TEXTS[1],
        "Bài số một.txt": TEXTS[0],
        "t.jsonl": lines,
        "x.pdf": files.pdf([None]),
        "a.png": b"\x89PNG",
        "e.txt": b"",
    }
    path = files.zipped(tmp_path / "tin.zip", members)
    read = take_in(path).read.select("document", "source_file", "record_id").rows()
    assert read == [
        ("Bài số một.txt", "tin.zip/Bài số một.txt", None),
        ("hai.txt", "tin.zip/sub/hai.txt", None),
        ("1", "tin.zip/t.jsonl", "1"),
    ]
    assert refused(path) == [
        ("tin.zip/a.png", None, "unknown format"),
        ("tin.zip/e.txt", None, "empty"),
        ("tin.zip/t.jsonl", "line 2", "broken line"),
        ("tin.zip/x.pdf", None, "needs OCR"),
    ]


def test_keys_depend_neither_on_the_order_of_members_nor_on_the_clock(tmp_path: Path) -> None:
    members = {f"{n}.txt": text for n, text in enumerate(TEXTS)}
    for folder, order in (("one", list(members)), ("two", list(members)[::-1])):
        (tmp_path / folder).mkdir()
        files.zipped(tmp_path / folder / "tin.zip", [(name, members[name]) for name in order])
    assert take_in(tmp_path / "one").read.equals(take_in(tmp_path / "two").read)


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt", "C:x.txt"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    path = files.zipped(tmp_path / "in" / "tin.zip", {name: TEXTS[0], "a.txt": TEXTS[1]})
    ((file, record, reason),) = refused(path)
    assert (file, record, reason) == ("tin.zip", name.replace("\\", "/"), "unsafe name")
    assert take_in(path).read.height == 1
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["in", "tin.zip"]


def test_two_members_of_one_name_are_the_first_and_a_row(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = files.zipped(tmp_path / "tin.zip", [("a.txt", TEXTS[0]), ("a.txt", TEXTS[1])])
    assert take_in(path).read["text"].to_list() == [PARAGRAPHS[0]]
    assert refused(path) == [("tin.zip", "a.txt", "same name as")]


def test_archives_inside_are_opened_to_a_small_depth(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(nested(archive.DEPTH))
    assert take_in(tmp_path).read["source_file"].to_list() == ["in.zip/a.zip/a.zip/a.txt"]
    (tmp_path / "in.zip").write_bytes(nested(archive.DEPTH + 1))
    assert refused(tmp_path) == [("in.zip", "a.zip/a.zip/a.zip", "nested too deeply")]


def test_a_bomb_is_refused_by_its_ratio_and_by_its_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.zipped(tmp_path / "tin.zip", {"a.txt": TEXTS[0], "b.txt": b"0" * (archive.SMALL + 1), "c.txt": TEXTS[1]})
    assert refused(path) == [("tin.zip", "b.txt", "archive bomb")]
    monkeypatch.setattr(archive, "TOTAL_LIMIT", len(TEXTS[0]) + 10)
    assert refused(path) == [("tin.zip", "b.txt", "archive bomb"), ("tin.zip", "c.txt", "archive bomb")]
    monkeypatch.setattr(archive, "COUNT_LIMIT", 0)
    assert len(refused(path)) == 3


def test_encrypted_damaged_and_linked_members_cost_one_row_each(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = tmp_path / "tin.zip"
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", TEXTS[0])
        packed.writestr("bad.txt", TEXTS[1])
        packed.writestr("secret.txt", TEXTS[2])
        packed.writestr(link, "/etc/passwd")
    data = bytearray(out.read_bytes())
    data[data.index(TEXTS[1]) + 3] ^= 0xFF
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"secret.txt"))
    data[entry + 8] |= 1
    out.write_bytes(data)
    assert refused(out) == [
        ("tin.zip", "bad.txt", "broken archive"),
        ("tin.zip", "link.txt", "not a file"),
        ("tin.zip", "secret.txt", "encrypted"),
    ]
    assert take_in(out).read.height == 1


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "broken archive"), (b"PK\x03\x04" * 9, "broken archive"), (nested(1)[:-30], "broken archive")]
)
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    assert refused(tmp_path) == [("x.zip", None, reason)]


def test_what_programs_leave_in_archives_is_passed_over(tmp_path: Path) -> None:
    files.zipped(tmp_path / "x.zip", {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a/.git/b.txt": b"x", "a.txt": TEXTS[0]})
    assert refused(tmp_path) == []


def test_names_in_utf_8_that_do_not_say_so_are_read(tmp_path: Path) -> None:
    path = files.zipped(tmp_path / "x.zip", {"Bài một.txt": TEXTS[0]})
    data = path.read_bytes()
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flags = data.index(mark) + at
        data = data[:flags] + b"\0\0" + data[flags + 2 :]
    path.write_bytes(data)
    assert take_in(path).read["document"].to_list() == ["Bài một.txt"]


def test_an_archive_with_any_byte_changed_is_read_or_told(tmp_path: Path) -> None:
    whole = files.zipped(tmp_path / "x.zip", {"a.txt": TEXTS[0]}).read_bytes()
    for at in range(0, len(whole), 3):
        (tmp_path / "x.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        intake = take_in(tmp_path)
        assert intake.read.height + intake.unread.height >= 1 or at >= whole.index(b"PK\x01\x02")
