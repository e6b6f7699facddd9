"""How often a JPEG goes over its picture: each scan costs the time of a whole one."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""A marker among the bytes of a scan: escaped bytes and restarts are none."""
_SCAN, _END = 0xDA, 0xD9


def scans(data: bytes) -> int:
    """Count the scans of a JPEG until its end, whatever its metadata holds and whatever follows it."""
    found, place = 0, 2
    while match := _MARKER.search(data, place):
        kind = match[1][0]
        if kind == _END:
            break
        found += kind == _SCAN
        place = match.end() + int.from_bytes(data[match.end() : match.end() + 2])
    return found
