"""Valid rows of every room, for tests to change: a document, its lines, what is found in it and what it states.

A statement is made from a text and the words of its evidence; offsets, sentence and keys follow from where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl

from assets.documents.schema import Block, Document, UnreadRecord
from assets.mentions.schema import Mention
from assets.observations.schema import Observation

Row = dict[str, Any]

YEAR_2023: Row = {"period": "2023", "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
YEAR_2022: Row = {"period": "2022", "period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
BASE_2022: Row = {"base": "2022", "base_start": date(2022, 1, 1), "base_end": date(2022, 12, 31)}
_PLACE: Row = {"place": "Hà Nam", "place_code": "35", "place_level": "province"}


class Batch(NamedTuple):
    """The tables of one batch up to the statements; `document`, `unread_record`, `mention`, `observation` are judged."""

    document: pl.DataFrame
    block: pl.DataFrame
    unread_record: pl.DataFrame
    mention: pl.DataFrame
    observation: pl.DataFrame

    @property
    def judged(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """The arguments of `assets.quality.judge`."""
        return self.document, self.unread_record, self.mention, self.observation


def frame(contract: type[pa.DataFrameModel], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with the columns and types of a contract; what a row does not tell is null."""
    types = {name: column.dtype.type for name, column in contract.to_schema().columns.items()}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types, orient="row")


def document(text: str, name: str = "bai-1", **more: object) -> Row:
    """A document of the batch `b1`, published on the 2nd of May 2024."""
    return {
        "document_key": f"doc-{name}",
        "batch": "b1",
        "document": name,
        "source_file": f"{name}.txt",
        "title": text.splitlines()[0] if text else None,
        "published_on": date(2024, 5, 2),
        "published_on_from": "metadata",
        "encoding": "utf-8",
        "content_hash": f"hash-{name}",
        "text": text,
        **more,
    }


def blocks(of: Row) -> list[Row]:
    """The lines of a document's text, all of them body."""
    rows, start = [], 0
    for number, line in enumerate(of["text"].split("\n")):
        row = {
            "document_key": of["document_key"],
            "block": number,
            "start": start,
            "end": start + len(line),
            "role": "body",
            "is_body": True,
        }
        rows.append(row)
        start += len(line) + 1
    return [row for row in rows if row["end"] > row["start"]]


def observation(of: Row, evidence: str, value: float, /, *, nth: int = 0, reading: int = 0, **more: object) -> Row:
    """A statement of a document: the output of industry of Hà Nam in 2023, in VND, unless told otherwise.

    Args:
        of: the document, as `document` makes it; a line of its text is a sentence.
        evidence: the number with its unit, as it stands in the text.
        value: the number in canonical units.
        nth: which occurrence of `evidence`, from 0.
        reading: which reading of the same numeral, from 0.
        more: columns to change.
    """
    text, start = of["text"], -1
    for _ in range(nth + 1):
        start = text.index(evidence, start + 1)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start) if "\n" in text[start:] else len(text)
    numeral, _, unit = evidence.partition(" ")
    return {
        "observation_key": f"{of['document_key']}:{start}:{reading}",
        "document_key": of["document_key"],
        "batch": of["batch"],
        "evidence": evidence,
        "evidence_start": start,
        "evidence_end": start + len(evidence),
        "sentence_start": line_start,
        "sentence_end": line_end,
        "sentence": text[line_start:line_end],
        "indicator": "industrial_output_value",
        "measure": "level",
        "value": float(value),
        "unit": "VND",
        "value_as_written": numeral.rstrip("%"),
        "unit_as_written": unit or None,
        "bound": "exact",
        "status": "actual",
        "rule_measure": "planted",
        "ambiguous_numeral": False,
        **_PLACE,
        **YEAR_2023,
        **more,
    }


def mention(of: Row) -> Row:
    """The quantity that a statement was read from."""
    numeral_end = of["evidence_start"] + len(of["value_as_written"])
    place = {"document_key": of["document_key"], "block": 0, "sentence": 0}
    return place | {"start": of["evidence_start"], "end": numeral_end, "kind": "quantity", "code": of["unit"]}


def batch(documents: Sequence[Row], observations: Sequence[Row], unread: Sequence[Row] = ()) -> Batch:
    """The tables of a batch: one quantity for every numeral that a statement was read from."""
    quantities = {(row["document_key"], row["evidence_start"]): mention(row) for row in observations}
    return Batch(
        frame(Document, documents),
        frame(Block, [line for row in documents for line in blocks(row)]),
        frame(UnreadRecord, unread),
        frame(Mention, quantities.values()),
        frame(Observation, observations),
    )


def unread(source_file: str = "anh.bin", **more: object) -> Row:
    """A record of the batch `b1` that could not be read."""
    return {"batch": "b1", "source_file": source_file, "reason": "binary", "detail": "The file holds no text: leave it out.", **more}
