"""Which row claims which gold fact, and what is wrong with it.

Pairs are made as the gold's own scorer makes them: within a document a row may claim a fact whose numeral stands in its
evidence; the pair that reaches the highest level goes first, and of equals the one at about the same place in the order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.golden.report.sources import Claims, documents_of
from tests.golden.scoring import Fact, Row, Score, best_pairs, level_of, wrong_fields

_NUMERAL = re.compile(r"\d[\d.,]*")


class Kind(StrEnum):
    """What can be wrong; the last twelve are fields of a fact that was found where it stands."""

    MISSED = "missed"
    FALSE_CLAIM = "false-claim"
    CLAIMS_OTHER = "claims-other"
    VALUE = "value"
    UNIT = "unit"
    INDICATOR = "indicator"
    MEASURE = "measure"
    PLACE = "place"
    PERIOD = "period"
    BASE = "base"
    STATUS = "status"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    BOUND = "bound"
    DENOMINATOR = "denominator"


FIELDS = {Kind.ORGANISATION: "entity", Kind.SECTOR: "industry"}
_KINDS = {"entity": Kind.ORGANISATION, "industry": Kind.SECTOR, "value_upper": Kind.VALUE}


@dataclass(frozen=True)
class Pair:
    """A fact and the row that claims it, with the level of `LEVELS` it reaches; one of the two may be missing."""

    document: str
    fact: Fact | None
    row: Row | None
    level: int = 0

    @property
    def wanted(self) -> bool:
        """Whether the reading should have it: the fact is about an indicator of the catalogue."""
        return self.fact is not None and self.fact["indicator"] != "other"

    @property
    def claimed(self) -> bool:
        """Whether the reading says it: the row names an indicator."""
        return self.row is not None and self.row["indicator"] != "other"

    @property
    def kinds(self) -> set[Kind]:
        """Everything that is wrong with it."""
        if not self.wanted or not self.claimed:
            kind = Kind.MISSED if self.wanted else Kind.CLAIMS_OTHER if self.fact else Kind.FALSE_CLAIM
            return {kind} if self.wanted or self.claimed else set()
        assert self.fact is not None
        assert self.row is not None
        return {_KINDS.get(name) or Kind(name) for name in wrong_fields(self.fact, self.row)}


def pairs_of(facts: Sequence[Fact], claims: Claims) -> list[Pair]:
    """All facts and all rows of the documents that the facts name, each once."""
    wanted: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        wanted[fact["doc"]].append(fact)
    return [pair for name in documents_of(facts) for pair in _pairs_of_document(name, wanted[name], claims.rows.get(name, []))]


def _pairs_of_document(document: str, facts: Sequence[Fact], rows: Sequence[Row]) -> Iterator[Pair]:
    claimed = _claimed(facts, rows, lambda fact, row: level_of(fact, row) if _same_numeral(fact, row) else 0)
    # A number that was read there, but with another value or unit, is one error and not two.
    left_facts = [i for i in range(len(facts)) if i not in claimed]
    left_rows = sorted(set(range(len(rows))) - {row for _, row in claimed.values()})
    misread = _claimed([facts[i] for i in left_facts], [rows[j] for j in left_rows], lambda fact, row: int(_same_words(fact, row)))
    for i, (level, j) in claimed.items():
        yield Pair(document, facts[i], rows[j], level if rows[j]["indicator"] != "other" else 0)
    for i, (_, j) in misread.items():
        yield Pair(document, facts[left_facts[i]], rows[left_rows[j]])
    for i in set(range(len(left_facts))) - set(misread):
        yield Pair(document, facts[left_facts[i]], None)
    for j in set(range(len(left_rows))) - {row for _, row in misread.values()}:
        yield Pair(document, None, rows[left_rows[j]])


def _claimed(facts: Sequence[Fact], rows: Sequence[Row], level: Callable[[Fact, Row], int]) -> dict[int, tuple[int, int]]:
    """Fact → level and row of the best pairs whose level is not 0."""
    candidates = (
        (reached, -abs(i / len(facts) - j / len(rows)), i, j)
        for i, fact in enumerate(facts)
        for j, row in enumerate(rows)
        if (reached := level(fact, row))
    )
    return best_pairs(candidates)


def _same_numeral(fact: Fact, row: Row) -> bool:
    """Whether the first numeral of the fact's evidence stands in the row's; a fact without digits may stand anywhere."""
    numeral = _NUMERAL.search(fact["evidence"])
    return numeral is None or numeral[0].rstrip(".,") in (row["evidence"] or "")


def _same_words(fact: Fact, row: Row) -> bool:
    """Whether both have the same numeral and one has all words of the other."""
    wanted, said = fact["evidence"], row["evidence"] or ""
    return (wanted in said or said in wanted) and _NUMERAL.findall(wanted) == _NUMERAL.findall(said) != []


def score_of(pairs: Sequence[Pair]) -> Score:
    """The four levels over all pairs."""
    score = Score()
    for pair in pairs:
        if pair.wanted:
            score.want(pair.level)
        if pair.claimed:
            score.claim(pair.level if pair.wanted else 0)
    return score


def scores_by(pairs: Sequence[Pair], of_fact: Callable[[Fact], str], of_row: Callable[[Row], str]) -> dict[str, Score]:
    """The four levels by what the fact is (of those wanted) and what the row is (of those claimed)."""
    scores: dict[str, Score] = defaultdict(Score)
    for pair in pairs:
        if pair.fact and pair.wanted:
            scores[of_fact(pair.fact)].want(pair.level)
        if pair.row and pair.claimed:
            scores[of_row(pair.row)].claim(pair.level if pair.wanted else 0)
    return dict(scores)


def count_kinds(pairs: Sequence[Pair]) -> Counter[Kind]:
    """How many pairs have each kind of error."""
    return Counter(kind for pair in pairs for kind in pair.kinds)
