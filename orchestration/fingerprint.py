"""Fingerprints: what code and vocabulary a room's tables were made with, and what input they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from assets.documents.walk import files_of

PROJECT = Path(__file__).resolve().parent.parent
READING = ("documents", "mentions", "observations", "quality")
PUBLISHING = ("star", "marts")
ROOMS = READING + PUBLISHING
DECIDING = {
    READING: (
        "charset-normalizer",
        "cryptography",
        "fastwarc",
        "lxml",
        "pandera",
        "polars",
        "pyarrow",
        "pypdf",
        "python-docx",
        "resiliparse",
    ),
    PUBLISHING: ("duckdb", "rensa"),
}
"""Libraries whose next version may find another text in a file, read it otherwise, or publish it otherwise."""


@cache
def fingerprint(room: str) -> str:
    """Hash of everything that decides what `room` makes: its code, the earlier rooms' code, the vocabulary, the libraries.

    Raises:
        ValueError: there is no such room.
    """
    own = ROOMS[: ROOMS.index(room) + 1]
    files = [*(PROJECT / "assets").glob("*.py"), *(PROJECT / "seeds").glob("*.csv")]
    files += [path for name in own for path in (PROJECT / "assets" / name).rglob("*.py")]
    if room in PUBLISHING:
        files += [path for kind in ("*.py", "*/*.sql") for path in (PROJECT / "warehouse").glob(kind)]
    libraries = DECIDING[READING] + (DECIDING[PUBLISHING] if room in PUBLISHING else ())
    return _digest(_under_project(files), salt=" ".join(f"{name} {version(name)}" for name in libraries))


def input_stamp(source: Path) -> str:
    """Hash of the names and contents of the files of a batch; `source` is a folder or one file.

    Raises:
        FileNotFoundError: the folder or file is not there any more.
    """
    if not source.exists():
        msg = f"There is no file or folder {source} to read. Name one that is there, or put it back."
        raise FileNotFoundError(msg)
    return _digest(files_of(source))


def _under_project(files: Iterable[Path]) -> list[tuple[str, Path]]:
    return sorted((path.relative_to(PROJECT).as_posix(), path) for path in files)


def _digest(files: Iterable[tuple[str, Path]], salt: str = "") -> str:
    total = hashlib.sha256(salt.encode())
    for name, path in files:
        total.update(f"\0{name}\0{_content(path)}".encode())
    return total.hexdigest()[:16]


def _content(path: Path) -> str:
    """Hash of a file, or a word for one that cannot be read: that file is then an unread record, not an end."""
    if not path.is_file():
        return "not a file"
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {type(error).__name__}"
