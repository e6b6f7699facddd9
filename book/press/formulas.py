"""Mathematics for paper: MathML drawn, since WeasyPrint sets only its letters."""

from __future__ import annotations

import base64
import copy
import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

MATH = "{http://www.w3.org/1998/Math/MathML}"
_SIZE = 26.5  # drawing units to an em: STIX is larger on its body than most book faces
_WIDEST, _HIGHEST = 200, 60
"""In ems: no formula is larger, and what is said to be was measured wrongly."""
_NEWLINE = re.compile(r'<mspace linebreak="newline"\s*/>')


def draw_formulas(section: Element) -> None:
    """Replace every formula under `section` by its drawing, as large as the text around it.

    The formula's alternative text goes along. One that cannot be drawn stays as code.
    """
    for parent in list(section.iter()):
        for number, child in enumerate(list(parent)):
            if child.tag == f"{MATH}math":
                drawing = _drawing(child)
                drawing.tail = child.tail
                parent[number] = drawing


def _drawing(math: Element) -> Element:
    alternative = math.get("alttext") or "".join(math.itertext())
    bare = copy.deepcopy(math)
    for element in bare.iter():
        element.tag = str(element.tag).removeprefix(MATH)
    written = ElementTree.tostring(bare, encoding="unicode").removesuffix(bare.tail or "")
    drawn = _drawn(written) or _drawn(_NEWLINE.sub("", written))
    if drawn is None:
        code = Element("code")
        code.text = alternative
        return code
    address, width, height, depth = drawn
    style = f"width: {width:.4f}em; height: {height:.4f}em; vertical-align: {-depth:.4f}em"
    return Element("img", {"class": "formula", "src": address, "alt": alternative, "style": style})


@lru_cache(maxsize=512)
def _drawn(math: str) -> tuple[str, float, float, float] | None:
    """Draw MathML; return the drawing's address, and its width, height and depth in ems."""
    import ziafont
    from ziamath.zmath import Math

    # Plain paths, that need no identifiers.
    ziafont.config.svg2 = False  # type: ignore[attr-defined]
    try:
        formula = Math(math, size=_SIZE)
        drawing = formula.svgxml()
        _, top, width, height = map(float, drawing.get("viewBox", "").split())
    except Exception:  # it raises whatever an unusual formula leads it to
        return None
    svg = ElementTree.tostring(drawing)
    if not (0 < width <= _WIDEST * _SIZE and 0 < height <= _HIGHEST * _SIZE and abs(height + top) <= height):
        return None  # lines that are broken inside a group are measured so
    address = "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
    return address, width / _SIZE, height / _SIZE, (height + top) / _SIZE
