"""The looks of drawings, written as attributes: styles and style sheets do not outlive cleaning.

Drawing programs put colours into classes (`.cls-1 { fill: #fff }`), and the sheet into the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape

from book.allowed import ATTRIBUTES

_TAG = re.compile(r"<[A-Za-z][\w:.-]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_DEFINED_EMPTY = re.compile(r"<defs\s*>\s*</defs\s*>", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?:/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?:/\*)?\s*\]\]>\s*(?:\*/)?\s*\Z")
_SIMPLE = re.compile(r"(?P<tag>[A-Za-z][\w-]*|\*)?(?P<marks>(?:[.#][\w-]+)*)")
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NAMES = ATTRIBUTES["path"] - {
    "d",
    "height",
    "href",
    "r",
    "role",
    "transform",
    "width",
    "x",
    "xlink:href",
    "y",
}
_MOST = 300  # rules of one drawing

Declarations = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a simple selector says of the parts of a drawing that it means."""

    tag: str
    marks: frozenset[str]
    says: Declarations

    @property
    def weight(self) -> tuple[int, int, int]:
        """Which of two rules wins: the one with more identifiers, classes, names."""
        idents = sum(mark.startswith("#") for mark in self.marks)
        return idents, len(self.marks) - idents, int(self.tag not in {"", "*"})

    def means(self, tag: str, marks: frozenset[str]) -> bool:
        """Tell whether it is about an element of this name with these classes and this identifier."""
        return self.tag in {"", "*", tag} and self.marks <= marks


def painted(drawing: str) -> str:
    """Return a drawing's markup with attributes for what its styles say; sheets that are understood go."""
    rules: list[Rule] = []

    def taken(sheet: re.Match[str]) -> str:
        found = _rules(unescape(sheet[1]))
        rules.extend(found or ())
        return sheet[0] if found is None else ""

    bare = _SHEET.sub(taken, drawing)
    if bare != drawing:
        bare = _DEFINED_EMPTY.sub("", bare)
    ordered = sorted(rules, key=lambda rule: rule.weight)[:_MOST]
    return _TAG.sub(lambda tag: _painted(tag[0], ordered), bare)


def _rules(sheet: str) -> list[Rule] | None:
    """Return the rules of a sheet; None where something in it is more than a simple selector."""
    from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize
    from tinycss2.ast import Declaration, QualifiedRule

    found: list[Rule] = []
    for node in parse_stylesheet(_WRAPPED.sub("", sheet), skip_comments=True, skip_whitespace=True):
        if not isinstance(node, QualifiedRule):
            return None
        inner = parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        says = {one.lower_name: serialize(one.value).strip() for one in inner if isinstance(one, Declaration)}
        for selector in serialize(node.prelude).split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            if match is None or not match[0]:
                return None
            marks = frozenset(re.findall(r"[.#][\w-]+", match["marks"]))
            found.append(Rule((match["tag"] or "").lower(), marks, says))
    return found


def _painted(tag: str, rules: Iterable[Rule]) -> str:
    """Return a tag with what rules and its own style say, which both win over its attributes."""
    held = {name.lower(): unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}
    name = tag[1:].partition(" ")[0].strip("/>").lower()
    marks = frozenset([f"#{held.get('id', '')}", *(f".{one}" for one in held.get("class", "").split())])
    says: dict[str, str] = {}
    for rule in rules:
        if rule.means(name, marks):
            says |= rule.says
    says |= _declarations(held.get("style", ""))
    if not says and "style" not in held:
        return tag
    kept = {key: value for key, value in says.items() if key in _NAMES and value}
    for gone in ("style", *kept):
        tag = re.sub(rf"""(?i)\s{re.escape(gone)}\s*=\s*("[^"]*"|'[^']*')""", "", tag)
    head = 2 if tag.endswith("/>") else 1
    return tag[:-head] + "".join(f' {key}="{escape(value)}"' for key, value in kept.items()) + tag[-head:]


def _declarations(style: str) -> dict[str, str]:
    found = {}
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        found[name.lower()] = re.sub(r"(?i)\s*!\s*important$", "", value)
    return found
