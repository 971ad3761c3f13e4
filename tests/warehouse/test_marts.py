from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.star import build
from tests.star.planted import (
    BASE_2022,
    HA_NAM,
    NAM_DINH,
    NINH_BINH,
    OUTPUT,
    THANH_LIEM,
    YEAR_2023,
    Article,
    claim,
    rooms,
    verdicts,
)
from warehouse.publish import publish

Rows = list[tuple[object, ...]]
Ask = Callable[[Sequence[dict[str, object]], str], Rows]
PERCENT = {**OUTPUT, "unit": "percent"}
LAM_DONG = {"place": "Lâm Đồng", "place_code": "68", "place_level": "province"}
HUE = {"place": "Huế", "place_code": "46", "place_level": "province"}
NGHE_AN = {"place": "Nghệ An", "place_code": "40", "place_level": "province"}
OLD_HUE = {**HUE, "place": "Thừa Thiên Huế"}
CUC_PHUONG = {"place": "Ninh Bình > Nho Quan > Cúc Phương", "place_code": "14404", "place_level": "commune"}
VAN_PHUONG = {"place": "Ninh Bình > Nho Quan > Văn Phương", "place_code": "14431", "place_level": "commune"}
HOA_MAC = {"place": "Hà Nam > Duy Tiên > Hòa Mạc", "place_code": "13324", "place_level": "commune"}
BAC_LY = {"place": "Nghệ An > Kỳ Sơn > Bắc Lý", "place_code": "16819", "place_level": "commune"}
GONE = {"place": "Hà Nam > Thanh Liêm > Thanh Bình", "place_code": "13462", "place_level": "commune"}
YEAR_2007 = {"on": date(2008, 3, 1), "period": "2007", "period_start": date(2007, 1, 1), "period_end": date(2007, 12, 31)}
YEAR_2019 = {"on": date(2020, 3, 1), "period": "2019", "period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}
HA_NOI = {"place": "Hà Nội", "place_code": "01", "place_level": "province"}
HA_TAY = {"place": "Hà Tây", "place_code": "28", "place_level": "province"}


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Publishes statements, each in an article of its own (`on` a day, else one a day), and asks the file a question."""
    with ExitStack() as stack:

        def answer(statements: Sequence[dict[str, object]], query: str) -> Rows:
            articles, claims = [], []
            for day, said in enumerate(statements, start=1):
                written = str(said.get("written", "10 tỷ đồng"))
                published_on = said.get("on", date(2024, 1, day))
                assert isinstance(published_on, date)
                article = Article(f"bao-{day}", published_on, [f"Tin {day}: đạt {written}."])
                value = said.get("value", 1e10)
                assert isinstance(value, int | float)
                rest = {name: told for name, told in said.items() if name not in {"written", "value", "on"}}
                claims.append(claim(article, written, value, **{**OUTPUT, **HA_NAM, **YEAR_2023, **rest}))
                articles.append(article)
            told = [{**row, "rule": row["warnings"], "message": "Look at it."} for row in claims if row["warnings"]]
            warned = [{name: row[name] for name in ("observation_key", "document_key", "batch", "rule", "message")} for row in told]
            publish(build(*rooms(articles, claims, warning=warned)), verdicts("b1"), tmp_path / "x.duckdb")
            connection = stack.enter_context(duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True))
            return connection.execute(query).fetchall()

        yield answer


def test_mentions_of_one_fact_are_merged_and_the_latest_article_decides(sql: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT value, lowest, highest, mentions, sources, conflict, first_article, latest_article, first_published_on, len(observation_keys)
        FROM indicator_value
        WHERE place = 'Hà Nam' AND measure = 'level' AND status = 'actual' AND year = 2023
    """
    # three articles, two of them with the same text
    assert sql.execute(query).fetchall() == [
        (3.15e13, 3.081e13, 3.15e13, 3, 2, True, "ket-qua", "dang-lai", date(2024, 3, 1), 3),
    ]


def test_estimate_plan_and_result_stay_apart(sql: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT status, value FROM indicator_value
        WHERE place = 'Hà Nam' AND measure = 'level' AND year = 2023 ORDER BY status
    """
    assert sql.execute(query).fetchall() == [("actual", 3.15e13), ("estimate", 3.064e13), ("target", 3.0e13)]


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ({"written": "10,04 tỷ đồng", "value": 1.004e10}, False),
        ({"written": "10,6 tỷ đồng", "value": 1.06e10}, True),
        ({"written": "10.002 triệu đồng", "value": 1.0002e10}, False),
        ({"written": "11.002 triệu đồng", "value": 1.1002e10, "bound": "over"}, False),
    ],
    ids=["within the digits printed", "beyond them", "other scale word", "not exact"],
)
def test_a_conflict_is_a_difference_that_the_digits_printed_do_not_allow(other: dict[str, object], conflict: bool, ask: Ask) -> None:
    statements = [{"written": "10 tỷ đồng", "value": 1e10}, other]
    query = "SELECT conflict, mentions, (SELECT count(*) FROM conflict) FROM indicator_value"
    assert ask(statements, query) == [(conflict, 2, 2 if conflict else 0)]


@pytest.mark.parametrize(("value", "expected"), [("10", (1, 2, False)), ("20", (1, 2, True))], ids=["the same", "another value"])
def test_a_copy_of_an_article_is_no_second_source_and_another_value_in_it_is_a_conflict(
    value: str, expected: tuple[int, int, bool], tmp_path: Path
) -> None:
    lines = [
        "Nhà máy xi măng phía nam tỉnh chạy hết công suất từ đầu mùa khô, khói bụi đã giảm hẳn so với trước.",
        "Anh em thợ lò cho biết mỗi ca làm đủ 8 giờ, cơm trưa có canh, lương nhận đúng ngày 25, nghỉ 4 chủ nhật.",
        "Đại diện công ty nói trong năm 2023 đơn vị nộp 15 lượt báo cáo môi trường, không lần nào bị nhắc.",
    ]
    first = Article("goc", date(2024, 1, 1), [*lines, "Doanh thu đạt 10 tỷ đồng."])
    copy = Article("chep", date(2024, 1, 2), ["Tin địa phương", *lines, f"Doanh thu đạt {value} tỷ đồng."])
    said = {**OUTPUT, **HA_NAM, **YEAR_2023}
    claims = [claim(first, "10 tỷ đồng", 1e10, **said), claim(copy, f"{value} tỷ đồng", float(value) * 1e9, **said)]
    publish(build(*rooms([first, copy], claims)), verdicts("b1"), tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(DISTINCT cluster_key) FROM dim_document").fetchall() == [(1,)]
        assert connection.execute("SELECT sources, mentions, conflict FROM indicator_value").fetchall() == [expected]


def test_different_values_of_one_document_are_no_conflict_but_unresolved(tmp_path: Path) -> None:
    article = Article("bao", date(2024, 1, 1), ["Hà Nam: nơi này đạt 10 tỷ đồng, nơi kia đạt 20 tỷ đồng."])
    said = {**OUTPUT, **HA_NAM, **YEAR_2023}
    claims = [claim(article, "10 tỷ đồng", 1e10, **said), claim(article, "20 tỷ đồng", 2e10, **said)]
    publish(build(*rooms([article], claims)), verdicts("b1"), tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT conflict, unresolved, mentions FROM indicator_value").fetchall() == [(False, True, 2)]
        assert connection.execute("SELECT * FROM panel").fetchall() == []


def test_units_of_a_family_are_compared_in_the_base_unit_and_currencies_are_not(ask: Ask) -> None:
    area = {"indicator": "industrial_park_area"}
    statements = [
        {**area, "unit": "ha", "value": 200.0, "written": "200 ha"},
        {**area, "unit": "km2", "value": 2.0, "written": "2 km2"},
        {"unit": "USD", "value": 5.0, "written": "5 USD"},
        {"unit": "VND", "value": 5.0, "written": "5 VND"},
    ]
    rows = ask(statements, "SELECT unit, value, mentions, conflict FROM indicator_value ORDER BY unit")
    assert rows == [("USD", 5.0, 1, False), ("VND", 5.0, 1, False), ("ha", 200.0, 2, False)]


def test_a_target_stands_beside_its_result(sql: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT place, year, target, result, result_status, attainment, attainment_stated, target_article, result_article
        FROM target_vs_actual ORDER BY year
    """
    assert sql.execute(query).fetchall() == [
        ("Hà Nam", 2023, 3.0e13, 3.15e13, "actual", 105.0, 102.7, "ke-hoach", "dang-lai"),
        ("Hà Nam", 2024, 3.4e13, None, None, None, None, "ket-qua", None),
    ]


def test_a_target_of_one_firm_is_not_met_by_another(ask: Ask) -> None:
    statements: list[dict[str, object]] = [{"status": "target", "entity": "Công ty A"}, {"status": "actual", "entity": "Công ty B"}]
    assert ask(statements, "SELECT entity, result FROM target_vs_actual") == [("công ty a", None)]


def test_the_panel_takes_the_most_final_result_of_the_whole_place(ask: Ask) -> None:
    statements: list[dict[str, object]] = [
        {"status": "actual", "value": 2e10, "written": "20 tỷ đồng"},
        {"status": "estimate", "value": 3e10, "written": "30 tỷ đồng"},
        {"status": "target", "value": 4e10, "written": "40 tỷ đồng"},
        {"status": "actual", "value": 5e10, "written": "50 tỷ đồng", "industry": "dệt"},
        {"status": "actual", "value": 15.0, "written": "15%", "measure": "growth", "unit": "percent", **BASE_2022},
        {
            "status": "actual",
            "value": 70.0,
            "written": "70%",
            "measure": "growth",
            "unit": "percent",
            "base": "2018",
            "base_start": date(2018, 1, 1),
            "base_end": date(2018, 12, 31),
        },
    ]
    rows = ask(statements, "SELECT place, year, measure, value, status FROM panel ORDER BY measure")
    assert rows == [("Hà Nam", 2023, "growth", 15.0, "actual"), ("Hà Nam", 2023, "level", 2e10, "actual")]


def test_a_stock_of_a_year_is_its_last_one_told_and_a_flow_to_a_day_is_none(ask: Ask) -> None:
    def on(day: date) -> dict[str, object]:
        return {"period": str(day), "period_start": day, "period_end": day}

    stock = {"indicator": "industrial_parks", "unit": "count"}
    statements = [
        {**stock, **on(date(2023, 6, 30)), "value": 7.0, "written": "7 khu"},
        {**stock, **on(date(2023, 12, 31)), "value": 8.0, "written": "8 khu"},
        on(date(2023, 6, 30)),
    ]
    assert ask(statements, "SELECT indicator, year, value FROM panel") == [("industrial_parks", 2023, 8.0)]


def test_merged_provinces_add_up_and_ratios_never(sql: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT place, measure, treatment, value, parts, parts_told FROM place_today ORDER BY measure"
    assert sql.execute(query).fetchall() == [
        ("Ninh Bình", "growth", "ratio", None, 3, 2),
        ("Ninh Bình", "level", "summed", 3.15e13 + 2.51e13 + 9.02e13, 3, 3),
    ]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([HA_NAM, NINH_BINH], ("incomplete", None)),
        ([HA_NAM, NAM_DINH, NINH_BINH], ("summed", 3e10)),
        ([NGHE_AN], ("unchanged", 1e10)),
        ([HUE, OLD_HUE], ("unchanged", 1e10)),
        ([LAM_DONG], ("incomplete", None)),
        ([{**NGHE_AN, **PERCENT, "measure": "growth", **BASE_2022}], ("unchanged", 1e10)),
        ([{**place, "indicator": "crop_yield", "unit": "t/ha"} for place in (HA_NAM, NAM_DINH, NINH_BINH)], ("ratio", None)),
        ([{**place, "indicator": "agri_share", "unit": "percent"} for place in (HA_NAM, NAM_DINH, NINH_BINH)], ("ratio", None)),
    ],
)
def test_provinces_of_today(statements: Sequence[dict[str, object]], expected: tuple[object, ...], ask: Ask) -> None:
    assert ask(statements, "SELECT treatment, value FROM place_today") == [expected]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([CUC_PHUONG, VAN_PHUONG], ("Ninh Bình", "Ninh Bình > Cúc Phương", "summed", 2e10, 2, 2)),
        ([CUC_PHUONG], ("Ninh Bình", "Ninh Bình > Cúc Phương", "incomplete", None, 2, 1)),
        ([BAC_LY], ("Nghệ An", "Nghệ An > Bắc Lý", "unchanged", 1e10, 1, 1)),
        ([HOA_MAC], ("Ninh Bình", None, "split", None, None, None)),
        ([THANH_LIEM], ("Ninh Bình", None, "split", None, None, None)),
        ([{**GONE, **YEAR_2019}], (None, None, "unknown", None, None, None)),
        ([{**HA_NOI, **YEAR_2007}, {**HA_TAY, **YEAR_2007}], ("Hà Nội", "Hà Nội", "summed", 2e10, 2, 2)),
        ([{**HA_NOI, **YEAR_2007}], ("Hà Nội", "Hà Nội", "incomplete", None, 2, 1)),
        ([HA_NOI], ("Hà Nội", "Hà Nội", "unchanged", 1e10, 1, 1)),
        (
            [{**HA_NOI, **YEAR_2007}, {**HA_TAY, **YEAR_2007}, {**HA_NOI, **YEAR_2007, "on": date(2009, 1, 1)}],
            ("Hà Nội", "Hà Nội", "unchanged", 1e10, 1, 1),
        ),
    ],
)
def test_units_of_today(statements: Sequence[dict[str, object]], expected: tuple[object, ...], ask: Ask) -> None:
    assert ask(statements, "SELECT province, place, treatment, value, parts, parts_told FROM place_today") == [expected]


def test_a_place_that_is_split_is_listed_with_what_was_told_and_the_units_of_today(ask: Ask) -> None:
    rows = ask([{**HOA_MAC}], "SELECT old_places[1].place, old_places[1].value, today FROM place_today")
    assert rows == [("Hà Nam > Duy Tiên > Hòa Mạc", 1e10, ["Ninh Bình > Duy Tiên", "Ninh Bình > Duy Tân"])]


def test_a_renamed_place_is_one_place_and_has_the_name_of_the_latest_article(ask: Ask) -> None:
    target = {**OLD_HUE, "status": "target", "written": "20 tỷ đồng", "value": 2e10, "on": date(2024, 5, 1)}
    statements = [{**HUE, "on": date(2025, 2, 1)}, {**OLD_HUE, "on": date(2024, 2, 1)}, target]
    rows = ask(statements, "SELECT place, mentions FROM indicator_value WHERE status = 'actual'")
    assert rows == [("Huế", 2)]


def test_a_target_that_was_set_under_an_older_name_meets_its_result(ask: Ask) -> None:
    target = {**OLD_HUE, "status": "target", "written": "20 tỷ đồng", "value": 2e10, "on": date(2024, 5, 1)}
    assert ask([target, {**HUE, "on": date(2025, 2, 1)}], "SELECT result, attainment FROM target_vs_actual") == [(1e10, 50.0)]


def test_coverage_counts_everything_once(sql: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT sum(documents), sum(unread_records), sum(accepted), sum(rejected), sum(not_assigned) FROM coverage"
    assert sql.execute(query).fetchall() == [(8, 1, 13, 1, 1)]
    assert sql.execute("SELECT accepted_percent FROM coverage WHERE source = 'Báo T'").fetchall() == [(50.0,)]
