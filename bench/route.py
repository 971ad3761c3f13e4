"""What reading costs: each room and the whole route over a pool of documents, beside one bare pass of the numeral pattern.

    python bench/route.py POOL [--limit N]

The pool (a folder or a file, as any batch) goes through the doors of the rooms in one process and is published into a
temporary folder. CPU time counts all threads. `route / bare pass` is the same on fast and slow machines: the bar is 100.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assets import documents, mentions, observations, quality
from assets.mentions.numerals import NUMERAL
from assets.mentions.schema import Mention
from assets.star.build import build
from warehouse.audit import SEVERITIES, audit
from warehouse.publish import publish
from warehouse.refusal import PublishRefusedError

MB, GB = 1e6, 1e9
RATIO_BAR, MEMORY_BAR_GB, CHECKS_BAR = 100, 2.0, 0.2
# A match tells where it stands only together with the gap before it: that is the pass that the bar is measured with.
WITH_OFFSETS, MATCHES_ONLY = f"(?s).*?{NUMERAL}", NUMERAL
# Bare passes are short: the middle one of a few counts.
BARE_PASSES = 3

Taken = ParamSpec("Taken")
Result = TypeVar("Result")


class Lap(NamedTuple):
    """One room: seconds on the clock and of the processors, and the most memory that the process ever held by its end."""

    room: str
    wall: float
    cpu: float
    peak_gb: float


def peak_gb() -> float:
    """The most memory that this process has held so far."""
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / GB


def timed(room: str, laps: list[Lap], work: Callable[Taken, Result], *args: Taken.args, **kwargs: Taken.kwargs) -> Result:
    """Do the work of a room and note its lap."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = work(*args, **kwargs)
    laps.append(Lap(room, time.perf_counter() - wall, time.process_time() - cpu, peak_gb()))
    return done


def run_route(pool: Path, folder: Path, laps: list[Lap]) -> pl.Series:
    """The pool through all rooms, noting a lap each; the texts of the documents.

    A frame that no later room takes is let go, as between the steps of a run.
    """
    document, block, unread = timed("documents", laps, documents.read_batch, pool, "pool")
    mention = timed("mentions", laps, mentions.find_mentions, document, block)
    observation = timed("observations", laps, observations.bind, document, block, mention)
    # The room `quality` asks for the columns of the contract; what else was found out about a span is for `observations` alone.
    mention = mention.select(*Mention.to_schema().columns)
    judged = timed("quality", laps, quality.judge, document, unread, mention, observation)
    del block, mention, observation
    statements = judged.accepted, judged.rejected, judged.not_assigned, judged.warning, judged.witness
    tables = timed("star", laps, build, document, unread, *statements)
    timed("publish", laps, publish, tables, judged.verdict, folder / "chitieu.duckdb")
    return document["text"]


def audit_seconds(published: Path) -> float:
    """CPU seconds of all that is asked of a file before it is published, asked again."""
    start = time.process_time()
    with duckdb.connect(str(published), read_only=True) as connection:
        audit(connection, SEVERITIES)
    return time.process_time() - start


def bare_pass(text: pl.Series, pattern: str) -> float:
    """CPU seconds of one `extract_all` over the texts, and nothing else."""
    seconds = []
    for _ in range(BARE_PASSES):
        start = time.process_time()
        text.str.extract_all(pattern)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def first_documents(pool: Path, count: int, folder: Path) -> Path:
    """The first lines of a pool of JSON lines, as a file of its own."""
    cut = folder / "pool.jsonl"
    with gzip.open(pool, "rb") if pool.suffix == ".gz" else pool.open("rb") as lines, cut.open("wb") as out:
        out.writelines(islice(lines, count))
    return cut


def show(console: Console, laps: list[Lap], text: pl.Series, audited: float) -> None:
    """The table of laps, and the figures that have a bar."""
    bare, matches = bare_pass(text, WITH_OFFSETS), bare_pass(text, MATCHES_ONLY)
    count, size = text.len(), int(text.str.len_bytes().sum()) / MB
    whole = Lap("route", sum(lap.wall for lap in laps), sum(lap.cpu for lap in laps), peak_gb())
    table = Table("room", title=f"{count:,} documents, {size:.1f} MB of text")
    for name in ("seconds", "CPU s", "documents/s", "MB/s", "CPU / bare pass", "peak GB"):
        table.add_column(name, justify="right")
    for lap in [*laps, whole]:
        speeds = f"{lap.wall:.1f}", f"{lap.cpu:.1f}", f"{count / lap.wall:,.0f}", f"{size / lap.wall:.1f}"
        table.add_row(lap.room, *speeds, f"{lap.cpu / bare:.1f}", f"{lap.peak_gb:.2f}", end_section=lap is laps[-1])
    console.print(table)
    console.print(f"bare pass of the numeral pattern with its offsets: {bare:.2f} CPU s ({size / bare:.0f} MB/s)")
    console.print(f"route / bare pass: {whole.cpu / bare:.0f} (bar: {RATIO_BAR}); without offsets: {whole.cpu / matches:.0f}")
    checks = (next(lap.cpu for lap in laps if lap.room == "quality") + audited) / whole.cpu
    console.print(f"checks (the room quality and the audit, {audited:.1f} CPU s): {checks:.0%} of the route (bar: {CHECKS_BAR:.0%})")
    console.print(f"peak memory: {whole.peak_gb:.2f} GB (bar: {MEMORY_BAR_GB:.0f})")


def main() -> int:
    """Measure; 1 where there is no pool, or where it cannot be published."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path, help="folder or file with documents")
    parser.add_argument("--limit", type=int, help="only the first documents of a pool of JSON lines")
    args = parser.parse_args()
    console, laps = Console(), list[Lap]()
    if not args.pool.exists():
        console.print(f"{args.pool} is not there; say where documents are: make bench POOL=…")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pool = first_documents(args.pool, args.limit, folder) if args.limit else args.pool
        try:
            text = run_route(pool, folder, laps)
            audited = audit_seconds(folder / "chitieu.duckdb")
        except PublishRefusedError as refusal:
            console.print(f"The pool cannot be published: {refusal}")
            return 1
    show(console, laps, text, audited)
    return 0


if __name__ == "__main__":
    sys.exit(main())
