from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.documents.walk import files_of


def names(root: Path) -> list[str]:
    return [name for name, _ in files_of(root)]


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a")


def test_names_are_relative_sorted_and_parted_by_strokes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/b/d.txt", "A.txt"):
        write(tmp_path / name)
    assert names(tmp_path) == ["A.txt", "a/b/d.txt", "a/c.txt", "b.txt"]


def test_a_file_is_itself(tmp_path: Path) -> None:
    write(tmp_path / "một.txt")
    assert names(tmp_path / "một.txt") == ["một.txt"]


def test_a_name_is_nfc_whatever_the_file_system_keeps(tmp_path: Path) -> None:
    write(tmp_path / "ba\u0301o.txt")
    assert names(tmp_path) == ["báo.txt"]


def test_a_name_that_is_no_text_still_names_its_file(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("a")
    ((name, path),) = files_of(tmp_path)
    assert (name, path.read_text()) == ("�.txt", "a")


def test_hidden_files_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".git/config", ".DS_Store", "~$báo.docx", "báo.txt"):
        write(tmp_path / name)
    assert names(tmp_path) == ["báo.txt"]


def test_a_folder_that_leads_to_itself_is_entered_once(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "top").symlink_to(tmp_path)
    assert names(tmp_path) == ["a/x.txt"]


def test_links_that_lead_nowhere_are_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    assert names(tmp_path) == ["gone.txt", "one.txt", "two.txt"]


def test_a_folder_that_cannot_be_listed_stands_for_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "open" / "x.txt")
    write(tmp_path / "shut" / "y.txt")
    scandir = os.scandir

    def refuse(folder: Path) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(tmp_path) == ["open/x.txt", "shut"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither a file nor a folder"):
        files_of(tmp_path / "nothing")
