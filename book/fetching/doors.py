"""Which machines may be asked: public ones, and those that the author has named.

A name is resolved once, what it resolves to is checked, and that is what is connected to: a name that
means another machine a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from book.errors import BookError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_NOT_ASKED = (ipaddress.IPv4Network("168.63.129.16/32"), ipaddress.IPv4Network("192.0.0.0/24"))
"""Numbers that count as public here and there, by which a cloud's machines ask about themselves."""


class Refused(Exception):
    """What cannot be had, or must not be asked for; the message says why, in lower case."""


class Silent(Refused):
    """What cannot be had because its machine gives no answer at all."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where to connect to, and what to ask for: names and passwords that an address held are not in it."""

    secure: bool
    host: str
    port: int
    path: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doors:
    """Opens addresses; `named` are the machines, as `host:port`, that may be private."""

    named: frozenset[str] = frozenset()

    def open(self, url: str) -> Door:
        """Resolve and check an address; raise Refused for one that must not be asked."""
        try:
            parts = urlsplit(url.strip())
            host, port = (parts.hostname or "").rstrip("."), parts.port
            if not host.isascii():
                host = host.encode("idna").decode()
        except (ValueError, UnicodeError) as error:
            raise Refused("its address is none") from error
        if parts.scheme not in ("http", "https"):
            raise Refused(f"`{parts.scheme}` addresses are not asked")
        if not host:
            raise Refused("its address names no machine")
        port = port or (443 if parts.scheme == "https" else 80)
        numbers = _resolved(host, port)
        if f"{host}:{port}" not in self.named:
            for number in numbers:
                _check_public(number)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        return Door(parts.scheme == "https", host, port, f"{path}?{query}" if query else path, numbers)


def named_doors(named: Iterable[str]) -> frozenset[str]:
    """Read what `--fetch-from` was given: machines as `HOST:PORT`."""
    found = set()
    for one in named:
        host, colon, port = one.rpartition(":")
        if not colon or not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
            raise BookError(f"`{one}` is no machine to fetch from", hint="write it like `192.168.1.5:8080`")
        found.add(f"{host.strip('[]').lower()}:{int(port)}")
    return frozenset(found)


def _resolved(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"no machine is called `{host}`") from error
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def _check_public(number: str) -> None:
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError as error:
        raise Refused("its machine has no number") from error
    if not is_public(address):
        raise Refused(f"`{number}` is a private or local address")


def is_public(address: Address) -> bool:
    """Tell whether a number is one of the public network's, also where it stands within another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(address in network for network in _NAT64):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
            return all(is_public(one) for one in inner if one is not None)
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local or int(address) >> 32 == 0:
            return False
    if any(address in network for network in _NOT_ASKED):
        return False
    refused = address.is_multicast or address.is_reserved or address.is_loopback or address.is_unspecified
    return address.is_global and not address.is_link_local and not refused
