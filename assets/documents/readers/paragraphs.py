"""Lines of printed pages, which break where the paper ends, joined to the paragraphs that were written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

FULL, TO_THE_EDGE = 0.8, 0.93
"""Shares of the width of a full line from which a line may go on below, and from which it does even behind a full stop."""
LEAST = 40
"""Code points that a full line has at least: below, lines are those of a list or a table."""
CAPITALS = 12
"""Code points from which a line of capitals is a heading, not an abbreviation that came to stand alone."""
EDGE_LINES = 3
"""Lines at the head and the foot of a page among which its running title and its number stand."""
REPEATED = 0.5
"""Share of the pages from which a line in such a place is a running title."""

GAP = re.compile(r"\s{3,}|\t+")
NUMBER = re.compile(r"^[-(]?[0-9][0-9.,]*[%)]?$|^[-–x]$")
PAGE_NUMBER = re.compile(r"(?i)^[-–\s]*(?:trang\s*)?[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?[-–\s]*$")
ENDS = re.compile(r"[.!?…:;][)\]\"”’]*$")
SPAN = re.compile(r"[0-9][-–]$")
"""A range that the end of the line parts: `2016-` above `2020`."""
ITEM = re.compile(
    r"^(?:[-–+*•▪●➢]\s*[^\W\d]"
    r"|\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ]|[IVX]{1,5})[.)]\s*\S"
    r"|(?:Điều|Chương|Mục|Phụ lục|Biểu|Bảng)\s+[0-9IVX])"
)
"""How items of a list, sections and articles of a law open."""


def paragraphs(pages: list[str]) -> str:
    """The text of printed pages, one paragraph a line, without running titles and page numbers.

    A line goes on in the next one where it reaches the edge of the paper and no item, heading or row of a table begins.
    Cells of a row of a table are parted by a stroke; two columns, as in the head of a letter, become two lines.
    """
    lines = [piece for page in _without_edges([page.splitlines() for page in pages]) for line in page for piece in _pieces(line)]
    width = _width(lines)
    joined: list[str] = []
    above = ""
    for line in lines:
        if joined and _goes_on(above, line, width):
            joined[-1] += line if SPAN.search(above) and line[0].isdigit() else f" {line}"
        else:
            joined.append(line)
        above = line
    return "\n".join(joined)


def _without_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """Pages without their running titles, which differ in the number of the page at most, and their numbers."""
    filled = [[line for line in page if line.strip()] for page in pages]
    shapes = Counter(shape for page in filled for shape in {_shape(line) for line in _edges(page)})
    often = {shape for shape, count in shapes.items() if len(pages) > 2 and count > REPEATED * len(pages)}
    for page in filled:
        first, last = 0, len(page)
        while first < min(EDGE_LINES, last) and _is_running(page[first], often):
            first += 1
        while last > max(len(page) - EDGE_LINES, first) and _is_running(page[last - 1], often):
            last -= 1
        yield page[first:last]


def _edges(page: list[str]) -> list[str]:
    return page[:EDGE_LINES] + page[EDGE_LINES:][-EDGE_LINES:]


def _shape(line: str) -> str:
    """The line without the number that it begins or ends with."""
    return re.sub(r"^\W*[0-9]+|[0-9]+\W*$", "0", " ".join(line.split()))


def _is_running(line: str, often: set[str]) -> bool:
    return PAGE_NUMBER.match(line) is not None or _shape(line) in often


def _pieces(line: str) -> list[str]:
    """The line with single blanks: as it is, as two lines where one gap parts it, or as cells."""
    cells = [" ".join(cell.split()) for cell in GAP.split(line.strip())]
    return cells if len(cells) <= 2 else [" | ".join(cells)]


def _width(lines: list[str]) -> int:
    """Code points of a full line: nine of ten lines of prose are not longer."""
    lengths = sorted(len(line) for line in lines if len(line) >= LEAST and not _is_row(line))
    return lengths[len(lengths) * 9 // 10] if lengths else LEAST


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells, or three numbers and more that make up much of it."""
    words = line.split()
    numbers = sum(NUMBER.match(word) is not None for word in words)
    return " | " in line or (numbers >= 3 and numbers >= 0.4 * len(words))


def _goes_on(above: str, line: str, width: int) -> bool:
    length = len(above)
    if length < max(LEAST, FULL * width) or ITEM.match(line) or _is_row(above) or _is_row(line):
        return False
    if above.isupper() != line.isupper() and (above.isupper() or len(line) >= CAPITALS):
        return False
    return length >= TO_THE_EDGE * width or ENDS.search(above) is None
