"""Posts that are only a link: all that they say besides their title is an address in their header."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from book.printedaddress import Address, printed
from book.urls import urlsplit

_KEYS = (
    "external_url", "externalurl", "external_link", "link", "link_url", "linkurl", "link_to", "target",
    "target_url", "bookmark_of", "redirect_to",
)  # fmt: skip
"""What weblogs call the page that a post points to; `url` is the post's own address."""


def pointing(values: Mapping[str, Any]) -> str:
    """Return a paragraph with the address that a header points to, as print has addresses; or nothing."""
    plain = {key.lower().replace("-", "_"): value for key, value in values.items()}
    for key in _KEYS:
        given = plain.get(key)
        address = _leading_out(given.strip()) if isinstance(given, str) else None
        if address:
            href, words = escape(address.href), escape(address.text)
            return f'<p><a class="address" href="{href}" dir="ltr">{words}</a></p>'
    return ""


def _leading_out(given: str) -> Address | None:
    """Return a whole address of the web; None for one within a blog, and for what is none."""
    try:
        address = printed(given)
    except ValueError:
        return None
    parts = urlsplit(address.href)
    return address if parts.scheme in ("http", "https") and parts.hostname else None
