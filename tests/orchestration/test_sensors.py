from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from orchestration.fingerprint import fingerprint, input_stamp
from orchestration.provenance import Provenance
from orchestration.sensors import changed_batches
from orchestration.store import Store
from tests.orchestration.conftest import write

TABLES = [("documents", "document"), ("mentions", "mention"), ("observations", "observation"), ("quality", "verdict")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "out")
    for batch in ("cu", "moi"):
        store.register(write(tmp_path / batch))
        read(store, batch)
    return store


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def read(store: Store, batch: str) -> None:
    """Store the tables of a batch as a run of today would."""
    stamp = input_stamp(store.source(batch))
    for room, table in TABLES:
        store.write(pl.DataFrame({"n": [1]}), room, table, batch, Provenance.of(room, stamp))


def look(store: Store, instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    """The runs that the sensor asks for; none where it says why it skips."""
    with dg.build_sensor_context(instance=instance, resources={"store": store}) as context:
        tick = changed_batches(context)
        assert isinstance(tick, Iterator)
        told = list(tick)
    asked = [each for each in told if isinstance(each, dg.RunRequest)]
    assert asked == told or [type(each) for each in told] == [dg.SkipReason]
    return asked


def test_it_skips_while_nothing_has_changed(store: Store, instance: dg.DagsterInstance) -> None:
    assert look(store, instance) == []


def test_it_asks_for_a_run_over_the_batch_whose_files_changed(store: Store, instance: dg.DagsterInstance) -> None:
    write(store.source("moi"), {"them.txt": "Tin vừa đến."})
    (asked,) = look(store, instance)
    assert asked.partition_key == "moi"
    assert asked.run_key == look(store, instance)[0].run_key
    assert instance.get_dynamic_partitions("batch") == ["moi"]
    read(store, "moi")
    assert look(store, instance) == []


def test_it_asks_for_a_batch_that_nobody_has_read(store: Store, instance: dg.DagsterInstance, tmp_path: Path) -> None:
    store.register(write(tmp_path / "chua-doc"))
    assert [asked.partition_key for asked in look(store, instance)] == ["chua-doc"]


def test_it_asks_for_every_batch_when_the_vocabulary_changes(
    store: Store, instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look(store, instance) == []
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "units.csv").write_text("another unit")
    monkeypatch.setattr("orchestration.fingerprint.PROJECT", tmp_path)
    assert [asked.partition_key for asked in look(store, instance)] == ["cu", "moi"]
    monkeypatch.undo()
    fingerprint.cache_clear()


def test_it_asks_again_when_a_change_is_taken_back_and_made_again(store: Store, instance: dg.DagsterInstance) -> None:
    keys = []
    for text in ("một", "hai", "một", "hai"):
        write(store.source("moi"), {"them.txt": text})
        (asked,) = look(store, instance)
        keys.append(asked.run_key)
        read(store, "moi")
    assert len(set(keys)) == 4


def test_it_leaves_a_batch_alone_whose_files_are_gone(store: Store, instance: dg.DagsterInstance) -> None:
    for path in store.source("moi").iterdir():
        path.unlink()
    store.source("moi").rmdir()
    assert look(store, instance) == []
