"""Style sheets as reading systems take them: nothing they refuse, and families with their fallbacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from book.model import Notice, Sheet

_GENERIC = {
    *("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"),
    *("inherit", "initial", "unset", "revert"),
}
_NESTING = {"media", "supports", "layer", "container"}
_REFUSED_RULES = {"page", "import", "charset", "font-face", "namespace"}
_DIRECTION = "write `dir` in the text instead: reading systems refuse this property in style sheets"


@dataclass(frozen=True, slots=True)
class Stack:
    """A list of families that a sheet names, and whether it is meant for code."""

    families: tuple[str, ...]
    code: bool


@dataclass(slots=True)
class Styles:
    """What sheets became: their texts, in order, and what was taken out."""

    texts: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def stacks(sheets: Iterable[Sheet]) -> tuple[Stack, ...]:
    """Return every list of families in the sheets, once each, in order."""
    found: dict[Stack, None] = {}
    for sheet in sheets:
        for selector, declaration in _declarations(_rules(sheet.text), ""):
            if declaration.lower_name == "font-family":
                code = any(word in selector for word in ("code", "pre", "kbd", "samp"))
                families = tuple(f for f in _families(declaration) if f.lower() not in _GENERIC)
                if families:
                    found.setdefault(Stack(families, code))
    return tuple(found)


def strings(sheets: Iterable[Sheet]) -> str:
    """Return all characters that sheets themselves set: ornaments and quotation marks."""
    found: list[str] = []
    for sheet in sheets:
        for _, declaration in _declarations(_rules(sheet.text), ""):
            if declaration.lower_name in {"content", "quotes", "list-style-type", "list-style"}:
                found += [token.value for token in declaration.value if token.type == "string"]
    return "".join(found)


def weights(sheets: Iterable[Sheet]) -> tuple[int, ...]:
    """Return the weights to cut fonts at: the text's own, and each heavier one that a sheet asks for.

    Where no sheet asks for one, a reading system makes headings and `strong` bold: 700.
    """
    found = {400}
    for sheet in sheets:
        for _, declaration in _declarations(_rules(sheet.text), ""):
            if declaration.lower_name == "font-weight":
                said = serialize(declaration.value).strip().lower()
                found |= {int(said)} if said.isdigit() else {700} if said in {"bold", "bolder"} else set()
    return tuple(sorted(found if max(found) >= 600 else {*found, 700}))


def prepare(
    sheets: Sequence[Sheet], following: Callable[[str, bool], Sequence[str]], *, named: bool = True
) -> Styles:
    """Write the sheets as EPUB has them.

    `following` names the families that shall stand after the first one of a list, told
    that first family and whether the list is for code. Where none shall be `named`, the text
    is set in what its reader chose, and code in the reading system's own face.
    """
    styles = Styles()
    for sheet in sheets:
        writer = _Writer(sheet, styles.notices, following, named)
        styles.texts.append(writer.write(_rules(sheet.text)))
    return styles


@lru_cache(maxsize=32)
def _rules(text: str) -> Sequence[Any]:
    """Parse a sheet; nobody changes what comes of it."""
    return tuple(parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def _inside(rule: Any) -> list[Any]:
    if isinstance(rule, AtRule) and rule.lower_at_keyword in _NESTING:
        return list(parse_stylesheet(rule.content, skip_comments=True, skip_whitespace=True))
    return list(parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))


def _declarations(nodes: Iterable[Any], selector: str) -> Iterator[tuple[str, Declaration]]:
    for node in nodes:
        if isinstance(node, Declaration):
            yield selector, node
        elif isinstance(node, QualifiedRule | AtRule) and node.content is not None:
            here = serialize(node.prelude) if isinstance(node, QualifiedRule) else selector
            yield from _declarations(_inside(node), here)


def outright(sheet: Sheet) -> Iterator[tuple[str, Declaration]]:
    """Yield the declarations of a sheet, with their selectors, that hold wherever it is read."""
    yield from _declarations((rule for rule in _rules(sheet.text) if isinstance(rule, QualifiedRule)), "")


def _families(declaration: Declaration) -> list[str]:
    """Read the families of a list: quoted, or as words."""
    families: list[list[str]] = [[]]
    for token in declaration.value:
        if token.type == "literal" and token.value == ",":
            families.append([])
        elif token.type in {"string", "ident"}:
            families[-1].append(token.value)
    return [" ".join(words) for words in families if words]


@dataclass(frozen=True, slots=True)
class _Writer:
    sheet: Sheet
    notices: list[Notice]
    following: Callable[[str, bool], Sequence[str]]
    named: bool

    def write(self, nodes: Iterable[Any], selector: str = "") -> str:
        return "".join(f"{text}\n" for node in nodes if (text := self._node(node, selector)))

    def _node(self, node: Any, selector: str) -> str:
        if isinstance(node, Declaration):
            return self._declaration(node, selector)
        if not isinstance(node, QualifiedRule | AtRule):
            return ""
        name = f"@{node.at_keyword} " if isinstance(node, AtRule) else ""
        if isinstance(node, AtRule) and node.lower_at_keyword in _REFUSED_RULES:
            self._say(f"`@{node.lower_at_keyword}` has no place in an EPUB", node, None)
            return ""
        prelude = serialize(node.prelude).strip()
        if node.content is None:
            return f"{name}{prelude};"
        inside = self.write(_inside(node), prelude if isinstance(node, QualifiedRule) else selector)
        body = "".join(f"  {line}\n" for line in inside.splitlines())
        return f"{name}{prelude} {{\n{body}}}" if body else ""

    def _declaration(self, node: Declaration, selector: str) -> str:
        value = serialize(node.value).strip()
        if node.lower_name in {"direction", "unicode-bidi"}:
            self._say(f"`{node.name}` was taken out", node, _DIRECTION)
            return ""
        if node.lower_name == "position" and value.lower() == "fixed":
            self._say("`position: fixed` was taken out", node, "a page that flows has no fixed places")
            return ""
        if any(token.type == "url" or _is_url(token) for token in node.value):
            self._say(f"`url()` in `{node.name}` was taken out", node, "put pictures into posts")
            return ""
        if node.lower_name == "font-family":
            value = self._stack(node, selector)
            if (not self.named and value == "serif") or not value:
                return ""
        return f"{node.name}: {value}{' !important' if node.important else ''};"

    def _stack(self, node: Declaration, selector: str) -> str:
        families = _families(node)
        own = [family for family in families if family.lower() not in _GENERIC]
        generic = [family for family in families if family.lower() in _GENERIC][-1:]
        if not own or not self.named:
            return ", ".join(generic)
        code = any(word in selector for word in ("code", "pre", "kbd", "samp"))
        chain = dict.fromkeys([*own, *self.following(own[0], code)])
        return ", ".join([*(f'"{family}"' for family in chain), *generic])

    def _say(self, message: str, node: Any, hint: str | None) -> None:
        self.notices.append(Notice(message, self.sheet.path, node.source_line, hint))


def _is_url(token: Any) -> bool:
    return bool(token.type == "function" and token.lower_name in {"url", "src", "image-set", "image"})
