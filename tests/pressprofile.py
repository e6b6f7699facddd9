"""An ICC profile of a press with four inks, made from nothing: what a printer would send as a file.

It knows the inks by the plain formula alone, through tables of a few points (lut8Type, ICC.1:2001 §6.5.7).
"""

from __future__ import annotations

import struct
from itertools import chain, product

from PIL import Image, ImageCms

NAME = "Test press, coated"
_GRID = 9  # points to each side of the table from colours to inks
_STEPS = bytes(range(256))


def _text(data: bytes) -> bytes:
    return b"text\0\0\0\0" + data + b"\0"


def _described(name: str) -> bytes:
    data = name.encode()
    return b"desc\0\0\0\0" + struct.pack(">I", len(data) + 1) + data + b"\0" + bytes(78)


def _table(inputs: int, outputs: int, grid: int, points: bytes) -> bytes:
    unity = struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, grid, 0)) + unity
    return head + _STEPS * inputs + points + _STEPS * outputs


def _lab() -> tuple[ImageCms.ImageCmsTransform, ImageCms.ImageCmsTransform]:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    there = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
    return there, ImageCms.buildTransform(lab, srgb, "LAB", "RGB")


def _seen() -> bytes:
    """What each combination of solid inks and none looks like, in CIE L*a*b*."""
    there, _ = _lab()
    dots = [
        tuple(round(255 * (1 - ink) * (1 - black)) for ink in inks)
        for *inks, black in product((0, 1), repeat=4)
    ]
    picture = Image.new("RGB", (len(dots), 1))
    picture.putdata(dots)
    bands = ImageCms.applyTransform(
        picture, there
    ).split()  # as tables have them; `tobytes` gives a, b a sign
    return bytes(chain.from_iterable(zip(*(band.tobytes() for band in bands), strict=True)))


def _separated() -> bytes:
    """Which inks each colour is made of."""
    _, back = _lab()
    levels = [round(255 * n / (_GRID - 1)) for n in range(_GRID)]
    dots = list(product(levels, repeat=3))
    picture = Image.merge(
        "LAB", [Image.frombytes("L", (len(dots), 1), bytes(band)) for band in zip(*dots, strict=True)]
    )
    found = bytearray()
    shown = ImageCms.applyTransform(picture, back).tobytes()
    for at in range(0, len(shown), 3):
        inks = [255 - band for band in shown[at : at + 3]]
        black = min(inks)
        found += bytes([*((ink - black) * 255 // max(255 - black, 1) for ink in inks), black])
    return bytes(found)


def press_profile() -> bytes:
    """Return the profile."""
    to_inks = _table(3, 4, _GRID, _separated())
    tags = {
        b"desc": _described(NAME),
        b"cprt": _text(b"No copyright"),
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3I", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, 2, _seen()),
        b"B2A0": to_inks,
        b"B2A1": to_inks,
        b"A2B1": _table(4, 3, 2, _seen()),
        b"gamt": _table(3, 1, 2, bytes(8)),
    }
    head = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for sign, data in tags.items():
        table += sign + struct.pack(">II", head + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    start = struct.pack(">I4sI4s4s4s", head + len(body), bytes(4), 0x02100000, b"prtr", b"CMYK", b"Lab ")
    start += bytes.fromhex("07d000010001000000000000") + b"acsp" + bytes(28)
    return (start + struct.pack(">3I", 63190, 65536, 54061)).ljust(128, b"\0") + table + body
