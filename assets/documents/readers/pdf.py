"""PDF files: the text layer, page by page; pages that are pictures need text recognition first."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import DictionaryObject

from assets.documents.readers.paragraphs import paragraphs
from assets.documents.readers.record import DOCUMENT_LIMIT, PRINT_LIMIT, Record, Unread, UnreadableError, load, sound, too_large

TITLE_WORDS = 5
"""Shorter titles of the metadata are those of a file, a form or an office."""
PROGRAM = re.compile(r"^Microsoft (?:Word|PowerPoint|Excel) - ")
FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|rtf|indd|cdr|tif)$", re.IGNORECASE)
MARKED = re.compile(r"[À-ỹ]")
MARKED_SHARE = 0.05
"""Of the letters of Vietnamese about a fourth have a mark; a scan that was recognised as another language has hardly any."""
SCAN = 800
"""Points of the shorter side from which a picture may be that of a page."""

# pypdf tells of each oddity of a file, and meets broken ones with errors of any kind: what can be read is what counts.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(path: Path) -> Iterator[Record | Unread]:
    """The one document of a file; see `pages_of`.

    Raises:
        UnreadableError: too large, broken, encrypted, or pictures only.
    """
    yield from pages_of(load(path, PRINT_LIMIT))


def pages_of(raw: bytes) -> Iterator[Record | Unread]:
    """The document of a PDF, its lines joined to paragraphs, and beside it one row for the pages that could not be read.

    Raises:
        UnreadableError: broken, encrypted, pictures only (`needs OCR`), or with more text than one document may have.
    """
    reader = _opened(raw)
    texts: list[str] = []
    scans: list[int] = []
    broken: list[int] = []
    size = 0
    for number in range(1, _page_count(reader) + 1):
        try:
            page = reader.pages[number - 1]
            text = sound(page.extract_text())
            is_scan = _has_picture(page) and not _is_vietnamese(text)
        except Exception:
            broken.append(number)
            continue
        if is_scan:
            scans.append(number)
            continue
        texts.append(text)
        size += len(text)
        if size > DOCUMENT_LIMIT:
            raise too_large(size, "The text of the file")
    if any(text.strip() for text in texts):
        title, saved = _information(reader)
        yield Record(raw, paragraphs(texts), "pdf", title=title, saved=saved)
    elif not scans and not broken:
        raise UnreadableError(reason="empty", detail="Its pages show neither text nor pictures: leave it out.")
    if scans:
        advice = "run text recognition (OCR) for Vietnamese over the file."
        yield Unread("needs OCR", f"{_pages(scans)}: scanned, without a text layer in Vietnamese: {advice}", _within(scans, reader))
    if broken:
        yield Unread("broken page", f"{_pages(broken)}: cannot be read: print the file to a new PDF.", _within(broken, reader))


def _opened(raw: bytes) -> PdfReader:
    """The file, decrypted where it takes no password to read it."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        is_open = not reader.is_encrypted or reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except DependencyError:
        is_open = False  # a cipher that pypdf has no means for
    except Exception as error:
        raise _broken(error) from error
    if not is_open:
        raise UnreadableError(reason="encrypted", detail="It is encrypted: open it with its password and print it to a new PDF.")
    return reader


def _page_count(reader: PdfReader) -> int:
    try:
        count = len(reader.pages)
    except Exception as error:
        raise _broken(error) from error
    if not count:
        raise UnreadableError(reason="empty", detail="There is no page in it: leave it out.")
    return count


def _broken(error: Exception) -> UnreadableError:
    what = " ".join(str(error).split())[:200] or type(error).__name__
    return UnreadableError(reason="broken file", detail=f"It cannot be read as PDF ({what}): fetch it again, or print it to a new PDF.")


def _is_vietnamese(text: str) -> bool:
    """Whether enough of the letters have marks: the text layer of a scan that was recognised as another language is noise."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(MARKED.findall(text)) >= MARKED_SHARE * letters


def _has_picture(page: PageObject) -> bool:
    """Whether the page shows a picture of the size of a page."""
    return any(
        shown.get("/Subtype") == "/Image" and min(int(shown.get("/Width", 0)), int(shown.get("/Height", 0))) >= SCAN
        for shown in _shown(page, depth=2)
    )


def _shown(holder: DictionaryObject, depth: int) -> Iterator[DictionaryObject]:
    """Pictures and forms that a page or a form shows, and those inside the forms."""
    resources = cast(DictionaryObject, holder.get("/Resources", DictionaryObject()).get_object())
    for link in cast(DictionaryObject, resources.get("/XObject", DictionaryObject()).get_object()).values():
        shown = link.get_object()
        yield shown
        if depth and shown.get("/Subtype") == "/Form":
            yield from _shown(shown, depth - 1)


def _information(reader: PdfReader) -> tuple[str | None, str | None]:
    """Title, where it is one and not the name of a file or an office, and when the file was made."""
    try:
        told = reader.metadata
        title = " ".join(PROGRAM.sub("", sound((told and told.title) or "")).split())
        made = told.creation_date if told else None
    except Exception:
        return None, None
    is_title = len(title.split()) >= TITLE_WORDS and not FILE_NAME.search(title)
    return title if is_title else None, made.isoformat() if made else None


def _within(numbers: list[int], reader: PdfReader) -> str | None:
    """The pages as the place of a row; None where they are the whole file."""
    return None if len(numbers) == len(reader.pages) else _pages(numbers).lower()


def _pages(numbers: list[int]) -> str:
    """`Pages 1-3, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ("Page " if len(numbers) == 1 else "Pages ") + shown
