from __future__ import annotations

import unicodedata
from pathlib import Path

import polars as pl
import pytest

from assets.documents import read_batch
from assets.documents.schema import Block, Document, UnreadRecord
from tests.documents.pages import PARAGRAPHS, TITLE, batch_of, page, write_jsonl


def test_the_three_tables_keep_their_contracts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page(TITLE, *PARAGRAPHS))
    (tmp_path / "b.html").write_text(f"<title>{TITLE}</title><article><p>{PARAGRAPHS[0]}</p></article>")
    (tmp_path / "c.md").write_text(f"# {TITLE}\n\n{PARAGRAPHS[1]}")
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    batch = read_batch(tmp_path, "b")
    for contract, frame in zip((Document, Block, UnreadRecord), batch, strict=True):
        assert contract.validate(frame, lazy=True).columns == list(contract.to_schema().columns)
    assert batch.document.select("document", "batch").rows() == [("a.txt", "b"), ("b.html", "b"), ("c.md", "b")]


@pytest.mark.parametrize("bad", [[], ["empty.txt"]])
def test_a_batch_without_documents_has_tables_without_rows(tmp_path: Path, bad: list[str]) -> None:
    for name in bad:
        (tmp_path / name).write_bytes(b"")
    batch = read_batch(tmp_path, "b")
    assert (batch.document.height, batch.block.height, batch.unread_record.height) == (0, 0, len(bad))
    for contract, frame in zip((Document, Block, UnreadRecord), batch, strict=True):
        contract.validate(frame, lazy=True)


def test_nothing_at_the_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing-here"):
        read_batch(tmp_path / "nothing-here", "b")


def test_the_same_input_gives_the_same_rows_wherever_it_lies(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder / "sub").mkdir(parents=True)
        write_jsonl(tmp_path / folder / "tin.jsonl", *({"id": n, "text": text} for n, text in enumerate(PARAGRAPHS)), {"text": ""})
        (tmp_path / folder / "sub" / "a.txt").write_text(page(TITLE, "07/03/2024", *PARAGRAPHS))
    for one, two in zip(read_batch(tmp_path / "one", "b"), read_batch(tmp_path / "two", "b"), strict=True):
        assert one.equals(two)


def test_offsets_are_those_of_the_text_as_it_is_published(tmp_path: Path) -> None:
    written = unicodedata.normalize("NFD", page(f"  {TITLE}", "\u00a0", *PARAGRAPHS)).replace("\n", "\r\n").replace("Đ", "Ð")
    batch = batch_of(tmp_path, written)
    document = batch.document.row(0, named=True)
    spans = [document["text"][start:end] for start, end in batch.block.select("start", "end").iter_rows()]
    assert spans == [TITLE, *PARAGRAPHS]
    assert document["title"] == TITLE


def test_texts_that_differ_in_their_letters_alone_have_one_hash(tmp_path: Path) -> None:
    batch = batch_of(tmp_path, PARAGRAPHS[0], unicodedata.normalize("NFD", PARAGRAPHS[0]), PARAGRAPHS[0].replace(" ", "\u00a0"))
    assert batch.document.height == 3
    assert batch.document["content_hash"].n_unique() == 1
    assert batch.document["document_key"].n_unique() == 3


def test_lines_of_a_document_stand_together_in_the_order_of_documents(tmp_path: Path) -> None:
    batch = batch_of(tmp_path, *(page(TITLE, f"Xã {n}", *PARAGRAPHS) for n in range(50)))
    assert batch.block["document_key"].rle().struct.field("value").to_list() == batch.document["document_key"].to_list()
    starts = batch.block.select(pl.col("start").diff().over("document_key")).drop_nulls().to_series()
    assert (starts > 0).all()
