"""The scores of all measurements, one line each; never a word of the documents."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.golden.report.compare import Pair, score_of
from tests.golden.scoring import LEVELS

HISTORY = Path(__file__).parents[1] / "history.csv"
COLUMNS = ("date", "commit", "corpus", "documents", "facts", "claims", *LEVELS, "precision_named")


def record(pairs: Sequence[Pair], corpus: str, history: Path = HISTORY) -> None:
    """Append a measurement: the levels as F1, and the precision at `named`."""
    score = score_of(pairs)
    measured = [*map(score.f1, LEVELS), score.precision("named")]
    counts = [len({pair.document for pair in pairs}), score.wanted, score.claimed]
    is_new = not history.exists()
    with history.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerow([datetime.now(UTC).date(), _commit(), corpus, *counts, *(f"{number:.4f}" for number in measured)])


def _commit() -> str:
    """Short hash of the checked-out commit, with `+` where files differ from it; empty where git does not know."""
    command = ["git", "describe", "--always", "--exclude=*", "--dirty=+"]
    return subprocess.run(command, cwd=HISTORY.parent, capture_output=True, text=True, check=False).stdout.strip()
