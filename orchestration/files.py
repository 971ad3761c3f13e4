"""Files that are whole or not there: written beside their place, put on disk, renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def renamed_into(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; on leaving, its content is on disk and takes the place in one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        _to_disk(beside)
        beside.replace(path)
        _to_disk(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
