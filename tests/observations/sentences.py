"""Sentences as the whole reading takes them, and one field of each figure in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from orchestration.reading import read


class Told(NamedTuple):
    """A text of its own record, and what each of its figures, by the words it begins with, has in one field."""

    text: str
    figures: dict[str, str | None]
    date: str | None = "2024-07-05"
    title: str | None = None
    url: str | None = None


def fields_of(cases: Iterable[Told], field: str, folder: Path) -> list[dict[str, Any]]:
    """The field of the figures of each case, by the same words; a figure that was not read is missing."""
    cases = list(cases)
    batch = folder / "cases.jsonl"
    records = [
        {"id": f"{number:03}", "text": case.text, "date": case.date, "title": case.title, "url": case.url}
        for number, case in enumerate(cases)
    ]
    batch.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    reading = read(batch)
    rows = reading.accepted.join(reading.document.select("document_key", "document"), on="document_key", maintain_order="left")
    found = []
    for number, case in enumerate(cases):
        own = rows.filter(pl.col("document") == f"{number:03}").sort("evidence_start")
        said = dict(own.select("evidence", field).iter_rows())
        found.append({words: value for words in case.figures for evidence, value in said.items() if evidence.startswith(words)})
    return found
