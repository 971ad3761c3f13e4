"""Alerts: a failed run is posted as JSON to the address that the environment names. A post that fails breaks nothing."""

from __future__ import annotations

import builtins
import json
import logging
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from orchestration.settings import ALERT_VARIABLE, alert_url

if TYPE_CHECKING:
    from dagster_shared.error import SerializableErrorInfo

_log = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10
# Errors whose words are ours or the system's. Those of others may quote a value, and so a document.
WITHOUT_TEXT = {"BatchNotWholeError", "PublishRefusedError"} | {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, OSError)
}


def alert(job: str, batch: str | None, run_id: str | None, error: str) -> bool:
    """Post that a run has failed; whether it was posted. Nothing is done where no address is set.

    Args:
        job: `read_batch` or `publish`.
        batch: the batch of the run; none for `publish`.
        run_id: the run in Dagster's history.
        error: what went wrong, without text of documents.
    """
    if (url := alert_url()) is None:
        return False
    if not url.startswith(("http://", "https://")):
        _log.warning("The failure of %s was not posted: %s is no address of the web.", job, ALERT_VARIABLE)
        return False
    time = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"job": job, "batch": batch, "run_id": run_id, "error": error, "time": time}
    try:
        request = Request(url, json.dumps(told, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8"})
        with urlopen(request, timeout=TIMEOUT_SECONDS):
            return True
    except (OSError, ValueError, HTTPException) as failure:
        _log.warning("The failure of %s was not posted: %s: %s", job, type(failure).__name__, failure)
        return False


def without_text(error: SerializableErrorInfo) -> str:
    """The kind of an error and, where its words cannot be those of a document, its first sentence."""
    origin = error
    while origin.cause is not None:
        origin = origin.cause
    kind = str(origin.cls_name)
    if kind not in WITHOUT_TEXT:
        return kind
    words = origin.message.strip().partition(f"{kind}: ")[2].partition("\n")[0]
    # What follows the colon of a refusal are rows.
    return f"{kind}: {words.partition(': ')[0].rstrip(':') if kind == 'PublishRefusedError' else words}"
