from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from orchestration.fingerprint import READING
from orchestration.provenance import Provenance
from orchestration.store import BatchNotWholeError, Store
from tests.orchestration.conftest import put, write

ROWS = pl.DataFrame({"batch": ["b1"], "n": [1]})
TABLES = [("documents", "document"), ("mentions", "mention"), ("observations", "observation"), ("quality", "verdict")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "out")


def read_batch(store: Store, batch: str, stamp: str = "stamp", rows: pl.DataFrame = ROWS) -> None:
    for room, table in TABLES:
        store.write(rows, room, table, batch, Provenance.of(room, stamp))


def test_a_table_comes_back_as_it_went_with_what_it_was_made_from(store: Store) -> None:
    put(store, ROWS, "quality", "verdict", "b1")
    frame, provenance = store.load("quality", "verdict", "b1")
    assert frame.equals(ROWS)
    assert provenance == Provenance.of("quality", "stamp")
    assert set(provenance.fingerprints) == set(READING)


def test_a_failed_write_leaves_the_old_table_and_nothing_else(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, ROWS, "documents", "document", "b1")

    def half(self: pl.DataFrame, file: Path, **_: object) -> None:
        file.write_bytes(b"PAR1 half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", half)
    with pytest.raises(OSError, match="No space left"):
        put(store, ROWS, "documents", "document", "b1")
    folder = store.path("documents", "document", "b1").parent
    assert [path.name for path in folder.iterdir()] == ["b1.parquet"]
    assert store.read("documents", "document", "b1").equals(ROWS)


def test_what_a_killed_process_was_writing_is_no_batch(store: Store) -> None:
    put(store, ROWS, "documents", "document", "b1")
    (store.path("documents", "document", "b2").with_name(".b2.parquet.4711")).write_bytes(b"PAR1 half of it")
    assert store.batches() == ["b1"]


def test_a_missing_table_says_how_to_get_it(store: Store, tmp_path: Path) -> None:
    batch = store.register(write(tmp_path / "tin"))
    with pytest.raises(FileNotFoundError, match=r"no table quality/verdict .*`chitieu run .*/tin`"):
        store.read("quality", "verdict", batch)


def test_all_batches_come_in_the_order_of_their_names(store: Store) -> None:
    for batch in ("b2", "b1"):
        put(store, ROWS.with_columns(batch=pl.lit(batch)), "documents", "document", batch)
    assert store.read_all("documents", "document", store.batches())["batch"].to_list() == ["b1", "b2"]


def test_without_a_batch_it_says_so(store: Store) -> None:
    with pytest.raises(FileNotFoundError, match=r"No batch has been read .*chitieu run FOLDER"):
        store.read_all("documents", "document", store.batches())


def test_tables_with_other_columns_name_the_batches_to_read_again(store: Store) -> None:
    read_batch(store, "b1")
    for room, table in TABLES:
        store.write(ROWS.drop("n"), room, table, "b2", Provenance("stamp", dict.fromkeys(READING, "older")))
    with pytest.raises(BatchNotWholeError, match=r"documents/document .*Read these batches again: b2\."):
        store.read_all("documents", "document", store.batches())


def test_a_batch_is_whole_when_its_tables_were_made_from_each_other(store: Store) -> None:
    read_batch(store, "b1")
    store.check_whole("b1")


@pytest.mark.parametrize("begun", [1, 2, 3])
def test_a_batch_that_is_read_again_is_not_whole_before_the_end(store: Store, begun: int) -> None:
    read_batch(store, "b1")
    for room, table in TABLES[:begun]:
        store.write(ROWS, room, table, "b1", Provenance.of(room, "other stamp"))
    with pytest.raises(BatchNotWholeError, match=r"Batch b1 has not been read to its end: .*reads it again"):
        store.check_whole("b1")


def test_a_batch_that_is_being_read_is_waited_for(store: Store) -> None:
    put(store, ROWS, "documents", "document", "b1")
    with store.reading("b1"), ThreadPoolExecutor() as other:
        waiting = other.submit(store.check_whole, "b1")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        read_batch(store, "b1")
        waiting.result(timeout=10)


def test_waiting_for_a_batch_has_an_end(store: Store) -> None:
    put(store, ROWS, "documents", "document", "b1")
    with store.reading("b1"), pytest.raises(BatchNotWholeError, match="not been read to its end"):
        store.check_whole("b1", patience_seconds=0.2)


def test_two_runs_over_a_batch_take_turns(store: Store) -> None:
    def read() -> None:
        with store.reading("b1"):
            pass

    with ThreadPoolExecutor() as other, store.reading("b1"):
        waiting = other.submit(read)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)


def test_a_batch_without_a_verdict_is_not_whole(store: Store) -> None:
    put(store, ROWS, "documents", "document", "b1")
    with pytest.raises(BatchNotWholeError, match="not been read to its end"):
        store.check_whole("b1")


def test_tables_of_different_code_do_not_belong_together(store: Store) -> None:
    read_batch(store, "b1")
    store.write(ROWS, "mentions", "mention", "b1", Provenance("stamp", {"documents": "older", "mentions": "older"}))
    with pytest.raises(BatchNotWholeError, match="mentions/mention does not belong"):
        store.check_whole("b1")


def test_a_table_that_somebody_else_stored_belongs_to_nothing(store: Store) -> None:
    read_batch(store, "b1")
    ROWS.write_parquet(store.path("mentions", "mention", "b1"))
    with pytest.raises(BatchNotWholeError, match="mentions/mention does not belong"):
        store.check_whole("b1")


def test_a_batch_is_fresh_while_files_and_code_are_the_same(store: Store) -> None:
    read_batch(store, "b1")
    assert store.is_fresh("b1", "stamp")
    assert not store.is_fresh("b1", "other stamp")
    assert store.is_of_today("b1")
    store.path("observations", "observation", "b1").unlink()
    assert not store.is_fresh("b1", "stamp")


def test_a_batch_of_older_code_is_not_fresh(store: Store) -> None:
    older = Provenance("stamp", dict.fromkeys(READING, "older"))
    for room, table in TABLES:
        store.write(ROWS, room, table, "b1", older)
    assert not store.is_fresh("b1", "stamp")
    assert not store.is_of_today("b1")


def test_a_batch_keeps_the_name_of_its_folder(store: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "Tin tức 2024", tmp_path / "b" / "Tin tức 2024"
    for folder in (first, second):
        folder.mkdir(parents=True)
    name, other = store.register(first), store.register(second)
    assert name == store.register(first) == "tin-tức-2024"
    assert other == store.register(second) != name
    assert other.startswith("tin-tức-2024-")
    assert (store.source(name), store.source(other)) == (first, second)
    assert store.registered() == sorted([name, other])


def test_an_unknown_batch_is_named(store: Store) -> None:
    with pytest.raises(FileNotFoundError, match="No batch is called b9"):
        store.source("b9")


def test_a_publication_is_noted_until_a_batch_changes(store: Store) -> None:
    read_batch(store, "b1")
    store.published.write_bytes(b"")
    assert not store.is_published()
    store.note_publication(store.publication(store.batches()))
    assert store.is_published()
    read_batch(store, "b1", stamp="other stamp")
    assert not store.is_published()
    store.note_publication(store.publication(store.batches()))
    store.published.unlink()
    assert not store.is_published()
