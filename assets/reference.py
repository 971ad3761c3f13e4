"""The ground the rooms stand on: vocabulary and reference tables, read from `seeds/*.csv`.

Vocabulary is data: no room holds a list of words. A table is read once per process and returned as a polars
frame of strings; the room that uses a column casts it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@cache
def table(name: str) -> pl.DataFrame:
    """Rows of `seeds/<name>.csv`, every column a string; an empty cell is null.

    Raises:
        FileNotFoundError: there is no such table.
    """
    return pl.read_csv(SEEDS / f"{name}.csv", infer_schema=False, comment_prefix="#")
