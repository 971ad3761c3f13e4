"""What arrives during a soak: documents of a pool, dropped into an inbox batch by batch and piece by piece."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path


def documents_of(pool: Path) -> Iterator[dict[str, str]]:
    """The documents of a pool of JSON lines."""
    with gzip.open(pool, "rt", encoding="utf-8") if pool.suffix == ".gz" else pool.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def feed(pool: Iterator[dict[str, str]], inbox: Path, batches: int, size: int, seconds: float, dice: random.Random) -> None:
    """Drop batches of so many documents into the inbox, evenly over the time, each in two pieces."""
    inbox.mkdir()
    begun = time.monotonic()
    for number in range(batches):
        time.sleep(max(0.0, begun + number * seconds / batches - time.monotonic()))
        documents = list(islice(pool, size))
        half = dice.randint(1, size - 1)
        for part in (documents[:half], documents[half:]):
            if number % 2:
                folder = inbox / f"ngày {number}"
                folder.mkdir(exist_ok=True)
                for document in part:
                    (folder / f"{document['id']}.txt").write_text(f"{document['title']}\n\n{document['text']}", encoding="utf-8")
            else:
                with (inbox / f"tin-{number}.jsonl").open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in part)
            time.sleep(min(0.5, seconds / batches / 4))
