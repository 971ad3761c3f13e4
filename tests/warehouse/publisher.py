"""A process for tests: publishes the planted country again and again, once a line comes in.

python -m tests.warehouse.publisher TARGET TIMES [SIZE …]: with sizes, run i publishes `SIZE[i]` articles that all say `i`.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from assets.star import build
from tests.star.planted import HA_NAM, OUTPUT, YEAR_2023, Article, Rooms, claim, country, rooms, verdicts
from warehouse.publish import publish


def generation(number: int, size: int) -> Rooms:
    """`size` articles that state the value `number`."""
    articles = [Article(f"a{i}", date(2024, 1, 1), [f"Hà Nam, tin {i}: đạt {number} tỷ đồng."]) for i in range(size)]
    statements = [claim(article, f"{number} tỷ đồng", number, **OUTPUT, **HA_NAM, **YEAR_2023) for article in articles]
    return rooms(articles, statements)


def main() -> None:
    """Publish as the command line says, and print a line after each run."""
    target, times, sizes = Path(sys.argv[1]), int(sys.argv[2]), [int(size) for size in sys.argv[3:]]
    runs = [build(*generation(number, size)) for number, size in enumerate(sizes)] or [build(*country())]
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(times):
        tables = runs[number % len(runs)]
        publish(tables, verdicts(*tables["dim_document"]["batch"].unique()), target)
        print("published", flush=True)


if __name__ == "__main__":
    main()
