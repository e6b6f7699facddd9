"""The sheet of values that an edition's options make: trim, margins, bleed, how chapters open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from book import lengths
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page's shape. Lengths are CSS lengths; a margin that is not there is the theme's."""

    width: str
    height: str
    margins: tuple[tuple[str, str], ...] = ()
    bleed: str | None = None
    marks: bool = False
    bleed_sides: tuple[str, ...] = SIDES


def points(shape: Page) -> tuple[float, float]:
    """Return the width and height of a page's trim, in points."""
    return lengths.points(shape.width), lengths.points(shape.height)


def page(
    trim: str,
    margins: Mapping[str, str | None],
    *,
    bleed: str | None = None,
    marks: bool = False,
    bleed_sides: tuple[str, ...] = SIDES,
) -> Page:
    """Check the options that shape a page; raise BookError for one that is no length, or leaves no room."""
    width, height = size(trim)
    given = tuple((side, _length(value, f"margin-{side}")) for side, value in margins.items() if value)
    across = sum(lengths.points(value) for side, value in given if side in ("inside", "outside"))
    down = sum(lengths.points(value) for side, value in given if side in ("top", "bottom"))
    wide, high = across > lengths.points(width) - 72, down > lengths.points(height) - 72
    if wide or high:
        raise BookError(
            f"the margins leave less than an inch for the text on a page of {width} by {height}",
            hint="make `margin-inside`, `margin-outside`, `margin-top` or `margin-bottom` smaller",
            keys=_widest(given, *(("inside", "outside") if wide else ("top", "bottom"))),
        )
    return Page(width, height, given, _length(bleed, "bleed") if bleed else None, marks, bleed_sides)


def _widest(given: Iterable[tuple[str, str]], *sides: str) -> tuple[str, ...]:
    """Return the keys of these margins, that of the widest first."""
    widths = sorted(((lengths.points(value), side) for side, value in given if side in sides), reverse=True)
    return tuple(f"margin-{side}" for _, side in widths)


def size(trim: str) -> tuple[str, str]:
    """Return width and height of a trim, a name or two lengths; raise BookError where it is neither."""
    if trim.lower() in TRIMS:
        return TRIMS[trim.lower()]
    found = lengths.parts(trim)
    if found is None:
        names = ", ".join(f"`{name}`" for name in TRIMS)
        raise BookError(
            f"`{trim}` is not a trim size",
            hint=f'write it as "140mm x 216mm", or as one of {names}',
            keys=("trim",),
        )
    if not all(144 <= lengths.points(side) <= 2880 for side in found):
        raise BookError(
            f"`{trim}` is not a page that a book can have", hint="from 2in to 40in a side", keys=("trim",)
        )
    return found


def _length(value: str, key: str) -> str:
    written = lengths.written(value)
    if written is None:
        hint = 'lengths carry a unit: "12mm", "0.5in"'
        raise BookError(f"`{key}` is not a length: `{value}`", hint=hint, keys=(key,))
    return written


def sheet(shape: Page, openings: str, first: str | None = None) -> str:
    """Write the style sheet that goes after the theme's: what an edition decides, not a theme.

    `first` identifies the galley with which the body of the book begins: it opens recto.
    """
    if openings not in OPENINGS:
        known = ", ".join(f"`{name}`" for name in OPENINGS)
        hint = f"it is one of {known}"
        raise BookError(f"`openings` cannot be `{openings}`", hint=hint, keys=("openings",))
    lines = [f"@page {{ size: {shape.width} {shape.height}; }}"]
    if shape.bleed:
        lines += _bleed(shape)
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


def _bleed(shape: Page) -> list[str]:
    if shape.bleed_sides == SIDES:
        return [f"@page {{ bleed: {shape.bleed}; }}"]
    width = {side: shape.bleed if side in shape.bleed_sides else "0pt" for side in SIDES}
    return [f"@page {{ bleed-top: {width['top']}; bleed-bottom: {width['bottom']}; }}"] + [
        f"@page :{page} {{ bleed-left: {width[left]}; bleed-right: {width[right]}; }}"
        for page, left, right in (("left", "outside", "inside"), ("right", "inside", "outside"))
    ]


_NOTES = """\
span.footnote span.p, span.footnote span.div, span.footnote span.blockquote, span.footnote span.ul,
span.footnote span.ol, span.footnote span.dl, span.footnote span.dt, span.footnote span.dd,
span.footnote span.hr, span.footnote span.section, span.footnote span.aside { display: block; }
span.footnote > span.p:first-child { display: inline; }
span.footnote span.li { display: list-item; margin-inline-start: 1.5em; }
span.footnote span.ol { counter-reset: list-item; }
span.footnote span.ol > span.li { list-style-type: decimal; }
a.endnote-call { counter-increment: footnote; }
a.endnote-call, a.noteref { font-variant-position: super; font-variant-numeric: normal; line-height: 0; }"""
