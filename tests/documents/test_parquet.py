from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import pytest

from assets.documents import read_batch
from assets.documents.intake import take_in
from tests.documents.pages import PARAGRAPHS


def write(folder: Path, **columns: object) -> Path:
    path = folder / "tin.parquet"
    pl.DataFrame(columns).write_parquet(path)
    return path


def test_columns_are_those_of_json_lines(tmp_path: Path) -> None:
    day = datetime.date(2024, 3, 7)
    path = write(
        tmp_path, id=[7], text=[PARAGRAPHS[0]], title=["Gốm"], date=[day], url=["https://a.vn/7"], source=["Báo"], views=[12], tag=[["x"]]
    )
    row = read_batch(path, "b").document.row(0, named=True)
    told = {name: row[name] for name in ("document", "record_id", "title", "published_on", "published_on_from", "url", "source", "extra")}
    assert told == {
        "document": "7",
        "record_id": "7",
        "title": "Gốm",
        "published_on": day,
        "published_on_from": "metadata",
        "url": "https://a.vn/7",
        "source": "Báo",
        "extra": '{"tag": ["x"], "views": 12}',
    }


def test_rows_without_text_cost_one_row_each(tmp_path: Path) -> None:
    intake = take_in(write(tmp_path, text=[PARAGRAPHS[0], None, "", PARAGRAPHS[0], PARAGRAPHS[1]]))
    assert intake.read["document"].to_list() == ["tin.parquet:1", "tin.parquet:5"]
    assert intake.unread.select("record", "reason").rows() == [("row 2", "no text"), ("row 3", "empty"), ("row 4", "same content as")]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [({"body": ["a"]}, "no text"), ({"text": [1]}, "no text"), ({"text": pl.Series([], dtype=pl.String)}, "empty")],
    ids=["no text column", "numbers", "no row"],
)
def test_another_schema_is_told(tmp_path: Path, columns: dict[str, object], reason: str) -> None:
    assert take_in(write(tmp_path, **columns)).unread.select("record", "reason").rows() == [(None, reason)]


def test_broken_files_are_told(tmp_path: Path) -> None:
    whole = write(tmp_path, text=PARAGRAPHS).read_bytes()
    for name, data in {"cut": whole[:-20], "noise": b"PAR1" * 30, "nothing": b"", "hurt": whole[:30] + b"\xff" * 40 + whole[70:]}.items():
        (tmp_path / f"{name}.parquet").write_bytes(data)
    reasons = dict(take_in(tmp_path).unread.select("source_file", "reason").rows())
    assert {name: reasons.get(f"{name}.parquet") for name in ("cut", "noise", "nothing")} == dict.fromkeys(
        ("cut", "noise", "nothing"), "broken file"
    )
    assert reasons["hurt.parquet"] in {"broken file", "broken archive"}
