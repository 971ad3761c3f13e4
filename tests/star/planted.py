"""A small country of planted articles: frames as the rooms before the star hand them over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl

from assets.documents.schema import Document, UnreadRecord
from assets.observations.schema import Observation
from assets.quality.witnesses import weigh, witness_rows


class Rooms(NamedTuple):
    """The arguments of `assets.star.build`, in order."""

    document: pl.DataFrame
    unread_record: pl.DataFrame
    accepted: pl.DataFrame
    rejected: pl.DataFrame
    not_assigned: pl.DataFrame
    warning: pl.DataFrame
    witness: pl.DataFrame


class Article(NamedTuple):
    """One document, its text the sentences one below the other."""

    name: str
    published_on: date | None
    sentences: Sequence[str]
    batch: str = "b1"

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    @property
    def key(self) -> str:
        return f"doc-{self.name}"


YEAR_2023 = {"period": "2023", "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
YEAR_2024 = {"period": "2024", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
BASE_2022 = {"base": "2022", "base_start": date(2022, 1, 1), "base_end": date(2022, 12, 31)}
HA_NAM = {"place": "Hà Nam", "place_code": "35", "place_level": "province"}
NAM_DINH = {"place": "Nam Định", "place_code": "36", "place_level": "province"}
NINH_BINH = {"place": "Ninh Bình", "place_code": "37", "place_level": "province"}
THANH_LIEM = {"place": "Hà Nam > Thanh Liêm", "place_code": "351", "place_level": "district"}
OUTPUT = {"indicator": "industrial_output_value", "unit": "VND", "unit_as_written": "tỷ đồng"}

_DEFAULTS: dict[str, Any] = {
    "measure": "level",
    "bound": "exact",
    "status": "actual",
    "rule_measure": "planted",
    "ambiguous_numeral": False,
}


def frame(contract: type[pa.DataFrameModel], rows: Sequence[dict[str, Any]], **more: type[pl.DataType]) -> pl.DataFrame:
    """Rows as a frame with the columns and types of a contract, and of `more`."""
    types = {name: column.dtype.type for name, column in contract.to_schema().columns.items()} | more
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types, orient="row")


def claim(article: Article, evidence: str, value: float, **said: object) -> dict[str, Any]:
    """A statement found in an article: offsets, sentence and numeral come from where `evidence` stands in it."""
    start = article.text.index(evidence)
    sentence = next(sentence for sentence in article.sentences if evidence in sentence)
    sentence_start = article.text.index(sentence)
    return _DEFAULTS | {
        "observation_key": f"obs-{article.name}-{start}",
        "document_key": article.key,
        "batch": article.batch,
        "evidence": evidence,
        "evidence_start": start,
        "evidence_end": start + len(evidence),
        "sentence": sentence,
        "sentence_start": sentence_start,
        "sentence_end": sentence_start + len(sentence),
        "value": value,
        "value_as_written": evidence.split(" ")[0].rstrip("%"),
        "warnings": "",
        **said,
    }


def documents(articles: Sequence[Article]) -> pl.DataFrame:
    """The frame `document` of planted articles."""
    rows = [
        {
            "document_key": article.key,
            "batch": article.batch,
            "document": article.name,
            "source_file": f"{article.name}.txt",
            "source": f"Báo {article.name[0].upper()}",
            "title": article.sentences[0],
            "published_on": article.published_on,
            "published_on_from": "metadata" if article.published_on else None,
            "encoding": "utf-8",
            "content_hash": f"hash-{hash_of(article.text)}",
            "text": article.text,
        }
        for article in articles
    ]
    return frame(Document, rows)


def hash_of(text: str) -> str:
    """Equal for equal texts."""
    return sha256(text.encode()).hexdigest()[:16]


def rooms(
    articles: Sequence[Article] = (),
    accepted: Sequence[dict[str, Any]] = (),
    rejected: Sequence[dict[str, Any]] = (),
    not_assigned: Sequence[dict[str, Any]] = (),
    warning: Sequence[dict[str, Any]] = (),
    unread: Sequence[dict[str, Any]] = (),
) -> Rooms:
    """The frames of all batches, with the witnesses that accepted statements bear."""
    text = pl.String
    return Rooms(
        documents(articles),
        frame(UnreadRecord, unread),
        frame(Observation, accepted, warnings=text),
        frame(Observation, rejected, rule=text, reason=text),
        frame(Observation, not_assigned),
        pl.DataFrame(
            list(warning), schema=dict.fromkeys(("observation_key", "document_key", "batch", "rule", "message"), text), orient="row"
        ),
        witness_rows(weigh(frame(Observation, accepted))),
    )


def verdicts(*batches: str, passed: bool = True) -> pl.DataFrame:
    """One blocking rule for each batch."""
    rows = [
        {"batch": batch, "rule": "row_balance", "description": "Nothing is lost", "severity": "blocking", "passed": passed}
        | {"failing_rows": 0 if passed else 3, "message": "" if passed else "3 quantities are missing"}
        for batch in batches
    ]
    types = {"batch": pl.String, "rule": pl.String, "description": pl.String, "severity": pl.String, "passed": pl.Boolean}
    return pl.DataFrame(rows, schema=types | {"failing_rows": pl.Int64, "message": pl.String}, orient="row")


def country() -> Rooms:
    """Eight articles about three provinces that became one in 2025: plans, estimates, results, a conflict, and what was left out."""
    plan = Article("ke-hoach", date(2023, 1, 10), ["Năm 2023, Hà Nam phấn đấu giá trị sản xuất công nghiệp đạt 30.000 tỷ đồng."])
    estimate = Article(
        "uoc",
        date(2023, 12, 5),
        ["Hà Nam khép lại năm 2023.", "Giá trị sản xuất công nghiệp ước đạt 30.640 tỷ đồng, tăng 12,15% so với 2022."],
    )
    result = Article(
        "ket-qua",
        date(2024, 3, 1),
        [
            "Hà Nam: giá trị sản xuất công nghiệp năm 2023 đạt 30.810 tỷ đồng, bằng 102,7% kế hoạch.",
            "Nam Định đạt 25.100 tỷ đồng.",
            "Sang 2024, Hà Nam đặt đích 34.000 tỷ đồng.",
        ],
    )
    other = Article("bao-khac", date(2024, 4, 2), ["Theo báo cáo, Hà Nam đạt 31.500 tỷ đồng giá trị sản xuất công nghiệp năm 2023."])
    copied = Article("dang-lai", date(2024, 4, 3), other.sentences, batch="b2")
    ninh_binh = Article(
        "ninh-binh", date(2024, 2, 2), ["Ninh Bình: giá trị sản xuất công nghiệp 2023 đạt 90.200 tỷ đồng, tăng 7,1%."], batch="b2"
    )
    firm = Article(
        "thanh-liem",
        date(2024, 5, 6),
        ["Công ty Đá Xanh ở Thanh Liêm làm ra 1,2 triệu tấn xi măng năm 2023.", "Huyện có 63 điểm cầu."],
        batch="b2",
    )
    undated = Article("khong-ngay", None, ["Đường dây nóng 1900.", "Hà Nam thu hút 54 dự án, lấp đầy 250% diện tích."], batch="b2")
    accepted = [
        claim(plan, "30.000 tỷ đồng", 3.0e13, status="target", **OUTPUT, **HA_NAM, **YEAR_2023),
        claim(estimate, "30.640 tỷ đồng", 3.064e13, status="estimate", **OUTPUT, **HA_NAM, **YEAR_2023),
        claim(
            estimate,
            "12,15%",
            12.15,
            status="estimate",
            measure="growth",
            **{**OUTPUT, "unit": "percent"},
            **HA_NAM,
            **YEAR_2023,
            **BASE_2022,
        ),
        claim(result, "30.810 tỷ đồng", 3.081e13, **OUTPUT, **HA_NAM, **YEAR_2023),
        claim(result, "102,7%", 102.7, measure="attainment", **{**OUTPUT, "unit": "percent"}, **HA_NAM, **YEAR_2023),
        claim(result, "34.000 tỷ đồng", 3.4e13, status="target", **OUTPUT, **HA_NAM, **YEAR_2024),
        claim(result, "25.100 tỷ đồng", 2.51e13, **OUTPUT, **NAM_DINH, **YEAR_2023),
        claim(other, "31.500 tỷ đồng", 3.15e13, **OUTPUT, **HA_NAM, **YEAR_2023),
        claim(copied, "31.500 tỷ đồng", 3.15e13, **OUTPUT, **HA_NAM, **YEAR_2023),
        claim(ninh_binh, "90.200 tỷ đồng", 9.02e13, **OUTPUT, **NINH_BINH, **YEAR_2023),
        claim(
            ninh_binh,
            "7,1%",
            7.1,
            measure="growth",
            warnings="growth_base",
            **{**OUTPUT, "unit": "percent"},
            **NINH_BINH,
            **YEAR_2023,
            **BASE_2022,
        ),
        claim(
            firm,
            "1,2 triệu tấn",
            1.2e6,
            indicator="industrial_product_output",
            unit="t",
            industry="xi măng",
            industry_code="23",
            entity="Công ty Đá Xanh",
            **THANH_LIEM,
            **YEAR_2023,
        ),
        claim(undated, "54 dự án", 54, indicator="investment_projects", unit="count", **HA_NAM),
    ]
    return rooms(
        [plan, estimate, result, other, copied, ninh_binh, firm, undated],
        accepted,
        [
            claim(
                undated,
                "250%",
                250,
                indicator="industrial_park_occupancy",
                unit="percent",
                rule="share_above_100",
                reason="A share cannot exceed 100 percent",
            )
        ],
        [claim(firm, "63 điểm cầu", 63, unit="count", noun_phrase="điểm cầu")],
        [
            {
                "observation_key": accepted[10]["observation_key"],
                "document_key": ninh_binh.key,
                "batch": "b2",
                "rule": "growth_base",
                "message": "Level, growth and base do not fit together",
            }
        ],
        [{"batch": "b1", "source_file": "anh.bin", "record": None, "reason": "binary", "detail": "The file holds no text."}],
    )
