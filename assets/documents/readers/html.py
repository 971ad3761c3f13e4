"""A saved web page: its main text in reading order, and what its head says of it. Nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import map_encoding_to_html5
from resiliparse.parse.html import DOMContext, DOMException, ElementNode, HTMLTree, Node, traverse_dom

from assets.documents.encoding import decode
from assets.documents.readers.page_metadata import select, told_by
from assets.documents.readers.record import Record, Unread, UnreadableError, load

CHARSET = re.compile(rb"""(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]{0,80}?encoding\s*=\s*["']([\w.:-]+)""")
HEAD = 8192
"""Bytes in which a page names its encoding."""
CELL = 500
"""Code points from which a cell holds a part of the page, not a value."""
BETWEEN_CELLS = " | "
DEPTH = 500
"""Levels below which finding the main text of a page takes minutes; no page that people wrote has as many."""
FURNITURE = ["nav", "header", "footer", "aside", "menu"]


def read(path: Path) -> Iterator[Record | Unread]:
    """The one document of a page; see `page_of`.

    Raises:
        UnreadableError: empty, binary, too large, in no known encoding, or a page without text.
    """
    yield page_of(load(path))


def page_of(raw: bytes, charset: str | None = None) -> Record:
    """The document of a page; `charset` is what the server said of its encoding.

    A row of a table is one line, its cells parted by a stroke.

    Raises:
        UnreadableError: empty, binary, in no known encoding, or a page without text.
    """
    page, encoding = decode(raw, charset or _charset(raw[:HEAD]))
    try:
        tree = HTMLTree.parse(page)
        told, text = told_by(tree), _main_text(tree)
    except DOMException as error:
        raise UnreadableError(
            reason="broken page", detail=f"It cannot be parsed as HTML ({error}): open it in a browser and save it anew."
        ) from error
    if not text:
        raise UnreadableError(
            reason="no text", detail="The page shows no text; perhaps scripts write it: open it in a browser and save what it shows."
        )
    return Record(raw, text, encoding, title=told.title, date=told.date, url=told.url, source=told.source)


def _charset(head: bytes) -> str | None:
    """The encoding that a page names, by the name that Python gives it; None for none or one that browsers do not know."""
    if (named := CHARSET.search(head)) is None:
        return None
    encoding: str | None = map_encoding_to_html5((named[1] or named[2]).decode("ascii", "replace"), False)
    return encoding


def _main_text(tree: HTMLTree) -> str:
    """The text of the article; where none can be told from the rest of the page, all but menus, head and foot."""
    if tree.body is None:
        return ""
    _tables_to_lines(tree)
    _lists_to_lines(tree)
    text = ""
    if _depth(tree.body) <= DEPTH:
        text = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
    if not text.strip():
        text = extract_plain_text(tree, alt_texts=False, list_bullets=False, skip_elements=FURNITURE)
    # Tables that are left lay out the page: each cell of theirs is a part of it.
    return re.sub(r"\t\t+", "\n", text).strip()


def _tables_to_lines(tree: HTMLTree) -> None:
    """Puts lines in place of the tables that hold values: two rows or more with several cells, none of them long."""
    for table in [table for table in select(tree, "table") if table.query_selector("table") is None]:
        rows = [[_cell(cell) for cell in row.children if cell.tag in ("td", "th")] for row in table.query_selector_all("tr")]
        filled = [sum(map(bool, row)) for row in rows]
        if sum(cells > 1 for cells in filled) < 2 or max(len(cell) for row in rows for cell in row) > CELL:
            continue
        lines = [_cell(caption) for caption in table.query_selector_all("caption")]
        lines += [BETWEEN_CELLS.join(row).rstrip(" |") for row, cells in zip(rows, filled, strict=True) if cells]
        table.replace_with(_element(tree, "div", *(_element(tree, "p", tree.create_text_node(line)) for line in lines if line)))


def _cell(cell: ElementNode) -> str:
    """The text of a cell as one line, a blank between its paragraphs."""
    text = extract_plain_text(cell.inner_html, alt_texts=False, list_bullets=False) if cell.first_element_child else cell.text
    return " ".join((text or "").split())


def _lists_to_lines(tree: HTMLTree) -> None:
    """Makes paragraphs of lists of sentences and of figures, which count as furniture otherwise; menus stay."""
    menus = [node for node in select(tree, "ul, menu") if _is_menu(node)]
    for menu in menus:
        menu.decompose()
    for node in reversed(select(tree, "ul, ul > li, menu, menu > li, figure, figcaption")):
        node.replace_with(_element(tree, "div", *node.child_nodes))


def _is_menu(node: ElementNode) -> bool:
    """Whether most of what a list says are links, or it stands in the furniture of the page."""
    linked = sum(len((link.text or "").strip()) for link in node.query_selector_all("a"))
    return linked * 2 > len((node.text or "").strip()) or node.closest(", ".join(FURNITURE[:-1])) is not None


def _element(tree: HTMLTree, tag: str, *children: Node | None) -> ElementNode:
    element = cast(ElementNode, tree.create_element(tag))
    element.append(*(child for child in children if child is not None))
    return element


def _depth(body: ElementNode) -> int:
    """Levels of elements below the body."""
    deepest = 0

    def look(context: DOMContext) -> None:
        nonlocal deepest
        deepest = max(deepest, context.depth)

    traverse_dom(body, look, elements_only=True)
    return deepest
