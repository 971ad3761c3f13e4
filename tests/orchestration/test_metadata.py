from __future__ import annotations

from datetime import date
from pathlib import Path

import pandera.polars as pa
import polars as pl

from assets.wiring import bars, picture, sample
from orchestration.metadata import column_schema, frame_metadata


class Town(pa.DataFrameModel):
    """One town."""

    name: str = pa.Field(unique=True, description="Name of the town")
    since: pl.Date = pa.Field(nullable=True, description="First day")


def test_columns_carry_type_description_and_constraints() -> None:
    name, since = column_schema(Town).columns
    assert (name.name, name.type, name.description) == ("name", "String", "Name of the town")
    assert (name.constraints.nullable, name.constraints.unique) == (False, True)
    assert (since.name, since.type, since.constraints.nullable) == ("since", "Date", True)


def test_a_sample_keeps_the_order_of_columns_and_cuts_long_cells() -> None:
    frame = pl.DataFrame({"text": ["Đ" * 1000, None], "day": [date(2024, 1, 5), None], "n": [1, 2], "parts": [["a"], []]})
    table = sample(frame)
    assert [column.name for column in table.schema.columns] == ["text", "day", "n", "parts"]
    first, second = (record.data for record in table.records)
    assert str(first["text"]).startswith("ĐĐĐ")
    assert str(first["text"]).endswith("Đ…")
    assert (first["day"], first["n"], second["text"], second["day"]) == ("2024-01-05", 1, None, None)


def test_a_sample_shows_the_first_rows_only() -> None:
    assert [record.data["n"] for record in sample(pl.DataFrame({"n": range(100)}), 3).records] == [0, 1, 2]


def test_a_picture_counts_the_most_frequent_values_and_the_others_together() -> None:
    values = [value for value in range(20) for _ in range(20 - value)] + [None]
    lines = picture(pl.DataFrame({"rule": values}), "rule").value.splitlines()
    assert lines[0] == "| rule | rows | |"
    assert lines[2].startswith("| `0` | 20 | ████")
    assert lines[-1] == "| (others) | 37 | |"


def test_many_others_do_not_dwarf_the_values_with_names() -> None:
    values = ["a"] * 24 + ["b"] * 12 + [str(number) for number in range(1000)]
    first, second = picture(pl.DataFrame({"rule": values}), "rule").value.splitlines()[2:4]
    assert (first.count("█"), second.count("█")) == (24, 12)


def test_bars_are_as_long_as_numbers_are_big_and_never_vanish() -> None:
    big, small, none = bars("x", {"big": 10_000, "small": 1, "none": 0}).splitlines()[2:]
    assert big.count("█") > small.count("█") == 1
    assert "10,000" in big
    assert "█" not in none


def test_an_empty_table_has_a_row_count_and_no_picture() -> None:
    assert set(frame_metadata(pl.DataFrame({"a": []}), "a", Path("/x"))) == {"dagster/row_count", "path"}
