"""A process for tests: reads the published file over and over until it is told to stop, and prints what it saw as JSON lines.

python -m tests.warehouse.reader TARGET hold|reopen
"""

from __future__ import annotations

import json
import sys
import threading
import time

import duckdb

SEEN = """
SELECT
    (SELECT count(*) FROM fact_observation) AS facts,
    (SELECT count(*) FROM dim_document) AS documents,
    (SELECT count(DISTINCT value) FROM observation) AS generations,
    (SELECT count(*) FROM observation WHERE NOT contains(title, ' ' || value::INTEGER || ' ')) AS mixed,
    (SELECT arg_max(accepted, published_at) FROM run_log) AS logged
"""
PAUSE_SECONDS = 0.05


def main() -> None:
    """Read until standard input ends."""
    target, way = sys.argv[1:]
    stop = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[stop], daemon=True).start()
    print("ready", flush=True)
    held = duckdb.connect(target, read_only=True) if way == "hold" else None
    while not stop.is_set():
        connection = held or duckdb.connect(target, read_only=True)
        print(json.dumps(connection.execute(SEEN).fetchone()), flush=True)
        if connection is not held:
            connection.close()
        time.sleep(PAUSE_SECONDS)


def _wait_for_the_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main()
