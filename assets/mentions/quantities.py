"""Quantities: every numeral that states how much or how many, with value, unit and bound."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from assets.mentions.neighbours import join_split, with_shared_units
from assets.mentions.numerals import EXPRESSION, could_be_either, ends_of, is_fraction, number, undecided, writes_english
from assets.mentions.spans import fold, fold_word, inside, split_at, without
from assets.mentions.units import read_units, unit_form, with_units
from assets.mentions.windows import before
from assets.reference import table

# Code points of the text before and behind a quantity that are kept for the curator.
_PHRASE = 40
# Code points of the text before and behind a numeral that are looked at: more than any words of `seeds/*.csv` that stand there.
_LEAD, _TAIL = 64, 128
# The number of a name has few digits; how often its document prints them together.
_SHORT, _NAMED_OFTEN = r"^[0-9]{1,3}$", 3
# Digits that a binary fraction holds for certain.
_DIGITS = 15
_COLUMNS = [
    "line", "start", "end", "match", "unit_text", "unit_length", "value", "value_upper", "denominator", "unit", "family", "bound",
    "is_yearly", "ambiguous", "follows", "is_of_noun", "phrase",
]  # fmt: skip
# A lower end of at least so much may be printed in full: `700.000 đến 2 triệu đồng`.
_WHOLE = 1000
# Fractions with a greater denominator count things: `13/13 xã`.
_FRACTION = 10


def find_quantities(lines: pl.DataFrame, periods: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Quantities of all lines: line, start, end (bytes), numeral, unit_text, value, value_upper, denominator, unit, family, bound, ...

    Args:
        lines: see `assets.mentions.lines.body_lines`.
        periods: spans of times (`line`, `start`, `end`); a numeral inside one is no quantity.
        names: spans of proper names; a numeral without a unit inside one (`KCN Thanh Hà 2`) is no quantity.
    """
    numerals = _scan(lines)
    timeless = numerals.filter(~inside(numerals, periods)).with_columns(read=read_units(pl.col("tail")))
    quantity = timeless.pipe(with_units).pipe(with_shared_units)
    quantity = quantity.filter(pl.col("has_unit") | ~inside(quantity, names)).pipe(_true_quantities).pipe(_without_names, lines)
    return quantity.pipe(_with_values, _document_style(lines, quantity)).pipe(join_split).pipe(_with_bounds)


def _scan(lines: pl.DataFrame) -> pl.DataFrame:
    """All numeral expressions with the folded text before (`lead`) and behind (`tail`), up to the next ones."""
    pieces = split_at(lines.lazy(), EXPRESSION, unit_form(pl.col("folded")))
    # The only numeral of a line at its very end is the cell of a table, or torn from its unit: the rows of such a line are two.
    line, tail = pl.col("line"), pl.col("gap").shift(-1)
    first, only = line.ne_missing(line.shift(1)), line.ne_missing(line.shift(-2))
    return (
        pieces.with_columns(tail=tail, torn=first & only & (tail == ""))
        .filter(pl.col("match").is_not_null() & ~pl.col("torn"))
        .select(
            "line",
            "end",
            tail=pl.col("tail").str.head(_TAIL),
            lead=pl.col("gap").str.tail(_LEAD),
            start=pl.col("end") - pl.col("match").str.len_bytes(),
            numeral="match",
        )
        .collect(engine="in-memory")
    )


@cache
def _not_quantity(side: str) -> str:
    words = {fold_word(w) for w in table("not_quantities").filter(pl.col("side") == side)["word"]}
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _true_quantities(numerals: pl.DataFrame) -> pl.DataFrame:
    """Without years, ordinals, numbers of decrees and roads, durations, and digits inside names."""
    lead, tail = pl.col("lead"), pl.col("tail")
    timed = tail.str.contains(rf"^\s?(?:{_not_quantity('after')})(?:[^\p{{L}}]|$)") & pl.col("scale").is_null()
    # `2,3 doanh nghiệp/1.000 dân`: neither the rate nor what it is counted by; `1.802 tỷ đồng/6.257 tỷ đồng` is a part of a sum.
    per = lead.str.contains(r"\p{L}\s?/\s?$") | tail.str.contains(r"^[^/,.;:]{0,40}\p{L}\s?/\s?[0-9]+\.?[0-9]*\s\p{L}")
    per &= pl.col("family") != "money"
    # `14/6 là thời hạn cuối cùng`.
    dated = pl.col("numeral").str.contains(r"^[0-9]{1,2}/[0-9]{1,2}$")
    dated &= tail.str.contains(r"^/?\s?(?:[,.;:)]|$|/[0-9])|^\slà (?:ngày|thời hạn|hạn|thời điểm)")
    # Few have no unit: the others are not asked what only those can be.
    counts_nothing = numerals.with_row_index("at").filter(~pl.col("has_unit")).filter(_is_name() | _is_bare_code())["at"]
    return without(numerals, counts_nothing).filter(~(timed | dated | per | _is_code()))


def _is_name() -> pl.Expr:
    """Whether a numeral without a unit is a year, the number of a paper, or part of a name."""
    lead, tail, numeral = pl.col("lead"), pl.col("tail"), pl.col("numeral")
    named = lead.str.contains(rf"(?:^|[^\p{{L}}])(?:{_not_quantity('before')})\s?$")
    whole = ~numeral.str.contains("/", literal=True)
    glued = lead.str.contains(r"[\p{L}_@]-?$|/$") & whole | tail.str.contains(r"^(?:/[\p{L}0-9]|-\p{L}|_)")
    year = numeral.str.contains(r"^(?:19|20)[0-9]{2}(?:\s?[-–/]\s?(?:19|20)?[0-9]{2})?$")
    # `thông quan 24/7`.
    always = numeral.is_in(["24/7", "24/24", "7/7"])
    long = numeral.str.contains(r"^0[0-9]{7,}|^[0-9]{9,}")
    return named | glued | year | always | long


def _is_bare_code() -> pl.Expr:
    """Without a unit: `mã HS 4823.69.00.40`, `2G`, `từ ngày 08 - 11/5/2024`."""
    lead, tail, numeral = pl.col("lead"), pl.col("tail"), pl.col("numeral")
    dotted = numeral.str.contains(r"^[0-9]{4,}(?:\.[0-9]+)+\.[0-9]+$")
    # `định giá 2x` is a multiple.
    lettered = tail.str.contains(r"^[\p{L}--x](?:[^\p{L}]|$)") & numeral.str.contains(r"^[0-9]{1,3}$")
    day = (tail == "/") & numeral.str.contains(r"^[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?$")
    # `kể từ quý 4/2023`, `trong T2/25`.
    month = lead.str.contains(r"(?:(?:tháng|quý)\s|(?:^|[^\p{L}])[tq])$") & numeral.str.contains(r"^[0-9]{1,2}/(?:20)?[0-9]{2}$")
    # `gồm: (1) thủ tục; (2) thuế` numbers what it lists.
    item = lead.str.contains(r"(?:^|[:;.,])\s?\($") & tail.str.contains(r"^\)\s?\p{L}") & numeral.str.contains(r"^[0-9]{1,2}$")
    return dotted | lettered | day | month | item


def _is_code() -> pl.Expr:
    """`Covid-19 lần thứ 4`, `tỷ lệ 1/2000`, `cỡ 30 con/kg`, `loại 60kg`."""
    lead, numeral = pl.col("lead"), pl.col("numeral")
    scale = lead.str.contains(r"tỷ lệ\s$") & numeral.str.contains(r"^1/[0-9.]{3,}$")
    rate = numeral.str.contains(r"/1\.?000$") & (pl.col("family") == "people")
    sized = lead.str.contains(r"(?:^|[^\p{L}])(?:cỡ|size)\s$") & pl.col("unit").is_in(["count/kg", "kg", "m"])
    # `rau các loại 500 kg` is no size.
    kind = lead.str.contains(r"(?:^|[^\p{L}])loại\s$") & ~lead.str.contains(r"(?:các|mọi|nhiều|chủng)\sloại\s$")
    sized |= kind & pl.col("unit").is_in(["count/kg", "kg", "l"])
    return lead.str.contains("covid-?$") | scale | rate | sized.fill_null(value=False)


def _without_names(numerals: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Without the numbers of names that their document keeps printing: `May 10`, `Formosa 2`."""
    short = numerals.with_row_index("at").filter(~pl.col("has_unit")).filter(pl.col("numeral").str.contains(_SHORT))
    asked = short.select("line", "start", "end", "at", "numeral", last=pl.col("lead").str.extract(r"(\p{L}+)\s$"))
    of = asked.filter(pl.col("last").is_not_null()).join(lines.select("line", "document_key"), on="line", how="left", maintain_order="left")
    again = of.filter(pl.len().over("document_key", "last", "numeral") >= _NAMED_OFTEN)
    named = again.filter(before(lines, again, _LEAD).str.contains(r"(?:^|[^\p{L}.:\s]\s|\p{L}\s)\p{Lu}\p{L}*\s$"))
    return without(numerals, named["at"])


def _document_style(lines: pl.DataFrame, numerals: pl.DataFrame) -> pl.DataFrame:
    """Line → whether its document writes English-style numerals, and whether nothing in it decides.

    Only numerals with a unit testify: `4.0` and `30.4` are versions and dates.
    """
    documents = lines.select("line", "document_key")
    return (
        numerals.filter("has_unit")
        .join(documents, on="line")
        .group_by("document_key")
        .agg(english=writes_english(pl.col("numeral")), undecided=undecided(pl.col("numeral")))
        .join(documents, on="document_key")
        .drop("document_key")
    )


def _with_values(quantity: pl.DataFrame, style: pl.DataFrame) -> pl.DataFrame:
    ends, factor, second = ends_of(pl.col("numeral")), pl.col("factor"), pl.col("second")
    return (
        quantity.join(style, on="line", how="left", maintain_order="left")
        .with_columns(ends=ends)
        .with_columns(
            english=pl.col("english").fill_null(value=False),
            undecided=pl.col("undecided").fill_null(value=True),
        )
        .with_columns(second=number(pl.col("ends").list.get(1, null_on_oob=True), pl.col("english")))
        .with_columns(
            value=_exact(number(pl.col("ends").list.first(), pl.col("english")) * factor),
            value_upper=pl.when(~is_fraction(pl.col("numeral"))).then(_exact(second * factor)),
        )
        .pipe(_in_order)
        .with_columns(
            denominator=pl.when(is_fraction(pl.col("numeral"))).then(second),
            ambiguous=could_be_either(pl.col("ends").list.first())
            & (pl.col("undecided") & pl.col("numeral").str.contains(",", literal=True) | pl.col("english")),
        )
        .filter(pl.col("value").is_not_null())
        .drop("ends", "second", "english", "undecided")
        .pipe(_shares)
    )


def _exact(value: pl.Expr) -> pl.Expr:
    """4.1 million, where binary fractions make 4,099,999.9999999995 of it."""
    return value.round_sig_figs(_DIGITS)


def _in_order(quantity: pl.DataFrame) -> pl.DataFrame:
    """`700.000 đến 2 triệu đồng`: the lower end has no millions; `9 - 7%` is 7 to 9."""
    unscaled = pl.col("value") / pl.col("scale_factor")
    falls = (pl.col("value") > pl.col("value_upper")).fill_null(value=False)
    whole = falls & (pl.col("scale_factor") > 1) & (unscaled >= _WHOLE) & (unscaled < pl.col("value_upper"))
    lower = pl.when(whole).then(unscaled).when(falls).then("value_upper").otherwise("value")
    upper = pl.when(falls & ~whole.fill_null(value=False)).then("value").otherwise("value_upper")
    return quantity.with_columns(value=lower, value_upper=upper)


def _shares(quantity: pl.DataFrame) -> pl.DataFrame:
    """`gần 2/3 tổng doanh thu` is a share in percent; `lợi nhuận âm 5 tỷ đồng` is a loss; `0,4 điểm vào mức tăng` are of a hundred."""
    whole = "|".join(re.escape(fold_word(word)) for word in table("whole_words")["word"])
    part = (pl.col("value") < pl.col("denominator")) & (pl.col("denominator") <= _FRACTION) & ~pl.col("has_unit")
    part &= pl.col("tail").str.contains(rf"^\s(?:{whole})(?:[^\p{{L}}]|$)") & ~pl.col("numeral").str.contains(r"^0|/0")
    below_zero = pl.col("lead").str.contains(r"(?:^|[^\p{L}])âm\s$")
    point = pl.when(pl.col("unit") == "point")
    adds = point.then("tail").str.contains(r"^\s?điểm (?:vào|trong|cho) (?:mức|tốc độ) tăng").fill_null(value=False)
    # `làm giảm 8,4 điểm; … đóng góp 2,2 điểm vào mức tăng chung`: so are the others of the same line.
    beside = point.then("lead").str.contains(r"(?:đóng góp|làm giảm|làm tăng)\s$").fill_null(value=False)
    adds |= beside & pl.col("line").is_in(quantity.filter(adds)["line"].unique().implode())
    told = quantity.with_columns(part=part.fill_null(value=False), below_zero=below_zero, adds=adds)
    part, below_zero = pl.col("part"), pl.col("below_zero")
    return told.with_columns(
        value=pl.when(part).then(pl.col("value") / pl.col("denominator") * 100).when(below_zero).then(-pl.col("value")).otherwise("value"),
        denominator=pl.when(~part).then("denominator"),
        unit=pl.when(part).then(pl.lit("percent")).when("adds").then(pl.lit("percentage_point")).otherwise("unit"),
        family=pl.when(part).then(pl.lit("percent")).when("adds").then(pl.lit("percentage_point")).otherwise("family"),
    ).drop("part", "below_zero", "adds")


@cache
def _bounds() -> tuple[str, dict[str, str], str, dict[str, str]]:
    """Patterns of the words of bounds before and after a quantity, each with its codes."""
    bounds = table("bounds").with_columns(word=pl.col("word").map_elements(fold_word, return_dtype=pl.String))
    sides = {}
    for side in ("before", "after"):
        codes = dict(bounds.filter(pl.col("side") == side).select("word", "bound").iter_rows())
        sides[side] = ("|".join(re.escape(w) for w in sorted(codes, key=len, reverse=True)), codes)
    return *sides["before"], *sides["after"]


@cache
def _function_words() -> pl.Series:
    """Words behind a percentage that do not name what it is a percentage of."""
    return table("function_words").select(fold(pl.col("word"))).to_series()


def _with_bounds(quantity: pl.DataFrame) -> pl.DataFrame:
    before, before_codes, after, after_codes = _bounds()
    lead_word = pl.col("lead").str.extract(rf"(?:^|[^\p{{L}}])({before})\s?$").replace_strict(before_codes, default=None)
    rest = pl.col("tail").str.replace(r"^\s", "").str.strip_prefix(pl.col("unit_text").fill_null(""))
    tail_word = pl.col("rest").str.extract(rf"^\s?\p{{L}}*\s?({after})(?:[^\p{{L}}]|$)").replace_strict(after_codes, default=None)
    gap = pl.col("tail").str.contains(r"^\s").cast(pl.UInt32)
    told = quantity.with_columns(rest=rest).with_columns(follows=pl.col("rest").str.extract(r"^\s?(\p{L}+)"))
    return told.with_columns(
        bound=pl.coalesce(tail_word, lead_word, pl.lit("exact")),
        unit_length=(pl.col("unit_text").str.len_chars() + gap).fill_null(0),
        is_of_noun=pl.col("follows").is_not_null() & ~pl.col("follows").is_in(_function_words().implode()),
        phrase=pl.concat_str(pl.col("lead").str.tail(_PHRASE), pl.lit(" … "), pl.col("tail").str.head(_PHRASE)),
    ).select(*_COLUMNS)
