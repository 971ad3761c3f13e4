from __future__ import annotations

import os
from pathlib import Path

import dagster as dg
import pytest

from orchestration.settings import OUT_VARIABLE, out_dir, prepare_dagster_home, publish_cron


def test_dagster_keeps_its_history_below_the_output_and_tells_nobody(tmp_path: Path) -> None:
    home = prepare_dagster_home(tmp_path / "out")
    assert home == tmp_path / "out" / "dagster"
    with dg.DagsterInstance.get() as instance:
        assert Path(instance.root_directory) == home
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled


def test_a_relative_folder_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    prepare_dagster_home(Path("out"))
    assert os.environ["DAGSTER_HOME"] == str(tmp_path / "out" / "dagster")
    assert os.environ[OUT_VARIABLE] == str(tmp_path / "out")
    assert out_dir() == tmp_path / "out"


def test_settings_of_people_are_kept(tmp_path: Path) -> None:
    settings = prepare_dagster_home(tmp_path) / "dagster.yaml"
    settings.write_text("telemetry:\n  enabled: false\n# mine\n", encoding="utf-8")
    prepare_dagster_home(tmp_path)
    assert settings.read_text(encoding="utf-8").endswith("# mine\n")


def test_the_environment_says_when_to_publish(monkeypatch: pytest.MonkeyPatch) -> None:
    assert publish_cron() == "0 5 * * *"
    monkeypatch.setenv("CHITIEU_PUBLISH_CRON", "30 6 * * 1")
    assert publish_cron() == "30 6 * * 1"
