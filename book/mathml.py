"""TeX math to MathML, with the TeX as its alternative text; what cannot be read stays as code."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from book.allowed import SPACES
from book.contrast import legible
from book.nesting import replace
from book.remarks import Say, remark

_LONGEST = 4000  # characters of TeX
_SPACE = f"{{{SPACES['math']}}}"
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_TOKENS = {"mi", "mn", "mo", "ms", "mtext", "annotation"}
_ROWS = {"mtable": {"mtr", "mlabeledtr"}, "mtr": {"mtd"}}
_UNKNOWN_BLOCKS = {
    "aligned": "align*",
    "split": "align*",
    "gathered": "matrix",
    "alignedat": "align*",
    "dcases": "cases",
}
"""Environments that the converter does not know, and those that look like them."""
_BLOCK = re.compile(r"\\(begin|end)\{(aligned|split|gathered|alignedat|dcases)\}(?:\[[tbc]\]|\{\d+\})?")
_SILENT = re.compile(r"\\(?:label|require)\{[^{}]*\}|\\(?:nonumber|notag|middle|allowbreak)(?![a-zA-Z])")
"""Commands that print nothing."""
_COMMAND = re.compile(r"\\[a-zA-Z]+")


def set_math(root: etree._Element, say: Say) -> None:
    """Replace what Markdown marked as TeX by MathML; check what the author wrote as MathML."""
    for math in list(root.iter(f"{_SPACE}math")):
        _check(math, say)
    for element in [e for e in root.iter("span", "div") if e.get("class") == "arithmatex"]:
        tex = "".join(map(str, element.itertext())).strip()
        display = element.tag == "div"
        made = _mathml(tex, display)
        if made is None:
            said = f"this math cannot be read: `{' '.join(tex.split())[:60]}`; it stays as it was written"
            say(remark(said, tex.partition("\n")[0]))
            made = etree.Element("code")
            made.text = tex
        if display:
            holder = etree.Element("p", {"class": "math"})
            holder.append(made)
            made = holder
        replace(element, [made])


def _mathml(tex: str, display: bool) -> etree._Element | None:
    text = _converted(tex, display)
    return None if text is None else etree.fromstring(text)


@lru_cache(maxsize=2048)
def _converted(tex: str, display: bool) -> str | None:
    from latex2mathml.converter import convert

    if not tex or len(tex) > _LONGEST:
        return None
    try:
        plain = _SILENT.sub("", _BLOCK.sub(lambda m: f"\\{m[1]}{{{_UNKNOWN_BLOCKS[m[2]]}}}", tex))
        root = etree.fromstring(convert(plain, display="block" if display else "inline"))
    except Exception:  # latex2mathml raises whatever its parser stumbles over
        return None
    if any(_COMMAND.match(str(text)) for text in root.itertext()):
        return None  # a command that it does not know comes out as it went in
    _settle(root)
    if not _is_sound(root):
        return None
    root.set("alttext", tex)
    return etree.tostring(root, encoding="unicode")


def _settle(math: etree._Element) -> None:
    """Let tokens hold text alone, as `\\mathrel{+}` does not, and colours be dark enough to read."""
    for element in list(math.iter()):
        if str(element.tag).removeprefix(_SPACE) in _TOKENS and len(element):
            text = "".join(map(str, element.itertext()))
            del element[:]
            element.text = text
        element.attrib.pop("mathbackground", None)
        if (colour := element.attrib.pop("mathcolor", None)) and (dark := legible(colour)):
            element.set("mathcolor", dark)


def _check(math: etree._Element, say: Say) -> None:
    """Keep a formula that is well made, with an alternative text; put its words for any other."""
    words = " ".join("".join(map(str, math.itertext())).split())
    if _is_sound(math):
        _settle(math)
        if not math.get("alttext"):
            math.set("alttext", words)
        return
    if words:
        message = f"this formula is not MathML: `{words[:60]}`; its words stand instead"
    else:
        message = "a formula that says nothing was left out"
    say(remark(message, "<math"))
    code = etree.Element("code")
    code.text = words
    replace(math, [code] if words else [])


def _is_sound(math: etree._Element) -> bool:
    for element in math.iter():
        tag = str(element.tag)
        if not tag.startswith(_SPACE):
            return False
        name = tag.removeprefix(_SPACE)
        if name in _TOKENS:
            if len(element):
                return False
            continue
        loose = [element.text, *(child.tail for child in element)]
        if any((text or "").strip() for text in loose) or len(element) != _PARTS.get(name, len(element)):
            return False
        inside = _ROWS.get(name)
        if inside and any(str(child.tag).removeprefix(_SPACE) not in inside for child in element):
            return False
        within = str(getattr(element.getparent(), "tag", "")).removeprefix(_SPACE)
        if (name == "mtr" and within != "mtable") or (name == "mtd" and within != "mtr"):
            return False
    return bool(len(math))
