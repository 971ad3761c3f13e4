"""How it is asked: what all batches stand for becomes dimensions, one fact table, and an account of what is not in it."""

from __future__ import annotations

from assets.star.build import build
from assets.star.schema import CONTRACTS

__all__ = ["CONTRACTS", "build"]
