"""How files begin: what tells the pages and lists of one kind of export from those of another."""

from __future__ import annotations

import re

from book.sources._containers import Container
from book.sources._decoding import decoded

_MEDIUM = re.compile(r"""<article\b[^>]*\bh-entry\b.*\bdata-field=["']?body\b""", re.DOTALL)
_TUMBLR = re.compile(r"""<div\b[^>]*\bid=["']footer["'][^>]*>\s*<span\b[^>]*\bid=["']timestamp["']""")
_PAGE = frozenset(("!doctype html", "html", "head", "body", "meta", "title"))
_BEFORE = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE\s+(?!html)[^<>]*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(!doctype html|[a-z][\w:.-]*)", re.IGNORECASE)


def beginning(container: Container, name: str) -> str:
    """Return how a file begins, whatever encoding it is in; empty where it cannot be read."""
    return decoded(container.head(name))[0].removeprefix("\ufeff")


def is_medium_story(page: str) -> bool:
    """Tell whether a page is a story as Medium exports them."""
    return _MEDIUM.search(page) is not None


def is_tumblr_post(page: str) -> bool:
    """Tell whether a page is a post as Tumblr exports them."""
    return _TUMBLR.search(page) is not None


def is_page(text: str) -> bool:
    """Tell whether a file is a whole page, and not a piece of HTML."""
    return first_element(text) in _PAGE


def first_element(text: str, *, after_words: bool = False) -> str:
    """Return the name of the element that a file begins with, in small letters; empty if it is no markup.

    What is commonly wrong in XML, words before it, is looked past only where it is asked for.
    """
    place = 0
    while found := _BEFORE.match(text, place):
        place = found.end()
    tag = _TAG.search(text, place) if after_words else _TAG.match(text, place)
    return tag[1].lower() if tag else ""
