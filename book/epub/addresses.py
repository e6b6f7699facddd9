"""Links as an EPUB takes them: within the book to its files, outward to well-formed addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

_OUTWARD = {"http", "https", "mailto", "tel", "ftp", "geo", "sms", "xmpp", "irc", "doi", "urn", "news"}
_HOST = re.compile(r"(?!-)[^\s/?#@:<>\[\]\\^`{|}%\"'!$&()*+,;=]{1,253}|\[[0-9a-fA-F:.]+\]")
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


def outward(href: str) -> str | None:
    """Return an address that leads out of the book, its stray characters encoded; None if it is none."""
    href = re.sub(r"[\x00-\x20\x7f]+", lambda m: "%20" if m[0] == " " else "", href.strip())
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _OUTWARD:
        return None
    if parts.scheme.lower() in {"http", "https", "ftp"}:
        host = parts.netloc.rpartition("@")[2]
        name = host.removesuffix(f":{port}") if port is not None else host.removesuffix(":")
        if not _HOST.fullmatch(name):
            return None
    elif not (parts.path or parts.netloc):
        return None
    return re.sub(r"%(?![0-9a-fA-F]{2})", "%25", quote(href, safe=_SAFE + _international(href)))


def _international(href: str) -> str:
    """Letters of other scripts stay as they are: an EPUB's addresses may be international."""
    return "".join({character for character in href if ord(character) > 0x9F})


def inward(ident: str, here: str, places: Mapping[str, str], tops: Mapping[str, str]) -> str | None:
    """Return the way from the document `here` to the element `ident`; None if there is none.

    `places` says in which document an identifier stands, `tops` which document an
    identifier is the whole of.
    """
    there = places.get(ident)
    if there is None:
        return None
    if there == here:
        return f"#{quote(ident, safe=_SAFE)}"
    return there if tops.get(ident) == there else f"{there}#{quote(ident, safe=_SAFE)}"
