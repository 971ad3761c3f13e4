"""Gold facts, and the rows that claim them: of a corpus that is read here, of a published file, or of JSON lines."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.documents.normalize import plain_letters
from orchestration.reading import read
from tests.golden.scoring import Fact, Row, overlaps, span_of

_SUFFIX = re.compile(r"\.(txt|html?|pdf|docx|md)$")
_TIMES = ("period_start", "period_end", "base_start", "base_end")
_FIELDS = ("evidence", "value", "value_upper", "unit", "measure", "place", "status", "entity", "industry", "bound", "denominator")


@dataclass(frozen=True)
class Claims:
    """Accepted rows by document, in their order; of a corpus that was read here also its texts and all its quantities."""

    rows: Mapping[str, Sequence[Row]]
    texts: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def quantity_of(self, fact: Fact) -> Row | None:
        """What was read where the fact stands, whatever became of it."""
        span = self._span(fact)
        there = [row for row in self.quantities.get(fact["doc"], []) if span and overlaps(span, row)]
        return there[0] if there else None

    def line_of(self, fact: Fact) -> str | None:
        """The line that the fact stands in."""
        if not (span := self._span(fact)):
            return None
        text = self.texts[fact["doc"]]
        return text[text.rfind("\n", 0, span[0]) + 1 : span[1]] + text[span[1] :].partition("\n")[0]

    def sentence_of(self, fact: Fact | None, row: Row | None) -> str | None:
        """The sentence of the row, else of what was read where the fact stands, else the line of the fact."""
        said = row or (self.quantity_of(fact) if fact else None)
        if said and said.get("sentence"):
            return str(said["sentence"])
        return self.line_of(fact) if fact else None

    def _span(self, fact: Fact) -> tuple[int, int] | None:
        plain = {**fact, "evidence": plain_letters(pl.Series([fact["evidence"]])).item()}
        try:
            return span_of(plain, self.texts[fact["doc"]])
        except LookupError:
            return None


def facts_of(path: Path) -> Sequence[Fact]:
    """The facts of a gold file, one JSON object a line."""
    return _json_lines(path)


def claims_of(path: Path) -> Claims:
    """The claims of a published file or of JSON lines with an `evidence` each; anything else is a corpus and is read."""
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            return Claims(_by_document(connection.sql("FROM observation").pl().to_dicts()))
    if path.suffix == ".jsonl" and "evidence" in next(iter(_json_lines(path)), {}):
        return Claims(_by_document(_json_lines(path)))
    reading = read(path)
    names = reading.document.select("document_key", "document")
    quantities = reading.quantity.join(names, on="document_key", maintain_order="left")
    texts = {stem(name): text for name, text in reading.document.select("document", "text").iter_rows()}
    accepted = quantities.filter(pl.col("fate") == "accepted")
    return Claims(_by_document(accepted.to_dicts()), texts, _by_document(quantities.to_dicts()))


def stem(document: str) -> str:
    """The name that gold files use for a document: the file's, without folder and suffix."""
    return _SUFFIX.sub("", document.rpartition("/")[2])


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[stem(row["document"])].append(_complete(row))
    return dict(grouped)


def _complete(row: Row) -> Row:
    """The row with every field that is scored: days as dates, `other` where it claims no indicator."""
    days = {name: _day(row.get(name)) for name in _TIMES}
    return {**dict.fromkeys(_FIELDS), **row, **days, "indicator": row.get("indicator") or "other"}


def _day(written: date | str | None) -> date | None:
    return date.fromisoformat(str(written)[:10]) if written else None


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def documents_of(facts: Sequence[Fact]) -> list[str]:
    """The documents that the gold names; others are not scored."""
    return sorted({fact["doc"] for fact in facts})
