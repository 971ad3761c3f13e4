"""Settings from the environment, with their defaults; nothing is opened here."""

from __future__ import annotations

import os
from pathlib import Path

OUT_VARIABLE = "CHITIEU_OUT"
INBOX_VARIABLE = "CHITIEU_INBOX"
CRON_VARIABLE = "CHITIEU_PUBLISH_CRON"
AUTOMATIC_VARIABLE = "CHITIEU_AUTOMATIC"
ALERT_VARIABLE = "CHITIEU_ALERT_URL"
VARIABLES = (OUT_VARIABLE, INBOX_VARIABLE, AUTOMATIC_VARIABLE, CRON_VARIABLE, ALERT_VARIABLE)

# `granularity: run`: a run that publishes waits in the queue. By `op` it would hold a place that a killed run keeps.
# Runs whose process was killed are started again, faults are not: steps that can heal say so themselves.
DAGSTER_YAML = """\
# Written by chitieu; edit as you like, it is not written again.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
  pools:
    default_limit: 1
    granularity: run
run_monitoring:
  enabled: true
  max_runtime_seconds: 43200
  poll_interval_seconds: 30
  free_slots_after_run_end_seconds: 30
run_retries:
  enabled: true
  max_retries: 2
  retry_on_asset_or_op_failure: false
retention:
  schedule:
    purge_after_days: 30
  sensor:
    purge_after_days: 7
"""


def out_dir() -> Path:
    """Folder for all that runs make; `CHITIEU_OUT`, else `warehouse/data` below the working folder."""
    return Path(os.environ.get(OUT_VARIABLE) or "warehouse/data").resolve()


def inbox(out: Path) -> str:
    """Folder, or address in an object store, that batches are dropped into; `CHITIEU_INBOX`, else `inbox` below `out`."""
    return os.environ.get(INBOX_VARIABLE) or str(out / "inbox")


def publish_cron() -> str:
    """When the daily schedule publishes; `CHITIEU_PUBLISH_CRON`, else every morning at five."""
    return os.environ.get(CRON_VARIABLE) or "0 5 * * *"


def is_automatic() -> bool:
    """Whether sensors and schedule are on until someone switches them off; `CHITIEU_AUTOMATIC` is `yes`."""
    return os.environ.get(AUTOMATIC_VARIABLE) == "yes"


def alert_url() -> str | None:
    """Where failures are posted to; `CHITIEU_ALERT_URL`, else nowhere."""
    return os.environ.get(ALERT_VARIABLE) or None


def prepare_dagster_home(out: Path) -> Path:
    """Make Dagster's folder below `out`, with its settings, and point this process and its children to both."""
    home = out.resolve() / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        (home / "dagster.yaml").write_text(DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ[OUT_VARIABLE] = str(out.resolve())
    return home
