"""Values in style sheets that no page can show, left out: they make typesetting fail, or never end.

Sizes are held to what paper has, counts to what a reader could count. Each declaration that is left
out is told with its line, and lines stay where their author wrote them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tinycss2 import parse_stylesheet, serialize
from tinycss2.ast import AtRule, Comment, CurlyBracketsBlock, Node, ParseError, QualifiedRule, WhitespaceToken

from book.model import Notice, Sheet

_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945}
_OF_TEXT = 16.0
"""How many pixels a unit that follows the size of type or page is taken for."""

_LARGEST = 20_000.0
_LARGEST_OF = {"font-size": 2_000.0, "font": 2_000.0, "letter-spacing": 1_000.0, "word-spacing": 1_000.0}
_LEAST = 0.01
_LEAST_OF = {"size": 75.0}
"""No leaf is less than 2 cm wide: words would stand on no page at all."""

_MOST = 100_000.0
_MOST_OF = {
    "tab-size": 64, "columns": 40, "column-count": 40, "orphans": 100, "widows": 100, "line-height": 100,
    "max-lines": 1_000, "hyphenate-limit-chars": 1_000,
}  # fmt: skip
_REPEATED = 500
_WORDS = 1_000
_WORDS_OF = {"hyphenate-character": 20}
_SELECTOR = 2_000
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which an escape can name and no file can hold."""

ENDLESS = "--endless"
"""A function that stands where a custom property has no value: it names itself, or grows without end."""

_INSIDE = 6
"""How many selectors may stand inside one, as in `:not(:has(…))`."""


def sane(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    """Return style sheets without values that no page can show, and what was left out."""
    made = [_sane(sheet) for sheet in sheets]
    return tuple(sheet for sheet, _ in made), tuple(notice for _, told in made for notice in told)


@lru_cache(32)
def _sane(sheet: Sheet) -> tuple[Sheet, tuple[Notice, ...]]:
    """Do so for one sheet, once for every time that the studio sets the book anew."""
    told: list[Notice] = []
    return replace(sheet, text=_rid(sheet, told)), tuple(told)


def _rid(sheet: Sheet, told: list[Notice]) -> str:
    kept: list[Node] = []
    rules = parse_stylesheet(sheet.text)
    for rule in rules:
        if isinstance(rule, QualifiedRule | AtRule) and rule.content is not None:
            if isinstance(rule, QualifiedRule) and _is_tangled(rule.prelude):
                told.append(_told("the rule", serialize(rule.prelude), rule, sheet))
                kept += _lines(rule.prelude) + _lines(rule.content)
                continue
            rule.content = list(_declarations(rule.content, sheet, told))
        kept.append(rule)
    if not told and "\\" not in sheet.text and not any(isinstance(rule, ParseError) for rule in rules):
        return sheet.text  # as it would be written again, which takes as long as all else
    return _HALVES.sub("\ufffd", serialize(kept))


def _is_tangled(prelude: Sequence[Node]) -> bool:
    inside, most = 0, 0
    for node in prelude:
        inside = 0 if node == "," else inside + sum(one.type == "function" for one in _every([node]))
        most = max(most, inside)
    return most > _INSIDE or any(len(one) > _SELECTOR for one in serialize(prelude).split(","))


def _declarations(tokens: Sequence[Node], sheet: Sheet, told: list[Notice]) -> Iterator[Node]:
    """Yield the inside of a block again, without the declarations that are left out."""
    run: list[Node] = []
    for token in tokens:
        run.append(token)
        if isinstance(token, CurlyBracketsBlock):
            token.content = list(_declarations(token.content, sheet, told))
        elif token != ";":
            continue
        yield from _judged(run, sheet, told)
        run = []
    yield from _judged(run, sheet, told)


def _judged(run: list[Node], sheet: Sheet, told: list[Notice]) -> list[Node]:
    if run and isinstance(run[-1], CurlyBracketsBlock):
        return run
    words = [node for node in run if not isinstance(node, WhitespaceToken | Comment)]
    if len(words) < 3 or words[0].type != "ident" or words[1] != ":":
        return run
    if _is_sane(words[0].lower_value, words[2:]):
        return run
    told.append(_told("the value", serialize(words), words[0], sheet))
    return _lines(run)


def _is_sane(name: str, value: Sequence[Node]) -> bool:
    name = name.removeprefix("-weasy-").removeprefix("-webkit-").removeprefix("-moz-")
    nodes = list(_every(value))
    if any(node.type == "function" and not _is_sane_function(node) for node in nodes):
        return False
    return all(_is_sane_node(name, node) for node in nodes)


def _is_sane_node(name: str, node: Node) -> bool:
    if node.type == "dimension":
        return _is_sane_length(name, node)
    if node.type == "percentage":
        return math.isfinite(node.value) and abs(node.value) <= _LARGEST / 2
    if node.type == "number":
        if name in ("font-size", "size") and node.value == 0:
            return False
        return name == "z-index" or abs(node.value) <= _MOST_OF.get(name, _MOST)
    if node.type in ("string", "url"):
        return len(node.value) <= _WORDS_OF.get(name, _WORDS)
    return True


def _is_sane_length(name: str, node: Node) -> bool:
    pixels = abs(node.value) * _PIXELS.get(node.lower_unit, _OF_TEXT)
    if name == "font-size" and pixels < 1:
        return False
    if name in _LEAST_OF and pixels < _LEAST_OF[name]:
        return False
    return bool(pixels == 0 or _LEAST <= pixels <= _LARGEST_OF.get(name, _LARGEST))


def _is_sane_function(function: Node) -> bool:
    inside = [node for node in function.arguments if not isinstance(node, WhitespaceToken | Comment)]
    if function.lower_name == "repeat" and inside and inside[0].type == "number":
        return bool(inside[0].value <= _REPEATED)
    if function.lower_name == ENDLESS:
        return False
    divided = any(one == "/" and _is_nothing(other) for one, other in pairwise(inside))
    return not divided and not any(
        node.type == "ident" and node.lower_value in ("infinity", "-infinity", "nan") for node in inside
    )


def _is_nothing(node: Node) -> bool:
    """Tell whether a node is nought, or may come to it: divided by, it has no value."""
    return node.type in ("() block", "function") or getattr(node, "value", None) == 0


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and what stands in them."""
    for node in nodes:
        yield node
        yield from _every(getattr(node, "arguments", None) or getattr(node, "content", None) or ())


def _lines(run: Sequence[Node]) -> list[Node]:
    """Return nothing but the ends of the lines that nodes stand on."""
    count = serialize(run).count("\n")
    return [WhitespaceToken(0, 0, "\n" * count)] if count else []


def _told(what: str, text: str, node: Node, sheet: Sheet) -> Notice:
    why, hint = "no page can show it", "write a size or a count that a page has room for"
    if f"{ENDLESS}(" in text:
        why, hint = "custom properties refer to each other without end", "give one of them a plain value"
    text = text.replace(f"{ENDLESS}(", "var(").replace("/**/", " ")  # which stands between values
    text = " ".join(text.rstrip("; \n").split())
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return Notice(f"{what} `{shown}` was left out: {why}", sheet.path, node.source_line, hint)
