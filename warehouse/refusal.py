"""Why a publication does not take place."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.audit import Check


class PublishRefusedError(Exception):
    """The file was not published and the last good one stays; the message says why and what to do.

    `checks` has what the audit found, where it is the audit that refuses.
    """

    def __init__(self, message: str, checks: Sequence[Check] = ()) -> None:
        super().__init__(message)
        self.checks = tuple(checks)
