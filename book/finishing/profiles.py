"""ICC profiles that are made, not found: sRGB for screens and archives, a grey for black ink."""

from __future__ import annotations

import struct

_MOMENT = bytes.fromhex("07d000010001000000000000")
"""The first of January 2000: a profile holds when it was made, and the same book gives the same bytes."""


def srgb() -> bytes:
    """Return the sRGB profile without the moment of its making, which it has in bytes 24 to 35."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + _MOMENT + profile[36:]


def grey() -> bytes:
    """Return a profile of one black ink on white paper, gamma 2.2 (ICC.1:2001 §6.3.1)."""
    name = b"Black ink, gamma 2.2"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(78),
        b"cprt": b"text\0\0\0\0No copyright\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3I", 63190, 65536, 54061),
        b"kTRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)),
    }
    head = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for sign, data in tags.items():
        table += sign + struct.pack(">II", head + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    start = struct.pack(">I4sI4s4s4s", head + len(body), bytes(4), 0x02100000, b"prtr", b"GRAY", b"XYZ ")
    start += _MOMENT + b"acsp" + bytes(28) + struct.pack(">3I", 63190, 65536, 54061)
    return start.ljust(128, b"\0") + table + body
