from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from orchestration import fingerprint as module
from orchestration.fingerprint import DECIDING, PUBLISHING, ROOMS, fingerprint, input_stamp

PROJECT = module.PROJECT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small project with the rooms of the real one."""
    for room in ROOMS:
        (tmp_path / "assets" / room).mkdir(parents=True)
        (tmp_path / "assets" / room / "work.py").write_text(room)
    for path in ("assets/reference.py", "seeds/units.csv", "warehouse/publish.py", "warehouse/marts/1.sql"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    fingerprint.cache_clear()
    yield tmp_path
    fingerprint.cache_clear()


def changed(project: Path, path: str) -> list[str]:
    """Rooms whose fingerprint a change of a file changes."""
    before = {room: fingerprint(room) for room in ROOMS}
    (project / path).write_text("changed")
    fingerprint.cache_clear()
    return [room for room in ROOMS if fingerprint(room) != before[room]]


@pytest.mark.parametrize("path", ["seeds/units.csv", "assets/reference.py", "assets/documents/work.py"])
def test_vocabulary_and_the_first_room_decide_every_room(project: Path, path: str) -> None:
    assert changed(project, path) == list(ROOMS)


def test_a_room_decides_itself_and_later_rooms(project: Path) -> None:
    assert changed(project, "assets/quality/work.py") == ["quality", "star", "marts"]


@pytest.mark.parametrize("path", ["warehouse/marts/1.sql", "warehouse/publish.py"])
def test_the_warehouse_decides_what_is_published(project: Path, path: str) -> None:
    assert changed(project, path) == ["star", "marts"]


@pytest.mark.parametrize(
    ("library", "rooms"), [("polars", ROOMS), ("pypdf", ROOMS), ("python-docx", ROOMS), ("resiliparse", ROOMS), ("duckdb", PUBLISHING)]
)
def test_another_version_of_a_library_decides_what_it_takes_part_in(
    library: str, rooms: tuple[str, ...], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {room: fingerprint(room) for room in ROOMS}
    monkeypatch.setattr(module, "version", lambda name: "99" if name == library else version(name))
    fingerprint.cache_clear()
    assert tuple(room for room in ROOMS if fingerprint(room) != before[room]) == rooms


def test_every_library_that_the_rooms_import_decides() -> None:
    code = [path.read_text() for path in (PROJECT / "assets").rglob("*.py") if path.name != "wiring.py"]
    imported = {name for text in code for name in re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)}
    distributions = packages_distributions()
    known = {name for names in DECIDING.values() for name in names}
    assert {distribution.lower() for name in imported - {"assets"} for distribution in distributions.get(name, [])} <= known


def test_the_name_and_the_content_of_a_file_make_the_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("một")
    stamps = [input_stamp(tmp_path)]
    (tmp_path / "a.txt").write_text("hai")
    stamps.append(input_stamp(tmp_path))
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    stamps.append(input_stamp(tmp_path))
    (tmp_path / "c.txt").write_text("ba")
    stamps.append(input_stamp(tmp_path))
    assert len(set(stamps)) == 4
    (tmp_path / "c.txt").unlink()
    (tmp_path / "b.txt").touch()
    assert input_stamp(tmp_path) == stamps[2]


def test_files_that_nobody_reads_do_not_make_the_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("một")
    stamp = input_stamp(tmp_path)
    (tmp_path / ".DS_Store").write_text("x")
    assert input_stamp(tmp_path) == stamp


def test_a_link_to_nothing_is_no_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert input_stamp(tmp_path) == input_stamp(tmp_path)


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no file or folder .*/gone"):
        input_stamp(tmp_path / "gone")
