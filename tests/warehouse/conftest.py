from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.star import build
from tests.conftest import Child
from tests.star.planted import country, verdicts
from warehouse.publish import publish

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session")
def star() -> dict[str, pl.DataFrame]:
    """The tables of the planted country."""
    return build(*country())


@pytest.fixture(scope="session")
def published(star: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The planted country, published; not to be changed."""
    target = tmp_path_factory.mktemp("published") / "chitieu.duckdb"
    publish(star, verdicts("b1", "b2"), target)
    return target


@pytest.fixture
def sql(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the planted country."""
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection


@pytest.fixture
def start(child: Child) -> Start:
    """Starts a module of the tests as a process of this test."""
    return lambda module, *words: child([sys.executable, "-m", f"tests.warehouse.{module}", *map(str, words)])
