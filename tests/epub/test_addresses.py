from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import pytest
from binding import bind, composed
from making import post

from book import registry
from book.epub.addresses import inward, outward

KEPT = {
    "https://example.org": "https://example.org",
    "HTTP://Example.org/A": "http://example.org/A",
    "https://example.org/a b?q=ü|^#x#y": "https://example.org/a%20b?q=%C3%BC%7C%5E#x%23y",
    "https://example.org/100%/%41": "https://example.org/100%25/%41",
    "https://example.org/[x]{y}\\z": "https://example.org/%5Bx%5D%7By%7D%5Cz",
    "https://пример.рф/путь": "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C",
    "http://user:pass@example.org:8080/": "http://user:pass@example.org:8080/",
    "http://a_b.example.org/": "http://a_b.example.org/",
    "http://127.0.0.1/": "http://127.0.0.1/",
    "http://[::1]:80/": "http://[::1]:80/",
    " https://example.org/\n x ": "https://example.org/%20x",
    "mailto:ann@example.org?subject=a b": "mailto:ann@example.org?subject=a%20b",
    "tel:+49 123": "tel:+49%20123",
    "urn:isbn:9780306406157": "urn:isbn:9780306406157",
}
UNDONE = [
    "", "x", "files/report.pdf", "//example.org/x", "http://", "http:///x", "http://exa mple.org/",
    "http://[broken", "http://256.1.1.1/", "http://-a.org/", "https://example..org/", "http://%zz/",
    "http://example.org:99999/", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:",
]  # fmt: skip


@pytest.mark.parametrize(("href", "kept"), KEPT.items())
def test_an_address_is_kept_in_plain_ascii(href: str, kept: str) -> None:
    assert outward(href) == kept
    assert outward(kept) == kept


@pytest.mark.parametrize("href", UNDONE)
def test_what_is_no_address_is_none(href: str) -> None:
    assert outward(href) is None


def test_ways_within_the_book() -> None:
    places, tops = {"a": "one.xhtml", "a.x": "one.xhtml", "b": "two.xhtml"}, {"a": "one.xhtml"}
    assert inward("a", "two.xhtml", places, tops) == "one.xhtml"
    assert inward("a.x", "two.xhtml", places, tops) == "one.xhtml#a.x"
    assert inward("a.x", "one.xhtml", places, tops) == "#a.x"
    assert inward("c", "one.xhtml", places, tops) is None


def test_epubcheck_takes_every_address_that_is_kept(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("EPUBCheck needs Java")
    links = "".join(f'<p><a href="{escape(href)}">one {n}</a></p>' for n, href in enumerate([*KEPT, *UNDONE]))
    composition = composed(tmp_path, [post("p", date(2017, 1, 1))])
    galleys = [
        replace(g, body=g.body.replace("<p>p</p>", links)) if g.role == "chapter" else g
        for g in composition.galleys
    ]
    bound = bind(replace(composition, galleys=tuple(galleys)), tmp_path / "b.epub")
    assert len(bound.warnings) == len(UNDONE)
    assert list(registry.find("checks", "epubcheck").check(tmp_path / "b.epub")) == []
