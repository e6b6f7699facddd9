"""The scans of a JPEG: how often it goes over its picture, and whether all of it can be decoded."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""A marker among the bytes of a scan: escaped bytes and restarts are none."""
_SCAN, _END = 0xDA, 0xD9
_MARK = bytes((0xFF, _END))


def is_sound(data: bytes) -> bool:
    """Tell whether a JPEG can be decoded without a complaint.

    Pillow keeps what its decoder complains of to itself; qpdf, as other readers of PDFs, does not.
    """
    import pikepdf

    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, data)
        stream.Filter = pikepdf.Name.DCTDecode
        try:
            stream.get_stream_buffer(pikepdf.StreamDecodeLevel.all)
        except (pikepdf.PdfError, RuntimeError):
            return False
    return True


def ended(data: bytes) -> bytes | None:
    """Return a JPEG with its end marker where that, or the half of it, is all that it lacks; else None."""
    whole = data.removesuffix(_MARK[:1]) + _MARK
    return whole if is_sound(whole) else None


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
