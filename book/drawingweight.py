"""How much work a drawing is: what it repeats, by whichever reference, and in which steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from book.allowed import SPACES

SVG = f"{{{SPACES['svg']}}}"
LINK = "{http://www.w3.org/1999/xlink}href"
GREATEST = 1e6  # any number in a drawing
NUMBER = re.compile(r"(?<![\w#.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)

_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|%)?\s*", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]*)")
_CORNER = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_MOST = 20_000  # elements, with every reference followed
_FINEST = 0.1  # the step of a pattern
_SCALES = re.compile(r"(?:scale|matrix)\(([^)]*)\)")
_SMALLEST = 0.01  # what a pattern is scaled by
_SHADES = (f"{SVG}linearGradient", f"{SVG}radialGradient")
_SPREAD = "spreadMethod"
_VECTORS = ("x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy")
_SHORTEST = 0.02  # the part of a shape after which its shades begin anew
_STOPS = 50  # of one that begins anew
_MOST_STOPS = 1_000
_PLACED = 100
"""So many letters, each looked for along a line from one corner to the next, are the work of an element."""


def is_bounded(root: etree._Element) -> bool:
    """Tell whether drawing it, with every reference followed, stays within reason."""
    if any(not _has_steps(pattern) for pattern in root.iter(f"{SVG}pattern")):
        return False
    if any(len(shade) > _MOST_STOPS for shade in root.iter(*_SHADES)):
        return False
    targets = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    sizes: dict[str, int] = {}

    def weight(element: etree._Element, above: frozenset[str]) -> int:
        total = 0
        for one in element.iter():
            total += 1
            for name, times in _references(one):
                if name not in targets:
                    continue
                if name in above or len(above) > 30:
                    return _MOST + 1
                if name not in sizes:
                    sizes[name] = weight(targets[name], above | {name})
                total += sizes[name] * times + _along(one, targets[name])
                if total > _MOST:
                    return total
        return total

    return weight(root, frozenset()) <= _MOST


def _references(element: etree._Element) -> Iterator[tuple[str, int]]:
    """Give what an element refers to, and how often it is drawn for it."""
    link = str(element.get(LINK) or "")
    if link.startswith("#"):
        yield link[1:], 1
    for key, value in _looks(element):
        for name in _REFERENCE.findall(value):
            yield name, _corners(element) if "marker" in key else 1
    if element.tag == f"{SVG}style":  # whatever its rules are about, they are about so many at most
        times = sum(1 for _ in element.getroottree().iter())
        yield from ((name, times) for name in _REFERENCE.findall(element.text or ""))


def _along(element: etree._Element, line: etree._Element) -> int:
    """Return how much work it is to put an element's letters along a line."""
    if element.tag != f"{SVG}textPath":
        return 0
    return sum(map(len, element.itertext())) * _corners(line) // _PLACED


def _looks(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Give the names and values of an element's attributes, and those that its style holds."""
    for name, value in element.attrib.items():
        if name != "style":
            yield str(name), str(value)
    for declaration in str(element.get("style") or "").split(";"):
        name, _, value = declaration.partition(":")
        yield name, value


def _corners(element: etree._Element) -> int:
    """Return at how many places of a line a marker may be drawn."""
    line = str(element.get("d") or element.get("points") or "")
    return max(1, sum(1 for _ in _CORNER.finditer(line)) // 2)


def _has_steps(pattern: etree._Element) -> bool:
    """Tell whether a pattern repeats in steps that are not too small."""
    steps = [_step(str(pattern.get(name) or "")) for name in ("width", "height")]
    if not all(step is None or step >= _FINEST for step in steps):
        return False
    scales = _SCALES.findall(str(pattern.get("patternTransform") or ""))
    return all(_scale(numbers) >= _SMALLEST for numbers in scales)


def _step(value: str) -> float | None:
    per_cent = re.fullmatch(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*%\s*", value, re.IGNORECASE)
    return length(value) if per_cent is None else _plain(per_cent[1])


def _plain(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return 0.0


def _scale(numbers: str) -> float:
    """Return how large a `scale` or a `matrix` leaves what it changes, along the side it leaves smallest."""
    found = [abs(float(number)) for number in NUMBER.findall(numbers)]
    if len(found) == 6:
        return min(max(found[0], found[1]), max(found[2], found[3]))
    return min(found, default=0.0)


def calm(root: etree._Element) -> None:
    """Let shades end where they would begin anew again and again: painting lists each of these times."""
    shades = list(root.iter(*_SHADES))
    if any(shade.get(_SPREAD) for shade in shades) and not all(map(_is_calm, shades)):
        for shade in shades:
            shade.attrib.pop(_SPREAD, None)


def _is_calm(shade: etree._Element) -> bool:
    """Tell whether a shade goes along a fair part of what it fills, whatever it takes from another one."""
    if (
        shade.get("gradientUnits") == "userSpaceOnUse"
        or shade.get("gradientTransform")
        or len(shade) > _STOPS
    ):
        return False
    parts = {name: _part(str(shade.get(name) or "")) for name in _VECTORS if shade.get(name)}
    long = {name: parts.get(name, 1.0 if name == "x2" else 0.0) for name in ("x1", "y1", "x2", "y2")}
    along = [abs(long["x2"] - long["x1"]), abs(long["y2"] - long["y1"])]
    return (
        all(0 <= part <= 1 for part in parts.values())
        and parts.get("r", 0.5) >= _SHORTEST
        and any(along)
        and all(not side or side >= _SHORTEST for side in along)
    )


def _part(value: str) -> float:
    """Return a measure as a part of what it measures; what is none is out of every bound."""
    text = value.strip()
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return -1.0


def length(value: str | None) -> float | None:
    """Return a length in CSS pixels; None where it is none, or is told in per cent."""
    match = _LENGTH.fullmatch(value or "")
    if match is None or match[2] == "%":
        return None
    try:
        pixels = float(match[1]) * _PIXELS.get((match[2] or "px").lower(), 1.0)
    except ValueError:
        return None
    return pixels if 0 < pixels < GREATEST else None
