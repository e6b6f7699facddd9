"""How text looks follows from style sheets as readers' programs apply them."""

from __future__ import annotations

import pytest

from book.checks._looks import Look, looks
from book.epub.markup import parse


def look(style: str, body: str, *, dark: bool = False) -> Look:
    """Return how the last text of a document looks."""
    return list(looks(parse(body), [style], dark=dark))[-1][1]


def test_a_document_without_colours_is_not_looked_at() -> None:
    assert list(looks(parse("<p>a</p>"), ["p { font-size: 9pt }"], dark=False)) == []


@pytest.mark.parametrize(
    ("style", "body", "ratio"),
    [
        ("p { color: #888 }", "<p>a</p>", 3.54),
        ("p { color: red } p { color: #888 }", "<p>a</p>", 3.54),
        (".a { color: #888 } p { color: red }", '<p class="a">a</p>', 3.54),
        ("p { color: #888 !important }", '<p style="color: black">a</p>', 3.54),
        ("div { color: #888 }", "<div><p>a <b>b</b></p></div>", 3.54),
        ("div { background: #000 } p { color: #fff }", "<div><p>a</p></div>", 21),
        ("p { color: rgba(0, 0, 0, 50%) }", "<p>a</p>", 3.95),
        ("p { color: transparent }", "<p>a</p>", 21),
        (":root { --ink: #888 } p { color: var(--ink, red) }", "<p>a</p>", 3.54),
        ("p { color: var(--none, #888) }", "<p>a</p>", 3.54),
        ("@media print { p { color: #eee } } b { color: red }", "<p>a</p>", 21),
        ("@supports (color: red) { p { color: #888 } }", "<p>a</p>", 3.54),
        ("p { color: #888; background: url(x.png) }", "<p>a</p>", 21),
        ("p:nope(a) { color: red } p { color: #888 }", "<p>a</p>", 3.54),
        ("p { color: #888 } p::before { color: black }", "<p>a</p>", 3.54),
    ],
)
def test_text_and_ground(style: str, body: str, ratio: float) -> None:
    assert look(style, body).ratio == pytest.approx(ratio, abs=0.03)


def test_dark_reading_has_rules_of_its_own() -> None:
    both = "p { color: #222 } @media (prefers-color-scheme: dark) { p { color: #eee } }"
    assert look(both, "<p>a</p>").ratio > 15 and look(both, "<p>a</p>", dark=True).ratio > 15
    assert list(looks(parse("<p>a</p>"), ["p { color: #222 }"], dark=True)) == []


@pytest.mark.parametrize(
    ("style", "body", "large"),
    [
        ("h1 { color: #888 }", "<h1>a</h1>", True),
        ("h1 { color: #888; font-size: 1.2em; font-weight: normal }", "<h1>a</h1>", False),
        ("p { color: #888; font-size: 18pt }", "<p>a</p>", True),
        ("div { font-size: 150% } p { color: #888; font-size: smaller }", "<div><p>a</p></div>", False),
        ("p { color: #888; font-size: 14pt }", "<p><b>a</b></p>", True),
        ("p { color: #888; font-size: x-large }", "<p>a</p>", True),
    ],
)
def test_large_text(style: str, body: str, large: bool) -> None:
    assert look(style, body).is_large is large
