"""Schedules: one, off until someone switches it on."""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import PUBLISH


def publish_daily(cron: str) -> dg.ScheduleDefinition:
    """Publish what all batches hold, by default every morning in Hà Nội's time."""
    return dg.ScheduleDefinition(
        name="publish_daily",
        job=PUBLISH,
        cron_schedule=cron,
        execution_timezone="Asia/Ho_Chi_Minh",
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description="Publish what all batches hold. Off until someone switches it on.",
    )
