"""Identifiers unique in the whole book, and links that lead somewhere or are undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

from book.allowed import SPACES
from book.nesting import HEADINGS, unwrap
from book.remarks import Say, mended, remark
from book.slug import folded, heading_name

_NOT_NAME = re.compile(
    "[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]+"
)
_RESERVED = re.compile(r"note(?:ref)?-\d")
_SPACE = f"{{{SPACES['svg']}}}"
_WAS = "was"
_TO_PART = re.compile(r"(\A#|url\(\s*['\"]?#)([^'\")\s]+)")
_NOWHERE = {"", "top", "more", "respond", "comments"}
"""Links that meant something on a web page only."""


def settle(root: etree._Element, ident: str, say: Say, names: Mapping[str, str] | None = None) -> None:
    """Prefix every id under `root` with `ident.`, and lead local links to the ids as they are now.

    Headings get an identifier made of their words, as blogs give them. `names` are
    identifiers that are settled already, by what links call them.
    """
    renamed = _rename(root, ident, say) | dict(names or {})
    _lead_inside_drawings(root)
    headings = {
        folded("".join(map(str, heading.itertext()))): heading.get("id", "")
        for heading in reversed(list(root.iter(*HEADINGS)))
    }
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if href.startswith("#") and not href.startswith(f"#{ident}."):
            name = unquote(href[1:])
            _lead(link, href, renamed.get(href[1:]) or renamed.get(name) or headings.get(folded(name)), say)
        elif not link.attrib:
            unwrap(link)


def _rename(root: etree._Element, ident: str, say: Say) -> dict[str, str]:
    mine = f"{ident}."
    taken = {name for element in root.iter() if (name := element.get("id") or "").startswith(mine)}
    renamed: dict[str, str] = {}
    for element in root.iter():
        name = element.get("id") or ""
        if name and not name.startswith(mine):
            element.set("id", _unique(name, mine, taken))
            if str(element.tag).startswith(_SPACE):
                element.set(_WAS, name)
            if name in renamed:
                say(mended("ident", name, f'"{name}"'))
            renamed.setdefault(name, element.get("id", ""))
    for heading in root.iter(*HEADINGS):
        name = heading_name("".join(map(str, heading.itertext())))
        if not heading.get("id") and name:
            heading.set("id", _unique(name, mine, taken))
    return renamed


def _lead_inside_drawings(root: etree._Element) -> None:
    """Lead what in a drawing refers to another part of it to that part's identifier as it is now."""
    for drawing in root.iter(f"{_SPACE}svg"):
        known = {part.get(_WAS, ""): part.get("id", "") for part in drawing.iter() if part.get(_WAS)}
        for part in drawing.iter() if known else ():
            for name, value in part.attrib.items():
                if name != _WAS and "#" in str(value):
                    part.set(name, _led(str(value), known))
    for part in root.iter(f"{_SPACE}*"):
        part.attrib.pop(_WAS, None)


def _led(value: str, known: Mapping[str, str]) -> str:
    return _TO_PART.sub(lambda to: to[1] + known.get(to[2], to[2]), value)


def _unique(name: str, mine: str, taken: set[str]) -> str:
    plain = _NOT_NAME.sub("-", name).strip("-")[:100] or "x"
    if _RESERVED.match(plain):
        plain = f"x-{plain}"
    unique, number = f"{mine}{plain}", 1
    while unique in taken:
        number += 1
        unique = f"{mine}{plain}-{number}"
    taken.add(unique)
    return unique


def _lead(link: etree._Element, href: str, target: str | None, say: Say) -> None:
    if target:
        link.set("href", f"#{target}")
        return
    if href[1:].lower() not in _NOWHERE:
        say(remark(f"the link `{href[:60]}` leads to nothing in the post; its words are kept", href))
    del link.attrib["href"]
    if not link.get("id"):
        unwrap(link)
