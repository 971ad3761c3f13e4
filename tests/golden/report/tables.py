"""The report as people read it: scores and errors as frames, each error as lines with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

import polars as pl
from rich.text import Text

from tests.golden.report.compare import FIELDS, Kind, Pair, count_kinds, score_of, scores_by
from tests.golden.report.sources import Claims
from tests.golden.scoring import LEVELS, Fact, Row, Score

_CLAIM_KINDS = (Kind.MISSED, Kind.FALSE_CLAIM, Kind.CLAIMS_OTHER)
_SAID = ("indicator", "measure", "value", "value_upper", "unit")
_SHOWN = {Kind.VALUE: ("value", "value_upper")}
_RULES = {kind: f"rule_{kind}" for kind in (Kind.INDICATOR, Kind.MEASURE, Kind.PERIOD, Kind.PLACE, Kind.STATUS)}


class By(StrEnum):
    """What the scores are parted by."""

    DOCUMENT = "document"
    INDICATOR = "indicator"
    MEASURE = "measure"
    ERROR = "error"
    RULE = "rule"


def overall(pairs: Sequence[Pair]) -> pl.DataFrame:
    """One row a level: precision, recall and F1."""
    score = score_of(pairs)
    rows = [(level, *(round(number, 3) for number in score.of(level))) for level in LEVELS]
    return pl.DataFrame(rows, schema=["level", "precision", "recall", "F1"], orient="row")


def parted(pairs: Sequence[Pair], by: By) -> pl.DataFrame:
    """The scores or the errors by `by`, the most frequent first; documents by name."""
    match by:
        case By.ERROR:
            return pl.DataFrame(count_kinds(pairs).most_common(), schema=["error", "pairs"], orient="row")
        case By.RULE:
            return _rules(pairs)
        case By.DOCUMENT:
            return _levels(by, {name: score_of([pair for pair in pairs if pair.document == name]) for name in _documents(pairs)})
        case _:
            scores = scores_by(pairs, lambda fact: str(fact[by]), lambda row: str(row[by]))
            return _levels(by, dict(sorted(scores.items(), key=lambda item: (-item[1].wanted, -item[1].claimed, item[0]))))


def _documents(pairs: Sequence[Pair]) -> list[str]:
    return sorted({pair.document for pair in pairs})


def _levels(by: str, scores: Mapping[str, Score]) -> pl.DataFrame:
    """One row a group: facts, claims, and precision, recall and F1 of each level in one cell, so that a row is one line."""
    rows = [
        (name, score.wanted, score.claimed, *(" ".join(f"{number:.2f}" for number in score.of(level)) for level in LEVELS))
        for name, score in scores.items()
    ]
    schema = [by, "facts", "claims", *(f"{level:6} P R F1" for level in LEVELS)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rules(pairs: Sequence[Pair]) -> pl.DataFrame:
    """One row a rule that bound the indicator or chose the measure: its accepted facts and their precision at each level."""
    rows: list[tuple[str | int | float, ...]] = []
    for column in (_RULES[Kind.INDICATOR], _RULES[Kind.MEASURE]):
        scores = scores_by(pairs, lambda _: "", _field(column))
        rows.extend(
            (column, name, score.claimed, *(round(score.precision(level), 3) for level in LEVELS))
            for name, score in sorted(scores.items(), key=lambda item: (-item[1].claimed, item[0]))
            if score.claimed
        )
    return pl.DataFrame(rows, schema=["part", "rule", "claims", *(f"P {level}" for level in LEVELS)], orient="row")


def _field(column: str) -> Callable[[Row], str]:
    return lambda row: str(row.get(column) or "not told")


def errors(pairs: Sequence[Pair], kind: Kind, claims: Claims) -> Iterator[Text]:
    """Each pair with that error: document and evidence, what the gold wants, what was read and by which rule, the sentence."""
    for pair in pairs:
        if kind in pair.kinds:
            yield _error(pair, kind, claims)


def _error(pair: Pair, kind: Kind, claims: Claims) -> Text:
    said = pair.row or (claims.quantity_of(pair.fact) if pair.fact else None)
    evidence = (pair.fact or pair.row or {})["evidence"]
    nth = f" #{pair.fact.get('nth', 1)}" if pair.fact else ""
    rule = said.get(_RULES.get(kind, "")) if said else None
    fate = said.get("fate") if said else None
    lines = [
        Text.assemble((pair.document, "bold"), f"  «{evidence}»{nth}", f"  {_about(pair)}" if kind not in _CLAIM_KINDS else ""),
        Text.assemble("  gold  ", (_shown(pair.fact, kind), "green")),
        Text.assemble("  read  ", (_shown(said, kind), "red"), *(f"  [{word}]" for word in (rule, fate) if word)),
        Text(f"  {claims.sentence_of(pair.fact, pair.row) or 'No text: give the corpus to see it.'}", style="dim"),
    ]
    return Text("\n").join(lines)


def _about(pair: Pair) -> str:
    return f"{pair.fact['indicator']} {pair.fact['measure']}" if pair.fact else ""


def _shown(said: Fact | Row | None, kind: Kind) -> str:
    """The fields that an error of the kind is about, of a fact or a row."""
    if said is None:
        return "nothing"
    names = _SAID if kind in _CLAIM_KINDS else _SHOWN.get(kind, (FIELDS.get(kind, str(kind)),))
    told = [_written(said, name) for name in names]
    label = [said["label"]] if kind in _CLAIM_KINDS and said.get("label") else []
    return "  ".join([*filter(None, told), *label]) or "none"


def _written(said: Fact | Row, name: str) -> str:
    value = said.get(name)
    if value is None and said.get(f"{name}_end"):
        return f"{said[f'{name}_start']}/{said[f'{name}_end']}"
    return f"{value:,.15g}" if isinstance(value, int | float) else str(value or "")
