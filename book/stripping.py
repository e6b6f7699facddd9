"""Pictures without what their makers may not want printed: the segments go, the picture's own bytes stay.

Where a photo was taken and by whom, thumbnails and comments are parts of their own in the file; no
decoding is needed to leave them out. Colour profiles stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

_PNG_KEPT = frozenset(
    (
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"hIST", b"pHYs", b"sPLT",
    )
)  # fmt: skip
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class Unreadable(Exception):
    """The file is not laid out as its kind should be."""


def stripped(data: bytes, kind: str) -> bytes:
    """Return a JPEG, PNG or GIF with nothing in it but the picture; raise Unreadable where that cannot be."""
    parts: dict[str, Callable[[bytes], Iterator[bytes]]] = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif}
    try:
        return b"".join(parts[kind](data))
    except (IndexError, ValueError) as error:
        raise Unreadable from error


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments of the first picture in a JPEG file, less all but JFIF, Adobe and a profile."""
    if data[:2] != b"\xff\xd8":
        raise Unreadable
    yield data[:2]
    place = 2
    while True:
        if data[place] != 0xFF:
            raise Unreadable
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end > len(data) or end < place + 4:
            raise Unreadable
        segment = data[place:end]
        if _is_picture(marker, segment[4:]):
            yield segment
        place = end
        if marker == 0xDA:
            place = _end_of_scan(data, end)
            yield data[end:place]


def _is_picture(marker: int, content: bytes) -> bool:
    if marker == 0xE0:
        return content.startswith(b"JFIF\0")
    if marker == 0xE2:
        return content.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return content.startswith(b"Adobe")
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_scan(data: bytes, place: int) -> int:
    """Return where the next marker stands after compressed data, in which stuffed and restart bytes lie."""
    while True:
        place = data.index(b"\xff", place)
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG file that its picture is made of."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise Unreadable
    yield data[:8]
    place, kind = 8, b""
    while kind != b"IEND":
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        if end > len(data):
            raise Unreadable
        if kind in _PNG_KEPT:
            yield data[place:end]
        place = end


def _gif(data: bytes) -> Iterator[bytes]:
    """Yield the blocks of a GIF file, less comments and what programs put in."""
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise Unreadable
    place = 13 + _table(data[10])
    yield data[:place]
    while data[place] != 0x3B:
        start = place
        if data[place] == 0x2C:
            place = _blocks_end(data, place + 10 + _table(data[place + 9]) + 1)
            yield data[start:place]
            continue
        if data[place] != 0x21:
            raise Unreadable
        label = data[place + 1]
        place = _blocks_end(data, place + 2)
        if label == 0xF9 or (label == 0xFF and data[start + 3 : start + 14] in _GIF_KEPT):
            yield data[start:place]
    yield b"\x3b"


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1
