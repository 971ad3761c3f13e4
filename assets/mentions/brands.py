"""Names of firms without a word for it: no words of Vietnamese, which their document keeps naming: `Samsung`, `Vinacomin`."""

from __future__ import annotations

import polars as pl

from assets.mentions.reports import SAYS, is_source
from assets.mentions.spans import find_pattern, in_a_row, inside
from assets.mentions.windows import before, behind
from assets.reference import table

_ISSUES = r"^\s(?:phát hành|công bố|thực hiện|tổng hợp|đưa ra)"
# `bang Arizona`, `tại New York`: places, not brands.
_NO_BRAND = (
    r"(?i)(?:^|[^\p{L}])(?:(?:bang|tỉnh|thành phố|ở|tại|sàn|ông|bà|anh|chị|quận|huyện)|"
    r"(?:xã|phường|thôn|buôn|bản|ấp|làng|sông|núi|đảo)\s\p{Lu}\p{L}*)\s$"
)
# How often a document must name a brand.
_BRAND_MENTIONS = 2
# Nearly all words of Vietnamese fall out at once where only these letters are looked for.
_BRAND = "[A-Z][A-Za-z&]{2,}"
# A syllable of Vietnamese without its tone mark: `Nam`, `Trong`, `Theo` are no brands.
SYLLABLE = (
    r"(?i)^(?:b|ch?|d|gh?|gi|h|kh?|l|m|ng?h?|p|ph|qu|r|s|th?|tr|v|x)?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|iu|oa|oi|ua|ui|uy|oan|ie|uo|ye|oai|uye|uya)(?:ch?|m|ng?h?|p|t)?$"
)
_LEAD = 60


def find_brands(lines: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Names that are no words of Vietnamese and that their document keeps naming: `Samsung`, `Vinacomin`."""
    words = find_pattern(lines, _BRAND, "text").filter(~pl.col("before").str.contains(r"[\p{L}\p{N}\-./]"))
    common = pl.concat([table("not_brands")["word"], table("canonical_units")["unit"]]).implode()
    words = words.filter(~pl.col("match").str.contains(SYLLABLE))
    words = words.filter(~behind(lines, words, 1).str.contains(r"[\p{L}&]"))
    words = in_a_row(words.with_columns(is_common=pl.col("match").is_in(common))).filter(~pl.col("is_common"))
    of = words.join(lines.select("line", "document_key"), on="line", maintain_order="left")
    # `Google` and `Google Cloud` speak of the same house.
    of = of.with_columns(house=pl.col("match").str.extract(r"^(\S+)"))
    kept = of.filter(pl.len().over("document_key", "house") >= _BRAND_MENTIONS)
    free = kept.filter(~inside(kept, named))
    lead, tail = before(lines, free, _LEAD), behind(lines, free, _LEAD)
    told = free.with_columns(
        reports=tail.str.contains(SAYS) | (lead.str.contains(r"được\s$") & tail.str.contains(_ISSUES)), is_source=is_source(lead)
    )
    # Who tells of others once does so all the time.
    says = pl.col("is_source") | pl.col("reports").any().over("document_key", "house")
    named = told.with_columns(family=pl.lit("brand"), code=pl.when(says).then(pl.lit("source")).otherwise(pl.lit("name")))
    return named.filter(~lead.str.contains(_NO_BRAND)).with_columns(form=pl.lit(None, pl.String))
