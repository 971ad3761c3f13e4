"""What heals by waiting is tried again: a full disk, a lost network, a locked file. All else fails at once."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

ATTEMPTS = 3
WAIT_SECONDS = 60
STAYS = (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError)


@contextmanager
def healing() -> Iterator[None]:
    """Ask Dagster to run the step again, a while later, where what failed may have healed by then.

    Raises:
        RetryRequested: for the error that can heal, which is its cause.
    """
    try:
        yield
    except Exception as error:
        if not can_heal(error):
            raise
        raise dg.RetryRequested(max_retries=ATTEMPTS, seconds_to_wait=WAIT_SECONDS) from error


def can_heal(error: BaseException) -> bool:
    """Whether an error, or one that it came from, is of the disk or the network and may pass by itself."""
    if isinstance(error, OSError):
        return not isinstance(error, STAYS) and error.errno != errno.EROFS
    return isinstance(error, duckdb.IOException) or (error.__cause__ is not None and can_heal(error.__cause__))
