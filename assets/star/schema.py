"""What leaves the room `star`: the tables of the published file, in the order in which they are loaded.

Descriptions become the comments of the published tables; types, keys and CHECKs stand in `warehouse/ddl/*.sql`, and a test
holds the two together. Columns that come unchanged from another room keep its description.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandera.polars as pa
import polars as pl

from assets.documents.schema import Document
from assets.observations.schema import BOUNDS, MEASURES, PLACE_LEVELS, PRICE_BASES, STATUSES
from assets.star.accounts import HandedOver, NotAssigned, QualityReport, RejectedObservation, RunLog, UnreadRecord, Warning_, Witness
from assets.star.columns import as_in, stated

PERIOD_KINDS = ["year", "quarter", "month", "date", "range"]
INDICATOR_KINDS = ["stock", "flow", "rate", "index"]
DATED_BY = ["law", "lists"]


class DimDocument(pa.DataFrameModel):
    """One document that was read, with its text: every offset of the file points into it."""

    document_key: str = pa.Field(unique=True, description="Key of the document: hash of batch-relative path, record id and content")
    batch: str = as_in(Document, "batch")
    document: str = as_in(Document, "document")
    source_file: str = as_in(Document, "source_file")
    record_id: str = as_in(Document, "record_id")
    source: str = as_in(Document, "source")
    url: str = as_in(Document, "url")
    title: str = as_in(Document, "title")
    published_on: pl.Date = as_in(Document, "published_on")
    published_on_from: str = as_in(Document, "published_on_from")
    encoding: str = as_in(Document, "encoding")
    extra: str = as_in(Document, "extra")
    content_hash: str = as_in(Document, "content_hash")
    cluster_key: str = pa.Field(description="First key among the documents with equal or near-identical texts: they count as one source")
    text: str = as_in(Document, "text")


class DimIndicator(pa.DataFrameModel):
    """One indicator of the catalogue."""

    indicator: str = pa.Field(unique=True, description="Code of the indicator in the catalogue")
    indicator_group: str = pa.Field(description="Field of economic life that the indicator belongs to")
    indicator_name: str = pa.Field(description="Vietnamese name of the indicator")
    indicator_name_en: str = pa.Field(description="English name of the indicator")
    indicator_unit: str = pa.Field(nullable=True, description="Unit it is usually stated in; null where it depends on the product")
    indicator_kind: str = pa.Field(isin=INDICATOR_KINDS, description="Stock, flow, rate or index: only stocks and flows may be summed")
    unit_families: str = pa.Field(description="Families of units that a level of the indicator may have, joined by |")
    national_code: str = pa.Field(description="Code in the national system of indicators (Law 01/2021/QH15), else `no official code`")
    provincial_code: str = pa.Field(description="Code in the system of the provinces (Decision 05/2023/QĐ-TTg), else `no official code`")
    vsic_sections: str = pa.Field(description="Sections of VSIC 2018 that the indicator covers, first to last; all where it has no limit")


class DimUnit(pa.DataFrameModel):
    """One canonical unit, with the unit and factor that make values of its family comparable."""

    unit: str = pa.Field(unique=True, description="Canonical unit: VND, USD, percent, ha, t, count, VND/person/month …")
    unit_family: str = pa.Field(nullable=True, description="Family of the unit; null for a unit that is not in the catalogue of units")
    base_unit: str = pa.Field(description="Unit that values of the family are compared in; a currency is only compared with itself")
    factor: float = pa.Field(gt=0, description="A value in `unit` times this factor is the value in `base_unit`")
    unit_code: str = pa.Field(nullable=True, description="Code of the unit in a standard")
    unit_code_system: str = pa.Field(nullable=True, description="Standard of `unit_code`: UCUM, ISO 4217, or both")
    unit_name: str = pa.Field(nullable=True, description="Vietnamese name of the unit")


class DimPlace(pa.DataFrameModel):
    """One administrative unit in one of its versions, or a place that a text names and no list knows."""

    place_key: str = pa.Field(unique=True, description="Key of the place: hash of path, code and first day")
    place: str = pa.Field(description="Path of the place, biggest unit first: `Hà Nam > Thanh Liêm`")
    place_name: str = pa.Field(description="Name of the place without its path")
    place_level: str = pa.Field(nullable=True, isin=PLACE_LEVELS, description="Level of the place")
    place_type: str = pa.Field(nullable=True, description="Word for its kind of unit: tỉnh, thành phố, huyện, thị xã, phường …")
    place_code: str = pa.Field(nullable=True, description="Official code of the place in its time; codes were reused in 2025")
    place_parent: str = pa.Field(nullable=True, description="Path of the unit that the place lies in")
    valid_from: pl.Date = pa.Field(nullable=True, description="First day of this version; null where unknown")
    valid_to: pl.Date = pa.Field(nullable=True, description="Last day of this version; null where it still exists or is unknown")
    dated_by: str = pa.Field(
        nullable=True, isin=DATED_BY, description="law: both days are those of an act; lists: a day lies in the middle of two dated lists"
    )
    predecessor: str = pa.Field(nullable=True, description="Paths of the units right before it that it was made from, joined by ` | `")
    successor: str = pa.Field(nullable=True, description="Paths of the units right after it that took it over, joined by ` | `")
    today: str = pa.Field(nullable=True, description="Paths of the units of today that it lies in, joined by ` | `; null where unknown")
    territory_key: str = pa.Field(description="First version of the same territory: equal where only name, type, code or parent changed")


class DimPeriod(pa.DataFrameModel):
    """One stretch of time; a fact points to it twice: what the value describes, and what it is compared with."""

    period_key: str = pa.Field(unique=True, description="Key of the period: hash of label, first and last day")
    period: str = pa.Field(description="Label of the period in ISO 8601: 2023, 2023-Q1, 2023-01/2023-09, 2014-12-31")
    period_start: pl.Date = pa.Field(nullable=True, description="First day of the period")
    period_end: pl.Date = pa.Field(nullable=True, description="Last day of the period")
    period_kind: str = pa.Field(nullable=True, isin=PERIOD_KINDS, description="Year, quarter, month, date, or any other range")
    year: pl.Int32 = pa.Field(nullable=True, description="Calendar year of the last day")


class DimIndustry(pa.DataFrameModel):
    """One sector, ownership group or product as texts write it, with its place in VSIC where it has one."""

    industry_key: str = pa.Field(unique=True, description="Key of the sector: hash of its words and code")
    industry: str = pa.Field(description="Sector, ownership group or product as written")
    industry_folded: str = pa.Field(description="`industry` in lower case: equal for spellings that mean the same")
    industry_code: str = stated("industry_code")
    industry_name: str = pa.Field(nullable=True, description="Vietnamese name of the code in VSIC 2018")
    industry_name_en: str = pa.Field(nullable=True, description="English name of the code, as in ISIC Rev. 4")
    industry_section: str = pa.Field(nullable=True, description="Section of VSIC that the code lies in; null for several sections")
    vsic_2018: str = pa.Field(nullable=True, description="Division, section or range of sections of VSIC 2018 that holds the code")
    vsic_2025: str = pa.Field(nullable=True, description="The same in VSIC 2025; null where the change of codes was not verified")
    isic_4: str = pa.Field(nullable=True, description="The same in ISIC Rev. 4; null where it was not verified")


class DimEntity(pa.DataFrameModel):
    """One organisation or named site as texts write it."""

    entity_key: str = pa.Field(unique=True, description="Key of the organisation: hash of its name")
    entity: str = pa.Field(description="Name of the organisation or site as written")
    entity_folded: str = pa.Field(description="`entity` in lower case: equal for spellings that mean the same")


class FactObservation(pa.DataFrameModel):
    """One accepted mention of a figure: what one sentence of one document claims."""

    observation_key: str = pa.Field(unique=True, description="Key of the mention: hash of document, offsets and rank")
    document_key: str = pa.Field(description="Document that states the figure")
    indicator: str = pa.Field(description="Code of the indicator in the catalogue")
    measure: str = stated("measure", isin=MEASURES)
    value: float = stated("value")
    value_upper: float = stated("value_upper")
    denominator: float = stated("denominator")
    unit: str = stated("unit")
    bound: str = stated("bound", isin=BOUNDS)
    status: str = stated("status", isin=STATUSES)
    price_basis: str = stated("price_basis", isin=PRICE_BASES)
    place_key: str = pa.Field(nullable=True, description="Place the figure is about; null where the text does not tell")
    entity_key: str = pa.Field(nullable=True, description="Organisation the figure is about; null where it is about the whole place")
    industry_key: str = pa.Field(nullable=True, description="Sector or product the figure is limited to; null where it is not limited")
    period_key: str = pa.Field(nullable=True, description="Time that the value describes; null where the text does not tell")
    base_key: str = pa.Field(nullable=True, description="Period that the value is compared with, for growth, change and multiple")
    evidence: str = stated("evidence")
    evidence_start: pl.UInt32 = stated("evidence_start")
    evidence_end: pl.UInt32 = stated("evidence_end")
    sentence: str = stated("sentence")
    sentence_start: pl.UInt32 = stated("sentence_start")
    sentence_end: pl.UInt32 = stated("sentence_end")
    value_as_written: str = stated("value_as_written")
    unit_as_written: str = stated("unit_as_written")
    rule_indicator: str = stated("rule_indicator")
    rule_measure: str = stated("rule_measure")
    rule_period: str = stated("rule_period")
    rule_place: str = stated("rule_place")
    rule_status: str = stated("rule_status")
    distance_indicator: pl.Int32 = stated("distance_indicator")
    ambiguous_numeral: bool = stated("ambiguous_numeral")
    warnings: str = pa.Field(nullable=True, description="Names of the warnings on the figure, joined by |; null where there are none")


CONTRACTS: Mapping[str, type[pa.DataFrameModel]] = {
    "dim_document": DimDocument,
    "dim_indicator": DimIndicator,
    "dim_unit": DimUnit,
    "dim_place": DimPlace,
    "dim_period": DimPeriod,
    "dim_industry": DimIndustry,
    "dim_entity": DimEntity,
    "fact_observation": FactObservation,
    "rejected_observation": RejectedObservation,
    "not_assigned": NotAssigned,
    "unread_record": UnreadRecord,
    "warning": Warning_,
    "witness": Witness,
    "handed_over": HandedOver,
    "run_log": RunLog,
    "quality_report": QualityReport,
}
MADE_BY_PUBLISHING = ("run_log", "quality_report")
