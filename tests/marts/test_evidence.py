"""The evidence that Dagster shows beside the tables of figures."""

from __future__ import annotations

import polars as pl

from assets.marts.wiring import LINE_WIDTH, evidence
from assets.wiring import IN_PLACE

FIGURE = {
    "indicator_name": "Giá trị sản xuất công nghiệp",
    "measure": "level",
    "value": 34_000_000_000_000.0,
    "unit": "VND",
    "place": "Hà Nam",
    "period": "2024",
    "evidence": "34.000 tỷ đồng",
    "before": "Năm 2024, tỉnh Hà Nam đặt mục tiêu giá trị sản xuất công nghiệp [giá hiện hành] đạt ",
    "after": ".",
}


def shown(*figures: dict[str, object]) -> str:
    return str(evidence(pl.DataFrame(figures, infer_schema_length=None)).value)


def test_the_printed_number_is_bold_in_its_sentence_and_what_was_read_follows() -> None:
    assert [line.strip() for line in shown(FIGURE).splitlines()] == [
        "- Năm 2024, tỉnh Hà Nam đặt mục tiêu giá trị sản xuất công",
        r"nghiệp \[giá hiện hành\] đạt **34.000 tỷ đồng**.",
        "→ 34,000,000,000,000 VND · Giá trị sản xuất công nghiệp · level",
        "· Hà Nam · 2024",
    ]


def test_what_a_sentence_does_not_tell_is_left_out() -> None:
    assert shown(FIGURE | {"place": None, "period": None, "value": 4.25, "unit": "percent"}).endswith(
        "→ 4.25 percent · Giá trị sản xuất công nghiệp · level\n"
    )


def test_marks_of_markdown_are_shown_as_they_are() -> None:
    assert r"\*\*giá \`so sánh\` \- **34.000 tỷ đồng**" in shown(FIGURE | {"before": "**giá `so sánh` - "})


def test_no_more_is_shown_than_has_its_place() -> None:
    every = shown(*[FIGURE] * 20)
    assert every.count("- ") > 1
    assert len(every) < IN_PLACE
    assert max(len(line.strip()) for line in every.splitlines()) <= LINE_WIDTH
