from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest


def kept_by(node: dict[str, Any]) -> Iterator[str]:
    """The common table expressions that a plan makes once and keeps."""
    if node["name"] == "CTE":
        yield node["extra_info"]["CTE Name"]
    for child in node["children"]:
        yield from kept_by(child)


@pytest.mark.parametrize("view", ["indicator_value", "conflict", "target_vs_actual", "panel"])
def test_what_a_limit_cuts_off_is_not_kept(view: str, sql: duckdb.DuckDBPyConnection) -> None:
    answer = sql.execute(f"EXPLAIN (FORMAT json) FROM {view} LIMIT 8").fetchone()
    assert answer is not None
    kept = {name for node in json.loads(answer[1]) for name in kept_by(node)}
    # Where `fact`, which joins what it is kept for, was kept too, DuckDB 2.0 waited for ever on a bare LIMIT.
    assert "keyed" in kept
    assert "fact" not in kept
