"""What the tests of several rooms share: processes that end with their test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Child = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def child() -> Iterator[Child]:
    """Starts a command as a process that can be spoken to, and ends those that are left."""
    started: list[subprocess.Popen[str]] = []

    def begin(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=pipe, stdout=pipe, stderr=pipe)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()
