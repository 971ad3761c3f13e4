"""The example of the README is what is read of its text."""

from __future__ import annotations

from pathlib import Path

from orchestration.reading import read_text

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
COLUMNS = ["evidence", "indicator", "measure", "value", "unit", "period", "place", "status"]


def test_the_example_of_the_readme_is_what_is_read() -> None:
    text = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    head = f"| {' | '.join(COLUMNS)} |\n"
    _, *rows = README.partition(head)[2].partition("\n\n")[0].splitlines()
    shown = [dict(zip(COLUMNS, row.strip("| ").split(" | "), strict=True)) for row in rows]
    told = read_text(text.encode()).accepted.select(COLUMNS).to_dicts()
    assert told == [{**row, "value": float(row["value"])} for row in shown]
