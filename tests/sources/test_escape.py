"""Plain text, escaped, reads in the book as it was written."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from book.body import set_body
from book.composed import composed
from book.sources._escape import escaped

SIGNS = "\\`*_{}[]()<>#+-.!|~^$=:;&\"'/?%@ \t0123456789abcxyzTOC"
texts = st.text(
    st.sampled_from(SIGNS) | st.characters(categories=("L", "P", "S", "N")), min_size=1, max_size=60
)


def shown(markdown: str) -> str:
    """Return the text of a paragraph as the book shows it, white space as one space."""
    made = set_body(markdown, "post-x", "en", ())
    assert not made.notes
    root = etree.fromstring(f"<body>{made.xhtml}</body>")
    return " ".join("".join(root.itertext()).split())


@settings(max_examples=400, deadline=None)
@given(texts)
@example("1. one")
@example("[TOC]")
@example("[a]: http://x.y")
@example("*[HTML]: x")
@example("a [b](c) d ![e](f) g [^1]")
@example("$x$ and $$y$$ and \\(z\\) and \\[w\\]")
@example("H~2~O and x^2^ and ~~no~~")
@example("text {: .class #id }")
@example("!!! note")
@example("::: note")
@example("&amp; &lt; &#42; &copy")
@example("<b>bold</b> <!-- no --> <http://x.y>")
@example("C++ and C++, ==mark==, :smile:")
@example("--- ")
@example("\\")
@example("`code` ``")
@example("| a | b |")
@example("e\u0301 \uf900")
def test_text_is_shown_as_written(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert shown(escaped(line)) == composed(line)


@pytest.mark.parametrize(
    "text",
    [
        "A plain sentence, with commas; (brackets) and “quotes” - and a dash.",
        "He paid $5, then $6, for snake_case [sic] at 10:30:45.",
        "R&D at AT&T cost 3.5% * ".replace(" * ", " "),
        "See http://example.org/a_b?c=1&d=2#e.",
        "2017 was a year.",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text
