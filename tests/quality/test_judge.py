from __future__ import annotations

import sys
from itertools import cycle

import polars as pl
import pytest

from assets.quality import Judgement, judge
from assets.quality.schema import Accepted, NotAssigned, Rejected, Verdict, Warning_, Witness
from assets.quality.vocabulary import rule_table
from tests.factory import Batch, batch, document
from tests.quality.planted import DISAGREEING, OF_TABLES, REJECTING, SPARE, TODAY, Plant, planted, spare, with_table
from tests.quality.test_contracts import DTYPES, of_type

TABLES = ["document", "unread_record", "mention", "observation"]
CONTRACT_RULES = dict(zip(TABLES, ["document_contract", "unread_contract", "mention_contract", "types"], strict=True))


def judged(given: Batch) -> Judgement:
    return judge(*given.judged, today=TODAY)


def failed(judgement: Judgement) -> set[str]:
    return set(judgement.verdict.filter(~pl.col("passed"))["rule"])


def check_shape(judgement: Judgement, given: Batch) -> None:
    """Tables keep their contracts, and the fates share the statements."""
    contracts = (Accepted, Rejected, NotAssigned, Warning_, Witness, Verdict)
    for frame, contract in zip(judgement, contracts, strict=True):
        assert frame.schema == {name: column.dtype.type for name, column in contract.to_schema().columns.items()}
    fates = judgement.accepted.height + judgement.rejected.height + judgement.not_assigned.height
    assert fates == given.observation.height
    assert judgement.verdict["rule"].to_list() == rule_table()["rule"].to_list()


def everything() -> Batch:
    """A batch with all that goes wrong in rows."""
    rows = [row for plant in (*REJECTING.values(), *DISAGREEING.values()) if plant.change is None for row in plant.rows]
    keyed = [row | {"observation_key": f"{number}"} for number, row in enumerate(rows) if "planted_in" not in row]
    return planted(*keyed, *DISAGREEING["growth_witness"].rows)


@pytest.mark.parametrize("given", [planted(), everything(), batch([], [])], ids=["good", "everything", "nothing"])
def test_accepted_rejected_and_not_assigned_share_the_statements(given: Batch) -> None:
    judgement = judged(given)
    check_shape(judgement, given)
    keys = [key for frame in judgement[:3] for key in frame["observation_key"]]
    assert sorted(keys) == sorted(given.observation["observation_key"])


def test_each_keeps_the_order_and_the_values_of_the_statements() -> None:
    given = everything()
    judgement = judged(given)
    assert judgement.rejected.height > 20
    for frame in judgement[:3]:
        same = given.observation.filter(pl.col("observation_key").is_in(frame["observation_key"].implode()))
        assert frame.select(same.columns).equals(same)


@pytest.mark.parametrize("rule", DISAGREEING)
def test_the_order_of_rows_decides_nothing(rule: str) -> None:
    given = DISAGREEING[rule].batch()
    turned = Batch(*(frame.reverse() for frame in given))
    for one, other in zip(judged(given), judged(turned), strict=True):
        by = [name for name in ("observation_key", "rule") if name in one.columns]
        assert one.sort(by).drop("message", strict=False).equals(other.sort(by).drop("message", strict=False))


def test_warnings_are_joined_by_name_and_told_one_by_one() -> None:
    rows = DISAGREEING["growth_witness"].rows
    suspected = [rows[0] | {"ambiguous_numeral": True}, *rows[1:]]
    judgement = judged(planted(*suspected))
    warnings = dict(judgement.accepted.select("observation_key", "warnings").iter_rows())
    assert warnings[rows[0]["observation_key"]] == "ambiguous_numeral|growth_witness"
    assert warnings[rows[1]["observation_key"]] == "growth_witness"
    told = judgement.warning.filter(pl.col("observation_key") == rows[0]["observation_key"])
    assert told["rule"].to_list() == ["ambiguous_numeral", "growth_witness"]


def test_a_rejected_statement_bears_no_witness_and_gets_no_warning() -> None:
    rows = DISAGREEING["growth_witness"].rows
    judgement = judged(planted(rows[0] | {"ambiguous_numeral": True, "unit": "furlong"}, *rows[1:]))
    assert judgement.warning.is_empty()
    assert judgement.rejected["observation_key"].to_list() == [rows[0]["observation_key"]]


def test_a_lost_statement_fails_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    room = sys.modules["assets.quality.judge"]  # the package has a function of that name
    kept = room.with_reasons
    monkeypatch.setattr(room, "with_reasons", lambda stated, broken: kept(stated, broken).head(-1))
    assert failed(judged(planted(spare(unit="ha")))) == {"unit_fits_indicator", "statement_balance"}


@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_a_wrong_type_fails_the_verdict_and_raises_nothing(table: str) -> None:
    columns = getattr(planted(), table).schema
    for (column, own), dtype in zip(columns.items(), cycle(DTYPES), strict=False):
        wrong = pl.Int8 if own == dtype else dtype
        given = with_table(table, lambda rows, name=column, to=wrong: rows.with_columns(of_type(to, rows.height).alias(name)))(planted())  # type: ignore[misc]
        judgement = judged(given)
        check_shape(judgement, given)
        assert CONTRACT_RULES[table] in failed(judgement), column


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("table", TABLES)
def test_a_table_all_of_one_type_fails_the_verdict_and_raises_nothing(table: str, dtype: pl.DataType) -> None:
    given = with_table(table, lambda rows: rows.with_columns(of_type(dtype, rows.height).alias(name) for name in rows.columns))(planted())
    judgement = judged(given)
    check_shape(judgement, given)
    of_right_types = getattr(given, table).schema == getattr(planted(), table).schema
    assert (CONTRACT_RULES[table] in failed(judgement)) != of_right_types


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_column_fails_the_verdict_and_raises_nothing(table: str) -> None:
    for column in getattr(planted(), table).columns:
        given = with_table(table, lambda rows, name=column: rows.drop(name))(planted())  # type: ignore[misc]
        judgement = judged(given)
        check_shape(judgement, given)
        assert CONTRACT_RULES[table] in failed(judgement), column


@pytest.mark.parametrize("table", ["document", "unread_record", "observation"])
def test_a_column_too_many_fails_the_verdict(table: str) -> None:
    given = with_table(table, lambda rows: rows.with_columns(helper=1))(planted())
    judgement = judged(given)
    check_shape(judgement, given)
    assert failed(judgement) == {CONTRACT_RULES[table]}


def test_mentions_may_carry_what_their_room_found_out_beside() -> None:
    assert failed(judged(with_table("mention", lambda rows: rows.with_columns(value=1.0))(planted()))) == set()


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_fails_the_verdict_and_raises_nothing(table: str) -> None:
    given = planted()._replace(**{table: pl.DataFrame()})
    judgement = judged(given)
    check_shape(judgement, given)
    assert CONTRACT_RULES[table] in failed(judgement)


def test_without_types_no_statement_is_believed() -> None:
    given = with_table("observation", lambda rows: rows.with_columns(pl.col("value").cast(pl.String)))(planted())
    judgement = judged(given)
    assert judgement.rejected["rule"].unique().to_list() == ["types"]
    assert judgement.rejected["observation_key"].to_list() == given.observation["observation_key"].to_list()
    (types,) = judgement.verdict.filter(pl.col("rule") == "types").iter_rows(named=True)
    assert (types["severity"], types["passed"], types["failing_rows"]) == ("blocking", False, given.observation.height)


def test_an_empty_batch_is_no_fault() -> None:
    judgement = judged(batch([], []))
    assert failed(judgement) == set()
    assert judgement.verdict["batch"].unique().to_list() == [""]


def test_documents_that_state_nothing_are_no_fault() -> None:
    judgement = judged(batch([document("Không có con số nào.")], []))
    assert failed(judgement) == set()
    assert judgement.verdict["batch"].unique().to_list() == ["b1"]


def test_a_message_names_three_rows_and_counts_all() -> None:
    rows = [spare(unit="ha", observation_key=str(number), evidence_start=spare()["evidence_start"]) for number in range(5)]
    different = [
        row | {"status": status} for row, status in zip(rows, ["actual", "estimate", "preliminary", "target", "forecast"], strict=True)
    ]
    (verdict,) = judged(planted(*different)).verdict.filter(~pl.col("passed")).iter_rows(named=True)
    assert verdict["failing_rows"] == 5
    assert verdict["message"].count(f"{SPARE['document']}: «40 nhà máy»") == 3


def test_a_rule_that_passed_has_no_message() -> None:
    verdict = judged(planted()).verdict
    assert verdict["message"].unique().to_list() == [""]
    assert verdict["failing_rows"].sum() == 0
    assert set(verdict["severity"]) == {"blocking", "warning"}


def test_the_judge_takes_the_day_of_the_run_where_none_is_told() -> None:
    assert judge(*planted().judged).rejected.is_empty()


def test_the_fault_of_one_batch_does_not_reach_another() -> None:
    for plant in (REJECTING["unit_known"], OF_TABLES["record_balance"]):
        judged(Plant(plant.rows, plant.change).batch())
    assert failed(judged(planted())) == set()
