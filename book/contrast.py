"""How well a colour can be told from another (WCAG 2.2, "contrast ratio")."""

from __future__ import annotations

from typing import Any


def against_white(colour: Any) -> float:
    """Return the ratio, 1 to 21, of a parsed CSS colour to white; what shows through is white."""
    srgb = colour.to("srgb")
    bands = [band * srgb.alpha + 1 - srgb.alpha for band in srgb.coordinates]
    return 1.05 / (luminance(bands[0], bands[1], bands[2]) + 0.05)


def legible(colour: str, least: float = 4.5) -> str | None:
    """Return a CSS colour as `#rrggbb`, darkened until it stands out from white; None where it is none.

    The `least` ratio is the one for text (WCAG 2.2 §1.4.3).
    """
    from tinycss2.color5 import parse_color

    parsed: Any = parse_color(colour)
    if parsed is None or parsed == "currentcolor":
        return None
    srgb = parsed.to("srgb")
    bands = [min(1.0, max(0.0, band * srgb.alpha + 1 - srgb.alpha)) for band in srgb.coordinates]
    while 1.05 / (luminance(bands[0], bands[1], bands[2]) + 0.05) < least:
        bands = [band * 0.97 for band in bands]
    return "#" + "".join(f"{round(band * 255):02x}" for band in bands)


def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of a colour in sRGB, each band from 0 to 1."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
