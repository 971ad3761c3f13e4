from __future__ import annotations

import pytest
from resiliparse.parse.html import HTMLTree

from assets.documents.readers.page_metadata import Told, told_by


def told(head: str = "", body: str = "") -> Told:
    return told_by(HTMLTree.parse(f"<html><head>{head}</head><body>{body}</body></html>"))


def test_a_page_that_tells_nothing() -> None:
    assert told() == Told(None, None, None, None)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title> Gốm  Hoa Lư </title>", "", "Gốm Hoa Lư"),
        ("<title>Gốm Hoa Lư - Báo Gốm</title>", "<h1>Gốm Hoa Lư</h1>", "Gốm Hoa Lư"),
        ("<title>Gốm Hoa Lư | Báo Gốm</title><meta property='og:site_name' content='Báo Gốm'>", "", "Gốm Hoa Lư"),
        ("<title>Báo Gốm</title><meta property='og:title' content='Gốm Hoa Lư'>", "<h1>Báo Gốm</h1>", "Gốm Hoa Lư"),
        ("<title>Gốm - sứ - ngói</title>", "", "Gốm - sứ - ngói"),
        ("", "<h1>Báo Gốm</h1><article><h1>Gốm <i>Hoa Lư</i></h1></article>", "Gốm Hoa Lư"),
    ],
)
def test_the_title_is_that_of_the_article(head: str, body: str, title: str) -> None:
    assert told(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta property='article:published_time' content='2024-03-05T08:00:00+07:00'>", "", "2024-03-05T08:00:00+07:00"),
        ("<meta itemprop='datePublished' content='2024-03-05'><meta name='date' content='2020-01-01'>", "", "2024-03-05"),
        ("<meta name='pubdate' content='now'><meta name='DC.Date' content='05/03/2024'>", "", "05/03/2024"),
        ("""<script type="application/ld+json">{"@graph": [{"x": 1}, {"datePublished": "2024-03-05"}]}</script>""", "", "2024-03-05"),
        ("""<script type="application/ld+json">{"datePublished": </script>""", "<main><time>05/03/2024</time></main>", "05/03/2024"),
        (f"""<script type="application/ld+json">{"[" * 100_000}</script>""", "", None),
        ("", "<time datetime='2019-09-09'>đồng hồ</time><article><time datetime='2024-03-05'>hôm qua</time></article>", "2024-03-05"),
        ("", "<time itemprop='datePublished'>5-3-2024</time><article><time>4-4-2014</time></article>", "5-3-2024"),
        ("", "<aside><time>2019-09-09</time></aside>", None),
        ("<meta property='article:modified_time' content='2024-03-05'>", "", None),
    ],
)
def test_the_day_is_that_of_the_article(head: str, body: str, date: str | None) -> None:
    assert told(head, body).date == date


@pytest.mark.parametrize(
    ("head", "url", "source"),
    [
        ("<link rel='canonical' href='https://www.example.org/gom'>", "https://www.example.org/gom", "example.org"),
        (
            "<link rel='canonical' href='/gom'><meta property='og:url' content='https://example.org/x'>",
            "https://example.org/x",
            "example.org",
        ),
        ("<link rel='canonical' href='http://[gom'>", None, None),
        (
            "<link rel='canonical' href='https://example.org'><meta property='og:site_name' content='Báo Gốm'>",
            "https://example.org",
            "Báo Gốm",
        ),
    ],
)
def test_address_and_publisher(head: str, url: str | None, source: str | None) -> None:
    assert (told(head).url, told(head).source) == (url, source)
