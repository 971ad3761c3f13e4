"""Names of firms without a word for it: no words of Vietnamese, which their document keeps naming: `Samsung`, `Vinacomin`."""

from __future__ import annotations

import polars as pl

from assets.mentions.reports import SAYS, is_source
from assets.mentions.spans import find_pattern, in_a_row, inside
from assets.mentions.windows import before, behind
from assets.reference import table

_ISSUES = r"^\s(?:phát hành|công bố|thực hiện|tổng hợp|đưa ra)"
# `tại New York`, `thôn Huoai Luông`: places, not brands.
_NO_BRAND = r"(?i)(?:^|[^\p{L}])(?:ở|tại|sàn|(?:xã|phường|thôn|buôn|bản|ấp|làng|sông|núi|đảo)\s(?-i:\p{Lu})\p{L}*)\s$"
# `bang Arizona`, `ông John Lee`, `chỉ số RSI`: who is called so once is never a firm.
_NEVER = (
    r"(?i)(?:^|[^\p{L}])(?:bang|tỉnh|thành phố|quận|huyện|đảo|hồ|vùng|nước|tiếng|thủ đô|"
    r"ông|bà|anh|chị|chuyên gia|nhà phân tích|nhà kinh tế|chiến lược gia|tổng thống|thủ tướng|nghị sĩ|tỷ phú|"
    r"cầu thủ|tiền đạo|tiền vệ|thủ môn|huấn luyện viên|ca sĩ|diễn viên|chỉ số|chỉ báo|tiêu chuẩn|chứng nhận|bão|virus|phim)\s$"
)
_UNIT_OF = r"(?i)[0-9]\s(?:nghìn|ngàn|triệu|tỷ)\s$"
# `Vietnam Airlines`: a line that is named by its country.
_LINES = r"\s(?:Airlines|Airways)$"
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
    words = in_a_row(words.with_columns(is_common=pl.col("match").is_in(common)))
    words = words.filter(~pl.col("is_common") | pl.col("match").str.contains(_LINES))
    of = words.join(lines.select("line", "document_key"), on="line", maintain_order="left")
    # `Google` and `Google Cloud` speak of the same house.
    of = of.with_columns(house=pl.col("match").str.extract(r"^(\S+)"))
    kept = of.filter(pl.len().over("document_key", "house") >= _BRAND_MENTIONS)
    free = kept.filter(~inside(kept, named))
    told = _without_strangers(free.with_columns(lead=before(lines, free, _LEAD), tail=behind(lines, free, _LEAD)))
    lead, tail = pl.col("lead"), pl.col("tail")
    told = told.with_columns(
        reports=tail.str.contains(SAYS) | (lead.str.contains(r"được\s$") & tail.str.contains(_ISSUES)), is_source=is_source(lead)
    )
    # Who tells of others once does so all the time.
    says = pl.col("is_source") | pl.col("reports").any().over("document_key", "house")
    named = told.with_columns(family=pl.lit("brand"), code=pl.when(says).then(pl.lit("source")).otherwise(pl.lit("name")))
    return named.filter(~lead.str.contains(_NO_BRAND)).with_columns(form=pl.lit(None, pl.String))


def _without_strangers(told: pl.DataFrame) -> pl.DataFrame:
    """Without places, persons, measures: names of which one word is called so somewhere in their document."""
    # `5 triệu Teus`; but `5 triệu MSH` are shares.
    unit = pl.col("lead").str.contains(_UNIT_OF) & pl.col("match").str.contains(r"\p{Ll}")
    strange = told.filter(unit | pl.col("lead").str.contains(_NEVER)).select("document_key", house=pl.col("match").str.split(" "))
    return told.join(strange.explode("house").unique(), on=["document_key", "house"], how="anti", maintain_order="left")
