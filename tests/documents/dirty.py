"""A folder with every kind of input that people and programs break, and what is to become of each."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.documents import files
from tests.documents.test_legacy import written

FACT = "Năm 2023, giá trị sản xuất công nghiệp của tỉnh Hà Nam đạt {}.640 tỷ đồng, tăng 12,15% so với năm 2022."
LONG_LINE = 200_000_000
NUMBERS = 200_000
TOLD = FACT.rstrip(".") + ", vì nhiều dự án đầu tư mới đã đi vào hoạt động"


def fact(number: int) -> str:
    """A sentence with a figure; no two are alike."""
    return FACT.format(number)


def book(numbers: int = NUMBERS) -> str:
    """A text of so many numbers and hundred times as many bytes: a third in lines, one in one line, one in one sentence."""
    sentences = [TOLD.format(number) for number in range(numbers // 2)]
    third = len(sentences) // 3
    return "\n".join([".\n".join(sentences[:third]), ". ".join(sentences[third:-third]), ", ".join(sentences[-third:])])


def nested(depth: int) -> bytes:
    """JSON of so many levels."""
    return b'{"text": "x", "a": ' + b"[" * depth + b"]" * depth + b"}"


def write(root: Path, long_line: int = LONG_LINE) -> tuple[set[str], set[tuple[str, str | None, str]]]:
    """Writes the folder; the documents it holds by file (and line), and its unread records: file, place, reason."""
    texts = {
        "hợp lệ/Báo cáo tháng 1.txt": fact(1).encode(),
        "khác/Báo cáo tháng 1.txt": fact(2).encode(),
        "utf-8 hỏng.txt": fact(3).encode()[:40] + b"\xff\xfe" + fact(3).encode()[40:],
        "utf-16.txt": fact(4).encode("utf-16"),
        "utf-16-không dấu.txt": fact(5).encode("utf-16-le"),
        "utf-32.txt": fact(6).encode("utf-32-be"),
        "tcvn3.txt": written(fact(7), "tcvn3"),
        "vni.txt": written(fact(8), "vni"),
        "nul.txt": fact(9).encode().replace(b" ", b" \0", 1),
        "script.html": f"<html><script>var a = 99;</script><body><p>{fact(10)}</p><script>document.write('88')</script>".encode(),
        "thẻ hỏng.html": f"<html><body><div><p>{fact(11)}<b><i></p></table></div <a href=".encode(),
        "sách.txt": book().encode(),
        "utf-16.jsonl": json.dumps({"text": fact(14)}).encode("utf-16"),
        "tương lai.jsonl": json.dumps({"text": fact(12), "date": "2090-01-01"}).encode(),
    }
    broken = {
        "rỗng.txt": (b"", "empty"),
        "nul thôi.txt": (b"\0" * 500, "empty"),
        "nhị phân.txt": (bytes(range(256)) * 40, "binary"),
        "ảnh.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        "không rõ.xyz": (b"x", "unknown format"),
        "quét.pdf": (files.pdf([None]), "needs OCR"),
        "hỏng.docx": (b"PK\x03\x04", "broken file"),
    }
    for name, data in {**texts, **{name: data for name, (data, _) in broken.items()}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "bản sao.txt").write_bytes(fact(1).encode())
    (root / "vòng").mkdir()
    (root / "vòng" / "lên trên").symlink_to(root, target_is_directory=True)
    (root / "vòng.txt").symlink_to(root / "vòng.txt")
    with (root / "một dòng.jsonl").open("wb") as lines:
        lines.write(b'{"text": "')
        for _ in range(long_line // 1_000_000):
            lines.write(b"1234567 ty " * 90_909 + b" ")
        lines.write(b'"}\n' + json.dumps({"text": fact(13)}).encode())
    odd = json.dumps({"text": fact(15), "date": ["x"], "id": {}}).encode()
    lines_of = [nested(100_000), odd[:-5], b'{"body": "x"}', b'{"text": 5}', b"[1]", odd]
    (root / "dòng.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines_of)))
    members = {"../ra ngoài.txt": b"x", "/gốc.txt": b"x", "bom.txt": b"0" * 20_000_000, "trong.txt": fact(16).encode()}
    files.zipped(root / "gói.zip", members)
    documents = {*texts, "một dòng.jsonl", "dòng.jsonl.gz", "gói.zip/trong.txt"} - {"hợp lệ/Báo cáo tháng 1.txt"} | {"bản sao.txt"}
    unread = {(name, None, reason) for name, (_, reason) in broken.items()} | {
        ("hợp lệ/Báo cáo tháng 1.txt", None, "same content as"),
        ("vòng.txt", None, "cannot open"),
        ("một dòng.jsonl", "line 1", "too large"),
        *(("dòng.jsonl.gz", f"line {line}", "broken line") for line in (1, 2)),
        *(("dòng.jsonl.gz", f"line {line}", "no text") for line in (3, 4, 5)),
        ("gói.zip", "../ra ngoài.txt", "unsafe name"),
        ("gói.zip", "/gốc.txt", "unsafe name"),
        ("gói.zip", "bom.txt", "archive bomb"),
    }
    return documents, unread
