"""Reads texts that no person would write: exceptions, offsets that do not match and figures that are lost end it with the text.

    python bench/fuzz.py [--texts N] [--batch N] [--seed N]

The texts are made of words of the vocabulary, amounts in all spellings, punctuation and stray characters, some cut in the
middle; the same seed makes the same texts. They go through the rooms up to `quality` by thousands, as a batch of anybody's.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
import time
import traceback
from functools import cache
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assets import documents, mentions, observations, quality
from assets.documents.batch import Documents

PROJECT = Path(__file__).resolve().parent.parent
COLUMNS = {
    "indicator_aliases": "alias", "cues": "cue", "bounds": "word", "industries": "term", "places": "name", "place_words": "word",
    "units": "surface", "organisation_words": "word", "page_words": "word", "number_words": "word", "not_quantities": "word",
}  # fmt: skip
FRAMES = [
    "năm {year}", "quý {roman}/{year}", "tháng {small}/{year}", "{small} tháng đầu năm {year}", "ngày {small}/{small}/{year}", "đến nay",
    "giai đoạn {year}-{year}", "nhiệm kỳ {year} - {year}", "cùng kỳ năm trước", "lần lượt", "trong đó", "so với", "niên vụ {year}/{year}",
    "tỉnh", "huyện", "Công ty CP {small}", "KCN số {roman}", "và", "bình quân", "đạt", "{small}/{small} xã", "Bảng {small}", "lũy kế",
]  # fmt: skip
MARKS = [",", ".", ";", ":", "(", ")", "–", "-", "…", "/", "%", "“", "”", "|", "\t", "\n", "\n\n", "*", "&nbsp;", "<b>", "</p>", "1)", "•"]
STRAY = [*range(1, 0x20), *range(0x7F, 0x3000, 17), *range(0xD7A4, 0xD800, 3), *range(0xE000, 0x10000, 257), *range(0x1F300, 0x1F700, 11)]
LONGEST = 40


def main() -> int:
    """Read as many texts as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    begun, quantities, failures = time.monotonic(), 0, 0
    for first in range(0, args.texts, args.batch):
        dice = random.Random(f"{args.seed} {first}")
        texts = [generated(dice) for _ in range(min(args.batch, args.texts - first))]
        found, wrong = tried(texts)
        quantities += found
        if wrong is not None:
            failures += 1
            smallest = smaller(texts)
            print(f"{wrong}\n  with {json.dumps(smallest, ensure_ascii=False)}", flush=True)
        read = first + len(texts)
        print(f"{read:,} texts, {quantities:,} quantities, {failures} batches failed, {time.monotonic() - begun:,.0f} s", flush=True)
    return 1 if failures else 0


def generated(dice: random.Random) -> str:
    """One text of up to a few lines."""
    return " ".join(_piece(dice) for _ in range(dice.randint(1, LONGEST)))


def _piece(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.35:
        piece = dice.choice(words())
    elif kind < 0.5:
        numbers = {"year": dice.randint(1990, 2035), "small": dice.randint(0, 32), "roman": dice.choice(["I", "II", "III", "IV", "X"])}
        piece = dice.choice(FRAMES).format(**numbers)
    elif kind < 0.8:
        piece = _amount(dice)
    elif kind < 0.95:
        piece = dice.choice(MARKS)
    else:
        piece = "".join(chr(dice.choice(STRAY)) for _ in range(dice.randint(1, 4)))
    if dice.random() < 0.05:
        piece = piece[: dice.randint(0, len(piece))] + chr(dice.choice(STRAY)) * dice.randint(0, 1)
    return piece.upper() if dice.random() < 0.05 else piece


def _amount(dice: random.Random) -> str:
    number = dice.choice([dice.randint(0, 99), dice.randint(0, 10**4), dice.randint(0, 10**13)])
    spelled = dice.choice(
        [
            f"{number}",
            f"{number:,}",
            f"{number:,}".replace(",", "."),
            f"{number:,}".replace(",", " "),
            f"{number:,}".replace(",", ".") + f",{dice.randint(0, 999)}",
            f"{number / 100:,.2f}",
            f"{number}-{dice.randint(0, 999)}",
            f"-{number}",
            f"{number}.{dice.randint(0, 9)}.{dice.randint(0, 99)},{dice.randint(0, 9)}",
            f"{number}/{dice.randint(0, 99)}",
        ]
    )
    return spelled + dice.choice(["", " ", "\u00a0", "\t"]) + dice.choice(units())


@cache
def words() -> list[str]:
    """Every word that the vocabulary knows."""
    return [row[column] for name, column in COLUMNS.items() for row in _rows(name) if row[column]]


@cache
def units() -> list[str]:
    """Every spelling of a unit, and the percent sign as often as texts have it."""
    surfaces = [row["surface"] for row in _rows("units")]
    return [*surfaces, *["%"] * (len(surfaces) // 4), *["tỷ đồng"] * (len(surfaces) // 8)]


def _rows(name: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tried(texts: list[str]) -> tuple[int, str | None]:
    """How many quantities the texts have, and what went wrong with them, in a line; None for nothing."""
    try:
        return _read(texts), None
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return 0, f"{type(error).__name__} in {Path(at.filename).name}:{at.lineno}: {str(error).splitlines()[0] if str(error) else ''}"


def smaller(texts: list[str]) -> list[str]:
    """The fewest neighbours of the texts that fail as all of them do."""
    while len(texts) > 1:
        half = len(texts) // 2
        failing = next((part for part in (texts[:half], texts[half:]) if tried(part)[1] is not None), None)
        if failing is None:
            return texts
        texts = failing
    return texts


def _read(texts: list[str]) -> int:
    """Read the texts as a batch and check what holds for every text.

    Raises:
        AssertionError: it does not hold.
    """
    batch = _documents(texts)
    mention = mentions.find_mentions(batch.document, batch.block)
    observation = observations.bind(batch.document, batch.block, mention)
    judged = quality.judge(batch.document, batch.unread_record, mention, observation)
    assert batch.document.height + batch.unread_record.height == len(texts), "a record is lost"
    quantities = mention.filter(pl.col("kind") == "quantity").height
    fates = judged.accepted.height + judged.rejected.height + judged.not_assigned.height
    assert quantities == observation.height == fates, f"{quantities} quantities, {observation.height} observed, {fates} judged"
    _check_copied(observation, batch.document)
    broken = judged.verdict.filter((pl.col("severity") == "blocking") & ~pl.col("passed"))
    assert broken.is_empty(), f"a fault of ours: {', '.join(broken['rule'])}"
    return quantities


def _documents(texts: list[str]) -> Documents:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.jsonl"
        path.write_text("\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)), "utf-8")
        return documents.read_batch(path, "fuzz")


def _check_copied(observation: pl.DataFrame, document: pl.DataFrame) -> None:
    """Every evidence and sentence is what the text has at its offsets."""
    placed = observation.join(document.select("document_key", "text"), on="document_key", how="left")
    for name in ("evidence", "sentence"):
        start, end = pl.col(f"{name}_start"), pl.col(f"{name}_end")
        wrong = placed.filter((pl.col("text").str.slice(start, end - start) != pl.col(name)).fill_null(value=True))
        assert wrong.is_empty(), f"{wrong.height} times another {name} stands at its offsets"


if __name__ == "__main__":
    sys.exit(main())
