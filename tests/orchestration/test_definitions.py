from __future__ import annotations

import re
import tomllib
from functools import cache

import dagster as dg
import pytest

from assets.marts import catalogue
from assets.marts.wiring import PICTURES
from orchestration.definitions import CONTRACTS, chitieu
from tests.orchestration.conftest import ROOT
from warehouse.audit import SEVERITIES
from warehouse.blueprint import scripts

READING = [
    "documents/block",
    "documents/document",
    "documents/unread_record",
    "mentions/mention",
    "observations/observation",
    "quality/accepted",
    "quality/not_assigned",
    "quality/rejected",
    "quality/verdict",
    "quality/warning",
    "quality/witness",
]
PUBLISHING = [
    "marts/conflict",
    "marts/coverage",
    "marts/derived_value",
    "marts/drift",
    "marts/indicator_value",
    "marts/observation",
    "marts/panel",
    "marts/place_today",
    "marts/target_vs_actual",
    "star/dim_document",
    "star/dim_entity",
    "star/dim_indicator",
    "star/dim_industry",
    "star/dim_period",
    "star/dim_place",
    "star/dim_unit",
    "star/fact_observation",
    "star/handed_over",
    "star/not_assigned",
    "star/quality_report",
    "star/rejected_observation",
    "star/run_log",
    "star/unread_record",
    "star/warning",
    "star/witness",
]


@cache
def definitions() -> dg.Definitions:
    return chitieu()


@cache
def specs() -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in definitions().resolve_all_asset_specs()}


@cache
def checks() -> dict[dg.AssetCheckKey, dg.AssetCheckSpec]:
    graph = definitions().resolve_asset_graph()
    return {key: graph.get_check_spec(key) for key in graph.asset_check_keys}


def columns(spec: dg.AssetSpec) -> list[dg.TableColumn]:
    schema = spec.metadata["dagster/column_schema"]
    assert isinstance(schema, dg.TableSchema)
    return list(schema.columns)


def test_definitions_can_be_loaded() -> None:
    dg.Definitions.validate_loadable(definitions())


def test_the_assets_are_the_tables_of_the_rooms_and_of_the_published_file() -> None:
    assert sorted(specs()) == sorted(READING + PUBLISHING)


@pytest.mark.parametrize("key", READING + PUBLISHING)
def test_every_asset_says_what_it_is(key: str) -> None:
    spec = specs()[key]
    assert spec.description
    assert spec.owners == ["team:chitieu"]
    assert spec.group_name == key.split("/")[0]
    assert spec.kinds == ({"polars", "parquet"} if key in READING else {"duckdb"})
    assert spec.code_version
    assert all(column.description and column.type for column in columns(spec))


def test_assets_have_the_columns_of_their_contracts_and_of_the_published_file() -> None:
    names = {key: [column.name for column in columns(spec)] for key, spec in specs().items()}
    expected = {"/".join(path): list(contract.to_schema().columns) for path, contract in CONTRACTS.items()}
    expected |= {"/".join(entry.path): [column.name for column in entry.columns] for entry in catalogue()}
    assert names == expected


def test_only_the_rooms_of_reading_go_by_batch() -> None:
    by_batch = [key for key, spec in specs().items() if spec.partitions_def is not None]
    assert sorted(by_batch) == READING
    assert {specs()[key].partitions_def for key in by_batch} == {dg.DynamicPartitionsDefinition(name="batch")}


def test_lineage_runs_from_documents_to_views() -> None:
    graph = definitions().resolve_asset_graph()

    def parents(key: str) -> set[str]:
        return {parent.to_user_string() for parent in graph.get(dg.AssetKey(key.split("/"))).parent_keys}

    assert parents("mentions/mention") == {"documents/document", "documents/block"}
    assert "observations/observation" in parents("quality/accepted")
    assert {"quality/accepted", "star/dim_place", "star/dim_document"} <= parents("star/fact_observation")
    assert "star/fact_observation" in parents("marts/observation")
    assert "marts/indicator_value" in parents("marts/panel")


def test_every_check_says_what_it_demands() -> None:
    assert all(spec.description for spec in checks().values())


def test_every_table_of_reading_has_a_check_of_its_contract() -> None:
    contracts = {key.asset_key.to_user_string(): spec for key, spec in checks().items() if key.name == "contract"}
    assert sorted(contracts) == READING
    assert all(spec.blocking and spec.partitions_def is not None for spec in contracts.values())


def test_the_verdict_has_a_check_for_faults_and_one_for_suspicions() -> None:
    verdict = {key.name for key in checks() if key.asset_key == dg.AssetKey(["quality", "verdict"])}
    assert verdict == {"contract", "no_fault_of_ours", "no_suspicion"}


def test_every_question_to_the_file_is_a_check_on_a_published_table_and_the_audit_blocks() -> None:
    audited = {key.name: spec for key, spec in checks().items() if key.asset_key.path[0] in ("star", "marts")}
    assert set(audited) == {path.stem for folder in SEVERITIES for path in scripts(folder)}
    assert {name for name, spec in audited.items() if spec.blocking} == {path.stem for path in scripts("integrity")}
    assert audited["fact_in_text"].asset_key == dg.AssetKey(["star", "fact_observation"])
    assert audited["acceptance_rate"].asset_key == dg.AssetKey(["marts", "drift"])
    assert audited["freshness"].asset_key == dg.AssetKey(["star", "run_log"])
    assert audited["marts_keep_mentions"].asset_key == dg.AssetKey(["marts", "observation"])


def test_the_jobs_read_a_batch_and_publish() -> None:
    def assets_of(job: str) -> list[str]:
        return sorted(key.to_user_string() for key in definitions().resolve_job_def(job).asset_layer.executable_asset_keys)

    assert assets_of("read_batch") == READING
    assert assets_of("publish") == PUBLISHING


def test_every_run_is_one_process_whoever_starts_it() -> None:
    jobs = ("read_batch", "publish", "__ASSET_JOB")
    assert {definitions().resolve_job_def(job).executor_def.name for job in jobs} == {"in_process"}


def test_the_schedule_publishes_every_morning_in_ha_noi_once_it_is_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = definitions().resolve_schedule_def("publish_daily")
    assert (schedule.job_name, schedule.cron_schedule, schedule.execution_timezone) == ("publish", "0 5 * * *", "Asia/Ho_Chi_Minh")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    monkeypatch.setenv("CHITIEU_PUBLISH_CRON", "*/10 * * * *")
    assert chitieu().resolve_schedule_def("publish_daily").cron_schedule == "*/10 * * * *"


def test_sensors_and_schedule_are_off_until_someone_switches_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def on(location: dg.Definitions) -> set[str]:
        sensors = [location.resolve_sensor_def(name) for name in ("new_batches", "changed_batches", "failed_runs")]
        schedule = location.resolve_schedule_def("publish_daily")
        running = {sensor.name for sensor in sensors if sensor.default_status == dg.DefaultSensorStatus.RUNNING}
        return running | ({schedule.name} if schedule.default_status == dg.DefaultScheduleStatus.RUNNING else set())

    assert on(definitions()) == set()
    monkeypatch.setenv("CHITIEU_AUTOMATIC", "yes")
    assert on(chitieu()) == {"new_batches", "changed_batches", "publish_daily"}
    monkeypatch.setenv("CHITIEU_AUTOMATIC", "no")
    monkeypatch.setenv("CHITIEU_ALERT_URL", "http://127.0.0.1:1/")
    assert on(chitieu()) == {"failed_runs"}


def test_nothing_is_kept_by_pickling() -> None:
    for name in ("read_batch", "publish", "__ASSET_JOB"):
        managers = {key: resource for key, resource in definitions().resolve_job_def(name).resource_defs.items() if "io_manager" in key}
        assert {key: resource.description for key, resource in managers.items()} == {
            "io_manager": "Keeps each table of a batch as one Parquet file."
        }


def test_the_rooms_know_no_network() -> None:
    """So no address that a document names can be fetched."""
    network = re.compile(r"^\s*(?:import|from) (?:urllib\.request|http|socket|ssl|ftplib|requests|aiohttp|fsspec|upath)\b", re.MULTILINE)
    sources = [path for room in ("assets", "warehouse") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 50
    assert [path for path in sources if network.search(path.read_text(encoding="utf-8"))] == []


def test_only_one_run_publishes_at_a_time_in_the_queue() -> None:
    nodes = {node.name: node.definition for node in definitions().resolve_job_def("publish").nodes}
    assert {name: node.pools for name, node in nodes.items()} == {"warehouse": {"publish"}}
    assert all(not node.definition.pools for node in definitions().resolve_job_def("read_batch").nodes)


def test_both_ways_to_load_the_location_name_the_same() -> None:
    workspace = (ROOT / "workspace.yaml").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["dg"]["project"]
    assert f"module_name: {project['code_location_target_module']}\n" in workspace
    assert f"location_name: {project['code_location_name']}\n" in workspace


def test_pictures_count_by_columns_that_are_there() -> None:
    published = {entry.path[1]: {column.name for column in entry.columns} for entry in catalogue()}
    assert all(column in published[name] for name, column in PICTURES.items())
    read = {key: spec.metadata["picture_by"] for key, spec in specs().items() if "picture_by" in spec.metadata}
    assert len(read) == len(READING)
    assert all(column in {each.name for each in columns(specs()[key])} for key, column in read.items())
