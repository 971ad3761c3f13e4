"""The files of a deployment name what the project has: commands, variables, folders; and they open nothing to others."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from typer.main import get_command

from orchestration.cli import app
from orchestration.settings import VARIABLES
from tests.orchestration.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = ("chitieu-daemon.service", "chitieu-webserver.service")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def settings(path: Path) -> dict[str, str]:
    """The lines `name=value` of a unit or an environment file; the last one counts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def environment() -> dict[str, str]:
    return settings(DEPLOY / "chitieu.env")


def options_of(command: str) -> set[str]:
    """The options of a command of the command line; there must be such a command."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    return {option for parameter in commands[command].params for option in parameter.opts}


def test_the_environment_file_has_every_setting_and_no_other() -> None:
    assert tuple(environment()) == VARIABLES


def test_the_readme_describes_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in VARIABLES if f"| `{name}` |" not in readme] == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_starts_a_command_of_this_project_with_its_settings(unit: str) -> None:
    told = settings(DEPLOY / unit)
    program, command, *words = told["ExecStart"].split()
    assert program == f"{told['WorkingDirectory']}/.venv/bin/chitieu"
    assert {word for word in words if word.startswith("--")} <= options_of(command)
    assert Path(told["EnvironmentFile"]).name == "chitieu.env"
    assert environment()["CHITIEU_OUT"] == f"/var/lib/{told['StateDirectory']}"


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_may_do_no_more_than_it_must(unit: str) -> None:
    told = settings(DEPLOY / unit)
    assert told["User"] == "chitieu"
    assert (told["ProtectSystem"], told["ProtectHome"], told["NoNewPrivileges"], told["CapabilityBoundingSet"]) == (
        "strict",
        "yes",
        "yes",
        "",
    )


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd on this machine: the units were NOT verified")
    for unit in UNITS:
        text = (DEPLOY / unit).read_text(encoding="utf-8")
        (tmp_path / unit).write_text(re.sub("(?m)^ExecStart=.*$", "ExecStart=/bin/true", text), encoding="utf-8")
    told = subprocess.run([program, "verify", *(tmp_path / unit for unit in UNITS)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_of_this_project_with_its_settings(name: str) -> None:
    command, *words = SERVICES[name]["command"]
    assert {word for word in words if word.startswith("--")} <= options_of(command)
    assert (DEPLOY / SERVICES[name]["env_file"]).is_file()
    folders = {volume.rsplit(":", 1)[1] for volume in SERVICES[name]["volumes"]}
    assert {environment()["CHITIEU_OUT"], f"{environment()['CHITIEU_OUT']}/inbox", "/tmp"} == folders
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["read_only"] is True


def test_ports_are_open_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:3000:3000"]
    assert "--host" not in settings(DEPLOY / "chitieu-webserver.service")["ExecStart"]


def test_named_volumes_are_declared() -> None:
    used = {volume.split(":", 1)[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert {name for name in used if re.fullmatch("[a-z]+", name)} == set(COMPOSE["volumes"])


def test_the_image_is_built_of_files_that_are_there() -> None:
    build = next(iter(SERVICES.values()))["build"]
    context = (DEPLOY / build["context"]).resolve()
    dockerfile = (context / build["dockerfile"]).read_text(encoding="utf-8")
    copied = [word for line in re.findall("(?m)^COPY (.*)$", dockerfile) for word in line.split()[:-1]]
    assert [word for word in copied if not (context / word).exists()] == []
    let_in = re.findall("(?m)^!(.*)$", (context / f"{build['dockerfile']}.dockerignore").read_text(encoding="utf-8"))
    assert set(copied) == set(let_in)
    assert re.search('(?m)^ENTRYPOINT \\["chitieu"\\]$', dockerfile)
