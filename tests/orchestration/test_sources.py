from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest
from upath import UPath

from orchestration.healing import can_heal
from orchestration.sources import address_of, fetch, look, stamp


@pytest.fixture
def bucket() -> UPath:
    """An object store that lives in this process."""
    return UPath(f"memory://{uuid4().hex}")


def put(address: UPath, text: str) -> UPath:
    address.parent.mkdir(parents=True, exist_ok=True)
    address.write_text(text, encoding="utf-8")
    return address


@pytest.mark.parametrize("place", ["tin/mot", "./tin/mot", "file://{here}/tin/mot", "{here}/tin/mot"])
def test_a_path_becomes_absolute_however_it_is_written(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert address_of(place.format(here=tmp_path)) == tmp_path / "tin" / "mot"


def test_an_address_stays_one_and_comes_back_from_its_words(bucket: UPath) -> None:
    address = address_of(bucket / "ngày 1")
    assert not isinstance(address, Path)
    assert address_of(str(address)) == address


def test_a_look_changes_with_names_sizes_and_times(tmp_path: Path) -> None:
    folder, looks = tmp_path / "tin", []
    folder.mkdir()
    assert look(folder) is None
    (folder / "a.txt").write_text("một")
    looks.append(look(folder))
    (folder / "a.txt").write_text("hai hai")
    looks.append(look(folder))
    os.utime(folder / "a.txt", (1, 1))
    looks.append(look(folder))
    (folder / "a.txt").rename(folder / "b.txt")
    looks.append(look(folder))
    assert None not in looks
    assert len(set(looks)) == 4
    assert look(folder) == looks[-1]


def test_nothing_is_seen_where_nothing_is(tmp_path: Path, bucket: UPath) -> None:
    for nowhere in (tmp_path / "nowhere", bucket / "nowhere"):
        assert look(nowhere) is None
        with pytest.raises(FileNotFoundError, match="nowhere"):
            stamp(nowhere)


def test_the_stamp_of_files_here_is_of_their_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một")
    first = stamp(path)
    os.utime(path, (1, 1))
    assert stamp(path) == first
    path.write_text("hai")
    assert stamp(path) != first


def test_the_stamp_of_objects_changes_with_them(bucket: UPath) -> None:
    address = put(bucket / "a.jsonl", "{}")
    first = stamp(address)
    assert stamp(address) == first
    put(address, "{} ")
    assert stamp(address) != first
    assert stamp(put(bucket / "ngay" / "a.txt", "một").parent) == look(bucket / "ngay")


def test_a_folder_of_objects_is_fetched_with_its_folders(bucket: UPath, tmp_path: Path) -> None:
    put(bucket / "ngay" / "a.txt", "một")
    put(bucket / "ngay" / "sâu" / "b c.txt", "hai")
    put(bucket / "ngay" / ".tạm" / "c.txt", "đang tải")
    put(bucket / "khac" / "d.txt", "ba")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "left over.txt").write_text("cũ")
    place = fetch(bucket / "ngay", tmp_path / "copy")
    assert place == tmp_path / "copy" / "ngay"
    assert {str(path.relative_to(place)): path.read_text("utf-8") for path in place.rglob("*.txt")} == {
        "a.txt": "một",
        "sâu/b c.txt": "hai",
    }
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["ngay"]


def test_one_object_is_fetched_under_its_name(bucket: UPath, tmp_path: Path) -> None:
    place = fetch(put(bucket / "tin.jsonl", "{}"), tmp_path / "copy")
    assert place == tmp_path / "copy" / "tin.jsonl"
    assert place.read_text() == "{}"


def test_no_object_lands_outside_its_folder(bucket: UPath, tmp_path: Path) -> None:
    (bucket / "ngay").mkdir(parents=True)
    name = f"{(bucket / 'ngay').path}/../../../ra ngoai.txt"
    (bucket / "ngay").fs.pipe_file(name, b"trong")
    place = fetch(bucket / "ngay", tmp_path / "a" / "b" / "copy")
    assert [path.relative_to(place).as_posix() for path in place.rglob("*.txt")] == ["__/__/__/ra ngoai.txt"]


class EndpointConnectionError(Exception):
    """As the library for a kind of store has it: no error of files."""


@pytest.mark.parametrize("call", ["find", "get_file"])
@pytest.mark.parametrize(
    ("error", "told", "heals"),
    [
        (EndpointConnectionError("Could not connect"), ConnectionError, True),
        (TimeoutError("timed out"), TimeoutError, True),
        (PermissionError("Access Denied"), PermissionError, False),
        (FileNotFoundError("The specified bucket does not exist"), FileNotFoundError, False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_store_that_is_away_is_an_error_of_files_and_heals(
    call: str, error: Exception, told: type[OSError], heals: bool, bucket: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bucket / "ngay" / "a.txt", "một")

    def away(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(type(bucket.fs), call, away)
    with pytest.raises(told, match=str(error)) as raised:
        fetch(bucket / "ngay", tmp_path / "copy")
    assert can_heal(raised.value) == heals
    if told in (ConnectionError, FileNotFoundError):
        assert str(bucket / "ngay") in str(raised.value)
