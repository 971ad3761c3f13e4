"""What a web page says of itself in its head: title, day of publication, address, publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from resiliparse.parse.html import ElementNode, HTMLTree

# Names of `<meta>` for the day of publication, the surest first.
DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publish-date",
    "publishdate",
    "published_time",
    "pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
# The day of the article, not that of a list of others beside it.
TIMES = ("time[itemprop=datePublished]", "time[pubdate]", "article time", "main time")
DAY = re.compile(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}")
BEFORE_SITE = (" - ", " | ", " – ", " — ", " :: ", " » ")


class Told(NamedTuple):
    """What the page tells; None where it does not. `date` is as written, and holds a day."""

    title: str | None
    date: str | None
    url: str | None
    source: str | None


def told_by(tree: HTMLTree) -> Told:
    """Metadata of a page, as it is parsed; nothing is fetched."""
    meta = _meta(tree)
    url = next((address for address in _addresses(tree, meta) if _host(address)), None)
    site = meta.get("og:site_name")
    date = next((value for value in _dates(tree, meta) if DAY.search(value)), None)
    return Told(_title(tree, meta, site), date, url, site or (_host(url) if url else None))


def select(tree: HTMLTree, selectors: str) -> list[ElementNode]:
    """The elements that a CSS selector finds, in the order of the page."""
    return [] if tree.document is None else list(tree.document.query_selector_all(selectors))


def _meta(tree: HTMLTree) -> dict[str, str]:
    """The first content of each name, in lower case."""
    found: dict[str, str] = {}
    for element in select(tree, "meta[content]"):
        name = element.getattr("property") or element.getattr("name") or element.getattr("itemprop") or ""
        if content := _line(element.getattr("content")):
            found.setdefault(name.strip().lower(), content)
    return found


def _title(tree: HTMLTree, meta: dict[str, str], site: str | None) -> str | None:
    """The title without the name of the site, which the headline of the page or `site` shows."""
    headlines = [line for element in select(tree, "article h1, main h1") + select(tree, "h1") if (line := _line(element.text))]
    title = meta.get("og:title") or _line(tree.title)
    if title is None:
        return headlines[0] if headlines else None
    for headline in headlines:
        if any(title.casefold().startswith((headline + mark).casefold()) for mark in BEFORE_SITE):
            return headline
    for mark in BEFORE_SITE if site else ():
        title = title.removesuffix(f"{mark}{site}")
    return title


def _dates(tree: HTMLTree, meta: dict[str, str]) -> Iterator[str]:
    yield from (meta[name] for name in DATE_NAMES if name in meta)
    for script in select(tree, 'script[type="application/ld+json"]'):
        try:
            yield from _published(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue  # many pages print broken JSON; what stands in their text decides then
    for selector in TIMES:
        for element in select(tree, selector)[:1]:
            yield element.getattr("datetime") or element.text or ""


def _published(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Values of `datePublished`, the outermost first."""
    if isinstance(data, dict):
        if isinstance(day := data.get("datePublished"), str):
            yield day
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _published(item)


def _addresses(tree: HTMLTree, meta: dict[str, str]) -> Iterator[str]:
    for link in select(tree, "link[rel~=canonical]"):
        yield (link.getattr("href") or "").strip()
    yield meta.get("og:url", "")


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:  # no address, whatever the page calls it
        return None


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
