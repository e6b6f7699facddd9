"""Drawings made safe: an explicit list of elements and attributes, sane values, nothing from outside."""

from __future__ import annotations

import re

from lxml import etree

from book.allowed import ATTRIBUTES, DRAWING
from book.clean import legible
from book.drawingweight import GREATEST, LINK, NUMBER, SVG, calm, is_bounded, length

_ATTRIBUTES = frozenset().union(*(ATTRIBUTES[tag] for tag in DRAWING)) - {"xlink:href", "href"}
_KEPT_EVERYWHERE = {"id", "class", "style", "lang", "dir"}
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|[a-z]+:|expression\(|@|\\|<", re.IGNORECASE)
_WORDS = {"id", "class", "font-family", "lang"}
_NOT_NUMBERS = re.compile(r"\b(?:nan|inf|infinity)\b", re.IGNORECASE)
_NUMERIC = frozenset(
    """
    cx cy dx dy fx fy height markerHeight markerWidth offset opacity fill-opacity r refX refY rx ry
    startOffset stop-opacity stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-opacity stroke-width
    width x x1 x2 y y1 y2 points
    """.split()  # noqa: SIM905
)
_MEASURES = re.compile(
    r"\s*(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:px|pt|pc|mm|cm|in|em|ex|%)?(?:\s*,\s*|\s+|(?=[-+.])|\Z))+",
    re.IGNORECASE,
)
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa\d\s,.eE+-]*")
_TRANSFORM = re.compile(r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s,.eE+-]*\)\s*,?)*\s*")
_LARGEST = 20_000  # CSS pixels a side


def cleaned(text: str) -> tuple[str, int, int] | None:
    """Return a drawing as safe XML with its size in CSS pixels; None where it cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, recover=False)  # fmt: skip
    try:
        root = etree.fromstring(legible(text, _unheard).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    size = settle_drawing(root)
    return None if size is None else (etree.tostring(root, encoding="unicode"), *size)


def _unheard(_: str) -> None:
    """Say nothing: what is wrong with a drawing's letters is no matter for its author."""


def settle_drawing(root: etree._Element) -> tuple[int, int] | None:
    """Make a drawing safe, in place, and return its size; None where it is no drawing that can be shown."""
    if root.tag not in {f"{SVG}svg", "svg"}:
        return None
    for element in list(root.iter()):
        _settle(root, element)
    calm(root)
    size = _size(root)
    if size is None or not is_bounded(root):
        return None
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    if max(length(root.get(name)) or 0 for name in ("width", "height")) > _LARGEST:
        root.set("width", str(size[0]))
        root.set("height", str(size[1]))
    etree.cleanup_namespaces(root)
    return size


def _settle(root: etree._Element, element: etree._Element) -> None:
    """Drop an element that may not stand in a drawing; else its attributes that may not."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if element is not root and tag.removeprefix(SVG) not in DRAWING and not _is_plain_style(element):
        _drop(element)
        return
    if tag in {f"{SVG}use", f"{SVG}textPath"} and not _links_inside(element):
        _drop(element)
        return
    for name, value in list(element.attrib.items()):
        key, text = str(name), str(value)
        if key in {"href", LINK}:
            del element.attrib[key]
            if text.startswith("#"):
                element.set(LINK, text)
        elif not _fits(key, text):
            del element.attrib[key]


def _links_inside(element: etree._Element) -> bool:
    return any(str(element.get(name) or "").startswith("#") for name in ("href", LINK))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if str(element.tag) in {f"{SVG}a", f"{SVG}switch"}:  # what they hold is drawn all the same
        place = parent.index(element)
        for child in reversed(element):
            parent.insert(place + 1, child)
    element.tail = None
    parent.remove(element)


def _is_plain_style(element: etree._Element) -> bool:
    """Tell whether an element is a style sheet that refers to nothing."""
    text = element.text or ""
    return element.tag == f"{SVG}style" and not _OUTSIDE_SHEET.search(text) and len(text) < 50_000


_OUTSIDE_SHEET = re.compile(r"url\(\s*['\"]?(?!#)|@|\\|expression|:\s*(?:nan|inf)", re.IGNORECASE)


def _fits(name: str, value: str) -> bool:
    if name not in _ATTRIBUTES | _KEPT_EVERYWHERE or len(value) > 1_000_000:
        return False
    if name in _WORDS:
        return not re.search(r"[<>\\]", value) and len(value) < 500
    if name == "style":
        declarations = [one.partition(":") for one in value.split(";") if one.strip()]
        return bool(declarations) and all(
            key.strip() in _ATTRIBUTES and _fits(key.strip(), text.strip()) for key, _, text in declarations
        )
    if _OUTSIDE.search(value) or _NOT_NUMBERS.search(value) or not _are_sane(value):
        return False
    if name == "d":
        return _PATH.fullmatch(value) is not None
    if name.endswith("ransform"):
        return _TRANSFORM.fullmatch(value) is not None
    if name == "stroke-dasharray":
        return _is_drawable(value)
    return name not in _NUMERIC or value.strip() == "auto" or _MEASURES.fullmatch(value) is not None


def _are_sane(value: str) -> bool:
    return all(abs(float(number)) <= GREATEST for number in NUMBER.findall(value))


def _is_drawable(value: str) -> bool:
    """Tell whether dashes are long enough to be drawn one by one."""
    numbers = [abs(float(number)) for number in NUMBER.findall(value)]
    return value.strip() == "none" or (0 < len(numbers) <= 50 and sum(numbers) >= 0.1)


def _size(root: etree._Element) -> tuple[int, int] | None:
    """Return the size of a drawing in CSS pixels; None where its measures are none."""
    given = root.get("viewBox")
    numbers: list[float] = []
    if given is not None:
        try:
            numbers = [float(number) for number in re.split(r"[\s,]+", given.strip())]
        except ValueError:
            return None
        if len(numbers) != 4 or not all(1e-3 <= side <= GREATEST for side in numbers[2:]):
            return None
    width, height = length(root.get("width")), length(root.get("height"))
    if numbers:
        ratio = numbers[2] / numbers[3]
        if width is None and height is None:
            width, height = numbers[2], numbers[3]
        elif width is None and height is not None:
            width = height * ratio
        elif height is None and width is not None:
            height = width / ratio
    width, height = width or 300.0, height or 150.0
    scale = min(1.0, _LARGEST / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
