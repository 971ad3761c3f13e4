"""The soak, in short: batches of the sample articles arrive while processes that read and publish are killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
BATCHES, DOCUMENTS = 4, 3


def test_at_the_end_the_rows_are_those_of_one_clean_run(tmp_path: Path) -> None:
    samples = sorted((ROOT / "seeds" / "documents").glob("*.txt"))[: BATCHES * DOCUMENTS]
    assert len(samples) == BATCHES * DOCUMENTS
    pool = tmp_path / "pool.jsonl"
    lines = [{"id": path.stem, "title": path.stem, "text": path.read_text(encoding="utf-8")} for path in samples]
    pool.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    shape = {"--batches": BATCHES, "--documents": DOCUMENTS, "--seconds": 8, "--kills": 2}
    command = [sys.executable, "bench/soak.py", str(pool), *(str(word) for pair in shape.items() for word in pair)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "saw 0 errors" in told.stdout
    assert "other than in a clean run: none" in told.stdout
