"""TeX math to MathML, with the TeX as its alternative text; what cannot be read stays as code."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from book.clean import Say

_LONGEST = 4000  # characters of TeX


def set_math(root: etree._Element, say: Say) -> None:
    """Replace what Markdown marked as TeX by MathML."""
    for element in [e for e in root.iter("span", "div") if e.get("class") == "arithmatex"]:
        tex = "".join(str(text) for text in element.itertext()).strip()
        display = element.tag == "div"
        made = _mathml(tex, display)
        if made is None:
            say(f"this math cannot be read: `{tex[:60]}`; it stays as it was written")
            made = etree.Element("code")
            made.text = tex
        if display:
            holder = etree.Element("p", {"class": "math"})
            holder.append(made)
            made = holder
        made.tail = element.tail
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, made)


def _mathml(tex: str, display: bool) -> etree._Element | None:
    text = _converted(tex, display)
    return None if text is None else etree.fromstring(text)


@lru_cache(maxsize=2048)
def _converted(tex: str, display: bool) -> str | None:
    from latex2mathml.converter import convert

    if not tex or len(tex) > _LONGEST:
        return None
    try:
        root = etree.fromstring(convert(tex, display="block" if display else "inline"))
    except Exception:  # latex2mathml raises whatever its parser stumbles over
        return None
    root.set("alttext", tex)
    return etree.tostring(root, encoding="unicode")
