from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from assets.mentions.terms import Vocabulary, aliases, crowds, cues, find_vocabulary, sectors
from assets.reference import table
from tests.mentions.reading import lines, said


def found(text: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    frame = lines(text)
    spans = find_vocabulary(frame, vocabulary)
    raw = frame["text"][0].encode()
    return [(raw[start:end].decode(), code) for start, end, code in spans.select("start", "end", "code").iter_rows()]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Giá trị sản xuất công nghiệp tăng", "Giá trị sản xuất công nghiệp", "industrial_output_value"),
        ("giá trị sản xuất nông nghiệp tăng", "giá trị sản xuất nông nghiệp", "agri_output_value"),
        ("kim ngạch xuất khẩu tăng", "kim ngạch xuất khẩu", "exports"),
        ("tổng kim ngạch xuất nhập khẩu tăng", "tổng kim ngạch xuất nhập khẩu", "trade_turnover"),
        ("GRDP bình quân đầu người tăng", "GRDP bình quân đầu người", "gdp_per_capita"),
    ],
)
def test_the_longest_name_of_an_indicator_wins(text: str, words: str, code: str) -> None:
    assert (words, code) in found(text, aliases())


def test_a_name_is_found_as_whole_words_only() -> None:
    assert ("cpi", "cpi") not in [(words.lower(), code) for words, code in found("Công ty CPIT và GRDPx", aliases())]


@pytest.mark.parametrize("text", ["công nghiệp - xây dựng", "công nghiệp – xây dựng", "công nghiệp-xây dựng", "Công nghiệp - Xây dựng"])
def test_dashes_of_a_sector_are_printed_in_several_ways(text: str) -> None:
    assert [words for words, _ in found(f"Mức tăng của {text} là cao", sectors())] == [text]


def test_tones_are_spelt_in_two_ways() -> None:
    assert found("tỷ lệ đô thị hoá", aliases()) == [("tỷ lệ đô thị hoá", "urbanisation_rate")]
    assert found("tỷ lệ đô thị hóa", aliases()) == [("tỷ lệ đô thị hóa", "urbanisation_rate")]


@pytest.mark.parametrize(
    ("name", "column", "vocabularies"),
    [("indicator_aliases", "alias", [aliases]), ("cues", "cue", [cues]), ("industries", "term", [sectors, crowds])],
)
def test_every_entry_of_the_vocabulary_finds_itself(name: str, column: str, vocabularies: list[Callable[[], Vocabulary]]) -> None:
    terms = table(name)[column].unique(maintain_order=True)
    frame = lines(*(f"Nói về {term} thì" for term in terms))
    spans = pl.concat([find_vocabulary(frame, vocabulary()) for vocabulary in vocabularies]).join(frame.select("line", "text"), on="line")
    whole = spans.filter(pl.col("end") - pl.col("start") == pl.col("text").str.len_bytes() - len("Nói về  thì".encode()))
    missing = frame.filter(~pl.col("line").is_in(whole["line"].implode()))["text"].to_list()
    assert missing == []


@pytest.mark.parametrize("letter", ["Đ", "\u1636"])
def test_a_word_that_opens_like_the_word_for_a_sector_is_cut_between_letters(letter: str) -> None:
    text = f"Đạt 86.952 lao động ngành hàng{letter}"
    assert said(text, "sector") in ([], [f"hàng{letter}"])
