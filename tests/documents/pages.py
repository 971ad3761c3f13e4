"""Builds a batch out of texts, and shows which part each line of a page plays."""

from __future__ import annotations

import json
from pathlib import Path

from assets.documents import Documents, read_batch

PARAGRAPHS = (
    "Huyện Hoa Lư khép lại năm 2023 với giá trị sản xuất công nghiệp 1.250 tỷ đồng, cao hơn năm 2022 chừng 9,4%.",
    "Trong đó, nghề gốm góp 310 tỷ đồng, còn các xưởng may ven quốc lộ góp thêm 145 tỷ đồng và 2.600 chỗ làm.",
    "Sang năm 2024, huyện đặt kế hoạch 1.400 tỷ đồng, dành 18 ha đất sạch cho các xưởng muốn dời khỏi khu dân cư.",
)
TITLE = "Hoa Lư giữ nhịp các xưởng gốm ven sông"


def write_jsonl(path: Path, *records: dict[str, object]) -> Path:
    """A file of JSON lines."""
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    return path


def batch_of(folder: Path, *texts: str, **fields: object) -> Documents:
    """Texts as documents of one batch, all with the same fields beside."""
    return read_batch(write_jsonl(folder / "batch.jsonl", *({"text": text, **fields} for text in texts)), "b")


def shown(batch: Documents) -> list[tuple[str, str]]:
    """Role and text of each line of the batch's first document."""
    document = batch.document.row(0, named=True)
    rows = batch.block.filter(batch.block["document_key"] == document["document_key"]).iter_rows(named=True)
    return [(row["role"], document["text"][row["start"] : row["end"]]) for row in rows]


def roles(folder: Path, page: str, **fields: object) -> dict[str, str]:
    """Line → role, of one page."""
    return {line: role for role, line in shown(batch_of(folder, page, **fields))}


def page(*lines: str) -> str:
    """Lines as a page."""
    return "\n".join(lines)
