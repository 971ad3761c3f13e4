"""Word documents: paragraphs and tables in their order, and what the document tells of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from assets.documents.readers.record import DOCUMENT_LIMIT, MIB, PRINT_LIMIT, Record, Unread, UnreadableError, load, sound, too_large

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

OLD = b"\xd0\xcf\x11\xe0"
"""How files of older Word start, and encrypted ones."""
PART_LIMIT = 4 * DOCUMENT_LIMIT
"""Bytes that the parts of a document in XML may have when they are unpacked."""
TITLE_WORDS = 5
"""Shorter titles are those of a template or an office."""
BETWEEN_CELLS = " | "
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT = qn("w:t")
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
BOX = qn("w:txbxContent")
PASSED_OVER = (
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""Settings, what was struck out, and what is said twice for older programs."""


def read(path: Path) -> Iterator[Record | Unread]:
    """The one document of a file. A row of a table is one line, its cells parted by a stroke.

    Raises:
        UnreadableError: too large, packed or unpacked, encrypted, of older Word, broken, or without text.
    """
    raw = load(path, PRINT_LIMIT)
    if raw.startswith(OLD):
        raise UnreadableError(
            reason="encrypted", detail="It is encrypted, or of Word before 2007: open it in Word and save it as .docx without a password."
        )
    try:
        _check_size(raw)
        word = Document(io.BytesIO(raw))
        text = sound("\n".join(_lines(word.element.body)))
        title, saved = _properties(word)
    except UnreadableError:
        raise
    except Exception as error:  # python-docx meets broken packages with errors of any kind
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableError(
            reason="broken file", detail=f"It cannot be read as a Word document ({what}): open it in Word and save it anew."
        ) from error
    if len(text) > DOCUMENT_LIMIT:
        raise too_large(len(text), "The text of the file")
    if not text.strip():
        raise UnreadableError(reason="no text", detail="It holds no text; perhaps pictures of it: run text recognition (OCR) over them.")
    yield Record(raw, text, "docx", title=title, saved=saved)


def _check_size(raw: bytes) -> None:
    """Raises an error for a package whose XML would fill the memory when it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        size = sum(part.file_size for part in package.infolist() if part.filename.endswith((".xml", ".rels")))
        whole = sum(part.file_size for part in package.infolist())
    if size > PART_LIMIT or whole > 2 * PRINT_LIMIT:
        raise UnreadableError(
            reason="too large",
            detail=f"It unpacks to {whole / MIB:.0f} MiB, too much for one document: split it, or take out its pictures.",
        )


def _lines(holder: Element) -> Iterator[str]:
    """Paragraphs, and rows of tables that are not those of another one; what lies in content controls and text boxes too."""
    for part in holder:
        if part.tag == PARAGRAPH:
            yield from _text(part).split("\n")
            for box in part.iter(BOX):
                if not any(parent.tag in PASSED_OVER for parent in box.iterancestors()):
                    yield from _lines(box)
        elif part.tag == TABLE:
            yield from (line for row in part.iter(ROW) if _table_of(row) is part and (line := _row(row)))
        elif part.tag not in PASSED_OVER:
            yield from _lines(part)


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors(TABLE), None)


def _row(row: Element) -> str:
    cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW), None) is row]
    texts = (" ".join(" ".join(_lines(cell)).replace(BETWEEN_CELLS, " ").split()) for cell in cells)
    return BETWEEN_CELLS.join(texts).strip(" |")


def _text(part: Element) -> str:
    """What a paragraph says, without its text boxes."""
    words: list[str] = []
    for child in part:
        if child.tag == TEXT:
            words.append(child.text or "")
        elif child.tag in SIGNS:
            words.append(SIGNS[child.tag])
        elif child.tag not in PASSED_OVER and child.tag != BOX:
            words.append(_text(child))
    return "".join(words)


def _properties(word: Word) -> tuple[str | None, str | None]:
    """Title, where it is one, and when the document was last changed; nothing is made up where the file tells nothing."""
    if not any(link.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for link in word.part.package.rels.values()):
        return None, None
    told = word.core_properties
    title = " ".join(sound(told.title).split())
    # Programs that fill a template leave its times as they are, the same for both.
    saved = told.modified if told.modified != told.created else None
    return title if len(title.split()) >= TITLE_WORDS else None, saved.isoformat() if saved else None
