"""Schedules: one."""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import PUBLISH


def publish_daily(cron: str, is_on: bool) -> dg.ScheduleDefinition:
    """Publish what all batches hold, by default every morning in Hà Nội's time."""
    return dg.ScheduleDefinition(
        name="publish_daily",
        job=PUBLISH,
        cron_schedule=cron,
        execution_timezone="Asia/Ho_Chi_Minh",
        default_status=dg.DefaultScheduleStatus.RUNNING if is_on else dg.DefaultScheduleStatus.STOPPED,
        description="Publish what all batches hold.",
    )
