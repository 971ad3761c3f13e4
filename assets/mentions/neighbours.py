"""Quantities beside one another: units that a list tells once, ranges and parts whose ends stand apart."""

from __future__ import annotations

import polars as pl

# What a number that is listed takes from the last number of its list, and how many may stand before that one.
_OF_UNIT = ["unit", "family", "factor", "scale_factor"]
_LONGEST_LIST = 4
# Bytes of what stands between two numbers of a list: ` và khoảng `.
_LONGEST_LINK = 16
_LEAD_BOUND = r"(?:\s(?:khoảng|gần|hơn|trên))?"
_JOINS_RANGE = r"^\s?(?:-|–|—|đến|tới)\s?$"


def with_shared_units(quantity: pl.DataFrame) -> pl.DataFrame:
    """`lần lượt 0,26; 0,31 và 0,18 điểm phần trăm`: numbers in a row have the unit of the last one."""
    bare = ~pl.col("has_unit") & (pl.col("line").shift(-1) == pl.col("line"))
    # Few are bare: the texts of others are not looked at.
    link = pl.when(bare & (pl.col("tail").str.len_bytes() <= _LONGEST_LINK)).then("tail")
    last = link.str.contains(rf"^\svà{_LEAD_BOUND}\s$") & pl.col("has_unit").shift(-1)
    links = quantity.select(last=last, comma=link.str.contains(r"^[,;]\s$"))
    goes_on = links["last"]
    for _ in range(_LONGEST_LIST):
        goes_on = goes_on | (links["comma"] & goes_on.shift(-1))
    found = quantity.with_columns(goes_on=goes_on.fill_null(value=False))
    opens = pl.col("goes_on") & ~pl.col("goes_on").shift(1, fill_value=False)
    dealt = pl.when(opens).then(pl.when(opens).then("lead").str.contains(r"lần lượt(?:\s\p{L}+){0,2}\s$")).forward_fill()
    decimal = pl.when("goes_on").then("numeral").str.contains(r"^[0-9]+[.,][0-9]+$")
    found = found.with_columns(shares=pl.col("goes_on") & (dealt | decimal)).drop("goes_on")
    of_last = [pl.when(~pl.col("shares")).then(name).backward_fill().alias(name) for name in _OF_UNIT]
    return found.with_columns(of_last).with_columns(has_unit=pl.col("has_unit") | pl.col("shares")).drop("shares")


def join_split(quantity: pl.DataFrame) -> pl.DataFrame:
    """`80 m2 đến 125 m2` becomes one range, `1.802 tỷ đồng/6.257 tỷ đồng` one quantity with its denominator."""
    next_lead = pl.col("lead").shift(-1)
    same_line = pl.col("line").shift(-1) == pl.col("line")
    told = same_line & pl.col("unit_text").is_not_null() & pl.col("value_upper").is_null()
    # `500 triệu đến 2 tỷ đồng`: the lower end tells its scale alone.
    scaled = (pl.col("unit_text") == pl.col("scale")) & (pl.col("value") < pl.col("value").shift(-1)) & pl.col("has_unit").shift(-1)
    same_unit = pl.col("unit").shift(-1) == pl.col("unit")
    # A numeral between them that is no quantity, such as a date, parts them.
    adjoin = pl.col("end") + next_lead.str.len_bytes() == pl.col("start").shift(-1)
    joins = told & (same_unit | scaled) & adjoin
    # Few do: what does not is left out at once, for texts are dear.
    between = pl.when(joins).then(next_lead).str.strip_prefix(" ").str.strip_prefix(pl.col("unit_text"))
    is_range = between.str.contains(_JOINS_RANGE).fill_null(value=False)
    is_part = (same_unit & between.str.contains(r"^\s?/\s?$")).fill_null(value=False)
    found = quantity.with_columns(is_range=is_range, is_part=is_part)
    is_range, is_part = pl.col("is_range"), pl.col("is_part")
    joined = pl.concat_str("numeral", pl.when(is_range | is_part).then(next_lead), pl.col("numeral").shift(-1))
    return (
        found.with_columns(
            value_upper=pl.when(is_range).then(pl.col("value").shift(-1)).otherwise("value_upper"),
            denominator=pl.when(is_part).then(pl.col("value").shift(-1)).otherwise("denominator"),
            unit=pl.when(is_range).then(pl.col("unit").shift(-1)).otherwise("unit"),
            family=pl.when(is_range).then(pl.col("family").shift(-1)).otherwise("family"),
            end=pl.when(is_range | is_part).then(pl.col("end").shift(-1)).otherwise("end"),
            unit_text=pl.when(is_range | is_part).then(pl.col("unit_text").shift(-1)).otherwise("unit_text"),
            tail=pl.when(is_range | is_part).then(pl.col("tail").shift(-1)).otherwise("tail"),
            match=pl.coalesce(joined, "numeral"),
            swallowed=(is_range | is_part).shift(1, fill_value=False),
        )
        .filter(~pl.col("swallowed"))
        .drop("swallowed", "is_range", "is_part")
    )
