from __future__ import annotations

import polars as pl
import pytest

from assets.mentions import find_mentions
from tests.mentions.reading import tables

# Code points; no sentence of a real article comes near.
LONG = 9_000
AMOUNTS = [f"thu ngân sách đạt {number} tỷ đồng" for number in range(3_000)]
WORDS = "và những việc ấy vẫn còn làm mãi " * 2_000
ENDLESS = {
    "amounts": ", ".join(AMOUNTS),
    "amounts far apart": f"Đã thu 5 tỷ đồng {WORDS} thì thu thêm 7 tỷ đồng {WORDS}",
    "numbers": " ".join(str(number) for number in range(100, 30_000)),
    "behind a sentence": f"Năm 2023, thu ngân sách đạt 9 tỷ đồng. {', '.join(AMOUNTS)}. Năm 2024, thu được 8 tỷ đồng.",
}


def told(text: str) -> pl.DataFrame:
    """The quantities of a text, with their sentences."""
    return find_mentions(*tables(text)).filter(pl.col("kind") == "quantity")


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_text_without_full_stops_has_sentences_with_an_end(text: str) -> None:
    quantities = told(text)
    assert quantities["sentence_text"].str.len_chars().max() < LONG  # type: ignore[operator]
    for start, end, sentence in quantities.select("sentence_start", "sentence_end", "sentence_text").unique().iter_rows():
        assert text[start:end] == sentence


def test_a_sentence_without_end_is_parted_between_amounts_and_not_within_one() -> None:
    quantities = told(ENDLESS["amounts"])
    behind = pl.col("sentence_text").str.slice(pl.col("start") - pl.col("sentence_start"))
    amount = quantities.select(behind.str.extract("^([0-9]+ tỷ đồng)")).to_series().to_list()
    assert amount == [f"{number} tỷ đồng" for number in range(3_000)]
    sentences = quantities["sentence_text"].unique(maintain_order=True).to_list()
    assert "".join(sentences) == ENDLESS["amounts"]
    assert len(sentences) > 1


def test_the_longest_sentence_that_people_write_stays_whole() -> None:
    text = "; ".join(AMOUNTS[:60])
    assert told(text)["sentence_text"].unique().to_list() == [text]
