"""Texts as the room `mentions` takes them, and what it finds in them."""

from __future__ import annotations

from typing import Any

import polars as pl

from assets.documents.schema import Block, Document
from assets.mentions import find_mentions
from assets.mentions.lines import body_lines
from tests import factory


def tables(*texts: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables `document` and `block` of texts, named by their numbers; every line is body."""
    documents = [factory.document(text, name=str(number)) for number, text in enumerate(texts)]
    return factory.frame(Document, documents), factory.frame(Block, [line for row in documents for line in factory.blocks(row)])


def lines(*texts: str) -> pl.DataFrame:
    """Lines as the finders take them, one document a text."""
    return body_lines(*tables(*texts))


def marks(text: str, kind: str) -> list[dict[str, Any]]:
    """What is found of a kind in one text, in its order, each with `said`: the words that it stands on."""
    found = find_mentions(*tables(text)).filter(pl.col("kind") == kind)
    return [{**row, "said": text[row["start"] : row["end"]]} for row in found.to_dicts()]


def said(text: str, kind: str) -> list[str]:
    """The words of all marks of a kind."""
    return [mark["said"] for mark in marks(text, kind)]
