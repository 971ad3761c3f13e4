"""Settings from the environment, with their defaults; nothing is opened here."""

from __future__ import annotations

import os
from pathlib import Path

OUT_VARIABLE = "CHITIEU_OUT"
CRON_VARIABLE = "CHITIEU_PUBLISH_CRON"

DAGSTER_YAML = """\
# Written by chitieu; edit as you like, it is not written again.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
run_monitoring:
  enabled: true
  max_runtime_seconds: 43200
retention:
  schedule:
    purge_after_days: 30
  sensor:
    purge_after_days: 7
"""


def out_dir() -> Path:
    """Folder for all that runs make; `CHITIEU_OUT`, else `warehouse/data` below the working folder."""
    return Path(os.environ.get(OUT_VARIABLE, "warehouse/data")).resolve()


def publish_cron() -> str:
    """When the daily schedule publishes; `CHITIEU_PUBLISH_CRON`, else every morning at five."""
    return os.environ.get(CRON_VARIABLE, "0 5 * * *")


def prepare_dagster_home(out: Path) -> Path:
    """Make Dagster's folder below `out`, with its settings, and point this process and its children to both."""
    home = out.resolve() / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        (home / "dagster.yaml").write_text(DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ[OUT_VARIABLE] = str(out.resolve())
    return home
