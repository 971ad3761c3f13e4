"""The catalogue: every table and view of the published file, with what it says and what it is made from."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from warehouse.blueprint import Column, Relation, relations

AssetPath = tuple[str, str]

_DOCUMENTS: tuple[AssetPath, ...] = (("documents", "document"),)
_ACCEPTED: tuple[AssetPath, ...] = (("quality", "accepted"),)
_MADE_FROM: dict[str, tuple[AssetPath, ...]] = {
    "dim_document": _DOCUMENTS,
    "dim_indicator": (),
    "dim_unit": _ACCEPTED,
    "dim_place": _ACCEPTED,
    "dim_period": _ACCEPTED,
    "dim_industry": _ACCEPTED,
    "dim_entity": _ACCEPTED,
    "fact_observation": (
        *_ACCEPTED,
        *(("star", f"dim_{name}") for name in ("document", "indicator", "unit", "place", "period", "industry", "entity")),
    ),
    "rejected_observation": (("quality", "rejected"), ("star", "dim_document")),
    "not_assigned": (("quality", "not_assigned"), ("star", "dim_document")),
    "unread_record": (("documents", "unread_record"), *_DOCUMENTS),
    "warning": (("quality", "warning"), ("star", "fact_observation")),
    "witness": (("quality", "witness"), ("star", "fact_observation")),
    "handed_over": (*_DOCUMENTS, *_ACCEPTED, ("quality", "rejected"), ("quality", "not_assigned")),
    "run_log": (("quality", "verdict"),),
    "quality_report": (("quality", "verdict"),),
}


class Entry(NamedTuple):
    """One table (`star`) or view (`marts`) of the published file; `deps` are the tables and views it is made from."""

    path: AssetPath
    is_view: bool
    description: str
    columns: tuple[Column, ...]
    deps: tuple[AssetPath, ...]


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every table and view in the order of creation: what an entry is made from stands before it, or in an earlier room."""
    every = relations()
    paths = {relation.name: _path(relation) for relation in every}
    return tuple(
        Entry(
            paths[relation.name],
            relation.is_view,
            relation.description,
            relation.columns,
            tuple(paths[name] for name in relation.reads) if relation.is_view else _MADE_FROM[relation.name],
        )
        for relation in every
    )


def _path(relation: Relation) -> AssetPath:
    return ("marts" if relation.is_view else "star", relation.name)
