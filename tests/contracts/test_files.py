"""What holds for every table of `seeds/`, whatever it is about."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

import polars as pl
import pytest

from assets.reference import SEEDS, table

TABLES = sorted(path.stem for path in SEEDS.glob("*.csv"))


def text_of(name: str) -> str:
    return (SEEDS / f"{name}.csv").read_bytes().decode()


@pytest.mark.parametrize("name", TABLES)
def test_is_plain_text(name: str) -> None:
    """UTF-8 in NFC, the Vietnamese Đ, no invisible character, LF line ends: what the texts become before they are searched."""
    text = text_of(name)
    assert text == unicodedata.normalize("NFC", text)
    assert re.findall(r"[Ðð\r\t\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff]", text) == []
    assert text.endswith("\n")


@pytest.mark.parametrize("name", TABLES)
def test_is_a_table_with_a_header(name: str) -> None:
    rows = list(csv.reader(io.StringIO("".join(line for line in text_of(name).splitlines(keepends=True) if not line.startswith("#")))))
    header, *body = rows
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in header)
    assert len(set(header)) == len(header)
    assert body
    assert [row for row in body if len(row) != len(header)] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_a_stray_space(name: str) -> None:
    stray = {
        column: table(name).filter(pl.col(column).str.contains(r"^\s|\s$|\s\s"))[column].to_list()
        for column in table(name).columns
        if column != "pattern"  # a space is a sign of the pattern
    }
    assert {column: cells for column, cells in stray.items() if cells} == {}


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    rows = table(name)
    assert rows.filter(rows.is_duplicated()).rows() == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_and_no_column_is_empty(name: str) -> None:
    rows = table(name)
    assert rows.filter(pl.all_horizontal(pl.all().is_null())).is_empty()
    assert [column for column in rows.columns if rows[column].null_count() == rows.height] == []


def test_only_the_seeds_of_the_project_are_read() -> None:
    assert Path(__file__).resolve().parents[2] / "seeds" == SEEDS
