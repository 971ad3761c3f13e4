"""The sensors over batches, one look after the other, with a clock of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import dagster as dg
import polars as pl
import pytest
from upath import UPath

from orchestration import sensors
from orchestration.definitions import chitieu
from orchestration.fingerprint import fingerprint
from orchestration.inbox import Inbox, Looks
from orchestration.provenance import Provenance
from orchestration.sensors import look_back, look_into
from orchestration.sources import Address, stamp
from orchestration.store import Store
from tests.orchestration.conftest import write

TABLES = [("documents", "document"), ("mentions", "mention"), ("observations", "observation"), ("quality", "verdict")]
Look = Callable[[Inbox, Store, Looks, float], dg.SensorResult]


class Watch:
    """A sensor whose looks are half a minute apart."""

    def __init__(self, look: Look, inbox: Inbox, store: Store) -> None:
        self.look, self.inbox, self.store = look, inbox, store
        self.cursor: str | None = None
        self.now = 0.0
        self.said = ""

    def once(self) -> list[dg.RunRequest]:
        """The runs that it asks for now."""
        self.now += sensors.EVERY_SECONDS
        result = self.look(self.inbox, self.store, Looks(self.cursor), self.now)
        self.cursor = result.cursor
        self.said = result.skip_reason.skip_message or "" if result.skip_reason else ""
        asked = list(result.run_requests or [])
        added = [key for request in result.dynamic_partitions_requests or [] for key in request.partition_keys]
        assert added == [request.partition_key for request in asked]
        assert bool(asked) != bool(self.said)
        return asked

    def batches(self) -> list[str | None]:
        """The batches that it asks for once what is there has settled."""
        assert self.once() == []
        return [request.partition_key for request in self.once()]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "out")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def new(inbox: Path, store: Store) -> Watch:
    return Watch(look_into, Inbox(inbox), store)


@pytest.fixture
def changed(inbox: Path, store: Store, tmp_path: Path) -> Watch:
    for batch in ("cu", "moi"):
        read(store, write(tmp_path / batch))
    watch = Watch(look_back, Inbox(inbox), store)
    assert watch.batches() == []
    return watch


@pytest.fixture
def other_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "project" / "seeds").mkdir(parents=True)
    (tmp_path / "project" / "seeds" / "units.csv").write_text("another unit")
    yield monkeypatch.setattr("orchestration.fingerprint.PROJECT", tmp_path / "project")
    monkeypatch.undo()
    fingerprint.cache_clear()


def read(store: Store, address: Address) -> None:
    """Store the tables of a batch as a run of today would."""
    batch = store.register(address)
    for room, table in TABLES:
        store.write(pl.DataFrame({"n": [1]}), room, table, batch, Provenance.of(room, stamp(address)))


def test_what_comes_into_the_inbox_is_read_once_it_has_stopped_growing(new: Watch, inbox: Path, store: Store) -> None:
    assert new.once() == []
    write(inbox / "Ngày 1", {"a.txt": "một"})
    assert new.once() == []
    assert "Ngày 1" in new.said
    write(inbox / "Ngày 1", {"b.txt": "hai"})
    assert new.once() == []
    assert [request.partition_key for request in new.once()] == ["ngày-1"]
    assert store.source("ngày-1") == inbox / "Ngày 1"
    assert new.once() == []


def test_nothing_is_read_twice(new: Watch, inbox: Path, store: Store) -> None:
    read(store, write(inbox / "mot"))
    assert new.batches() == []
    (inbox / "mot" / "ke-hoach.txt").touch()
    assert new.batches() == []
    new.cursor = None  # as after a reset
    assert new.batches() == []


def test_a_batch_that_changes_in_the_inbox_is_read_again(new: Watch, inbox: Path, store: Store) -> None:
    read(store, write(inbox / "mot"))
    assert new.batches() == []
    write(inbox / "mot", {"them.txt": "Tin vừa đến."})
    assert new.batches() == ["mot"]


def test_a_batch_that_could_not_be_read_is_not_tried_for_ever(new: Watch, inbox: Path) -> None:
    write(inbox / "hong")
    new.once()
    (first,) = new.once()
    assert [new.once() for _ in range(5)] == [[]] * 5
    new.cursor = None
    new.once()
    (again,) = new.once()
    assert again.run_key == first.run_key, "Dagster starts no second run with the same key"


def test_a_change_that_is_taken_back_and_made_again_has_a_key_of_its_own(new: Watch, inbox: Path, store: Store) -> None:
    keys = []
    for text in ("một", "hai", "một", "hai"):
        write(inbox / "mot", {"them.txt": text})
        new.once()
        (asked,) = new.once()
        keys.append(asked.run_key)
        read(store, inbox / "mot")
    assert len(set(keys)) == 4


def test_many_batches_at_once_are_asked_for_in_turns(new: Watch, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensors, "AT_ONCE", 2)
    for number in range(5):
        write(inbox / f"b{number}", {"a.txt": "một"})
    new.once()
    assert [[request.partition_key for request in new.once()] for _ in range(4)] == [["b0", "b1"], ["b2", "b3"], ["b4"], []]


def test_batches_of_an_object_store_are_read_once(store: Store) -> None:
    bucket = UPath(f"memory://{uuid4().hex}")
    (bucket / "ngay").mkdir(parents=True)
    (bucket / "ngay" / "a.txt").write_text("một")
    watch = Watch(look_into, Inbox(bucket), store)
    assert watch.batches() == ["ngay"]
    assert store.address("ngay") == bucket / "ngay"
    read(store, bucket / "ngay")
    (bucket / "ngay" / "b.txt").write_text("hai")
    assert watch.batches() == ["ngay"]
    read(store, bucket / "ngay")
    watch.cursor = None
    assert watch.batches() == []


def test_a_changed_batch_elsewhere_is_read_again(changed: Watch, store: Store) -> None:
    write(store.source("moi"), {"them.txt": "Tin vừa đến."})
    assert changed.batches() == ["moi"]
    assert changed.once() == []
    read(store, store.source("moi"))
    assert changed.batches() == []


def test_a_registered_batch_that_nobody_has_read_is_read(changed: Watch, store: Store, tmp_path: Path) -> None:
    store.register(write(tmp_path / "chua-doc"))
    assert changed.batches() == ["chua-doc"]


@pytest.mark.usefixtures("other_vocabulary")
def test_every_batch_is_read_again_when_the_vocabulary_changes(inbox: Path, store: Store, tmp_path: Path) -> None:
    watch, older = Watch(look_back, Inbox(inbox), store), {"documents": "older", "quality": "older"}
    for address in (write(tmp_path / "cu"), write(inbox / "moi")):
        batch = store.register(address)
        for room, table in TABLES:
            store.write(pl.DataFrame({"n": [1]}), room, table, batch, Provenance(stamp(address), older))
    assert watch.batches() == ["cu", "moi"]


def test_files_of_the_inbox_are_the_other_sensor_s(changed: Watch, inbox: Path, store: Store) -> None:
    read(store, write(inbox / "hom-nay"))
    store.register(write(inbox / "dang-den"))
    write(inbox / "hom-nay", {"them.txt": "Tin vừa đến."})
    assert changed.batches() == []


def test_a_batch_whose_files_are_gone_is_left_alone(changed: Watch, store: Store) -> None:
    for path in store.source("moi").iterdir():
        path.unlink()
    store.source("moi").rmdir()
    assert changed.batches() == []


def test_dagster_runs_the_sensor_with_the_store_and_the_inbox_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHITIEU_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("CHITIEU_INBOX", str(tmp_path / "thu-den"))
    monkeypatch.setattr("orchestration.inbox.SETTLE_SECONDS", 0)
    write(tmp_path / "thu-den" / "mot")
    location = chitieu()
    with (
        dg.DagsterInstance.ephemeral() as instance,
        dg.build_sensor_context(instance=instance, definitions=location, resources=location.resources) as context,
    ):
        told = location.resolve_sensor_def("new_batches")(context)
    assert isinstance(told, dg.SensorResult)
    assert [request.partition_key for request in told.run_requests or []] == ["mot"]
    assert (tmp_path / "out" / "batches" / "mot.json").exists()
