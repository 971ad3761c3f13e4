from __future__ import annotations

import polars as pl
import pytest

from assets.documents.page_words import KINDS, SHAPES, pattern, with_looks
from assets.reference import table

ROLES = {*KINDS, "opening", "dated"}


def test_every_word_has_a_part_and_a_place_that_somebody_looks_for() -> None:
    words = table("page_words")
    assert set(words["role"]) == ROLES
    assert set(words["where"]) <= set(SHAPES)
    assert words.select("word", "role", "where").is_duplicated().sum() == 0


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_word_is_found_alone_on_a_line(role: str) -> None:
    words = table("page_words").filter(pl.col("role") == role)["word"]
    for form in (words, words.str.to_uppercase(), words.str.replace_all(" ", "  ")):
        assert form.filter(~form.str.contains(pattern(role))).to_list() == []


@pytest.mark.parametrize("role", ["list", "box", "menu", "section"])
def test_words_that_are_all_of_a_line_are_not_found_in_a_longer_one(role: str) -> None:
    words = table("page_words").filter((pl.col("role") == role) & pl.col("where").is_in(["line", "counted"]))["word"]
    longer = words + " của huyện"
    assert longer.filter(longer.str.contains(pattern(role))).to_list() == []


def test_a_number_beside_a_word_belongs_to_a_counter_alone() -> None:
    looks = with_looks(
        pl.DataFrame({"line": ["913 lượt xem", "Bình luận (3)", "11.400 doanh nghiệp", "Kinh tế 2023", "Tin liên quan (5)"]})
    )
    assert looks.select("has_menu", "has_section", "has_box").rows() == [
        (True, False, False),
        (True, False, False),
        (False, False, False),
        (False, False, False),
        (False, False, True),
    ]


def test_no_look_is_unknown_and_lines_keep_their_places() -> None:
    lines = ["", "a", "x" * 1000, "Thứ 5, 01/08/2024", "27.320 tỷ đồng"]
    looks = with_looks(pl.DataFrame({"line": lines}))
    assert looks["line"].to_list() == lines
    assert sum(looks.null_count().row(0)) == 0
    assert looks["has_amount"].to_list() == [False, False, False, False, True]
