"""Style that obeys its reader: no sizes in pixels, no fixed places, no colours of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from book.epub.markup import elements, having
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "WCAG 2.2, 1.4.4 and 1.4.12"
_PIXELS = re.compile(r"(?<![\w.#-])\d*\.?\d+px\b")
_ABSOLUTE = re.compile(r"(?<![\w.#-])\d*\.?\d+(px|pt|cm|mm|in|pc)\b")
_NEGATIVE = re.compile(r"(?<![\w.])-\d*\.?\d+")
_WIDE = 300  # CSS pixels: a fixed width below this fits every screen
_NO_COLOUR = {"inherit", "initial", "unset", "none", "transparent", "currentcolor"}
_PAGE = re.compile(r"(^|,)\s*(html|body|:root)\s*(,|$)")


def check(path: Path) -> Iterator[Finding]:
    """Look at style sheets, `style` elements and `style` attributes."""
    book = opened(path)
    for item in book.items:
        if item.media_type == "text/css" and item.name in book.files:
            text = book.files[item.name].decode("utf-8", "replace")
            yield from _sheet(book, item.name, parse_stylesheet(text, True, True), 0)
    for name, root in book.documents.items():
        for style in elements(root, "style"):
            yield from _sheet(
                book, name, parse_stylesheet(style.text or "", True, True), style.sourceline - 1
            )
        for element in having(root, "style"):
            for node in parse_blocks_contents(element.get("style"), True, True):
                if isinstance(node, Declaration):
                    yield from _declaration(book, name, "", node, element.sourceline)
        yield from _code(book, name, root)


def _sheet(book: OpenedBook, name: str, nodes: Any, offset: int) -> Iterator[Finding]:
    for node in nodes:
        if (
            isinstance(node, AtRule)
            and node.content is not None
            and node.lower_at_keyword in {"media", "supports"}
        ):
            if node.lower_at_keyword == "supports" or "print" not in serialize(node.prelude):
                yield from _sheet(book, name, parse_stylesheet(node.content, True, True), offset)
        elif isinstance(node, QualifiedRule):
            selector = serialize(node.prelude).strip()
            for inner in parse_blocks_contents(node.content, True, True):
                if isinstance(inner, Declaration):
                    yield from _declaration(book, name, selector, inner, offset + inner.source_line)


def _declaration(
    book: OpenedBook, name: str, selector: str, node: Declaration, line: int
) -> Iterator[Finding]:
    value, prop = serialize(node.value).strip().lower(), node.lower_name
    for rule, message, hint in _faults(selector, prop, value):
        said = f"{selector} {{ {prop}: {value} }}" if selector else f"{prop}: {value}"
        yield book.finding(
            rule, "warning", f"{message}: `{said}`", name=name, at=line, hint=hint, clause=_CLAUSE
        )


def _faults(selector: str, prop: str, value: str) -> Iterator[tuple[str, str, str]]:
    if prop in {"font-size", "line-height", "font"} and _PIXELS.search(value):
        yield "style-pixels", "a size in pixels does not grow with the text", "use `em`, `rem` or `%`"
    if prop == "position" and value == "fixed":
        yield "style-fixed", "a page that flows has no fixed places", "leave it out"
    if prop.startswith("margin") and _NEGATIVE.search(value):
        yield "style-negative", "a negative margin moves text over text or off the page", "leave it out"
    coloured = prop in {"color", "background", "background-color"} and value not in _NO_COLOUR
    if coloured and _PAGE.search(selector):
        yield "style-colours", "the page's colours are the reader's to choose", "leave them out"
    if prop in {"width", "min-width"} and any(_length(m[0]) > _WIDE for m in _ABSOLUTE.finditer(value)):
        yield "style-width", "a fixed width does not fit every screen", "use `max-width` and `%`"


def _length(value: str) -> float:
    number, unit = float(re.sub(r"[a-z]+$", "", value)), re.sub(r"[\d.]+", "", value)
    return number * {"px": 1, "pt": 1.33, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78}[unit]


def _code(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    """Lines of code that do not wrap leave the screen, or scroll where no keyboard can."""
    first = next(elements(root, "pre"), None)
    if first is None:
        return
    texts = [data.decode("utf-8", "replace") for file, data in book.files.items() if file.endswith(".css")]
    texts += [style.text or "" for style in elements(root, "style")] + [first.get("style") or ""]
    if not any(re.search(r"white-space\s*:\s*(pre-wrap|pre-line|break-spaces)", text) for text in texts):
        message, hint = "lines of code do not wrap", "`pre { white-space: pre-wrap }`"
        yield book.finding(
            "style-code", "note", message, name=name, at=first, hint=hint, clause="WCAG 2.2, 1.4.10"
        )
