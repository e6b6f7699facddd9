"""The sample book's diagrams: how pages, sheets and cases are laid out."""

from __future__ import annotations

from drawing import FINE, FIRM, HAIR, INK, MID, PALE, TINT, Drawing

PAGE = (136.0, 193.0)  # A5 at the scale of the spread


def spread() -> Drawing:
    """Two facing pages and the names of their parts."""
    d = Drawing(400, 252, "The parts of a spread")
    width, height = PAGE
    spine, top = 200.0, 34.0
    head, foot, inside, outside = 25.0, 31.0, 17.0, 22.0
    for left, x in ((True, spine - width), (False, spine)):
        d.box(x, top, width, height, weight=FIRM)
        edge = x + (outside if left else inside)
        measure = width - inside - outside
        d.box(edge, top + head, measure, height - head - foot, stroke=MID, weight=HAIR, dash="2 1.6")
        d.greek(
            edge,
            top + head + 7.6,
            measure,
            15,
            9.36,
            seed=3 if left else 8,
            ends=(4, 11) if left else (6, 13),
            indent=left,
        )
    _heads(d, spine, top, width, inside, outside)
    _spread_labels(d, spine, top, head, foot, inside, outside)
    return d


def _heads(d: Drawing, spine: float, top: float, width: float, inside: float, outside: float) -> None:
    base = top + 16
    d.text("2", spine - width + outside, base, 8, "roman")
    d.text(
        "A FORME OF WORDS",
        spine - width / 2 - (inside - outside) / 2,
        base,
        5.6,
        "roman",
        anchor="middle",
        tracking=0.1,
    )
    d.text("The Right Side", spine + width / 2 + (inside - outside) / 2, base, 7.4, "italic", anchor="middle")
    d.text("3", spine + width - outside, base, 8, "roman", anchor="end")


def _spread_labels(
    d: Drawing, spine: float, top: float, head: float, foot: float, inside: float, outside: float
) -> None:
    width, height = PAGE
    left, right, bottom = spine - width, spine + width, top + height
    d.text("verso", left + width / 2, bottom + 17, 15, anchor="middle")
    d.text("recto", spine + width / 2, bottom + 17, 15, anchor="middle")
    # above: the gutter, and the running heads
    d.span((spine - inside, top - 9), (spine + inside, top - 9))
    d.text("gutter", spine, top - 15, anchor="middle")
    d.text("running head", left + 52, top - 15, anchor="middle")
    d.line((left + 60, top - 11), (left + 66, top + 9))
    d.text("folio", right - outside - 4, top - 15, anchor="middle")
    d.line((right - outside - 3, top - 11), (right - outside - 2, top + 8))
    # at the sides: margins of the head, the fore-edge and the foot
    d.span((left - 7, top), (left - 7, top + head))
    d.text("head", left - 13, top + head / 2 + 3.5, anchor="end")
    d.span((left - 7, bottom - foot), (left - 7, bottom))
    d.text("foot", left - 13, bottom - foot / 2 + 3.5, anchor="end")
    d.span((right - outside, top + 106), (right, top + 106))
    d.line((right, top + 106), (right + 8, top + 106))
    d.text("fore-edge", right + 11, top + 109.5)
    # below: the measure
    d.span((spine + inside, bottom - foot + 9), (right - outside, bottom - foot + 9))
    d.text("measure", spine + inside + (width - inside - outside) / 2, bottom - foot + 21, anchor="middle")
    d.line((spine, top), (spine, bottom), weight=FIRM)


def baseline() -> Drawing:
    """Facing pages whose lines stand on one grid."""
    d = Drawing(400, 232, "The baseline grid across a spread")
    top, bottom, spine, leading = 14.0, 222.0, 200.0, 14.0
    d.box(14, top, 372, bottom - top, weight=FIRM)
    d.line((spine, top), (spine, bottom), weight=FIRM)
    first = top + 27
    for number in range(12):
        y = first + number * leading
        d.line((14, y), (386, y), stroke=PALE, weight=HAIR)
    d.greek(34, first, 142, 3, leading, seed=21, ends=(3,), indent=False, fill="#8f8f8f")
    d.text("A heading takes three", 34, first + 5 * leading, 13.5)
    d.greek(34, first + 6 * leading, 142, 6, leading, seed=22, ends=(4,), indent=False, fill="#8f8f8f")
    d.greek(224, first, 142, 5, leading, seed=23, ends=(2, 5), indent=False, fill="#8f8f8f")
    _picture(d, 224, first + 5 * leading - 6, 142, 4 * leading + 1)
    d.greek(224, first + 10 * leading, 142, 2, leading, seed=24, fill="#8f8f8f")
    return d


def _picture(d: Drawing, x: float, y: float, width: float, height: float) -> None:
    d.box(x, y, width, height, fill=TINT, weight=HAIR)
    d.shape(
        f"M{x} {y + height}L{x + width * 0.28:.4g} {y + height * 0.34:.4g}L{x + width * 0.46:.4g} "
        f"{y + height * 0.68:.4g}L{x + width * 0.66:.4g} {y + height * 0.22:.4g}L{x + width} {y + height}z",
        fill=PALE,
    )


def folding() -> Drawing:
    """Four sheets imposed as a section of sixteen pages."""
    d = Drawing(400, 250, "A section of sixteen pages, sheet by sheet")
    wide, high, step = 82.0, 58.0, 95.0
    for number in range(4):
        x = 18 + (number + 0) * step - number * 0.5
        n = 2 * number
        d.text(("outermost", "second", "third", "innermost")[number], x + wide / 2, 26, anchor="middle")
        for row, (a, b) in enumerate(((16 - n, n + 1), (n + 2, 15 - n))):
            y = 36 + row * (high + 26)
            d.box(x, y, wide, high, weight=FIRM, fill="#fff" if row == 0 else TINT)
            d.line((x + wide / 2, y), (x + wide / 2, y + high), dash="3 2", weight=FINE)
            d.text(str(a), x + wide / 4, y + high / 2 + 7.5, 21, "roman", anchor="middle")
            d.text(str(b), x + wide * 3 / 4, y + high / 2 + 7.5, 21, "roman", anchor="middle")
            d.text(
                "front" if row == 0 else "back", x + wide / 2, y + high + 13, 10.5, anchor="middle", fill=MID
            )
    _section(d)
    return d


def _section(d: Drawing) -> None:
    """The folded section seen from its head: four sheets, one inside the other."""
    for number in range(4):
        gap = 3.4 * number
        x, reach = 92 + gap * 1.5, 213
        d.shape(
            f"M{x + reach} {211 + gap}H{x + 14}C{x - 4} {211 + gap} {x - 4} {239 - gap} {x + 14} {239 - gap}"
            f"H{x + reach}",
            fill="none",
            stroke=INK,
            weight=FINE,
        )
    d.text("the fold", 82, 229, anchor="end")
    d.line((84, 225.5), (88, 225.5))
    d.text("1", 312, 209, 10.5, "roman")
    d.text("16", 312, 247, 10.5, "roman")


def trim() -> Drawing:
    """A page with its bleed, trim and safe area, and a picture that runs off it."""
    d = Drawing(400, 292, "Trim, bleed and safe area")
    x, y, width, height, bleed, safe = 130.0, 30.0, 160.0, 227.0, 10.0, 15.0
    right, bottom = x + width, y + height
    _hatched(d, x - bleed, y - bleed, width + 2 * bleed, 92 + bleed)
    d.box(x - bleed, y - bleed, width + 2 * bleed, height + 2 * bleed, stroke=MID, weight=FINE, dash="4 2.4")
    d.box(x, y, width, height, weight=1.5)
    d.box(x + safe, y + safe, width - 2 * safe, height - 2 * safe, stroke=INK, weight=FINE, dash="1 2.2")
    d.greek(x + 26, y + 118, width - 52, 8, 10.4, seed=31, ends=(3, 8), indent=False)
    for cx, sx in ((x, -1), (right, 1)):
        for cy, sy in ((y, -1), (bottom, 1)):
            d.line((cx + sx * (bleed + 4), cy), (cx + sx * (bleed + 18), cy), weight=FINE)
            d.line((cx, cy + sy * (bleed + 4)), (cx, cy + sy * (bleed + 18)), weight=FINE)
    labels = (
        ("bleed: printed, then cut off", right + bleed, y + 132),
        ("trim: where the knife falls", right, y + 160),
        ("safe area: nothing that", right - safe, y + 188),
    )
    for words, at, level in labels:
        d.line((at, level), (right + 24, level))
        d.shape(f"M{at - 1.6:.4g} {level}a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0z")
        first, _, rest = words.partition(": ")
        d.text(first, right + 28, level + 3.5)
        d.text(rest, right + 28, level + 15.5, 9.5, "roman", fill=MID)
    d.text("matters beyond it", right + 28, y + 188 + 26, 9.5, "roman", fill=MID)
    d.text("a picture that", 104, y + 40, anchor="end")
    d.text("runs to the edge", 104, y + 53, anchor="end")
    d.line((107, y + 43), (x + 22, y + 43))
    d.text("crop marks", 96, bottom + 3, anchor="end")
    return d


def _hatched(d: Drawing, x: float, y: float, width: float, height: float) -> None:
    """A hatched box: slanting lines clipped by hand, since not every reader clips."""
    d.box(x, y, width, height, fill=TINT, weight=0)
    step = 6.0
    offset = step
    while offset < width + height:
        start = (x + offset, y) if offset <= width else (x + width, y + offset - width)
        end = (x, y + offset) if offset <= height else (x + offset - height, y + height)
        d.line(start, end, stroke=PALE, weight=HAIR)
        offset += step


def quoin() -> Drawing:
    """A pair of wedges, small enough to stand in a line of text."""
    d = Drawing(26, 9, "A pair of quoins")
    d.shape("M1 1H25L25 3.6L1 5z", fill="#fff", stroke=INK, weight=FINE)
    d.shape("M1 8.2H25V4.4L1 5.8z", fill=PALE, stroke=INK, weight=FINE)
    return d


_LOWER = (  # letter, column, row, columns wide, rows high: in half-boxes of the case
    ("ffi", 0, 0, 1, 2), ("fl", 1, 0, 1, 2), ("", 2, 0, 1, 2), ("", 3, 0, 1, 2), ("’", 4, 0, 1, 2),
    ("k", 5, 0, 1, 2),
    ("j", 0, 2, 1, 2), ("b", 1, 2, 1, 4), ("c", 2, 2, 2, 4), ("d", 4, 2, 2, 4),
    ("?", 0, 4, 1, 2), ("!", 0, 6, 1, 2), ("l", 1, 6, 1, 4), ("m", 2, 6, 2, 4), ("n", 4, 6, 2, 4),
    ("z", 0, 8, 1, 2), ("x", 0, 10, 1, 2), ("q", 0, 12, 1, 2), ("v", 1, 10, 1, 4), ("u", 2, 10, 2, 4),
    ("t", 4, 10, 2, 4),
    ("1", 8, 0, 1, 2), ("2", 9, 0, 1, 2), ("3", 10, 0, 1, 2), ("4", 11, 0, 1, 2), ("5", 12, 0, 1, 2),
    ("6", 13, 0, 1, 2), ("7", 14, 0, 1, 2), ("8", 15, 0, 1, 2),
    ("e", 6, 0, 2, 6), ("i", 8, 2, 2, 4), ("s", 10, 2, 2, 4), ("f", 12, 2, 1, 4), ("g", 13, 2, 1, 4),
    ("ff", 14, 2, 1, 2), ("9", 15, 2, 1, 2), ("fi", 14, 4, 1, 2), ("0", 15, 4, 1, 2),
    ("h", 6, 6, 2, 4), ("o", 8, 6, 2, 4), ("y", 10, 6, 1, 4), ("p", 11, 6, 1, 4), ("w", 12, 6, 1, 4),
    (",", 13, 6, 1, 4), ("", 14, 6, 1, 4), ("", 15, 6, 1, 4),
    ("", 6, 10, 2, 4), ("a", 8, 10, 2, 4), ("r", 10, 10, 2, 4), (";", 12, 10, 1, 2), (":", 13, 10, 1, 2),
    (".", 12, 12, 1, 2), ("-", 13, 12, 1, 2), ("", 14, 10, 2, 4),
)  # fmt: skip
_CAPITALS = ("ABCDEFG", "HIKLMNO", "PQRSTVW", "XYZJU&Æ")


def cases() -> Drawing:
    """The lay of a job case: small letters left and middle, capitals right."""
    d = Drawing(400, 190, "The lay of a type case")
    x, y, unit, half = 12.0, 12.0, 15.2, 11.85
    d.box(x - 5, y - 5, 376 + 10, 14 * half + 10, weight=FIRM, fill=TINT)
    for letter, column, row, wide, high in _LOWER:
        left = x + column * unit + (3.2 if column > 5 else 0)
        _compartment(d, letter, left, y + row * half, wide * unit, high * half)
    for row, letters in enumerate(_CAPITALS):
        for column, letter in enumerate(letters):
            left = x + 16 * unit + 6.4 + column * 18.05
            _compartment(d, letter, left, y + (2 + 3 * row) * half, 18.05, 3 * half)
    for column in range(7):
        _compartment(d, "", x + 16 * unit + 6.4 + column * 18.05, y, 18.05, 2 * half)
    return d


def _compartment(d: Drawing, letter: str, x: float, y: float, width: float, height: float) -> None:
    d.box(x, y, width, height, fill="#fff", weight=FINE)
    if not letter:
        return
    size = 9.5 if width < 16 and len(letter) > 1 else 12.0 if height < 24 else 15.0 if width < 20 else 20.0
    if letter == "e":
        size = 27.0
    d.text(letter, x + width / 2, y + height / 2 + size * 0.24, size, "roman", anchor="middle")


DIAGRAMS = {
    "spread.svg": spread,
    "baseline.svg": baseline,
    "folding.svg": folding,
    "trim.svg": trim,
    "quoin.svg": quoin,
    "cases.svg": cases,
}
