"""How things look on a terminal: frames as tables, a text with its facts marked, the rooms of a run as they finish."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from typing import Any

import polars as pl
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from orchestration.fingerprint import READING
from orchestration.route import Summary
from orchestration.store import Store

EVIDENCE = 14  # columns that evidence may take of a narrow table, more only for a long word
ENDLESS = 10_000  # columns: rich measures a table no wider than what it is given
STYLES = {"accepted": "bold green", "rejected": "bold red", "not assigned": "yellow"}


def table(frame: pl.DataFrame, columns: Sequence[str] | None = None) -> Table:
    """A frame as a table; an empty cell for null."""
    shown = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    names = columns or frame.columns
    for name in names:
        shown.add_column(name, justify="right" if frame[name].dtype.is_numeric() else "left", overflow="fold")
    for row in frame.select(names).iter_rows():
        shown.add_row(*("" if value is None else Text(_number(value)) for value in row))
    return shown


def facts_table(facts: pl.DataFrame, console: Console) -> Table:
    """Facts with a line each where the console is wide enough, else with several: no name or number is broken."""
    rows = [_fact_cells(fact) for fact in facts.iter_rows(named=True)]
    wide = _facts_table(("evidence", "indicator", "measure", "value and unit", "period", "place", "status"))
    for row in rows:
        wide.add_row(*map(Text, row))
    if console.measure(wide, options=console.options.update(max_width=ENDLESS)).maximum <= console.width:
        return wide
    narrow = _facts_table(("evidence", "indicator\nmeasure, status", "value\nunit", "period\nplace"))
    longest = max((len(word) for row in rows for word in row[0].split()), default=0)
    narrow.columns[0].width = max(longest, min(EVIDENCE, max((len(row[0]) for row in rows), default=0)))
    for evidence, indicator, measure, amount, period, place, status in rows:
        value, _, unit = amount.partition(" ")
        said = ", ".join(filter(None, (measure, status)))
        narrow.add_row(*map(Text, (evidence, f"{indicator}\n{said}", f"{value}\n{unit}", f"{_broken_between_days(period)}\n{place}")))
    return narrow


def _facts_table(names: Sequence[str]) -> Table:
    """Columns for facts; evidence and places may take more lines, at their spaces, the others may not."""
    shown = Table(header_style="bold", box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for name in names:
        may_wrap = name.startswith(("evidence", "place", "period\n"))
        shown.add_column(name, justify="right" if name.startswith("value") else "left", no_wrap=not may_wrap, overflow="fold")
    return shown


def _broken_between_days(period: str) -> str:
    return (period.replace("/", "/\n") if len(period) > len("2021/2025") else period) or "-"


def _fact_cells(fact: dict[str, Any]) -> tuple[str, ...]:
    upper = "" if fact["value_upper"] is None else f"–{_number(fact['value_upper'])}"
    amount = f"{_number(fact['value'])}{upper} {fact['unit']}"
    return (fact["evidence"], fact["indicator"], fact["measure"], amount, *(fact[name] or "" for name in ("period", "place", "status")))


def _number(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


def marked(text: str, quantity: pl.DataFrame) -> Text:
    """A document's text, each quantity in the colour of its fate, accepted ones followed by what they say."""
    shown, at = Text(), 0
    for fact in quantity.sort("evidence_start", "evidence_end").iter_rows(named=True):
        start, end = fact["evidence_start"], fact["evidence_end"]
        if start >= at:
            shown.append(text[at:start]).append(text[start:end], style=STYLES[fact["fate"]])
            at = end
        if fact["fate"] == "accepted":
            said = (str(fact[name]) for name in ("indicator", "measure", "period", "place", "status") if fact[name] is not None)
            shown.append(f" ⟨{', '.join(said)}⟩", style="dim cyan")
        elif fact["fate"] == "rejected":
            shown.append(f" ⟨{fact['rule']}: {fact['reason']}⟩", style="dim red")
    return shown.append(text[at:])


def summary(told: Summary, store: Store, elsewhere: bool) -> Group:
    """The end of a run: what came to what, where the file is, how to ask it and see it.

    Args:
        told: the numbers.
        store: where all went to.
        elsewhere: whether that is not the usual folder, so that it must be named again.
    """
    counts = Table(show_header=False, box=None, pad_edge=False)
    counts.add_column(justify="left")
    counts.add_column(justify="right")
    for name in ("documents", "unread", "quantities", "accepted", "rejected", "not_assigned", "warnings"):
        label = {"quantities": "facts and other quantities"}.get(name, name.replace("_", " "))
        counts.add_row(label, f"{getattr(told, name):,}")
    there = f" --out {shlex.quote(str(store.out))}" if elsewhere else ""
    ask = f'chitieu query "SELECT place, indicator, period, value, unit, status FROM observation LIMIT 10"{there}'
    lines = (f"\nPublished: {store.published}", f"Ask it:    {ask}", f"See it:    chitieu ui{there}")
    return Group(Text(f"\nBatch {told.batch}", style="bold"), counts, *map(Text, lines))


class Rooms:
    """The rooms of a batch while a run fills them: looks at the files on disk whenever it is drawn."""

    def __init__(self, store: Store) -> None:
        self.store, self.started, self.stage = store, time.time(), ""
        self._spinner = Spinner("dots")

    def say(self, stage: str) -> None:
        """Take note of what is being done."""
        self.stage = stage

    def __rich__(self) -> Group:
        rooms = [f"[green]✓ {room}[/green]" if self._is_filled(room) else f"[dim]· {room}[/dim]" for room in READING]
        self._spinner.update(text=Text.from_markup(f"{self.stage or 'looking'}   {'  '.join(rooms)}"))
        return Group(self._spinner)

    def _is_filled(self, room: str) -> bool:
        files = (self.store.out / "rooms" / room).glob("*/*.parquet")
        return any(path.stat().st_mtime >= self.started for path in files)


def errors() -> Console:
    """Where messages about failures go."""
    return Console(stderr=True)
