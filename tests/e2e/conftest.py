"""Processes that the tests start, and those that these have started in their turn."""

from __future__ import annotations

import os
from pathlib import Path


def processes_with(variable: str, value: object) -> list[int]:
    """Living processes, but not this one, in whose environment a variable has a value."""
    wanted, found = f"{variable}={value}".encode(), []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in path.read_bytes().split(b"\0") and int(path.parent.name) != os.getpid():
                found.append(int(path.parent.name))
        except OSError:
            continue  # of somebody else, or ended meanwhile
    return found
