"""Units: what stands right after a numeral, read with `seeds/units.csv` into canonical unit, factor and family."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.spans import fold
from assets.reference import table

# Compound units belong to families of their own: a price is not money, a yield is not a mass.
_FAMILY_PER = pl.DataFrame(
    {
        "family": ["money", "money", "money", "mass", "mass", "mass", "count", "money", "money", "money"],
        "per": ["person/month", "person/year", "person", "ha", "ha/crop", "ha/year", "day", "month", "year", "day"],
        "family_per": ["money_per_person"] * 3 + ["yield"] * 3 + ["rate"] + ["money"] * 3,
    }
)


# What is paid for as printed in `unit_form`.
_PAID_FOR = ["người", "tháng", "m\\^", "m²", "ha", "héc ta", "hecta", "kg", "lượng", "con", "cây", "căn", "chiếc", "cổ phiếu"]
# The digit of `m2` is no numeral: it is read as another character of one byte.
_POWERS = {"m2": "m^", "m3": "m~"}


def unit_form(folded: pl.Expr) -> pl.Expr:
    """Folded text in the form in which numerals and units are looked for; bytes keep their positions."""
    return folded.str.replace_many(list(_POWERS), list(_POWERS.values()))


def _alternatives(role: str) -> str:
    surfaces = set(_lookup(role)["surface"])
    return "|".join(re.escape(s).replace(r"\ ", r"\s") for s in sorted(surfaces, key=len, reverse=True))


@cache
def unit_pattern() -> str:
    """Anchored pattern with the groups short, per4, per5, scale, unit, per1, per2, symbol, per3; a unit of letters ends with its word."""
    edge = r"(?:[^\p{L}\p{N}]|$)"
    scale = rf"(?:(?P<scale>{_alternatives('scale')}){edge})?"
    symbol = "%|€|m²|m³|km²"
    per = _alternatives("per")
    link = r"(?:\s?/\s?|\s(?:một|mỗi)\s)"
    noun = r"(?:\s(?:sản\sphẩm|nguyên\sliệu|rác|mủ|nước))?"
    compound = rf"(?P<unit>{_alternatives('unit')}){noun}(?:{link}(?P<per1>{per}))?(?:{link}(?P<per2>{per}))?{edge}"
    # `giá 15 triệu/m2`, `thu nhập 5 triệu/người/tháng`: what is paid for something goes without its currency.
    paid = rf"(?P<short>{_alternatives('scale')})\s?/\s?(?P<per4>{'|'.join(_PAID_FOR)})(?:\s?/\s?(?P<per5>{per}))?{edge}"
    return rf"^\s?(?:{paid}|{scale}(?:(?:{compound}|(?P<symbol>{symbol})(?:{link}(?P<per3>{per}))?))?)"


def read_units(tail: pl.Expr) -> pl.Expr:
    """Struct of unit_text (all that was read) and the groups of `unit_pattern` (or null) for the folded text after a numeral."""
    return tail.str.extract_groups(f"(?P<unit_text>{unit_pattern()})")


def _lookup(role: str) -> pl.DataFrame:
    return (
        table("units")
        .filter(pl.col("role") == role)
        .with_columns(surface=unit_form(fold(pl.col("surface"))), factor=pl.col("factor").cast(pl.Float64))
        .unique("surface", keep="first", maintain_order=True)
    )


def with_units(quantity: pl.DataFrame) -> pl.DataFrame:
    """Adds unit, family, factor and unit_text to quantities that have the struct column `read` of `read_units`.

    A bare `tỷ` is money, and so is a bare `triệu/m2`; a numeral without any unit counts things.
    """
    scales = _lookup("scale").select(scale="surface", scale_factor="factor")
    units = _lookup("unit").select(unit_word="surface", unit="unit", unit_factor="factor", family="family")
    pers = _lookup("per").select(per1="surface", per1_code="unit")
    return (
        quantity.unnest("read")
        .with_columns(unit_text=pl.col("unit_text").str.strip_chars(" \t.,;:()\"”'/-–").replace("", None))
        .with_columns(
            unit_word=pl.coalesce("unit", "symbol").str.replace_all(r"\s+", " "),
            scale=pl.coalesce("scale", "short"),
            per1=pl.coalesce("per1", "per3", "per4"),
            per2=pl.coalesce("per2", "per5"),
        )
        .drop("unit")
        .join(scales, on="scale", how="left", maintain_order="left")
        .join(units, on="unit_word", how="left", maintain_order="left")
        .join(pers, on="per1", how="left", maintain_order="left")
        .join(pers.rename({"per1": "per2", "per1_code": "per2_code"}), on="per2", how="left", maintain_order="left")
        .with_columns(bare_money=pl.col("unit").is_null() & ((pl.col("scale_factor") >= 1e9) | pl.col("short").is_not_null()))
        .with_columns(
            unit=pl.when("bare_money").then(pl.lit("VND")).otherwise(pl.col("unit").fill_null("count")),
            family=pl.when("bare_money").then(pl.lit("money")).otherwise(pl.col("family").fill_null("count")),
            factor=pl.col("scale_factor").fill_null(1.0) * pl.col("unit_factor").fill_null(1.0),
            per=pl.concat_str("per1_code", "per2_code", separator="/", ignore_nulls=True),
            has_unit=pl.col("unit_word").is_not_null() | pl.col("scale").is_not_null(),
        )
        .pipe(_compound)
    )


def _compound(quantity: pl.DataFrame) -> pl.DataFrame:
    """Joins the denominator to the unit: `5 triệu đồng/người/tháng` is `VND/person/month`, `65 tạ/ha` is 6.5 `t/ha`."""
    compound = (pl.col("per") != "") & ~pl.col("unit").is_in(["percent", "percentage_point"])
    to_tonnes = (pl.col("unit") == "kg") & pl.col("per").is_in(["ha", "ha/crop", "ha/year"]) & (pl.col("unit_factor") == 100)
    return (
        quantity.with_columns(
            factor=pl.when(to_tonnes).then(pl.col("factor") / 1000).otherwise("factor"),
            unit=pl.when(to_tonnes).then(pl.lit("t")).otherwise("unit"),
        )
        .join(_FAMILY_PER, on=["family", "per"], how="left", maintain_order="left")
        .with_columns(
            unit=pl.when(compound).then(pl.concat_str("unit", pl.lit("/"), "per")).otherwise("unit"),
            family=pl.when(compound)
            .then(pl.coalesce("family_per", pl.when(pl.col("family") == "money").then(pl.lit("price")).otherwise(pl.lit("rate"))))
            .otherwise("family"),
            is_yearly=pl.col("per").str.contains("year"),
        )
        .drop("unit_factor", "family_per", "bare_money", "per1_code", "per2_code")
    )
