from __future__ import annotations

import pytest
from lxml import etree

from book.epub.markup import elements, is_wordless, parse, serialise, unwrap
from book.errors import BookError


def test_a_fragment_comes_out_as_it_went_in() -> None:
    body = (
        "<p>a <em>b</em> c\n  <br/>d</p>"
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0"/></svg>'
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mspace/></math>'
    )
    assert body in serialise(parse(body)).decode()


def test_comments_and_instructions_are_the_authors_own_affair() -> None:
    assert b"<p>ab</p>" in serialise(parse("<p>a<!-- draft: fix me --><?php x ?>b</p>"))


def test_entities_are_not_read_from_files() -> None:
    with pytest.raises(BookError, match="not well-formed"):
        parse("<p>&xxe;</p>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a<b>b<i>c</i>d</b>e</p>", "<p>ab<i>c</i>de</p>"),
        ("<p><b>b</b></p>", "<p>b</p>"),
        ("<p><i>a</i><b/>e</p>", "<p><i>a</i>e</p>"),
        ("<p><i>a</i> <b>x<u>y</u></b> z</p>", "<p><i>a</i> x<u>y</u> z</p>"),
    ],
)
def test_unwrapping_loses_nothing(before: str, after: str) -> None:
    root = etree.fromstring(f'<x xmlns="http://www.w3.org/1999/xhtml">{before}</x>')
    unwrap(next(elements(root, "b")))
    assert after in etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("link", "wordless"),
    [
        ('<a href="x"><img alt=""/></a>', True),
        ('<a href="x"> </a>', True),
        ('<a href="x"><img alt="words"/></a>', False),
        ('<a href="x" aria-label="words"/>', False),
        ('<a href="x">w</a>', False),
    ],
)
def test_a_link_without_words_is_told(link: str, wordless: bool) -> None:
    root = parse(link)
    assert is_wordless(next(elements(root, "a"))) is wordless
