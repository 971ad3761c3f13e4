from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app
from orchestration.provenance import Provenance
from orchestration.settings import VARIABLES
from orchestration.store import Store
from tests.star.planted import country, verdicts

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = {
    "cong-nghiep.txt": """Hà Nam: Sản xuất công nghiệp giữ nhịp tăng

Ngày 05/01/2024

Năm 2023, giá trị sản xuất công nghiệp của tỉnh Hà Nam đạt 30.640 tỷ đồng, tăng 12,15% so với năm 2022.
""",
    "ke-hoach.txt": """Hà Nam đặt kế hoạch năm 2024

Ngày 08/01/2024

Năm 2024, tỉnh Hà Nam đặt mục tiêu giá trị sản xuất công nghiệp đạt 34.000 tỷ đồng.
""",
}
Contents = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def session_environment() -> Iterator[pytest.MonkeyPatch]:
    """The environment of a machine where nothing is set up; put back at the end."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("DAGSTER_HOME", *VARIABLES):
            patch.setenv(variable, "")
            patch.delenv(variable)
        yield patch


@pytest.fixture(autouse=True)
def clean_environment(session_environment: pytest.MonkeyPatch) -> None:
    """No test sees the Dagster folder of the one before."""
    for variable in ("DAGSTER_HOME", *VARIABLES):
        session_environment.delenv(variable, raising=False)


def write(folder: Path, articles: Mapping[str, str] = ARTICLES) -> Path:
    """Write articles into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def chitieu(*words: object, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


def said(result: Result) -> dict[str, int]:
    """The numbers of a run's summary by their names."""
    lines = (line.rsplit(maxsplit=1) for line in result.stdout.splitlines())
    return {words[0].strip(): int(words[1].replace(",", "")) for words in lines if len(words) == 2 and words[1].replace(",", "").isdigit()}


def contents(published: Path) -> Contents:
    """All rows of all tables but the run log."""
    with duckdb.connect(str(published), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'run_log'").fetchall()]
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for name in names}


def publications(published: Path) -> int:
    """How often the file was published."""
    with duckdb.connect(str(published), read_only=True) as connection:
        return int(connection.sql("SELECT count(*) AS n FROM run_log").pl().item())


@pytest.fixture(scope="session")
def first_run(session_environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Result]:
    """A run over two articles and a broken file, and where it went; not to be changed."""
    folder = tmp_path_factory.mktemp("first")
    tin = write(folder / "tin")
    (tin / "hong.txt").write_bytes(bytes(range(256)) * 8)
    return Store(folder / "out"), chitieu("run", tin, "--out", folder / "out")


@pytest.fixture
def copied(first_run: tuple[Store, Result], tmp_path: Path) -> tuple[Store, Path]:
    """A copy of the first run's store and of its folder of articles, registered under the same name."""
    store, _ = first_run
    shutil.copytree(store.out, tmp_path / "out")
    shutil.copytree(store.source("tin"), tmp_path / "tin")
    (tmp_path / "out" / "batches" / "tin.json").unlink()
    copy = Store(tmp_path / "out")
    copy.register(tmp_path / "tin")
    return copy, tmp_path / "tin"


@pytest.fixture
def planted(tmp_path: Path) -> Store:
    """A store with the planted country in two batches, as if runs had read it."""
    store, rooms = Store(tmp_path / "out"), country()._asdict()
    for batch in ("b1", "b2"):
        store.register(write(tmp_path / batch))
        for table, frame in rooms.items():
            room = "documents" if table in ("document", "unread_record") else "quality"
            put(store, frame.filter(pl.col("batch") == batch), room, table, batch)
        put(store, verdicts(batch), "quality", "verdict", batch)
    return store


def put(store: Store, frame: pl.DataFrame, room: str, table: str, batch: str) -> None:
    """Store a table as a run of today over files with the stamp `stamp` would."""
    store.write(frame, room, table, batch, Provenance.of(room, "stamp"))
