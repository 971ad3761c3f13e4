"""One publisher at a time: a lock of the operating system, which the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.refusal import PublishRefusedError

_PAUSE_SECONDS = 0.05


@contextmanager
def publishing(target: Path, patience_seconds: float) -> Iterator[None]:
    """Hold the lock `<target>.lock`; wait for another publisher up to `patience_seconds`.

    Raises:
        PublishRefusedError: another process was still publishing by then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.with_name(target.name + ".lock")
    deadline = time.monotonic() + patience_seconds
    with path.open("a+", encoding="utf-8") as held:
        while not _taken(held.fileno()):
            if time.monotonic() > deadline:
                held.seek(0)
                msg = f"Process {held.read().strip() or '(unknown)'} is publishing {target}. Wait for it to end, then publish again."
                raise PublishRefusedError(msg)
            time.sleep(_PAUSE_SECONDS)
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
