from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from assets.star import CONTRACTS, build
from assets.star.schema import MADE_BY_PUBLISHING
from tests.star.planted import HA_NAM, OUTPUT, YEAR_2023, Article, Rooms, claim, country, rooms

ARTICLE = Article("a", date(2024, 1, 2), ["Giá trị sản xuất công nghiệp đạt 10 tỷ đồng."])


def one_fact(**said: object) -> dict[str, pl.DataFrame]:
    return build(*rooms([ARTICLE], [claim(ARTICLE, "10 tỷ đồng", 1e10, **{**OUTPUT, **said})]))


def test_gives_every_table_of_the_contract_except_the_run_log() -> None:
    tables = build(*country())
    assert set(tables) == set(CONTRACTS) - set(MADE_BY_PUBLISHING)
    for name, frame in tables.items():
        assert frame.columns == list(CONTRACTS[name].to_schema().columns)


def test_no_input_gives_an_empty_fact_and_the_reference_rows() -> None:
    tables = build(*rooms())
    assert tables["fact_observation"].is_empty()
    assert tables["dim_document"].is_empty()
    assert tables["dim_indicator"].height > 50
    assert set(tables["dim_place"]["place_level"]) == {"province"}
    assert tables["dim_place"].filter(pl.col("valid_to").is_null()).height == 34
    assert tables["dim_place"].filter(pl.col("valid_to") == date(2025, 6, 30)).height == 52  # eleven of the 63 are as they were


def test_a_fact_points_to_what_its_statement_says() -> None:
    tables = build(*country())
    fact = tables["fact_observation"].filter(pl.col("entity_key").is_not_null())
    for name, key in (("place", "place_key"), ("entity", "entity_key"), ("industry", "industry_key"), ("period", "period_key")):
        fact = fact.join(tables[f"dim_{name}"].select(key, name), on=key)
    assert fact.select("place", "entity", "industry", "period", "value", "unit").row(0) == (
        "Hà Nam > Thanh Liêm",
        "Công ty Đá Xanh",
        "xi măng",
        "2023",
        1.2e6,
        "t",
    )


def test_neither_the_order_of_rows_nor_of_batches_shows() -> None:
    given = country()
    turned = Rooms(*(frame.reverse() for frame in given))
    for name, frame in build(*given).items():
        assert frame.equals(build(*turned)[name]), name


def test_a_document_that_two_batches_have_counts_once_and_its_copy_is_unread() -> None:
    twin = ARTICLE._replace(batch="b2")
    statements = [claim(article, "10 tỷ đồng", 1e10, **OUTPUT) for article in (ARTICLE, twin)]
    tables = build(*rooms([ARTICLE, twin], statements))
    assert tables["dim_document"]["batch"].to_list() == ["b1"]
    assert tables["fact_observation"].height == 1
    assert tables["unread_record"].select("batch", "reason").rows() == [("b2", "same content as")]


def test_what_each_batch_hands_over_is_counted_by_document() -> None:
    twin, silent = ARTICLE._replace(batch="b2"), ARTICLE._replace(name="im-lang")
    statements = [claim(article, "10 tỷ đồng", 1e10, **OUTPUT) for article in (ARTICLE, twin)]
    tables = build(*rooms([ARTICLE, twin, silent], statements, not_assigned=[claim(twin, "10 tỷ đồng", 1e10, unit="VND")]))
    assert tables["handed_over"].sort("batch", "document_key").rows() == [
        (ARTICLE.key, "b1", 1, 0, 0),
        (silent.key, "b1", 0, 0, 0),
        (ARTICLE.key, "b2", 1, 0, 1),
    ]


def test_documents_with_the_same_text_share_a_cluster() -> None:
    clusters = dict(build(*country())["dim_document"].select("document", "cluster_key").iter_rows())
    assert clusters["bao-khac"] == clusters["dang-lai"]
    assert len(set(clusters.values())) == len(clusters) - 1


@pytest.mark.parametrize(
    ("published_on", "valid_to"),
    [(date(2025, 6, 30), date(2025, 6, 30)), (date(2025, 7, 1), None), (None, date(2025, 6, 30))],
    ids=["before the merger", "after the merger", "undated"],
)
def test_a_province_is_that_of_the_day_of_the_article(published_on: date | None, valid_to: date | None) -> None:
    article = ARTICLE._replace(published_on=published_on)
    hung_yen = {"place": "Hưng Yên", "place_code": "33", "place_level": "province"}
    tables = build(*rooms([article], [claim(article, "10 tỷ đồng", 1e10, **OUTPUT, **hung_yen)]))
    place = tables["fact_observation"].join(tables["dim_place"], on="place_key")
    assert place.select("place_code", "valid_to").row(0) == ("33", valid_to)


@pytest.mark.parametrize(("published_on", "code"), [(date(2025, 6, 30), "89"), (date(2025, 7, 1), "91")])
def test_a_place_without_a_code_is_that_of_its_path(published_on: date, code: str) -> None:
    article = ARTICLE._replace(published_on=published_on)
    tables = build(*rooms([article], [claim(article, "10 tỷ đồng", 1e10, **OUTPUT, place="An Giang", place_level="province")]))
    assert tables["fact_observation"].join(tables["dim_place"], on="place_key")["place_code"].to_list() == [code]
    assert tables["dim_place"].filter(pl.col("place") == "An Giang")["place_code"].null_count() == 0


def test_a_place_that_no_list_knows_stands_with_the_units_above_it() -> None:
    place = one_fact(place="Hà Nam > Xứ Lạ > Làng Mới", place_code=None, place_level="commune")["dim_place"]
    paths = (
        place.filter(pl.col("place").str.contains("^Hà Nam($| >)")).sort("place").select("place", "place_name", "place_parent", "successor")
    )
    assert paths.rows() == [
        ("Hà Nam", "Hà Nam", None, "Ninh Bình"),
        ("Hà Nam > Xứ Lạ", "Xứ Lạ", "Hà Nam", None),
        ("Hà Nam > Xứ Lạ > Làng Mới", "Làng Mới", "Hà Nam > Xứ Lạ", None),
    ]


@pytest.mark.parametrize(
    ("label", "start", "end", "kind", "year"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year", 2023),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31), "quarter", 2023),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", 2024),
        ("2023-01/2023-09", date(2023, 1, 1), date(2023, 9, 30), "range", 2023),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31), "range", 2025),
        ("2014-12-31", date(2014, 12, 31), date(2014, 12, 31), "date", 2014),
        ("2023-02-01/2023-04-30", date(2023, 2, 1), date(2023, 4, 30), "range", 2023),
    ],
)
def test_a_period_knows_its_kind(label: str, start: date, end: date, kind: str, year: int) -> None:
    period = one_fact(period=label, period_start=start, period_end=end)["dim_period"]
    assert period.select("period", "period_kind", "year").rows() == [(label, kind, year)]


@pytest.mark.parametrize(
    ("unit", "base", "factor", "family"),
    [
        ("km2", "ha", 100.0, "area"),
        ("kg", "t", 0.001, "mass"),
        ("VND/person/month", "VND/person/month", 1.0, "money/people/time"),
        ("VND/kg", "VND/t", 1000.0, "money/mass"),
        ("kg/ha", "t/ha", 0.001, "mass/area"),
        ("t/xe", "t/xe", 1.0, None),
        ("EUR", "EUR", 1.0, "money"),
    ],
)
def test_a_unit_knows_what_it_is_compared_in(unit: str, base: str, factor: float, family: str | None) -> None:
    row = one_fact(unit=unit)["dim_unit"].filter(pl.col("unit") == unit)
    assert row.select("base_unit", "unit_family").row(0) == (base, family)
    assert row["factor"].item() == pytest.approx(factor)


@pytest.mark.parametrize(
    ("code", "named", "section", "codes"),
    [
        ("23", True, "C", ("23", "23", "23")),
        ("2394", False, "C", ("23", "23", "23")),
        ("C", True, "C", ("C", "C", "C")),
        ("B-F", True, None, ("B-F", "B-F", "B-F")),
        ("J", True, "J", ("J", None, None)),
        (None, False, None, (None, None, None)),
    ],
)
def test_a_sector_has_its_names_and_codes_where_the_classification_lists_it(
    code: str | None, named: bool, section: str | None, codes: tuple[str | None, ...]
) -> None:
    row = one_fact(industry="Xi  Măng", industry_code=code)["dim_industry"].row(0, named=True)
    assert (row["industry_name"] is not None, row["industry_section"], row["industry_folded"]) == (named, section, "xi măng")
    assert (row["vsic_2018"], row["vsic_2025"], row["isic_4"]) == codes


def test_no_warning_is_null() -> None:
    assert one_fact(warnings="")["fact_observation"]["warnings"].to_list() == [None]
    assert one_fact(warnings="growth_base")["fact_observation"]["warnings"].to_list() == ["growth_base"]


@pytest.mark.parametrize("broken", [{"measure": "guess"}, {"bound": None}, {"status": "maybe"}, {"indicator": None}, {"unit": None}])
def test_a_fact_that_breaks_the_contract_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(SchemaErrors):
        one_fact(**broken)


def test_keys_are_the_same_everywhere() -> None:
    fact = one_fact(**HA_NAM, **YEAR_2023)["fact_observation"]
    assert fact.select("place_key", "period_key").row(0) == ("f73c95c1bb96a3f9", "dde24e548943cbbd")
