"""Links as an EPUB takes them: within the book to its files, outward to well-formed addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit, urlunsplit

_WEB = {"http", "https", "ftp"}
_OUTWARD = _WEB | {"mailto", "tel", "geo", "sms", "xmpp", "irc", "doi", "urn", "news"}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}", re.IGNORECASE)
_SAFE = "/:?@!$&'()*+,;=%~-._"


def outward(href: str) -> str | None:
    """Return an address that leads out of the book, in plain ASCII; None if it is no address."""
    href = re.sub(r"[\x00-\x1f\x7f]", "", href.strip())
    try:
        parts = urlsplit(href)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        return None
    if scheme not in _OUTWARD or not (parts.path or parts.netloc):
        return None
    authority = ""
    if scheme in _WEB:
        plain = _host(host)
        if plain is None:
            return None
        user, at, _ = parts.netloc.rpartition("@")
        authority = _encoded(user) + at + plain + (f":{port}" if port is not None else "")
    rest = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((scheme, authority, *rest))


def _encoded(text: str) -> str:
    return re.sub(r"%(?![0-9a-fA-F]{2})", "%25", quote(text, safe=_SAFE))


def _host(host: str) -> str | None:
    """Return a host's name as the network has it, or None for a name that no host can have."""
    try:
        if ":" in host:
            return f"[{IPv6Address(host)}]"
        plain = host.encode("idna").decode("ascii").removesuffix(".")
        labels = plain.split(".")
        if labels[-1].isdigit():
            return str(IPv4Address(plain))
    except (UnicodeError, AddressValueError):
        return None
    return plain if all(_LABEL.fullmatch(label) for label in labels) else None


def inward(ident: str, here: str, places: Mapping[str, str], tops: Mapping[str, str]) -> str | None:
    """Return the way from the document `here` to the element `ident`; None if there is none.

    `places` says in which document an identifier stands, `tops` which document an
    identifier is the whole of.
    """
    there = places.get(ident)
    if there is None:
        return None
    if there == here:
        return f"#{_encoded(ident)}"
    return there if tops.get(ident) == there else f"{there}#{_encoded(ident)}"
