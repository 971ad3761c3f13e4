"""Dagster's programs over this project: this process becomes one of them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

from orchestration.launch import history
from orchestration.settings import INBOX_VARIABLE, inbox, prepare_dagster_home
from orchestration.sources import Address, address_of

PROJECT = Path(__file__).resolve().parent.parent
LOCAL = "127.0.0.1"


def prepare(out: Path) -> Address:
    """Make what the programs would make all at once, Dagster's history, and the inbox if it is the usual one; returns the inbox."""
    home = prepare_dagster_home(out)
    with history(home):
        pass
    address = address_of(inbox(out.resolve()))
    if not os.environ.get(INBOX_VARIABLE):
        address.mkdir(exist_ok=True)
    os.environ[INBOX_VARIABLE] = str(address)
    return address


def become(program: str, *words: str) -> NoReturn:
    """Go on as a program of Dagster that loads this project."""
    path = shutil.which(program, path=str(Path(sys.executable).parent)) or program
    os.chdir(PROJECT)
    os.execv(path, [program, *words, "-w", "workspace.yaml"])
