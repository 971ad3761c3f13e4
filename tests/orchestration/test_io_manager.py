from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.wiring import BATCHES
from orchestration.fingerprint import input_stamp
from orchestration.inbox import Inbox
from orchestration.io_manager import ParquetIOManager
from orchestration.provenance import Provenance
from orchestration.resources import resources
from orchestration.run_store import RunStore
from orchestration.store import BatchNotWholeError, Store
from tests.orchestration.conftest import write

DOCUMENT = pl.DataFrame({"document": ["a", "b"], "published_on_from": ["url", None], "text": ["x" * 500, "y"]})
Run = Callable[..., dg.ExecuteInProcessResult]


@dg.asset(key=["documents", "document"], partitions_def=BATCHES, metadata={"picture_by": "published_on_from"})
def read(store: dg.ResourceParam[Store]) -> pl.DataFrame:
    assert store.source("tin").exists()
    return DOCUMENT


@dg.asset(key=["mentions", "mention"], ins={"document": dg.AssetIn(["documents", "document"])}, partitions_def=BATCHES)
def found(document: pl.DataFrame) -> pl.DataFrame:
    return document.select("document", length=pl.col("text").str.len_chars())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "out")
    store.register(write(tmp_path / "tin"))
    return store


@pytest.fixture
def run(store: Store) -> Run:
    """Materializes assets for the batch `tin`."""
    instance = dg.DagsterInstance.ephemeral()
    instance.add_dynamic_partitions("batch", ["tin"])

    def materialize(*assets: dg.AssetsDefinition, selection: list[dg.AssetsDefinition] | None = None) -> dg.ExecuteInProcessResult:
        resource = resources(store.out, Inbox(store.out / "inbox"))
        return dg.materialize(assets, selection=selection, partition_key="tin", instance=instance, resources=resource)

    return materialize


def test_tables_go_to_their_places_marked_with_files_and_code(run: Run, store: Store) -> None:
    run(read, found)
    assert store.read("documents", "document", "tin").equals(DOCUMENT)
    assert store.read("mentions", "mention", "tin")["length"].to_list() == [500, 1]
    stamp = input_stamp(store.source("tin"))
    assert store.provenance("documents", "document", "tin") == Provenance.of("documents", stamp)
    assert store.provenance("mentions", "mention", "tin") == Provenance.of("mentions", stamp)


def test_dagster_is_told_rows_a_sample_and_a_picture(run: Run, store: Store) -> None:
    (told,) = run(read).asset_materializations_for_node("documents__document")
    assert told.metadata["dagster/row_count"].value == 2
    assert told.metadata["path"].value == str(store.path("documents", "document", "tin"))
    sample = told.metadata["sample"]
    assert isinstance(sample, dg.TableMetadataValue)
    assert [record.data["document"] for record in sample.records] == ["a", "b"]
    assert len(str(sample.records[0].data["text"])) < 200
    assert "| `url` | 1 | █" in str(told.metadata["picture"].value)


def test_files_that_change_while_they_are_read_leave_a_stale_batch(run: Run, store: Store) -> None:
    before = input_stamp(store.source("tin"))

    @dg.asset(key=["documents", "document"], partitions_def=BATCHES)
    def slow(store: dg.ResourceParam[Store]) -> pl.DataFrame:
        write(store.source("tin"), {"moi.txt": "Tin mới đến."})
        return DOCUMENT

    run(slow)
    kept = store.provenance("documents", "document", "tin")
    assert kept == Provenance.of("documents", before)
    assert kept.input != input_stamp(store.source("tin"))


def test_a_later_room_run_alone_keeps_the_stamp_of_what_it_read(run: Run, store: Store) -> None:
    run(read, found)
    stamp = input_stamp(store.source("tin"))
    write(store.source("tin"), {"moi.txt": "Tin mới đến."})
    run(read, found, selection=[found])
    assert store.provenance("mentions", "mention", "tin") == Provenance.of("mentions", stamp)


def test_a_later_room_run_alone_tells_of_older_code_before_it(run: Run, store: Store) -> None:
    older = Provenance("stamp", {"documents": "older"})
    store.write(DOCUMENT, "documents", "document", "tin", older)
    run(read, found, selection=[found])
    kept = store.provenance("mentions", "mention", "tin")
    assert kept is not None
    assert kept.input == "stamp"
    assert kept.fingerprints["documents"] == "older"


def test_a_run_stops_when_another_one_puts_its_tables_between(run: Run, store: Store) -> None:
    @dg.asset(key=["documents", "unread_record"], partitions_def=BATCHES, deps=[read])
    def other_run() -> None:
        store.write(DOCUMENT, "documents", "document", "tin", Provenance.of("documents", "stamp of the other"))

    @dg.asset(
        key=["mentions", "mention"], ins={"document": dg.AssetIn(["documents", "document"])}, deps=[other_run], partitions_def=BATCHES
    )
    def found_later(document: pl.DataFrame) -> pl.DataFrame:
        return document

    with pytest.raises(BatchNotWholeError, match="another run reads it at the same time"):
        run(read, other_run, found_later)
    assert store.provenance("mentions", "mention", "tin") is None


def test_a_table_from_nowhere_is_not_stored(store: Store) -> None:
    manager = ParquetIOManager(RunStore(store.out))
    context = dg.build_output_context(asset_key=["mentions", "mention"], partition_key="tin")
    with pytest.raises(BatchNotWholeError, match="Nothing tells what mentions/mention"):
        manager.handle_output(context, DOCUMENT)
    assert store.tables("tin") == []
