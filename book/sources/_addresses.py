"""Addresses of posts and pictures, as feeds and pages write them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

_COUNTED = re.compile(r"utm_\w+=|source=rss|feature=rss|ref=rss")

_SUFFIX = re.compile(r"\.(?:html?|php|aspx?)$")


def joined(base: str, address: str) -> str:
    """Return an address as seen from another; as it is where either is none."""
    try:
        return urljoin(base, address.strip()) if base else address.strip()
    except ValueError:
        return address.strip()


def own_address(address: str) -> str:
    """Return an address without what only tells that a reader came from a feed."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    kept = [one for one in parts.query.split("&") if one and not _COUNTED.match(one)]
    return parts._replace(query="&".join(kept)).geturl()


def last_words(address: str) -> str | None:
    """Return the words at the end of an address; None where it ends without.

    `index.html` says nothing: the place on that page does, or the folder.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    folder, _, last = unquote(parts.path).rstrip("/").rpartition("/")
    last = _SUFFIX.sub("", last)
    if last.lower() in ("index", "default"):
        last = unquote(parts.fragment) or folder.rpartition("/")[2]
    return last or None


def home_of(address: str) -> str | None:
    """Return the address of the site that a page is on."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None
