"""Everything that Dagster loads: the wirings of the six rooms in order, and what runs them."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from assets.documents import wiring as documents
from assets.marts import wiring as marts
from assets.mentions import wiring as mentions
from assets.observations import wiring as observations
from assets.quality import wiring as quality
from orchestration.checks import contract_checks, verdict_checks
from orchestration.fingerprint import fingerprint
from orchestration.inbox import Inbox
from orchestration.jobs import JOBS
from orchestration.metadata import column_schema
from orchestration.resources import resources
from orchestration.schedules import publish_daily
from orchestration.sensors import changed_batches, failed_runs, new_batches
from orchestration.settings import alert_url, inbox, is_automatic, out_dir, publish_cron
from orchestration.sources import address_of

ROOMS = {
    "documents": documents,
    "mentions": mentions,
    "observations": observations,
    "quality": quality,
}
CONTRACTS = {(name, table): contract for name, room in ROOMS.items() for table, contract in room.CONTRACTS.items()}


def described(spec: dg.AssetSpec) -> dg.AssetSpec:
    """An asset with the columns of its contract and the fingerprint of what makes it."""
    room, table = spec.key.path
    contract = CONTRACTS.get((room, table))
    columns = {"dagster/column_schema": column_schema(contract)} if contract else {}
    return spec.replace_attributes(metadata={**spec.metadata, **columns}, code_version=fingerprint(room))


def location(out: Path) -> dg.Definitions:
    """The code location over a store below `out`."""
    by_itself = dg.DefaultSensorStatus.RUNNING if is_automatic() else dg.DefaultSensorStatus.STOPPED
    alerting = dg.DefaultSensorStatus.RUNNING if alert_url() else dg.DefaultSensorStatus.STOPPED
    return dg.Definitions(
        assets=list(dg.map_asset_specs(described, [asset for room in (*ROOMS.values(), marts) for asset in room.ASSETS])),
        asset_checks=[
            *(check for name, room in ROOMS.items() for check in contract_checks(name, room.CONTRACTS)),
            *verdict_checks(),
        ],
        jobs=JOBS,
        schedules=[publish_daily(publish_cron(), is_automatic())],
        sensors=[new_batches(by_itself), changed_batches(by_itself), failed_runs(alerting)],
        resources=resources(out, Inbox(address_of(inbox(out)))),
        executor=dg.in_process_executor,  # also for assets that somebody picks in the user interface
    )


@dg.definitions
def chitieu() -> dg.Definitions:
    """The code location over the store that the environment names."""
    return location(out_dir())


def job(name: str, out: str) -> dg.JobDefinition:
    """A job over the store below `out`, for a run in this process."""
    return location(Path(out)).resolve_job_def(name)
