"""Keys that are the same in every run and on every machine: hashes of what names a row for people."""

from __future__ import annotations

import hashlib

import polars as pl

_SEPARATOR = "\x1f"


def with_key(frame: pl.DataFrame, key: str, natural: list[str]) -> pl.DataFrame:
    """Add the column `key`: 16 hexadecimal digits, a hash of the columns `natural`; null and "" give the same hash.

    Meant for frames of distinct rows: each row is hashed on its own.
    """
    words = frame.select(pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in natural], separator=_SEPARATOR)).to_series()
    hashes = [hashlib.blake2b(word.encode(), digest_size=8).hexdigest() for word in words]
    return frame.with_columns(pl.Series(key, hashes, dtype=pl.String))
