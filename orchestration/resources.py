"""Resources: what the wirings need from outside. Nothing is opened when they are made."""

from __future__ import annotations

from pathlib import Path

from orchestration.io_manager import ParquetIOManager
from orchestration.store import Store


def resources(out: Path) -> dict[str, object]:
    """The store below `out`, and the I/O manager that keeps tables in it."""
    store = Store(out)
    return {"store": store, "io_manager": ParquetIOManager(store)}
