"""From bytes to text: byte order marks, UTF-8, UTF-16 and UTF-32 without a mark, then guesses; binary data is refused."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from assets.documents import legacy
from assets.documents.readers.record import UnreadableError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_FORMATS = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")
"""How PDF, rich text and office files start: much of them may look like text."""
SAMPLE = 64 * 1024
CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
CONTROL_SHARE = 0.01
REPLACED = "\N{REPLACEMENT CHARACTER}"
BROKEN_SHARE = 5
"""Further bytes of good letters for each bad byte from which text is UTF-8 that was cut or damaged in places."""
NUL_SHARE = 0.1
"""Share of NUL bytes from which text may be UTF-16: its blanks, digits and plain letters have one NUL each."""


def decode(data: bytes, hint: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of the encoding it was read with; `hint` is what the text says of itself.

    Raises:
        UnreadableError: `empty`, `binary` or `unknown encoding`.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError(reason="empty", detail=f"There is no text in it ({len(data)} bytes): leave it out.")
    if data.startswith(OTHER_FORMATS):
        raise _binary()
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strict(data, name), name.removesuffix("-sig")
    if b"\x00" in data[:SAMPLE] and (wide := _wide(data)):
        return wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, hint, error)
    if _is_binary(data):
        raise _binary()
    return text, "utf-8"


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            reason="unknown encoding",
            detail=f"It starts with the mark of {name} but byte {error.start} does not fit: the file is damaged, fetch it again.",
        ) from error


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32 without a mark: NUL bytes stand where the high bytes of plain letters do, and text comes out."""
    head = data[: SAMPLE // 4 * 4]
    names = []
    if len(data) % 4 == 0 and head.count(0) * 2 >= len(head):
        names += ["utf-32-le", "utf-32-be"]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > NUL_SHARE * len(head) / 2 and min(even, odd) * 20 < max(even, odd):
        names.append("utf-16-be" if even > odd else "utf-16-le")
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text[:SAMPLE].encode("utf-8", "replace")):
            return text, name
    return None


def _guess(data: bytes, hint: str | None, error: UnicodeDecodeError) -> tuple[str, str]:
    if _is_binary(data):
        raise _binary()
    mended = data.decode("utf-8", "replace")
    if mended.count(REPLACED) * BROKEN_SHARE < len(data) - len(mended):
        return mended, "utf-8"
    if hint:
        try:
            return data.decode(hint), codecs.lookup(hint).name
        except (LookupError, ValueError):
            pass  # a page that names the wrong encoding is common: go on guessing
    if written_before := legacy.converted(data.decode("latin-1")):
        return written_before
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise UnreadableError(
            reason="unknown encoding",
            detail=f"It is not UTF-8 (byte {error.start} does not fit) and no other encoding makes text of it: save it as UTF-8.",
        )
    return data.decode(best.encoding, "replace"), best.encoding


def _is_binary(data: bytes) -> bool:
    head = data[:SAMPLE]
    return len(head) - len(head.translate(None, CONTROL)) > CONTROL_SHARE * len(head)


def _binary() -> UnreadableError:
    return UnreadableError(
        reason="binary", detail="It holds binary data, not text: give the file the suffix of its real format, or take it out."
    )
