"""Attributes as they should be: values in their range, classes that are the author's own, names of today."""

from __future__ import annotations

import re

from lxml import etree

_MODERN = {"center": "div", "big": "span", "font": "span", "strike": "s", "tt": "code", "main": "div",
           "article": "div", "details": "div", "summary": "p", "header": "div", "footer": "div",
           "section": "div", "nav": "div", "address": "div", "time": "span", "picture": "span"}  # fmt: skip
_CLASS = re.compile(r"[a-zA-Z][\w-]{0,40}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_ALIGNED = re.compile(r"\s*text-align\s*:\s*(left|right|center|justify|start|end)\s*;?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,6}")

# Classes that mean something to our own templates and styles, which a post may not take.
_OURS = frozenset(
    """
    backlink chapter embed footnotes missing-picture noteref opening part post titlepage toc
    """.split()  # noqa: SIM905
)
_MARKS = frozenset(
    ["arithmatex", "footnote", "footnote-ref", "footnote-backref", "task-list", "task-list-item"]
)
"""Classes by which Markdown tells later steps what an element is; they end with them."""


def settle_attributes(root: etree._Element) -> None:
    """Give obsolete elements the names of today, and all elements proper attributes."""
    for element in root.iter():
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            _settle(element)


def drop_marks(root: etree._Element) -> None:
    """Take away the classes that only told what to do."""
    for element in root.iter():
        names = (element.get("class") or "").split()
        if any(name in _MARKS for name in names):
            _set(element, "class", " ".join(name for name in names if name not in _MARKS))


def _settle(element: etree._Element) -> None:
    align = element.attrib.pop("align", "").lower()
    if element.tag == "center":
        align = "center"
    element.tag = _MODERN.get(str(element.tag), element.tag)
    _set(element, "style", _style(element, align))
    _set(element, "class", " ".join(_classes(element)))
    _set(element, "lang", language_tag(element.attrib.pop("{http://www.w3.org/XML/1998/namespace}lang", "")
                                       or element.get("lang", "")))  # fmt: skip
    direction = element.get("dir", "").lower()
    _set(element, "dir", direction if direction in {"ltr", "rtl", "auto"} else "")
    if element.tag == "bdo" and not element.get("dir"):
        element.tag = "span"
    if element.tag == "a" and (name := element.attrib.pop("name", "")) and not element.get("id"):
        element.set("id", name)
    for name in ("start", "value"):
        _set(element, name, _number(element.get(name, "")))
    if element.tag == "ol":
        _set(element, "type", element.get("type", "") if element.get("type") in tuple("1aAiI") else "")
        _set(element, "reversed", "reversed" if "reversed" in element.attrib else "")
    if element.tag == "img":
        decoration = element.attrib.pop("role", "").lower() in {"presentation", "none"}
        _set(element, "role", "presentation" if decoration else "")
        if decoration or "alt" not in element.attrib:
            element.set("alt", "")


def _set(element: etree._Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    else:
        element.attrib.pop(name, None)


def _number(value: str) -> str:
    """Return a whole number in the digits that XHTML knows, whichever its author counts with."""
    return str(int(value)) if _NUMBER.fullmatch(value) else ""


def _style(element: etree._Element, align: str) -> str:
    """Return the alignment of a block, the one thing about its looks that a post may say."""
    match = _ALIGNED.fullmatch(element.get("style", ""))
    if match:
        return f"text-align:{match[1].lower()}"
    if align in {"left", "right", "center"} and element.tag in {"p", "div", "td", "th", "h2", "h3", "h4"}:
        return f"text-align:{align}"
    return ""


def _classes(element: etree._Element) -> list[str]:
    given = dict.fromkeys((element.get("class") or "").split())
    return [name for name in given if _CLASS.fullmatch(name) and name not in _OURS][:8]


def language_tag(text: str) -> str:
    """Return a language tag in its usual form, `en-GB`; empty for what is none."""
    tag = text.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return ""
    first, *others = tag.split("-")
    forms = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(forms.get(len(part), str.lower)(part) for part in others)])
