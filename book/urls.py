"""Addresses taken apart and joined, where people wrote anything: one that is broken is all path."""

from __future__ import annotations

from urllib.parse import SplitResult
from urllib.parse import urljoin as _join
from urllib.parse import urlsplit as _split


def urlsplit(address: str) -> SplitResult:
    """Take an address apart; what cannot be (`http://[x`) has neither scheme nor host."""
    try:
        return _split(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def urljoin(base: str, address: str) -> str:
    """Return an address as seen from another; as it is written where one of them is broken."""
    try:
        return _join(base, address)
    except ValueError:
        return address
