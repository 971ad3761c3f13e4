from __future__ import annotations

from assets.marts import catalogue
from assets.star import CONTRACTS

EARLIER_ROOMS = {
    ("documents", "document"),
    ("documents", "unread_record"),
    ("quality", "accepted"),
    ("quality", "rejected"),
    ("quality", "not_assigned"),
    ("quality", "warning"),
    ("quality", "witness"),
    ("quality", "verdict"),
}


def test_lists_every_table_and_view_with_what_it_says() -> None:
    entries = {entry.path: entry for entry in catalogue()}
    assert {name for room, name in entries if room == "star"} == set(CONTRACTS)
    assert {name for room, name in entries if room == "marts"} == {
        "observation",
        "indicator_value",
        "conflict",
        "target_vs_actual",
        "panel",
        "coverage",
        "place_today",
        "derived_value",
        "drift",
    }
    assert all(entry.description and entry.columns for entry in entries.values())


def test_what_an_entry_is_made_from_stands_before_it() -> None:
    known = set(EARLIER_ROOMS)
    for entry in catalogue():
        assert set(entry.deps) <= known, entry.path
        known.add(entry.path)
    assert {dep for entry in catalogue() for dep in entry.deps} >= EARLIER_ROOMS


def test_a_fact_depends_on_every_dimension() -> None:
    fact = next(entry for entry in catalogue() if entry.path == ("star", "fact_observation"))
    dimensions = {("star", name) for name in CONTRACTS if name.startswith("dim_")}
    assert dimensions <= set(fact.deps)
