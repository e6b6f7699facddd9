"""The addresses of links: written as every reader takes them, and none that a book has no business with."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from book.allowed import SCHEMES
from book.remarks import Say, remark

_INVISIBLE = re.compile(r"[\x00-\x20\x7f\u00a0\u200b-\u200f\u2028-\u202e\ufeff]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_UNSAFE = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f-\xa0]|%(?![0-9A-Fa-f]{2})')


def settle_addresses(root: etree._Element, say: Say) -> None:
    """Write every link's address as it should be; undo the link where it may not stand, and say so."""
    for link in root.iter("a"):
        href = link.get("href")
        if href is None:
            continue
        settled = settled_address(href)
        if settled is None:
            del link.attrib["href"]
            say(
                remark(f"the address `{href.strip()[:60]}` may not stand in a book; its words are kept", href)
            )
        elif settled:
            link.set("href", settled)
        else:
            del link.attrib["href"]


def settled_address(href: str) -> str | None:
    """Return an address in proper form; None for one that a book may not hold."""
    href = href.strip()
    scheme = _SCHEME.match(_INVISIBLE.sub("", href))
    if scheme and scheme[0][:-1].lower() not in SCHEMES:
        return None
    href = re.sub(r"[\t\n\r]", "", href)
    try:
        parts = urlsplit(href)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() in {"http", "https", "ftp"} and not parts.hostname:
        return None
    before, mark, fragment = href.partition("#")
    netloc = before.find(parts.netloc) + len(parts.netloc) if parts.netloc else 0
    path = before[netloc:].replace("[", "%5B").replace("]", "%5D")
    host = _encoded(before[:netloc].replace("\\", "/"))
    return host + _encoded(path) + mark + _encoded(fragment).replace("#", "%23")


def _encoded(text: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)
