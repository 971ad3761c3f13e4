"""What a day costs: reading one new article into a store that holds a whole pool, and publishing that store.

    python bench/daily.py POOL [--batches N] [--times N]

The pool is read into a store as N batches. Then one article is read into that store and into an empty one, each time by a
process of its own that has done its imports, and its CPU time is taken. The bar for the ratio is 1.2.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestration.launch import execute
from orchestration.store import Store

PROJECT = Path(__file__).resolve().parent.parent
ARTICLE = """Hà Nam: Sản xuất công nghiệp giữ nhịp tăng

Ngày 05/01/2024

Năm 2023, giá trị sản xuất công nghiệp của tỉnh Hà Nam đạt 30.640 tỷ đồng, tăng 12,15% so với năm 2022. Toàn tỉnh có 210 doanh nghiệp
thành lập mới; kim ngạch xuất khẩu ước đạt 4,2 tỷ USD. Năm 2024, tỉnh đặt mục tiêu giá trị sản xuất công nghiệp đạt 34.000 tỷ đồng.
"""
# Dagster's imports take seconds, whatever there is to do: a first run elsewhere has done them all.
RUN = """
import sys, time
from pathlib import Path
from orchestration.launch import execute
from orchestration.store import Store
warm, store, *source = map(Path, sys.argv[1:])
execute("read_batch", Store(warm.parent / "warm"), Store(warm.parent / "warm").register(warm))
batch = Store(store).register(source[0]) if source else None
before = time.process_time()
execute("read_batch" if batch else "publish", Store(store), batch)
print(time.process_time() - before)
"""
RATIO_BAR = 1.2


def cpu_of(warm: Path, store: Path, *source: Path) -> float:
    """CPU seconds that reading a file into a store takes or, with the store alone, publishing it."""
    command = [sys.executable, "-c", RUN, *map(str, (warm, store, *source))]
    return float(subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.PIPE, text=True).stdout)


def cut(pool: Path, batches: int, folder: Path) -> list[Path]:
    """The lines of a pool, as so many files."""
    with gzip.open(pool, "rt", encoding="utf-8") if pool.suffix == ".gz" else pool.open(encoding="utf-8") as file:
        lines = file.readlines()
    files = [folder / f"tin-{number:03}.jsonl" for number in range(batches)]
    for number, path in enumerate(files):
        path.write_text("".join(islice(lines, number, None, batches)), encoding="utf-8")
    return files


def article(folder: Path, name: str) -> Path:
    """One article that no pool has, as a file."""
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps({"id": name, "date": "2024-01-05", "text": ARTICLE}), encoding="utf-8")
    return path


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path, help="a file of JSON lines")
    parser.add_argument("--batches", type=int, default=100)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full = Store(folder / "full")
        for file in cut(args.pool, args.batches, folder):
            execute("read_batch", full, full.register(file))
        warm = article(folder, "first")
        alone, beside = list[float](), list[float]()
        for number in range(args.times):  # in turn, so that both meet the same machine
            tin = article(folder, f"moi-{number}")
            alone.append(cpu_of(warm, folder / f"empty-{number}", tin))
            beside.append(cpu_of(warm, full.out, tin))
        publishing = cpu_of(warm, full.out)
        nothing = cpu_of(warm, folder / "empty-0")
        with duckdb.connect(str(full.published), read_only=True) as connection:
            tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,) for name in tables}
    total, documents = sum(count for (count,) in rows.values()), rows["dim_document"][0]
    ratio = statistics.median(beside) / statistics.median(alone)
    shown = f"a store of {documents:,} documents in {args.batches} batches"
    print(f"reading one article alone: {statistics.median(alone):.2f} CPU s")
    print(f"reading it into {shown}: {statistics.median(beside):.2f} CPU s, {ratio:.2f} times")
    print(f"publishing {total:,} rows: {publishing:.1f} CPU s, those of one article: {nothing:.1f} CPU s")
    print(f"publishing a million rows: {(publishing - nothing) * 1e6 / total:.1f} CPU s")
    return 0 if ratio <= RATIO_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
