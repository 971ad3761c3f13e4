from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from upath import UPath

from orchestration.inbox import SETTLE_SECONDS, Inbox, Looks
from orchestration.sources import look
from tests.orchestration.conftest import write


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "inbox").mkdir()
    return Inbox(tmp_path / "inbox")


def below(inbox: Inbox) -> Path:
    assert isinstance(inbox.address, Path)
    return inbox.address


def test_folders_and_known_files_are_batches(inbox: Inbox) -> None:
    folder = below(inbox)
    write(folder / "Ngày 1")
    write(folder / "sâu" / "hơn")
    for name in ("tin.jsonl", "tin.jsonl.zst", "bài.txt", "video.mp4", "tin.jsonl.part", ".ẩn.txt", "~$bài.docx"):
        (folder / name).write_text("{}")
    (folder / "rỗng").mkdir()
    (folder / ".tạm").mkdir()
    write(folder / ".tạm")
    assert sorted(inbox.look()) == sorted(["Ngày 1", "sâu", "tin.jsonl", "tin.jsonl.zst", "bài.txt"])


def test_what_is_seen_of_a_batch_is_the_look_at_it(inbox: Inbox) -> None:
    write(below(inbox) / "mot")
    (below(inbox) / "hai.txt").write_text("hai")
    assert inbox.look() == {name: look(below(inbox) / name) for name in ("mot", "hai.txt")}


def test_a_folder_that_nobody_may_list_does_not_hide_the_others(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    write(below(inbox) / "mot")
    write(below(inbox) / "khoa")

    def refuse(address: Path) -> str | None:
        if address.name == "khoa":
            raise PermissionError(13, "Permission denied")
        return look(address)

    monkeypatch.setattr("orchestration.inbox.look", refuse)
    assert inbox.look()["khoa"] == "PermissionError"
    assert inbox.look()["mot"] == look(below(inbox) / "mot")


def test_an_inbox_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Inbox(tmp_path / "nowhere").look()


def test_an_object_store_shows_the_same_batches() -> None:
    bucket = UPath(f"memory://{uuid4().hex}")
    for name in ("ngay/a.txt", "ngay/sau/b.txt", "tin.jsonl", "video.mp4", ".tam/c.txt"):
        (bucket / name).parent.mkdir(parents=True, exist_ok=True)
        (bucket / name).write_text("{}")
    inbox = Inbox(bucket)
    first = inbox.look()
    assert first == {name: look(bucket / name) for name in ("ngay", "tin.jsonl")}
    (bucket / "ngay" / "sau" / "b.txt").write_text("{ }")
    assert inbox.look()["ngay"] != first["ngay"]
    assert inbox.look()["tin.jsonl"] == first["tin.jsonl"]


def test_it_holds_what_lies_directly_in_it(inbox: Inbox) -> None:
    assert inbox.holds(below(inbox) / "mot")
    assert not inbox.holds(below(inbox) / "mot" / "hai")
    assert not inbox.holds(below(inbox).parent / "mot")
    assert not inbox.holds(UPath("memory://inbox/mot"))


def test_what_still_grows_has_not_settled() -> None:
    looks = Looks(None)
    assert looks.settled({"tin": "1 file"}, 100) == []
    assert looks.settled({"tin": "2 files"}, 100 + SETTLE_SECONDS) == []
    assert looks.settled({"tin": "2 files"}, 99 + 2 * SETTLE_SECONDS) == []
    assert looks.arriving() == ["tin"]
    assert looks.settled({"tin": "2 files"}, 100 + 2 * SETTLE_SECONDS) == ["tin"]


def test_what_was_dealt_with_rests_until_it_changes() -> None:
    looks = Looks(None)
    looks.settled({"tin": "1 file"}, 0)
    assert looks.settled({"tin": "1 file"}, 100) == ["tin"]
    looks.deal_with("tin")
    assert looks.settled({"tin": "1 file"}, 200) == []
    assert looks.settled({"tin": "2 files"}, 300) == []
    assert looks.settled({"tin": "2 files"}, 400) == ["tin"]


def test_a_cursor_keeps_what_was_seen() -> None:
    looks = Looks(None)
    looks.settled({"tin": "1 file", "bài cũ": "x"}, 0)
    looks.deal_with("bài cũ")
    later = Looks(looks.as_cursor())
    assert later.settled({"tin": "1 file", "bài cũ": "x"}, 100) == ["tin"]
    later.settled({}, 200)
    assert Looks(later.as_cursor()).arriving() == []
