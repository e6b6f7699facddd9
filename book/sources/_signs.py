"""How files begin: what tells the pages and lists of one kind of export from those of another."""

from __future__ import annotations

import re

from book.sources._containers import Container
from book.sources._decoding import decoded

_MEDIUM = re.compile(r"""<article\b[^>]*\bh-entry\b.*\bdata-field=["']?body\b""", re.DOTALL)
_TUMBLR = re.compile(r"""<div\b[^>]*\bid=["']footer["'][^>]*>\s*<span\b[^>]*\bid=["']timestamp["']""")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)


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
    return _PAGE.search(text[:4096]) is not None
