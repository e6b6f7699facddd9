from __future__ import annotations

import pytest

from book.printedaddress import CUT, LIMIT, printed, same


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("https://example.org/", "example.org"),
        ("http://www.example.org/a/", "example.org/a/"),
        ("https://www.com/", "www.com"),
        ("http://localhost/x", "http://localhost/x"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("ftp://example.org/x", "ftp://example.org/x"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=9", "example.org/a?id=3"),
        ("https://example.org/a?utm_source=x;gclid=9", "example.org/a"),
        ("https://example.org/a?b;c", "example.org/a?b;c"),
        ("https://example.org/a#utm_source=rss", "example.org/a"),
        ("https://example.org/a#:~:text=hello", "example.org/a"),
        ("https://example.org/a#end:~:text=hello", "example.org/a#end"),
        ("https://de.wikipedia.org/wiki/Caf%C3%A9_%28K%C3%B6ln%29", "de.wikipedia.org/wiki/Café_%28Köln%29"),
        ("https://example.org/%D0%BF%D1%80%D0%B8", "example.org/при"),
        ("https://example.org/a%20b%2Fc%25", "example.org/a%20b%2Fc%25"),
        ("https://example.org/%FF%FE", "example.org/%FF%FE"),
        ("https://example.org/%E2%80%AEevil", "example.org/%E2%80%AEevil"),
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("https://me:secret@example.org/x", "example.org/x"),
        (
            "http://www.amazon.co.uk/gp/product/B000PKX2KA/ref=as_li_ss_il?ie=UTF8&camp=16&tag=me-21&linkCode=a",
            "amazon.co.uk/gp/product/B000PKX2KA",
        ),
        ("https://www.amazon.com/s?k=tea&ref=nb_sb_noss&tag=me-20", "amazon.com/s?k=tea"),
        ("https://example.org/a?tag=me&ref=x", "example.org/a?tag=me&ref=x"),
        ("https://notamazon.com/a?tag=me", "notamazon.com/a?tag=me"),
        ("https://example.org/a?b=1&amp;c=2", "example.org/a?b=1&c=2"),
        ("mailto:ann@example.org?subject=Hello", "ann@example.org"),
        ("tel:+44123", "+44123"),
    ],
)
def test_an_address_is_printed_to_be_read_and_typed(href: str, text: str) -> None:
    assert printed(href).text == text


def test_what_follows_readers_is_not_linked_to_either() -> None:
    assert printed("https://me:pw@www.example.org/a?utm_medium=y&q=1").href == "https://www.example.org/a?q=1"


def test_an_address_that_nobody_types_is_cut_with_a_mark() -> None:
    long = printed("https://example.org/" + "ab/" * 700)
    assert long.cut
    assert long.text.endswith(CUT)
    assert len(long.text) < LIMIT
    assert len(long.href) > 2000
    assert not printed("https://example.org/" + "a" * 100).cut


@pytest.mark.parametrize(
    "words", ["example.org/a", "https://example.org/a/", "www.example.org/a.", "HTTP://example.org/a"]
)
def test_words_that_are_the_address_need_no_note(words: str) -> None:
    assert same(words, printed("https://www.example.org/a/?utm_source=x"))
    assert not same("here", printed("https://example.org/a"))
