from __future__ import annotations

import dagster as dg
import pandera.polars as pa
import polars as pl

from assets.quality.schema import Verdict
from orchestration.checks import FAILING_ROWS, contract_result, verdict_result
from tests.factory import frame


class Town(pa.DataFrameModel):
    """One town."""

    name: str = pa.Field(unique=True, description="Name")
    people: int = pa.Field(ge=0, description="People")


def rows_of(result: dg.AssetCheckResult, name: str) -> list[dict[str, object]]:
    table = result.metadata[name]
    assert isinstance(table, dg.TableMetadataValue)
    return [dict(record.data) for record in table.records]


def test_a_contract_that_holds_passes() -> None:
    result = contract_result(pl.DataFrame({"name": ["Phủ Lý", "Hưng Yên"], "people": [1, 2]}), Town)
    assert result.passed
    assert result.metadata["rows"].value == 2


def test_a_broken_contract_tells_the_rules_and_the_rows() -> None:
    result = contract_result(pl.DataFrame({"name": ["Phủ Lý", "Vinh", "Vinh"], "people": [1, -5, 7]}), Town)
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.ERROR
    assert result.description == "3 values break the contract Town."
    assert {(row["column"], row["values"]) for row in rows_of(result, "broken_rules")} == {("name", 2), ("people", 1)}
    assert rows_of(result, "failing_rows") == [{"name": "Vinh", "people": -5}, {"name": "Vinh", "people": 7}]


def test_a_missing_column_and_a_wrong_type_break_a_contract() -> None:
    assert not contract_result(pl.DataFrame({"name": ["Vinh"]}), Town).passed
    assert not contract_result(pl.DataFrame({"name": ["Vinh"], "people": ["many"]}), Town).passed


def test_many_failing_rows_are_told_by_the_first() -> None:
    many = contract_result(pl.DataFrame({"name": [str(number) for number in range(500)], "people": [-1] * 500}), Town)
    assert many.description == "500 values break the contract Town."
    assert [row["name"] for row in rows_of(many, "failing_rows")] == [str(number) for number in range(FAILING_ROWS)]


def verdict(*rows: tuple[str, bool, int, str]) -> pl.DataFrame:
    told = [
        {"batch": "b1", "rule": rule, "description": "…", "severity": "blocking", "passed": passed, "failing_rows": n, "message": message}
        for rule, passed, n, message in rows
    ]
    return frame(Verdict, told)


def test_a_verdict_that_holds_passes_and_lists_its_rules() -> None:
    result = verdict_result(verdict(("units", True, 0, ""), ("offsets", True, 0, "")), dg.AssetCheckSeverity.ERROR)
    assert result.passed
    assert result.description is None
    assert [row["rule"] for row in rows_of(result, "verdict")] == ["units", "offsets"]


def test_a_failed_verdict_tells_the_rule_its_message_and_how_many_rows() -> None:
    result = verdict_result(verdict(("units", True, 0, ""), ("offsets", False, 4, "4 rows: look there")), dg.AssetCheckSeverity.WARN)
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.WARN
    assert result.description == "1 of 2 rules fails, with the number of rows: offsets (4)."
    assert result.metadata["failed_rules"].value == 1
    assert result.metadata["failing_rows"].value == 4


def test_failed_rules_are_a_markdown_table_with_the_most_rows_first() -> None:
    failed = (
        ("units", False, 1, "1 failing row, first: «a | ![b](c.vn)»."),
        ("days", True, 0, ""),
        ("offsets", False, 4000, "Look\nthere."),
    )
    result = verdict_result(verdict(*failed), dg.AssetCheckSeverity.WARN)
    assert result.description == "2 of 3 rules fail, with the number of rows: offsets (4,000), units (1)."
    assert [row["rule"] for row in rows_of(result, "verdict")] == ["units", "offsets", "days"]
    table = result.metadata["failed"]
    assert isinstance(table, dg.MarkdownMetadataValue)
    assert table.value.splitlines()[2:] == [
        "| `offsets` | 4,000 | Look there. |",
        "| `units` | 1 | 1 failing row, first: «a \\| !\\[b\\](c.vn)». |",
    ]


def test_a_batch_without_rules_of_a_severity_passes() -> None:
    assert verdict_result(verdict(), dg.AssetCheckSeverity.WARN).passed
