"""Where the largest original of a picture may be, of which a blog shows a smaller copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit, urlunsplit

from book.pictures import names_image

_BLOGGER = re.compile(r"(?:^|\.)(?:bp\.blogspot\.com|ggpht\.com|googleusercontent\.com)$")
_SIZE_SEGMENT = re.compile(r"/(?:[swh]\d{2,4}(?:-[a-z0-9]+)*)(?=/[^/]+$)")
_SIZE_SUFFIX = re.compile(r"=[swh]\d{1,4}(?:-[a-z0-9]+)*$")
_WORDPRESS = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)")
_PROXY = re.compile(r"^i\d\.wp\.com$")
_SIZES = {"w", "h", "resize", "fit", "ssl", "crop", "strip", "quality", "zoom", "width", "height"}


def candidates(address: str, target: str | None = None) -> list[str]:
    """Return the addresses to try, the likeliest largest first, and the address as it is written last."""
    found: list[str] = []
    if target and names_image(target):
        found += [*_originals(target), target]
    found += [*_originals(address), address]
    return list(dict.fromkeys(found))


def _originals(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return
    if _BLOGGER.search(host):
        for pattern, whole in ((_SIZE_SEGMENT, "/s0"), (_SIZE_SUFFIX, "=s0")):
            if pattern.search(parts.path):
                yield urlunsplit(parts._replace(path=pattern.sub(whole, parts.path), query=""))
        return
    if _PROXY.match(host):
        scheme = "https" if "ssl" in parse_qs(parts.query) else "http"
        inner = f"{scheme}:/{parts.path}"
        yield from _originals(inner)
        yield inner
        return
    sized = bool(parts.query) and set(parse_qs(parts.query, keep_blank_values=True)) <= _SIZES
    bare = parts._replace(query="") if sized else parts
    if _WORDPRESS.search(bare.path):
        yield urlunsplit(bare._replace(path=_WORDPRESS.sub("", bare.path)))
    if sized:
        yield urlunsplit(bare)
