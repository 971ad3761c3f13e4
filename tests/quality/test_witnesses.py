from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from assets.quality.schema import Witness
from assets.quality.witnesses import warning_rows, weigh, witness_rows
from tests.factory import BASE_2022, YEAR_2022, Row, batch
from tests.quality.planted import GROWTH, PERCENT, USD, days, told

Figure = tuple[str, float, Row]

RESULT: Figure = ("30.640 tỷ đồng", 3.064e13, {})
EARLIER: Figure = ("27.320 tỷ đồng", 2.732e13, YEAR_2022)
TARGET: Figure = ("30.000 tỷ đồng", 3e13, {"status": "target"})
PART: Row = {"industry": "khai khoáng"}
OTHER_PART: Row = {"industry": "dệt may"}


def statements(*figures: Figure) -> pl.DataFrame:
    """Figures of one article, each in a line of its own."""
    rows = told("\n".join(words for words, _, _ in figures), *figures)
    return batch([rows[0]["planted_in"]], rows).observation


def find_witnesses(rows: pl.DataFrame) -> pl.DataFrame:
    return witness_rows(weigh(rows))


def found(*figures: Figure) -> list[dict[str, Any]]:
    return list(find_witnesses(statements(*figures)).iter_rows(named=True))


def one(*figures: Figure) -> dict[str, Any]:
    (witness,) = found(*figures)
    return witness


def growth(words: str, percent: float) -> Figure:
    return words, percent, GROWTH


def attained(words: str, percent: float) -> Figure:
    return words, percent, {"measure": "attainment", **PERCENT}


def share(words: str, percent: float, of: Row = PART) -> Figure:
    return words, percent, {"measure": "share", **of, **PERCENT}


def test_growth_leads_from_the_earlier_value_to_the_later_one() -> None:
    witness = one(RESULT, growth("12,15%", 12.15), EARLIER)
    keys = statements(RESULT, growth("12,15%", 12.15), EARLIER)["observation_key"].to_list()
    assert witness["agrees"]
    assert (witness["kind"], witness["batch"], witness["document_key"]) == ("growth_witness", "b1", "doc-bai-3")
    assert witness["observation_key"] == keys[0]
    assert witness["others"].split("|") == [keys[2], keys[1]]
    assert witness["stated"] == 3.064e13
    assert witness["computed"] == pytest.approx(2.732e13 * 1.1215)


@pytest.mark.parametrize(
    ("level", "percent", "agrees"),
    [
        # 27.320 × 1,1215 = 30.639,38: half a unit of each last digit explains 0,5 + 0,56 + 1,37 = 2,43.
        (("30.640 tỷ đồng", 3.064e13), ("12,15%", 12.15), True),
        (("30.641 tỷ đồng", 3.0641e13), ("12,15%", 12.15), True),
        (("30.642 tỷ đồng", 3.0642e13), ("12,15%", 12.15), False),
        (("30.637 tỷ đồng", 3.0637e13), ("12,15%", 12.15), True),
        (("30.636 tỷ đồng", 3.0636e13), ("12,15%", 12.15), False),
        # Fewer digits explain more: 12% is anything from 11,5 to 12,5.
        (("30.730 tỷ đồng", 3.073e13), ("12%", 12.0), True),
        (("30.740 tỷ đồng", 3.074e13), ("12%", 12.0), False),
        (("30,6 nghìn tỷ đồng", 3.06e13), ("12,15%", 12.15), True),
        (("30,5 nghìn tỷ đồng", 3.05e13), ("12,15%", 12.15), False),
    ],
)
def test_rounding_explains_as_much_as_the_printed_digits_leave_open(
    level: tuple[str, float], percent: tuple[str, float], agrees: bool
) -> None:
    assert one((*level, {}), growth(*percent), EARLIER)["agrees"] == agrees


def test_a_bound_that_is_not_exact_leaves_more_open() -> None:
    loose: Figure = ("30.000 tỷ đồng", 3e13, {"bound": "over"})
    exact: Figure = ("30.000 tỷ đồng", 3e13, {})
    assert one(loose, growth("12,15%", 12.15), EARLIER)["agrees"]
    assert not one(exact, growth("12,15%", 12.15), EARLIER)["agrees"]


@pytest.mark.parametrize(
    ("move", "agrees"),
    [
        (("gấp 1,12 lần", 1.12, {"measure": "multiple", "unit": "times", **BASE_2022}), True),
        (("gấp 1,2 lần", 1.2, {"measure": "multiple", "unit": "times", **BASE_2022}), False),
        (("112,15%", 112.15, {"measure": "index", **PERCENT, **BASE_2022}), True),
        (("102,15%", 102.15, {"measure": "index", **PERCENT, **BASE_2022}), False),
        (("3.320 tỷ đồng", 3.32e12, {"measure": "change", **BASE_2022}), True),
        (("4.320 tỷ đồng", 4.32e12, {"measure": "change", **BASE_2022}), False),
        (("-12,15%", -12.15, GROWTH), False),
    ],
    ids=["multiple", "wrong multiple", "index", "wrong index", "change", "wrong change", "fall"],
)
def test_multiple_index_and_change_lead_there_too(move: Figure, agrees: bool) -> None:
    words, value, said = move
    numeral = words.removeprefix("gấp ").removeprefix("-")
    assert one(RESULT, (numeral, value, said), EARLIER)["agrees"] == agrees


def test_a_change_in_points_moves_a_percentage_and_no_amount() -> None:
    rate: Row = {"indicator": "poverty_rate", **PERCENT}
    points: Figure = ("1,1 điểm phần trăm", -1.1, {**rate, "measure": "change", "unit": "percentage_point", **BASE_2022})
    assert one(("2,9%", 2.9, rate), points, ("4,0%", 4.0, {**rate, **YEAR_2022}))["agrees"]
    on_amounts = {**points[2], "indicator": "industrial_output_value"}
    assert found(RESULT, (*points[:2], on_amounts), EARLIER) == []


def test_a_target_grows_from_the_result_of_the_year_before() -> None:
    planned: Row = {"status": "target"}
    words, percent, said = growth("12,15%", 12.15)
    assert one(("30.640 tỷ đồng", 3.064e13, planned), (words, percent, {**said, **planned}), EARLIER)["agrees"]
    assert found(("30.640 tỷ đồng", 3.064e13, planned), (words, percent, said), EARLIER) == []


@pytest.mark.parametrize(
    "moved",
    [
        {"place": "Nam Định"},
        {"indicator": "agri_output_value"},
        {"industry": "dệt may"},
        {"entity": "Công ty Đá Xanh"},
        {"price_basis": "2010"},
        {"period": "2021", "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31)},
        {"unit": "USD"},
        {"period": None, "period_start": None, "period_end": None},
        {"value_upper": 2.8e13},
        {"denominator": 3e13},
    ],
    ids=lambda moved: next(iter(moved)),
)
def test_only_figures_about_the_same_bear_witness(moved: Row) -> None:
    words, value, said = EARLIER
    assert found(RESULT, growth("12,15%", 12.15), (words, value, {**said, **moved})) == []


def test_figures_of_two_documents_do_not_bear_witness_here() -> None:
    rows = statements(RESULT, growth("12,15%", 12.15), EARLIER)
    elsewhere = pl.when(pl.int_range(pl.len()) == 2).then(pl.lit("doc-other")).otherwise("document_key")
    assert find_witnesses(rows.with_columns(document_key=elsewhere)).is_empty()


def test_of_several_values_those_that_agree_best_stand() -> None:
    misread: Figure = ("40.000 tỷ đồng", 4e13, {"status": "estimate"})
    rounded: Figure = ("30.641 tỷ đồng", 3.0641e13, {"status": "estimate"})
    for extra in (misread, rounded):
        witness = one(extra, RESULT, growth("12,15%", 12.15), EARLIER)
        assert witness["agrees"]
        assert witness["stated"] == 3.064e13
    assert not one(misread, ("50.000 tỷ đồng", 5e13, {}), growth("12,15%", 12.15), EARLIER)["agrees"]


def test_a_subject_with_many_values_is_several_subjects() -> None:
    many: list[Figure] = [(f"{n}0.000 tỷ đồng", n * 1e13, {}) for n in range(4, 9)]
    assert found(*many, growth("12,15%", 12.15), EARLIER) == []
    assert len(found(*many[:4], growth("12,15%", 12.15), EARLIER)) == 1


def test_zero_agrees_with_zero() -> None:
    nothing: Figure = ("0 dự án", 0.0, {"indicator": "fdi_projects", "unit": "count"})
    ratio: Figure = ("0%", 0.0, {"indicator": "fdi_projects", "measure": "attainment", **PERCENT})
    target: Figure = ("5 dự án", 5.0, {"indicator": "fdi_projects", "unit": "count", "status": "target"})
    assert one(nothing, ("9 dự án", 9.0, nothing[2]), ratio, target)["agrees"]


@pytest.mark.parametrize(
    ("percent", "agrees"),
    [(("102,1%", 102.1), True), (("102%", 102.0), True), (("102,2%", 102.2), False), (("98%", 98.0), False)],
)
def test_attainment_is_result_by_target(percent: tuple[str, float], agrees: bool) -> None:
    witness = one(RESULT, attained(*percent), TARGET)
    assert (witness["kind"], witness["agrees"]) == ("attainment_witness", agrees)
    assert witness["computed"] == pytest.approx(3.064e13 / 3e13 * 100)


def test_attainment_needs_a_target_that_is_not_zero() -> None:
    assert found(RESULT, attained("102,1%", 102.1)) == []
    assert found(RESULT, attained("102,1%", 102.1), ("0 đồng", 0.0, {"status": "target"})) == []


@pytest.mark.parametrize(("percent", "agrees"), [(("10%", 10.0), True), (("10,5%", 10.5), True), (("12%", 12.0), False)])
def test_a_share_is_part_by_whole(percent: tuple[str, float], agrees: bool) -> None:
    part: Figure = ("3,2 nghìn tỷ đồng", 3.2e12, PART)
    witness = one(RESULT, part, share(*percent))
    assert (witness["kind"], witness["agrees"]) == ("share_witness", agrees)


def test_the_share_of_one_part_says_nothing_of_another() -> None:
    assert found(RESULT, ("3.064 tỷ đồng", 3.064e12, PART), share("50%", 50, OTHER_PART)) == []


@pytest.mark.parametrize(
    ("part", "disagrees"),
    [
        (("30.500 tỷ đồng", 3.05e13), False),
        (("30.510 tỷ đồng", 3.051e13), True),
        (("31 nghìn tỷ đồng", 3.1e13), False),
        (("32 nghìn tỷ đồng", 3.2e13), True),
        (("-32 nghìn tỷ đồng", -3.2e13), False),
    ],
)
def test_a_part_is_not_larger_than_its_whole(part: tuple[str, float], disagrees: bool) -> None:
    words, value = part
    whole: Figure = ("30 nghìn tỷ đồng", 3e13, {})
    witnesses = found(whole, (words.removeprefix("-"), value, PART))
    assert [(witness["kind"], witness["agrees"]) for witness in witnesses] == ([("part_witness", False)] if disagrees else [])


def test_a_part_that_fits_one_of_several_wholes_fits() -> None:
    small: Figure = ("10 nghìn tỷ đồng", 1e13, {"status": "estimate"})
    part: Figure = ("20 nghìn tỷ đồng", 2e13, PART)
    assert found(RESULT, small, part) == []
    assert not one(small, part)["agrees"]


def test_what_stands_behind_a_part_is_no_whole_to_measure_it_by() -> None:
    part: Figure = ("40 nghìn tỷ đồng", 4e13, PART)
    assert not one(RESULT, part)["agrees"]
    assert found(part, RESULT) == []


def test_amounts_of_products_have_no_whole() -> None:
    tonnes: Row = {"indicator": "agri_product_output", "unit": "t"}
    assert found(("30 tấn", 30.0, tonnes), ("40 tấn", 40.0, {**tonnes, "industry": "gạo"})) == []


def test_the_part_of_a_rate_may_be_larger_than_the_rate_of_the_whole() -> None:
    rate: Row = {"indicator": "poverty_rate", **PERCENT}
    assert found(("4%", 4.0, rate), ("9%", 9.0, {**rate, **PART})) == []


def test_parts_that_one_sentence_lists_and_that_fill_the_whole_bear_witness() -> None:
    text = "Tổng số 30 nghìn tỷ đồng.\nGồm 20 nghìn tỷ đồng và 10 nghìn tỷ đồng."
    whole: Figure = ("30 nghìn tỷ đồng", 3e13, {})
    for second, agree in ((1e13, True), (1.5e13, False)):
        rows = told(text, whole, ("20 nghìn tỷ đồng", 2e13, PART), ("10 nghìn tỷ đồng", second, OTHER_PART))
        witnesses = find_witnesses(batch([rows[0]["planted_in"]], rows).observation)
        assert witnesses["agrees"].to_list() == ([True] if agree else [])
        assert witnesses["formula"].to_list() == (["sum of 2 parts"] if agree else [])


@pytest.mark.parametrize(
    ("whole", "sign", "agrees"),
    [("trade_turnover", 8.0, True), ("trade_turnover", 7.0, False), ("trade_balance", 2.0, True), ("trade_balance", -2.0, False)],
)
def test_indicators_that_add_up_by_definition(whole: str, sign: float, agrees: bool) -> None:
    exports: Figure = ("5,00 tỷ USD", 5e9, {"indicator": "exports", **USD})
    imports: Figure = ("3,00 tỷ USD", 3e9, {"indicator": "imports", **USD})
    witness = one(exports, imports, (f"{abs(sign):.0f},00 tỷ USD", sign * 1e9, {"indicator": whole, **USD}))
    assert (witness["kind"], witness["agrees"]) == ("identity_witness", agrees)


def test_amounts_in_units_of_one_family_are_compared() -> None:
    land: Row = {"indicator": "industrial_land_area"}
    park: Figure = ("5 km2", 5.0, {"indicator": "industrial_park_area", "unit": "km2"})
    cluster: Figure = ("100 ha", 100.0, {"indicator": "industrial_cluster_area", "unit": "ha"})
    assert one(("600 ha", 600.0, {**land, "unit": "ha"}), park, cluster)["agrees"]


def test_a_disagreement_is_told_once_on_every_figure_with_both_values() -> None:
    figures = statements(("32.000 tỷ đồng", 3.2e13, {}), growth("12,15%", 12.15), EARLIER)
    warnings = warning_rows(weigh(figures))
    assert sorted(warnings["observation_key"]) == sorted(figures["observation_key"])
    (message,) = warnings["message"].unique()
    for told_value in ("«32.000 tỷ đồng»", "«12,15%»", "«27.320 tỷ đồng»", "gives 30,639,400,000,000,", "stated is 32,000,000,000,000,"):
        assert told_value in message
    assert warning_rows(weigh(statements(RESULT, growth("12,15%", 12.15), EARLIER))).is_empty()


def test_no_statements_give_no_witnesses_of_the_right_shape() -> None:
    nothing = statements(RESULT).clear()
    assert find_witnesses(nothing).schema == {name: column.dtype.type for name, column in Witness.to_schema().columns.items()}
    assert warning_rows(weigh(nothing)).is_empty()


def test_neither_order_nor_repetition_of_statements_shows() -> None:
    rows = statements(RESULT, growth("12,15%", 12.15), EARLIER, attained("102,1%", 102.1), TARGET)
    assert find_witnesses(rows).equals(find_witnesses(rows.reverse()))
    assert find_witnesses(pl.concat([rows, rows.with_columns(pl.col("observation_key") + "x")])).height == 4


def test_quarters_are_compared_with_the_quarter_they_name() -> None:
    quarter, before = days("period", date(2023, 4, 1), date(2023, 6, 30)), days("period", date(2022, 4, 1), date(2022, 6, 30))
    moved: Row = {**GROWTH, **quarter, **days("base", date(2022, 4, 1), date(2022, 6, 30))}
    assert one(("112 tỷ đồng", 1.12e11, quarter), ("12%", 12.0, moved), ("100 tỷ đồng", 1e11, before))["agrees"]
    assert found(("112 tỷ đồng", 1.12e11, quarter), ("12%", 12.0, moved), ("100 tỷ đồng", 1e11, YEAR_2022)) == []
