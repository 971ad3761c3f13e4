"""The one published DuckDB file: its tables (`ddl`), its views (`marts`), its audit (`integrity`), ready questions (`queries`)."""

from __future__ import annotations

from warehouse.audit import Check
from warehouse.blueprint import Column, Relation, relations
from warehouse.publish import Publication, publish
from warehouse.refusal import PublishRefusedError

__all__ = ["Check", "Column", "Publication", "PublishRefusedError", "Relation", "publish", "relations"]
