"""What leaves the room `observations`: one row a quantity, with what its sentence says of it."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

MEASURES = ["level", "growth", "growth_avg", "change", "multiple", "share", "attainment", "gap_to_target", "contribution", "index"]
BOUNDS = ["exact", "approx", "over", "under", "nearly", "at_least", "at_most"]
STATUSES = ["actual", "estimate", "preliminary", "target", "forecast"]
PRICE_BASES = ["current", "1994", "2010", "2020"]
PLACE_LEVELS = ["country", "province", "district", "commune"]


class Observation(pa.DataFrameModel):
    """One quantity of a document and the statement that its sentence makes with it."""

    observation_key: str = pa.Field(unique=True, description="Hash of document, offsets and rank among readings of one numeral")
    document_key: str = pa.Field(description="Document of the quantity")
    batch: str = pa.Field(description="Batch that the document arrived in")
    evidence: str = pa.Field(description="The number as printed, with its unit")
    evidence_start: pl.UInt32 = pa.Field(description="First code point of `evidence` in the document's text")
    evidence_end: pl.UInt32 = pa.Field(description="Code point after the last of `evidence`")
    sentence_start: pl.UInt32 = pa.Field(description="First code point of the sentence")
    sentence_end: pl.UInt32 = pa.Field(description="Code point after the last of the sentence")
    sentence: str = pa.Field(description="The sentence that states the quantity")
    indicator: str = pa.Field(nullable=True, description="Code of `seeds/indicators.csv`; null where no indicator was found")
    noun_phrase: str = pa.Field(nullable=True, description="Words around a quantity that no indicator was found for")
    measure: str = pa.Field(isin=MEASURES, description="How the number speaks of the indicator")
    value: float = pa.Field(description="The number in canonical units; the lower end of a range")
    value_upper: float = pa.Field(nullable=True, description="Upper end of a range")
    denominator: float = pa.Field(nullable=True, description="For `13/13 xã`: the 13 after the stroke")
    unit: str = pa.Field(description="Canonical unit: VND, USD, percent, ha, t, count, VND/person/month …")
    value_as_written: str = pa.Field(description="The numeral as printed")
    unit_as_written: str = pa.Field(nullable=True, description="The unit as printed, scale words included")
    bound: str = pa.Field(isin=BOUNDS, description="How exact the writer claims to be")
    place: str = pa.Field(nullable=True, description="Administrative unit, biggest first: `Hà Nam > Thanh Liêm`")
    place_code: str = pa.Field(nullable=True, description="Official code of the smallest unit of `place`")
    place_level: str = pa.Field(nullable=True, isin=PLACE_LEVELS, description="Level of the smallest unit of `place`")
    entity: str = pa.Field(nullable=True, description="Organisation or named site the quantity is about, as written")
    industry: str = pa.Field(nullable=True, description="Sector, ownership group or product it is limited to, as written")
    industry_code: str = pa.Field(nullable=True, description="VSIC code of `industry`, where it is one")
    period: str = pa.Field(nullable=True, description="Time that the value describes, ISO 8601")
    period_start: pl.Date = pa.Field(nullable=True, description="First day of `period`")
    period_end: pl.Date = pa.Field(nullable=True, description="Last day of `period`")
    base: str = pa.Field(nullable=True, description="Time compared with, ISO 8601")
    base_start: pl.Date = pa.Field(nullable=True, description="First day of `base`")
    base_end: pl.Date = pa.Field(nullable=True, description="Last day of `base`")
    status: str = pa.Field(nullable=True, isin=STATUSES, description="Result, estimate, preliminary, target or forecast")
    price_basis: str = pa.Field(nullable=True, isin=PRICE_BASES, description="Current prices, or the year of the constant prices")
    rule_indicator: str = pa.Field(nullable=True, description="Rule that bound the indicator")
    rule_measure: str = pa.Field(description="Rule that chose the measure")
    rule_period: str = pa.Field(nullable=True, description="Rule that bound the period")
    rule_place: str = pa.Field(nullable=True, description="Rule that bound the place")
    rule_status: str = pa.Field(nullable=True, description="Rule that chose the status")
    distance_indicator: pl.Int32 = pa.Field(nullable=True, description="Code points between the indicator's words and the numeral")
    ambiguous_numeral: bool = pa.Field(description="Whether dot and comma could be read the other way, and nothing decided")
