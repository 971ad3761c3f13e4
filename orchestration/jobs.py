"""The two jobs: `read_batch` reads one batch up to its verdict, `publish` builds the one file from all batches.

Both run in one process: each process of its own would cost seconds of imports, and polars uses all cores as it is.
Batches run side by side as runs.
"""

from __future__ import annotations

import dagster as dg

from orchestration.fingerprint import PUBLISHING, READING

# A run whose process was killed is started again from its beginning: reading a batch twice gives the same tables.
ANEW = {"dagster/retry_strategy": "ALL_STEPS"}
READ_BATCH = dg.define_asset_job(
    "read_batch",
    selection=dg.AssetSelection.groups(*READING),
    description="Read one batch: documents, mentions, observations, quality, with their checks.",
    executor_def=dg.in_process_executor,
    tags=ANEW,
)
PUBLISH = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.groups(*PUBLISHING),
    description="Build the star schema and the marts from all batches, audit the new file, and put it in the place of the old.",
    executor_def=dg.in_process_executor,
    tags=ANEW,
)
JOBS = [READ_BATCH, PUBLISH]
