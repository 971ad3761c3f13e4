from __future__ import annotations

import pytest

from tests.mentions.reading import marks


@pytest.mark.parametrize("words", ["của huyện Yên Mỹ", "trên địa bàn huyện Yên Mỹ", "tại huyện Yên Mỹ"])
def test_a_named_unit_keeps_the_word_of_its_level(words: str) -> None:
    assert [mark["code"] for mark in marks(f"Thu ngân sách {words} đạt 5 tỷ đồng.", "place")] == ["huyện yên mỹ"]


@pytest.mark.parametrize("words", ["của huyện", "trên địa bàn huyện", "toàn huyện"])
def test_a_unit_without_its_name_is_the_home(words: str) -> None:
    assert [mark["family"] for mark in marks(f"Thu ngân sách {words} đạt 5 tỷ đồng.", "place")] == ["home"]
