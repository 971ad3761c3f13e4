"""Builds files of the formats that are not text: PDF, Word, web archives, ZIP."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import docx
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

EVERY_CODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0020> <1FFF> <0020> endbfrange endcmap end"
)
"""A table that tells of each code that it is the letter itself."""
LINE_HEIGHT, PAGE = 14, (595, 842)


def pdf(pages: Iterable[list[str] | None], **write: object) -> bytes:
    """Pages of lines of text; None is a scanned page, a picture without text.

    Args:
        pages: lines of each page.
        write: `info` (metadata), `password`, `cipher`, `scan` (whether the lines stand on a picture).
    """
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(*PAGE)
        shown = DictionaryObject()
        if lines is None or write.get("scan"):
            shown[NameObject("/Scan")] = writer._add_object(_picture())
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): _font(writer)}), NameObject("/XObject"): shown}
        )
        content = DecodedStreamObject()
        content.set_data(_show(lines or []))
        page[NameObject("/Contents")] = writer._add_object(content)
    if info := write.get("info"):
        writer.add_metadata(dict(info))  # type: ignore[call-overload]
    if password := write.get("password"):
        writer.encrypt(str(password), algorithm=str(write.get("cipher", "RC4-128")))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _show(lines: list[str]) -> bytes:
    moves = (f"<{line.encode('utf-16-be').hex()}> Tj 0 -{LINE_HEIGHT} Td" for line in lines)
    return f"BT /F 11 Tf 50 800 Td {' '.join(moves)} ET".encode() if lines else b"q 595 0 0 842 0 0 cm /Scan Do Q"


def _picture() -> DecodedStreamObject:
    picture = DecodedStreamObject()
    picture.set_data(b"\0")
    sides = {"/Width": NumberObject(1700), "/Height": NumberObject(2400), "/BitsPerComponent": NumberObject(1)}
    picture.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    picture.update({NameObject(name): value for name, value in sides.items()})
    return picture


def _font(writer: PdfWriter) -> DictionaryObject:
    table = DecodedStreamObject()
    table.set_data(EVERY_CODE)
    name = {"/Type": "/Font", "/BaseFont": "/Plain"}
    below = DictionaryObject({NameObject(key): NameObject(value) for key, value in {**name, "/Subtype": "/CIDFontType2"}.items()})
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in {**name, "/Subtype": "/Type0"}.items()})
    font[NameObject("/Encoding")] = NameObject("/Identity-H")
    font[NameObject("/DescendantFonts")] = ArrayObject([below])
    font[NameObject("/ToUnicode")] = writer._add_object(table)
    return font


def word(*parts: str | list[list[str]], **told: object) -> bytes:
    """A Word document of paragraphs and tables (lists of rows); `told` are its core properties."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for row, cells in enumerate(part):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
    for name, value in told.items():
        setattr(document.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def response(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **packed: bytes) -> bytes:
    """One response of a web archive; `packed` are further headers of the server."""
    headers = b"".join(b"%s: %s\r\n" % (name.replace("_", "-").encode(), value) for name, value in packed.items())
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n".encode() + headers + b"\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{url[-8:]}>\r\nWARC-Date: 2024-03-05T20:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Records of a web archive, each compressed for itself, as crawlers write them."""
    return b"".join(map(gzip.compress, records))


def zipped(path: Path, members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> Path:
    """A ZIP archive of these members, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return path
