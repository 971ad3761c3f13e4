"""The processes of the soak: one that reads or publishes when it is told to, and one that asks the published file over and over.

python bench/soak_worker.py run OUT   # lines on standard input: the name of a batch, or nothing to publish
python bench/soak_worker.py ask OUT   # until standard input ends
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestration.launch import RunFailedError, execute
from orchestration.store import Store

PAUSE_SECONDS = 0.2
# One snapshot must hold together: what the log counts is there, every mention of the views is a fact, each batch is whole.
TOGETHER = """
SELECT (SELECT count(*) FROM fact_observation) = (SELECT arg_max(accepted, published_at) FROM run_log)
   AND (SELECT count(*) FROM dim_document) = (SELECT arg_max(documents, published_at) FROM run_log)
   AND (SELECT count(*) FROM observation) = (SELECT count(*) FROM fact_observation)
   AND (SELECT count(*) FROM fact_observation ANTI JOIN dim_document USING (document_key)) = 0
"""


def run(store: Store) -> None:
    """Do each line of standard input and answer with `done` or the reason why not."""
    import orchestration.definitions  # noqa: F401 # so that a run is killed while it runs, not while it loads

    print("ready", flush=True)
    for line in sys.stdin:
        batch = line.strip()
        try:
            if batch:
                execute("read_batch", store, batch)
            else:
                execute("publish", store)
        except RunFailedError as error:
            print(str(error).splitlines()[0], flush=True)
        else:
            print("done", flush=True)


def ask(store: Store) -> None:
    """Ask the file, each time opened anew; one line at the end: how often it answered, and what went wrong."""
    stop = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[stop], daemon=True).start()
    print("ready", flush=True)
    answers, errors = 0, list[str]()
    while not stop.is_set():
        if store.published.exists():
            try:
                with duckdb.connect(str(store.published), read_only=True) as connection:
                    (holds,) = connection.execute(TOGETHER).fetchone() or (False,)
                answers += 1
                if not holds:
                    errors.append("tables of two publications")
            except duckdb.Error as error:
                errors.append(str(error).splitlines()[0])
        time.sleep(PAUSE_SECONDS)
    print(f"{answers}\t{len(errors)}\t{errors[0] if errors else ''}", flush=True)


def _wait_for_the_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    {"run": run, "ask": ask}[sys.argv[1]](Store(Path(sys.argv[2])))
