from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.mentions.spans import find_pattern, find_terms, fold, fold_word, longest_only, words_only
from assets.mentions.windows import code_points
from tests.mentions.reading import lines

# Letters of one to four bytes, a combining mark, digits, marks of numbers and words that the patterns look for.
PIECES = [*"đĐệab\u0302😀7., (–…\t", "20", "2023", "năm ", "tỷ", "đồng", "tỷ đồng"]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), min_size=1, max_size=6)
PATTERNS = [r"[0-9]+(?:[.,][0-9]+)*", r"năm [0-9]+", r"đồng|tỷ đồng", r"(?:tỷ )?đồng", r"[^\p{L}]đ", r"😀+|\p{Lu}", r"[0-9]{1,3}(?:[.,]|$)"]
TERMS = ["năm", "tỷ", "đồng", "tỷ đồng", "a", "a b", "năm năm", "2023"]


def _frame(texts: list[str]) -> pl.DataFrame:
    frame = pl.DataFrame({"line": range(len(texts)), "text": texts}, schema={"line": pl.UInt32, "text": pl.String})
    return frame.with_columns(folded=fold(pl.col("text"))).with_columns(words=words_only(pl.col("folded")))


def _bytes(text: str, at: int) -> int:
    return len(text[:at].encode())


@settings(deadline=None)
@given(TEXTS, st.sampled_from(PATTERNS))
def test_a_pattern_is_found_where_python_finds_it(texts: list[str], pattern: str) -> None:
    found = find_pattern(_frame(texts), pattern, "text").select("line", "start", "end", "match").rows()
    python = re.compile(pattern.replace(r"[^\p{L}]", r"[\W\d_]").replace(r"\p{Lu}", "Đ"))
    expected = [
        (number, _bytes(text, m.start()), _bytes(text, m.end()), m[0]) for number, text in enumerate(texts) for m in python.finditer(text)
    ]
    assert found == expected


@settings(deadline=None)
@given(TEXTS)
def test_the_character_before_a_match_is_told(texts: list[str]) -> None:
    for line, start, before in find_pattern(_frame(texts), "[0-9]+", "text").select("line", "start", "before").iter_rows():
        head = texts[line].encode()[:start].decode()
        # Between two matches nothing is seen of the first.
        assert before in (head[-1:], "")


@settings(deadline=None)
@given(TEXTS)
def test_terms_are_found_as_whole_words_wherever_they_overlap(texts: list[str]) -> None:
    frame = _frame(texts)
    found = find_terms(frame, pl.Series([f" {term} " for term in TERMS])).select("line", "start", "match").rows()
    expected = []
    for number, words in enumerate(frame["words"]):
        for term in TERMS:
            hits = re.finditer(f"(?= {re.escape(term)} )", words)
            expected += [(number, _bytes(words, hit.start()), f" {term} ") for hit in hits]
    assert sorted(found) == sorted(expected)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(1, 6)), max_size=4, unique=True))
def test_of_a_few_overlapping_spans_one_is_kept_and_each_hidden_one_overlaps_a_kept_one(spans: list[tuple[int, int, int]]) -> None:
    rows = sorted({(line, start, start + length) for line, start, length in spans})
    frame = pl.DataFrame(rows, schema={"line": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32}, orient="row")
    kept = longest_only(frame).rows()
    assert kept == sorted(kept)
    for i, (line, start, end) in enumerate(kept):
        assert all(other != line or e <= start or s >= end for other, s, e in kept[i + 1 :])
    for line, start, end in set(rows) - set(kept):
        assert any(other == line and s < end and start < e for other, s, e in kept)


def test_the_longer_of_two_terms_at_one_place_wins() -> None:
    frame = _frame(["giá trị sản xuất công nghiệp"])
    terms = pl.Series([" sản xuất ", " giá trị sản xuất ", " giá trị sản xuất công nghiệp ", " công nghiệp "])
    assert longest_only(find_terms(frame, terms))["match"].to_list() == [" giá trị sản xuất công nghiệp "]


def test_a_term_that_only_a_hidden_one_covered_is_found() -> None:
    frame = _frame(["a b c d"])
    kept = longest_only(find_terms(frame, pl.Series([" a b c ", " b c d ", " d "])))
    assert kept["match"].to_list() == [" a b c ", " d "]


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa bình", "hoà bình"), ("HÒA BÌNH", "hoà bình"), ("thủy sản", "thuỷ sản"), ("hóa chất", "hoá chất"), ("loét", "loét")],
)
def test_both_places_of_the_tone_mark_fold_alike(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_folding_keeps_every_byte_in_its_place(text: str) -> None:
    assert len(fold_word(text).encode()) == len(text.encode())


@pytest.mark.parametrize("head", ["", "Đông Hưng ", "😀😀 ", "hòa\u0323 e\u0302\u0323 ", "“…” – ", "dòng đầu 😀\nĐ "])
def test_spans_leave_the_room_as_code_points_of_the_text(head: str) -> None:
    text = f"{head}đạt 27.320 tỷ đồng"
    frame = lines(text)
    spans = code_points(frame, find_pattern(frame, "[0-9.]+"))
    assert [text[a:b] for a, b in spans.select("first", "last").iter_rows()] == ["27.320"]
