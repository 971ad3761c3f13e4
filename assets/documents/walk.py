"""The files of a batch, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

PASSED_OVER = (".", "~$")
"""How names start that no person dropped as a document: hidden files, lock files of office programs."""


def files_of(root: Path) -> list[tuple[str, Path]]:
    """Files below `root` with their path relative to it (NFC, `/` between folders), sorted by that; for a file, itself.

    A folder that links back to one of its own parents is entered once. One that cannot be listed stands for its files, for
    whoever opens it to see why; so does whatever else is neither file nor folder.

    Raises:
        FileNotFoundError: there is neither a file nor a folder at `root`.
        OSError: the folder `root` cannot be listed.
    """
    if root.is_file():
        return [(_name(Path(root.name)), root)]
    if not root.is_dir():
        msg = f"{root}: there is neither a file nor a folder of this name; give the path of the articles to read."
        raise FileNotFoundError(msg)
    return sorted((_name(path.relative_to(root)), path) for path in _below(root, {root.resolve()}))


def _below(folder: Path, parents: set[Path]) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith(PASSED_OVER):
            continue
        path = Path(entry.path)
        if not path.is_dir():
            yield path
        elif (real := path.resolve()) not in parents:
            try:
                yield from _below(path, parents | {real})
            except OSError:
                yield path


def _name(path: Path) -> str:
    """A relative path as text: bytes of a file name that are not UTF-8 become `�`."""
    return unicodedata.normalize("NFC", os.fsencode(path.as_posix()).decode("utf-8", "replace"))
