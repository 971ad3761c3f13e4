"""What people open: the tables and views of the one published file, as a catalogue that can be shown before there is a file."""

from __future__ import annotations

from assets.marts.catalogue import Entry, catalogue

__all__ = ["Entry", "catalogue"]
