"""QR codes as drawings: vectors, sharp at any size."""

from __future__ import annotations

from html import escape

LONGEST = 300
"""Bytes of an address after which a code is too fine for the size at which it is printed."""


def code(address: str) -> str | None:
    """Return a QR code of an address as SVG; None where it is too long for one."""
    if len(address.encode()) > LONGEST:
        return None
    import segno

    made = segno.make(address, error="l", micro=False, boost_error=True)
    drawing: str = made.svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", title=address
    )
    name = escape(address)
    return drawing.replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" ', 1
    )
