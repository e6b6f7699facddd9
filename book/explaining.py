"""Which rules dress an element of the book, and which layer each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, SelectorError, compile_selector_list

from book import registry
from book.errors import BookError
from book.model import Composition, Galley, Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """One declaration that a layer makes for an element; `holds` where no other wins over it."""

    name: str
    value: str
    sheet: str
    line: int
    selector: str
    holds: bool


def explained(composition: Composition, chapter: str, selector: str) -> str:
    """Describe what dresses the first element of a chapter that `selector` finds.

    `chapter` is a chapter's name, a post's slug, or a leaf's role such as `titlepage`.
    Raises BookError for a chapter that is not there, a selector that is none, and where
    nothing is found.
    """
    galley = _galley(composition, chapter)
    element, count = _element(galley, selector)
    said = tuple(declarations(element, composition.sheets))
    head = f"{_written(element)} in `{galley.name}`" + (f", the first of {count}" if count > 1 else "")
    if not said:
        return f"{head}: no rule dresses it; what it has is inherited"
    width = max(len(f"{one.name}: {one.value}") for one in said)
    return "\n".join([head, "", *(_line(one, min(width, 60)) for one in said)])


def declarations(element: ElementWrapper, sheets: Sequence[Sheet]) -> Iterator[Said]:
    """Give the declarations that fit an element, by property, the winning one first (CSS Cascade 4 §6)."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    order = 0
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule" or (weight := _weight(rule, element)) is None:
                continue
            selector = tinycss2.serialize(rule.prelude).strip()
            for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if one.type == "declaration":
                    order += 1
                    value = tinycss2.serialize(one.value).strip() + (" !important" if one.important else "")
                    place = (sheet.name, one.source_line, selector)
                    found.setdefault(one.lower_name, []).append((one.important, weight, order, value, *place))
    for name in sorted(found):
        ranked = sorted(found[name], key=lambda one: one[:3], reverse=True)
        for number, (_, _, _, value, sheet_name, line, selector) in enumerate(ranked):
            yield Said(name, value, sheet_name, line, selector, number == 0)


def _weight(rule: Any, element: ElementWrapper) -> tuple[int, int, int] | None:
    """Return the weight of the heaviest selector of a rule that finds the element itself, or None."""
    try:
        selectors = compile_selector_list(rule.prelude)
    except SelectorError:
        return None
    fitting = [one.specificity for one in selectors if one.pseudo_element is None and one.test(element)]
    return max(fitting, default=None)


def _galley(composition: Composition, chapter: str) -> Galley:
    for galley in composition.galleys:
        if chapter in (galley.name, galley.role, *galley.posts):
            return galley
    known = sorted({name for galley in composition.galleys for name in (galley.name, *galley.posts)})
    raise BookError(f"there is no chapter `{chapter}`", hint=registry.advice(chapter, known))


def _element(galley: Galley, selector: str) -> tuple[ElementWrapper, int]:
    from lxml import html

    try:
        wanted = compile_selector_list(selector)
    except SelectorError as error:
        said = error.args[-1]  # what comes before it is the place
        raise BookError(
            f"`{selector}` is not a CSS selector: {said}", hint="such as `h1`, `.date` or `blockquote p`"
        ) from error
    page = html.document_fromstring(f"<!doctype html><html><body>{galley.body}</body></html>")
    found = [
        one
        for one in ElementWrapper.from_html_root(page).iter_subtree()
        if any(each.pseudo_element is None and each.test(one) for each in wanted)
    ]
    if not found:
        raise BookError(f"nothing in `{galley.name}` is found by `{selector}`")
    return found[0], len(found)


def _written(element: ElementWrapper) -> str:
    classes = "".join(f".{one}" for one in sorted(element.classes))
    return f"{element.local_name}{classes}"


def _line(said: Said, width: int) -> str:
    declaration = f"{said.name}: {said.value}"
    mark = " " if said.holds else "×"
    return f"{mark} {declaration:<{width}}  {said.sheet}:{said.line}  {said.selector}"
