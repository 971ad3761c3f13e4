"""The published file for other programs: SDMX-CSV, a Frictionless data package, Parquet."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from assets.star import build
from orchestration.cli import app
from orchestration.export import CONCEPTS, Format, export
from orchestration.query import QueryError
from tests.orchestration.data_package import faults, planted
from tests.star.planted import BASE_2022, HA_NAM, OUTPUT, YEAR_2023, Article, claim, country, rooms, verdicts
from warehouse.blueprint import relations
from warehouse.publish import publish

FORMATS: list[Format] = ["sdmx-csv", "datapackage", "parquet"]
KEY = [name for name, role in pl.read_csv(CONCEPTS).select("concept", "role").iter_rows() if role == "dimension"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The planted country, published; not to be changed."""
    target = tmp_path_factory.mktemp("published") / "chitieu.duckdb"
    publish(build(*country()), verdicts("b1", "b2"), target)
    return target


def sdmx(published: Path, out: Path) -> pl.DataFrame:
    return pl.read_csv(export(published, "sdmx-csv", out)[0], infer_schema=False)


def test_a_row_of_sdmx_has_the_concepts_that_are_described(published: Path, tmp_path: Path) -> None:
    rows = sdmx(published, tmp_path)
    assert rows.columns == pl.read_csv(tmp_path / CONCEPTS.name)["concept"].to_list()
    assert rows.height > 5
    assert set(rows["STRUCTURE"]) == {"dataflow"}
    assert all(re.fullmatch(r"[A-Z]+:[A-Z_]+\([0-9.]+\)", name) for name in rows["STRUCTURE_ID"])
    assert rows.select(KEY).null_count().row(0) == (0,) * len(KEY)
    assert rows.select(KEY).is_duplicated().any() is False


def test_plan_estimate_and_result_are_told_apart(published: Path, tmp_path: Path) -> None:
    rows = sdmx(published, tmp_path).filter(
        (pl.col("REF_AREA_NAME") == "Hà Nam") & (pl.col("TIME_PERIOD") == "2023") & (pl.col("INDICATOR") == "industrial_output_value")
    )
    told = rows.select("MEASURE", "VALUE_TYPE", "STAGE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "OBS_VALUE", "CONFLICT").sort(
        "MEASURE", "VALUE_TYPE", "STAGE"
    )
    assert told.rows() == [
        ("attainment", "COMPLETION_RATE", "A", "A", "%", "0", "102.7", "false"),
        ("growth", "ACTUAL", "E", "E", "%", "0", "12.15", "false"),
        ("level", "ACTUAL", "A", "A", "VND", "9", "31500.0", "true"),
        ("level", "ACTUAL", "E", "E", "VND", "9", "30640.0", "false"),
        ("level", "TARGET", "T", "A", "VND", "9", "30000.0", "false"),
    ]
    assert set(rows["REF_AREA"]) == {"35@1997-01-01"}


TIMES = [
    (date(2023, 1, 1), date(2023, 12, 31), "A", "2023"),
    (date(2023, 7, 1), date(2023, 12, 31), "S", "2023-S2"),
    (date(2023, 1, 1), date(2023, 3, 31), "Q", "2023-Q1"),
    (date(2024, 2, 1), date(2024, 2, 29), "M", "2024-02"),
    (date(2021, 1, 1), date(2023, 12, 31), "A3", "2021-01-01/P3Y"),
    (date(2020, 7, 1), date(2025, 6, 30), "I", "2020-07-01/P5Y"),
    (date(2025, 1, 1), date(2025, 9, 30), "I", "2025-01-01/P9M"),
    (date(2011, 1, 1), date(2014, 10, 31), "I", "2011-01-01/P46M"),
    (date(2014, 12, 31), date(2014, 12, 31), "I", "2014-12-31"),
    (date(2024, 1, 1), date(2024, 6, 13), "I", "2024-01-01/P165D"),
]
STATEMENTS: list[tuple[dict[str, object], dict[str, str | None]]] = [
    ({"price_basis": "2010"}, {"PRICES": "Q", "BASE_PER": "2010", "COMPARISON_PER": "_Z"}),
    ({"price_basis": "current"}, {"PRICES": "V", "BASE_PER": "_Z"}),
    ({"unit": "percent", "measure": "growth", **BASE_2022}, {"PRICES": "_U", "COMPARISON_PER": "2022", "UNIT_MEASURE": "%"}),
    ({"unit": "USD"}, {"UNIT_MULT": "6", "OBS_VALUE": "10000.0", "UNIT_MEASURE": "USD"}),
    ({"indicator": "industrial_park_area", "unit": "km2"}, {"UNIT_MEASURE": "har", "OBS_VALUE": "1000000000000.0"}),
    ({"status": "forecast"}, {"OBS_STATUS": "F", "VALUE_TYPE": "ACTUAL", "STAGE": "F"}),
    ({"status": None}, {"OBS_STATUS": "A", "STAGE": "_U"}),
    ({"industry": "Xi măng", "entity": "Công ty A"}, {"ACTIVITY": "xi măng", "ENTITY": "công ty a"}),
    ({"indicator": "iip", "measure": "index", "unit": "percent"}, {"INDICATOR_NATIONAL": "0901", "INDICATOR_PROVINCIAL": "T0901"}),
    ({}, {"INDICATOR_NATIONAL": None, "ACTIVITY": "_T", "ENTITY": "_Z", "REF_AREA_NAME": "Hà Nam"}),
    ({"place": "Việt Nam", "place_code": None, "place_level": "country"}, {"REF_AREA": "VN"}),
    ({"place": "Hà Tây", "place_code": "28", "place_level": "province"}, {"REF_AREA": "28@1991-08-12"}),
    ({"place": "Ninh Bình", "place_code": "37", "place_level": "province"}, {"REF_AREA": "37@2025-07-01"}),
    ({"place": None, "place_code": None, "place_level": None, "entity": "Công ty B"}, {"REF_AREA": "_U"}),
]


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Name of the article → row of SDMX-CSV, of one article for each of `TIMES` (`t0` …) and `STATEMENTS` (`s0` …)."""
    said: dict[str, dict[str, object]] = {
        f"t{i}": {"indicator": "budget_revenue", "period": f"label {i}", "period_start": start, "period_end": end}
        for i, (start, end, _, _) in enumerate(TIMES)
    }
    said |= {f"s{i}": {**YEAR_2023, **statement} for i, (statement, _) in enumerate(STATEMENTS)}
    articles = {name: Article(name, date(2026, 6, 1), [f"Tin {name}: đạt 10 tỷ đồng."]) for name in said}
    claims = [claim(articles[name], "10 tỷ đồng", 1e10, **{**OUTPUT, **HA_NAM, **more}) for name, more in said.items()]
    folder = tmp_path_factory.mktemp("stated")
    publish(build(*rooms(list(articles.values()), claims)), verdicts("b1"), folder / "x.duckdb")
    with duckdb.connect(str(folder / "x.duckdb"), read_only=True) as connection:
        keys = {
            key: document
            for document, key in connection.execute(
                """
                SELECT d.document, v.value_key
                FROM (SELECT value_key, unnest(observation_keys) AS observation_key FROM indicator_value) AS v
                JOIN fact_observation AS f USING (observation_key)
                JOIN dim_document AS d USING (document_key)
                """
            ).fetchall()
        }
    return {keys[row["OBS_KEY"]]: row for row in sdmx(folder / "x.duckdb", folder / "out").iter_rows(named=True)}


@pytest.mark.parametrize(("number", "frequency", "time"), [(i, *told) for i, (_, _, *told) in enumerate(TIMES)])
def test_a_time_is_one_of_sdmx(number: int, frequency: str, time: str, stated: dict[str, dict[str, Any]]) -> None:
    row = stated[f"t{number}"]
    assert (row["FREQ"], row["TIME_PERIOD"]) == (frequency, time)


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
def test_a_statement_in_the_words_of_sdmx(number: int, stated: dict[str, dict[str, Any]]) -> None:
    told = STATEMENTS[number][1]
    assert {name: stated[f"s{number}"][name] for name in told} == told


@pytest.fixture(scope="module")
def package(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptor of the data package of the planted country; not to be changed."""
    return export(published, "datapackage", tmp_path_factory.mktemp("package"))[-1]


def test_the_data_package_keeps_what_its_descriptor_promises(package: Path) -> None:
    descriptor = json.loads(package.read_text(encoding="utf-8"))
    assert {resource["name"] for resource in descriptor["resources"]} == {relation.name for relation in relations()}
    assert faults(package) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("fact_observation", "place_key", "nowhere", "foreign key"),
        ("dim_place", "territory_key", "nowhere", "foreign key"),
        ("fact_observation", "measure", "guess", "enum"),
        ("fact_observation", "value", "viel", "type"),
        ("fact_observation", "evidence_start", "1.5", "type"),
        ("fact_observation", "ambiguous_numeral", "maybe", "type"),
        ("fact_observation", "evidence", "", "required"),
        ("dim_place", "valid_to", "30.6.2025", "type"),
        ("run_log", "published_at", "gestern", "type"),
        ("indicator_value", "observation_keys", "a, b", "type"),
    ],
)
def test_a_cell_that_its_schema_forbids_is_seen(table: str, column: str, value: str, fault: str, package: Path, tmp_path: Path) -> None:
    first = pl.when(pl.int_range(pl.len()) == 0)
    changed = planted(package, tmp_path, table, lambda rows: rows.with_columns(first.then(pl.lit(value)).otherwise(column).alias(column)))
    assert faults(changed) == [(fault, f"{table}.{column}")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda rows: pl.concat([rows, rows.head(1)]), "primary key"),
        (lambda rows: rows.select(reversed(rows.columns)), "header"),
        (lambda rows: rows.rename({"evidence": "words"}), "header"),
    ],
)
def test_a_table_that_is_not_as_described_is_seen(
    change: Callable[[pl.DataFrame], pl.DataFrame], fault: str, package: Path, tmp_path: Path
) -> None:
    assert faults(planted(package, tmp_path, "fact_observation", change)) == [(fault, "fact_observation")]


def test_a_file_that_is_gone_or_changed_is_seen(package: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(package.parent, tmp_path, dirs_exist_ok=True))
    (copy / "coverage.csv").unlink()
    with (copy / "run_log.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert {("missing file", "coverage"), ("bytes", "run_log"), ("hash", "run_log")} <= set(faults(copy / package.name))


def test_the_data_package_says_what_the_comments_say(package: Path) -> None:
    described = {
        resource["name"]: (resource["description"], [(field["name"], field["description"]) for field in resource["schema"]["fields"]])
        for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]
    }
    expected = {
        relation.name: (relation.description, [(column.name, column.description) for column in relation.columns])
        for relation in relations()
    }
    assert described == expected


def test_parquet_has_every_row_of_every_table_and_view(published: Path, tmp_path: Path) -> None:
    files = export(published, "parquet", tmp_path)
    assert {file.stem for file in files} == {relation.name for relation in relations()}
    with duckdb.connect(str(published), read_only=True) as connection:
        for file in files:
            kept = connection.sql(f"FROM {file.stem}").pl()
            stored = pl.read_parquet(file)
            assert (stored.columns, stored.height) == (kept.columns, kept.height), file.stem
        facts = connection.sql("SELECT observation_key, value FROM fact_observation ORDER BY 1").pl()
    assert pl.read_parquet(tmp_path / "fact_observation.parquet").select(facts.columns).sort("observation_key").equals(facts)


@pytest.mark.parametrize("form", FORMATS)
def test_the_published_file_stays_as_it_is_and_nothing_is_left_half_written(form: Format, published: Path, tmp_path: Path) -> None:
    before = published.read_bytes()
    with duckdb.connect(str(published), read_only=True):
        files = export(published, form, tmp_path / "new" / "folder")
        again = export(published, form, tmp_path / "new" / "folder")
    assert files == again
    assert published.read_bytes() == before
    assert sorted((tmp_path / "new" / "folder").iterdir()) == sorted(files)
    assert not list(published.parent.glob("*.wal"))


def test_a_file_that_is_no_warehouse_is_told_and_not_exported(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_bytes(b"no database")
    with pytest.raises(QueryError, match=r"not a valid DuckDB|x\.duckdb"):
        export(tmp_path / "x.duckdb", "parquet", tmp_path / "out")


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_the_files_and_names_them(form: str, published: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "--format", form, "--out", str(tmp_path), "--data", str(published.parent)])
    assert result.exit_code == 0, result.output
    assert all(file.name in result.stdout for file in tmp_path.iterdir())


def test_the_command_says_that_nothing_was_published(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "--format", "parquet", "--out", str(tmp_path / "out"), "--data", str(tmp_path)])
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no published file" in result.stderr
