"""Drawings made safe: an explicit list of elements and attributes, nothing that refers outside."""

from __future__ import annotations

import re

from lxml import etree

from book.clean import legible

_SPACE = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    """
    svg g path rect circle ellipse line polyline polygon text tspan textPath title desc defs symbol
    use linearGradient radialGradient stop clipPath mask pattern marker switch
    """.split()  # noqa: SIM905
)
_ATTRIBUTE = re.compile(r"(?!on)[a-zA-Z][\w-]*")
_OUTSIDE = re.compile(
    r"(?:url\(\s*['\"]?(?!#)|javascript:|data:|expression\(|@import|[a-z]+://)", re.IGNORECASE
)
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|%)?\s*", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}
_NUMBERS = re.compile(r"[\s,]+")
_MOST = 20_000  # elements, uses followed
_LARGEST = 20_000  # CSS pixels a side


def cleaned(text: str) -> tuple[str, int, int] | None:
    """Return a drawing as safe XML with its size in CSS pixels; None where it cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, recover=False)  # fmt: skip
    try:
        root = etree.fromstring(legible(text, lambda _: None).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag not in {f"{{{_SPACE}}}svg", "svg"} or not _bounded(root):
        return None
    _strip(root)
    size = _size(root)
    if size is None:
        return None
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode"), *size


def _strip(root: etree._Element) -> None:
    for element in list(root.iter()):
        parent = element.getparent()
        local = str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
        foreign = (
            isinstance(element.tag, str)
            and not element.tag.startswith(f"{{{_SPACE}}}")
            and "}" in element.tag
        )
        if parent is not None and (local not in _ELEMENTS or foreign):
            parent.remove(element)
            continue
        for name, value in list(element.attrib.items()):
            plain = _ATTRIBUTE.fullmatch(str(name)) and not _OUTSIDE.search(str(value))
            inside = name in {_LINK, "href"} and str(value).startswith("#")
            if not (inside if name in {_LINK, "href"} else plain):
                del element.attrib[name]


def _bounded(root: etree._Element) -> bool:
    """Tell whether drawing it, with every `use` followed, stays within reason."""
    sizes: dict[str, int] = {}
    targets = {element.get("id", ""): element for element in root.iter() if element.get("id")}

    def weight(element: etree._Element, above: frozenset[str]) -> int:
        total = 0
        for one in element.iter():
            total += 1
            link = str(one.get("href") or one.get(_LINK) or "")
            name = link.removeprefix("#")
            if str(one.tag).endswith("use") and name in targets:
                if name in above or len(above) > 30:
                    return _MOST + 1
                if name not in sizes:
                    sizes[name] = weight(targets[name], above | {name})
                total += sizes[name]
            if total > _MOST:
                return total
        return total

    return weight(root, frozenset()) <= _MOST


def _size(root: etree._Element) -> tuple[int, int] | None:
    box = _NUMBERS.split((root.get("viewBox") or "").strip())
    try:
        numbers = [float(number) for number in box] if box != [""] else []
    except ValueError:
        return None
    if numbers and (len(numbers) != 4 or not all(0 < side < 1e6 for side in numbers[2:])):
        return None
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width is None and height is None and numbers:
        width, height = numbers[2], numbers[3]
    elif numbers and width is None and height is not None:
        width = height * numbers[2] / numbers[3]
    elif numbers and height is None and width is not None:
        height = width * numbers[3] / numbers[2]
    width, height = width or 300.0, height or 150.0
    if max(width, height) > _LARGEST:
        scale = _LARGEST / max(width, height)
        width, height = width * scale, height * scale
    return max(1, round(width)), max(1, round(height))


def _length(value: str | None) -> float | None:
    match = _LENGTH.fullmatch(value or "")
    if match is None or match[2] == "%":
        return None
    try:
        return float(match[1]) * _PIXELS.get((match[2] or "px").lower(), 1.0)
    except ValueError:
        return None
