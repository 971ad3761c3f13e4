from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from assets.documents.readers import jsonl
from assets.documents.readers.record import Record, Unread

LINES = [json.dumps({"id": str(n), "text": f"Hợp tác xã {n} thu {n} tấn vải"}, ensure_ascii=False) for n in range(3000)]
PACK: dict[str, Callable[[bytes], bytes]] = {".jsonl": bytes, ".jsonl.gz": gzip.compress, ".jsonl.zst": zstandard.compress}


def read(path: Path, data: bytes) -> tuple[list[Record], list[Unread]]:
    path.write_bytes(data)
    found = list(jsonl.read(path))
    return [record for record in found if isinstance(record, Record)], [record for record in found if isinstance(record, Unread)]


@pytest.mark.parametrize("suffix", [*PACK, ".JSONL.GZ", ".JSONL.ZST"])
def test_all_records_come_in_order(tmp_path: Path, suffix: str) -> None:
    records, unread = read(tmp_path / f"x{suffix}", PACK[suffix.lower()]("\n".join(LINES).encode()))
    assert unread == []
    assert [(record.record_id, record.number) for record in records] == [(str(n), n + 1) for n in range(3000)]
    assert records[5].text == "Hợp tác xã 5 thu 5 tấn vải"


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_a_stream_of_several_parts_is_one(tmp_path: Path, suffix: str) -> None:
    pack = PACK[suffix]
    records, unread = read(tmp_path / f"x{suffix}", pack(f"{LINES[0]}\n".encode()) + pack(f"{LINES[1]}\n".encode()))
    assert ([record.record_id for record in records], unread) == (["0", "1"], [])


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
@pytest.mark.parametrize("lost", [3, 400])
def test_a_stream_that_breaks_off_gives_what_it_held_and_one_row(tmp_path: Path, suffix: str, lost: int) -> None:
    records, unread = read(tmp_path / f"x{suffix}", PACK[suffix]("\n".join(LINES).encode())[:-lost])
    assert 0 < len(records) < 3001
    assert [record.record_id for record in records] == [str(n) for n in range(len(records))]
    assert [(row.reason, row.record) for row in unread] == [("broken archive", f"line {len(records) + 1}")]


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_a_stream_that_is_none_gives_one_row(tmp_path: Path, suffix: str) -> None:
    records, unread = read(tmp_path / f"x{suffix}", b"no stream at all")
    assert (records, [row.reason for row in unread]) == ([], ["broken archive"])


@pytest.mark.parametrize("suffix", list(PACK))
@pytest.mark.parametrize("data", [b"", b"\n \n\n"], ids=["no byte", "blank lines"])
def test_a_file_without_records_is_empty(tmp_path: Path, suffix: str, data: bytes) -> None:
    records, unread = read(tmp_path / f"x{suffix}", PACK[suffix](data))
    assert (records, [(row.reason, row.record) for row in unread]) == ([], [("empty", None)])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "broken line"),
        ("[" * 100_000, "broken line"),
        ("[1]", "no text"),
        ("null", "no text"),
        ('{"text": 5}', "no text"),
        ('{"body": "Xã có 5 ha"}', "no text"),
    ],
)
def test_a_bad_line_costs_one_row(tmp_path: Path, line: str, reason: str) -> None:
    records, unread = read(tmp_path / "x.jsonl", "\n".join([LINES[0], line, "", LINES[1]]).encode())
    assert [record.number for record in records] == [1, 4]
    assert [(row.reason, row.record) for row in unread] == [(reason, "line 2")]


def test_a_line_of_bytes_costs_one_row(tmp_path: Path) -> None:
    records, unread = read(tmp_path / "x.jsonl", LINES[0].encode() + b"\n" + bytes(range(1, 9)) * 9 + b"\n" + LINES[1].encode())
    assert [record.number for record in records] == [1, 3]
    assert [(row.reason, row.record) for row in unread] == [("binary", "line 2")]


def test_a_line_over_the_limit_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "DOCUMENT_LIMIT", 200)
    long = json.dumps({"text": "a" * 1000})
    records, unread = read(tmp_path / "x.jsonl", f"{LINES[0]}\n{long}\n{LINES[1]}\n{long}".encode())
    assert [record.number for record in records] == [1, 3]
    assert [(row.reason, row.record) for row in unread] == [("too large", "line 2"), ("too large", "line 4")]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_read_and_says_so(tmp_path: Path, suffix: str, encoding: str) -> None:
    odd = ["", "{", json.dumps({"id": "😀", "text": "Vải " * 50_000}, ensure_ascii=False)]
    records, unread = read(tmp_path / f"x{suffix}", PACK[suffix]("\r\n".join([*LINES, *odd]).encode(encoding)))
    assert [record.record_id for record in records] == [*(str(n) for n in range(3000)), "😀"]
    assert records[5].text == "Hợp tác xã 5 thu 5 tấn vải"
    assert {record.encoding for record in records} == {encoding}
    assert [(row.reason, row.record) for row in unread] == [("broken line", "line 3002")]


def test_utf_16_that_breaks_off_or_is_damaged_costs_what_is_lost(tmp_path: Path) -> None:
    data = "\n".join(LINES[:2]).encode("utf-16-le")
    records, unread = read(tmp_path / "x.jsonl", data[:-3])
    assert ([record.record_id for record in records], [row.reason for row in unread]) == (["0"], ["broken line"])
    records, unread = read(tmp_path / "x.jsonl", data.replace("tấn".encode("utf-16-le"), b"\x00\xd8n\0"))
    assert ([record.text for record in records], unread) == ([f"Hợp tác xã {n} thu {n} \ufffdn vải" for n in range(2)], [])


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    records, unread = read(tmp_path / "x.jsonl", "\n".join(LINES[:2]).encode("utf-8-sig"))
    assert ([record.record_id for record in records], unread) == (["0", "1"], [])


def test_fields_are_read_and_the_unknown_ones_are_kept(tmp_path: Path) -> None:
    fields = {"id": 7, "title": ["Vải chín"], "date": "2024-06-01", "url": " https://example.org/v ", "source": "Báo Vải", "text": "5 ha"}
    (record,), _ = read(tmp_path / "x.jsonl", json.dumps({**fields, "tags": ["vải"], "author": {"name": "Lê"}}).encode())
    assert record[2:10] == ("utf-8", "7", 1, "Vải chín", "2024-06-01", "https://example.org/v", "Báo Vải", record.extra)
    assert json.loads(record.extra or "") == {"tags": ["vải"], "author": {"name": "Lê"}}


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, {"a": 1}, [{"a": 1}]])
def test_a_field_that_says_nothing_is_null(tmp_path: Path, value: object) -> None:
    (record,), _ = read(tmp_path / "x.jsonl", json.dumps({"text": "5 ha", "title": value, "id": value}).encode())
    assert (record.title, record.record_id) == (None, None)


@pytest.mark.parametrize("half", [r"\ud83d", r"\uD83D"])
def test_half_of_a_surrogate_pair_can_be_stored(tmp_path: Path, half: str) -> None:
    line = rf'{{"text": "5 ha {half} chè \ud83d\ude00", "title": "\udc00", "note": "\ud800"}}'
    (record,), _ = read(tmp_path / "x.jsonl", line.encode())
    assert (record.text, record.title) == ("5 ha � chè 😀", "�")
    assert json.loads(record.extra or "") == {"note": "�"}
