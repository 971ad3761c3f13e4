from __future__ import annotations

import polars as pl
import pytest

from assets.quality.words import shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (3.064e13, "30,640,000,000,000"),
        (6113.48, "6,113.48"),
        (-2500.0, "-2,500"),
        (999.0, "999"),
        (12.15, "12.15"),
        (0.0, "0"),
        (1.5e17, "1.5e+17"),
        (float("nan"), "NaN"),
    ],
)
def test_a_number_is_shown_in_groups_of_three(number: float, words: str) -> None:
    assert pl.select(shown(pl.lit(number))).item() == words


def test_nothing_is_shown_of_nothing() -> None:
    assert pl.select(shown(pl.lit(None, pl.Float64))).item() is None
