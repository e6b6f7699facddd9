"""The sheet of values that an edition's options make: trim, margins, bleed, how chapters open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from book.errors import BookError

TRIMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "a4": ("210mm", "297mm"),
        "a5": ("148mm", "210mm"),
        "a6": ("105mm", "148mm"),
        "b6": ("125mm", "176mm"),
        "digest": ("5.5in", "8.5in"),
        "pocket": ("110mm", "178mm"),
        "royal": ("156mm", "234mm"),
        "trade": ("6in", "9in"),
    }
)
OPENINGS = ("page", "recto", "any")
SIDES = ("top", "bottom", "inside", "outside")

_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt|pc|px|q)\s*", re.IGNORECASE)
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75, "q": 72 / 101.6}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's shape. Lengths are CSS lengths; a margin that is None is the theme's."""

    width: str
    height: str
    margins: tuple[tuple[str, str], ...] = ()
    bleed: str | None = None
    marks: bool = False


def points(shape: Page) -> tuple[float, float]:
    """Return the width and height of a page's trim, in points."""
    return _points(shape.width), _points(shape.height)


def page(
    trim: str,
    margins: Mapping[str, str | None],
    *,
    bleed: str | None = None,
    marks: bool = False,
) -> Page:
    """Check the options that shape a page; raise BookError for one that is no length, or leaves no room."""
    width, height = _trim(trim)
    given = tuple((side, _length(value, f"margin-{side}")) for side, value in margins.items() if value)
    across = sum(_points(value) for side, value in given if side in ("inside", "outside"))
    down = sum(_points(value) for side, value in given if side in ("top", "bottom"))
    if across > _points(width) - 72 or down > _points(height) - 72:
        raise BookError(
            f"the margins leave less than an inch for the text on a page of {width} by {height}",
            hint="make `margin-inside`, `margin-outside`, `margin-top` or `margin-bottom` smaller",
        )
    return Page(width, height, given, _length(bleed, "bleed") if bleed else None, marks)


def _trim(trim: str) -> tuple[str, str]:
    if trim.lower() in TRIMS:
        return TRIMS[trim.lower()]
    parts = re.split(r"\s*[x×]\s*|\s+by\s+", trim.strip())
    if len(parts) == 2 and re.fullmatch(r"[\d.]+", parts[0]):
        parts[0] += re.sub(r"[\d.\s]+", "", parts[1])
    if len(parts) != 2 or not all(_LENGTH.fullmatch(part) for part in parts):
        names = ", ".join(f"`{name}`" for name in TRIMS)
        raise BookError(
            f"`{trim}` is not a trim size", hint=f'write it as "140mm x 216mm", or as one of {names}'
        )
    width, height = (_length(part, "trim") for part in parts)
    if not all(144 <= _points(side) <= 2880 for side in (width, height)):
        raise BookError(f"`{trim}` is not a page that a book can have", hint="from 2in to 40in a side")
    return width, height


def _length(value: str, key: str) -> str:
    match = _LENGTH.fullmatch(str(value))
    if match is None:
        raise BookError(f"`{key}` is not a length: `{value}`", hint='lengths carry a unit: "12mm", "0.5in"')
    return match[1] + match[2].lower()


def _points(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    assert match is not None
    return float(match[1]) * _POINTS[match[2].lower()]


def sheet(shape: Page, openings: str, first: str | None = None) -> str:
    """Write the style sheet that goes after the theme's: what an edition decides, not a theme.

    `first` identifies the galley with which the body of the book begins: it opens recto.
    """
    if openings not in OPENINGS:
        known = ", ".join(f"`{name}`" for name in OPENINGS)
        raise BookError(f"`openings` cannot be `{openings}`", hint=f"it is one of {known}")
    lines = [f"@page {{ size: {shape.width} {shape.height}; }}"]
    if shape.bleed:
        lines.append(f"@page {{ bleed: {shape.bleed}; }}")
    if shape.marks:
        lines.append("@page { marks: crop; }")
    for side, value in shape.margins:
        if side in ("top", "bottom"):
            lines.append(f"@page {{ margin-{side}: {value}; }}")
        else:
            left, right = ("right", "left") if side == "inside" else ("left", "right")
            lines.append(f"@page :left {{ margin-{left}: {value}; }}")
            lines.append(f"@page :right {{ margin-{right}: {value}; }}")
    lines.append(f"section.chapter {{ break-before: {'auto' if openings == 'any' else openings}; }}")
    if first:
        lines.append(f'[id="{first}"] {{ break-before: recto !important; }}')
    lines.append(_NOTES)
    return "\n".join(lines) + "\n"


_NOTES = """\
span.footnote span.p, span.footnote span.div, span.footnote span.blockquote, span.footnote span.ul,
span.footnote span.ol, span.footnote span.dl, span.footnote span.dt, span.footnote span.dd,
span.footnote span.hr, span.footnote span.section, span.footnote span.aside { display: block; }
span.footnote > span.p:first-child { display: inline; }
span.footnote span.li { display: list-item; margin-left: 1.5em; }
span.footnote span.ol { counter-reset: list-item; }
span.footnote span.ol > span.li { list-style-type: decimal; }
a.endnote-call { counter-increment: footnote; }
a.endnote-call, a.noteref { font-variant-position: super; font-variant-numeric: normal; line-height: 0; }"""
