"""Why a publication does not take place."""

from __future__ import annotations


class PublishRefusedError(Exception):
    """The file was not published and the last good one stays; the message says why and what to do."""
