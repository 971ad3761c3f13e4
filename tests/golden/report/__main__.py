"""The command `python -m tests.golden.report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.console import table
from tests.golden.report.compare import Kind, pairs_of, score_of
from tests.golden.report.history import record
from tests.golden.report.sources import claims_of, documents_of, facts_of
from tests.golden.report.tables import By, errors, overall, parted

_WIDTH = 118  # of the widest row: pipes and narrow terminals would fold every one


def report(
    gold: Annotated[Path, typer.Argument(help="Facts, one JSON object a line.", exists=True)],
    corpus_or_predictions: Annotated[
        Path, typer.Argument(help="A corpus to read, or what was read: a published .duckdb, or .jsonl of its rows.", exists=True)
    ],
    by: Annotated[list[By] | None, typer.Option(help="Part the scores by this only; may be given several times.")] = None,
    show: Annotated[list[Kind] | None, typer.Option(help="Show every error of this kind; may be given several times.")] = None,
    keep: Annotated[bool, typer.Option("--record", help="Append the scores to tests/golden/history.csv.")] = False,
) -> None:
    """Compare a reading with gold facts: found, named, settled, whole; by parts; and what is wrong, with its sentence."""
    console = Console(highlight=False, width=max(_WIDTH, Console().width))
    facts, claims = facts_of(gold), claims_of(corpus_or_predictions)
    pairs = pairs_of(facts, claims)
    score = score_of(pairs)
    console.print(f"[bold]{gold.stem}[/]: {len(documents_of(facts))} documents, {score.wanted} facts, {score.claimed} claims")
    console.print(table(overall(pairs)))
    for part in by or ([] if show else By):
        console.print(table(parted(pairs, part)))
    for kind in show or []:
        found = list(errors(pairs, kind, claims))
        console.rule(f"{kind}: {len(found)}", align="left")
        for error in found:
            console.print(error, soft_wrap=True)
    if keep:
        record(pairs, gold.stem)


if __name__ == "__main__":
    typer.run(report)
