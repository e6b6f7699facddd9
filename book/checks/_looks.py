"""How the text of an EPUB's documents looks: colours, grounds and sizes, as its style sheets cascade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError
from cssselect2.compiler import CompiledSelector
from cssselect2.parser import (
    ClassSelector,
    CombinedSelector,
    CompoundSelector,
    IDSelector,
    LocalNameSelector,
    parse,
)
from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

from book.contrast import luminance
from book.epub.markup import having, tag

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, each from 0 to 1."""
Said = tuple[bool, str, str]
"""A declaration: whether it is important, its property, its value."""
Kind = tuple[str, str | None, frozenset[str]]
"""An element's name, and of its id and its classes those that rules ask for."""

_SIMPLE = (ClassSelector, IDSelector, LocalNameSelector)

_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
_COLOURS = ("color", "background", "background-color", "background-image")
_HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67}
_SIZES = {
    **{"xx-small": 0.6, "x-small": 0.75, "small": 0.89, "medium": 1.0, "large": 1.2, "x-large": 1.5},
    **{"xx-large": 2.0, "xxx-large": 3.0},
}
_LENGTH = re.compile(r"(\d*\.?\d+)(rem|px|pt|pc|in|cm|mm|em|%)")
_REMS = {"rem": 1.0, "px": 1 / 16, "pt": 1 / 12, "pc": 1.0, "in": 6.0, "cm": 6 / 2.54, "mm": 6 / 25.4}
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks in one place."""

    colour: Colour
    ground: Colour | None
    """What is behind the text; None where that is a picture."""
    size: float
    """In rem, of 16 CSS pixels."""
    bold: bool

    @property
    def ratio(self) -> float:
        """How far text and ground are apart, 1 to 21; as far as can be where a picture is behind."""
        if self.ground is None:
            return 21.0
        dark, light = sorted((luminance(*self.colour), luminance(*self.ground)))
        return (light + 0.05) / (dark + 0.05)

    @property
    def is_large(self) -> bool:
        """Whether it is 18 points, or 14 and bold (WCAG 2.2, "large scale")."""
        return self.size >= 1.5 or (self.bold and self.size > 1.16)


@dataclass(frozen=True, slots=True)
class Place:
    """Where elements of one kind stand that look alike, and what was found out about those within them."""

    look: Look
    variables: Mapping[str, str]
    within: dict[Kind, tuple[Sequence[Said], Place]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cascade:
    """The rules of style sheets that give text its look, and the page that they begin from."""

    matcher: Matcher
    names: frozenset[str]
    """The classes and ids that rules ask for."""
    plain: bool
    """Whether rules ask for nothing but names, of an element and of those around it: so that
    elements of one kind in one place look alike, in every document."""
    page: Place

    def kind(self, element: Any) -> Kind:
        """Return what rules can know of an element besides its place."""
        ident = element.get("id")
        classes = self.names.intersection((element.get("class") or "").split())
        return element.tag, ident if ident in self.names else None, classes

    def declared(self, wrapper: ElementWrapper) -> list[Said]:
        """Return what rules say of an element, from the weakest to the strongest."""
        matched = self.matcher.match(wrapper)
        return [one for *_, pseudo, said in matched if pseudo is None for one in said]


def looks(root: Any, sheets: Sequence[str], *, dark: bool) -> Iterator[tuple[Any, Look]]:
    """Yield the elements that have text of their own, each with its look; none where no colour is given.

    `dark` has what style sheets say for dark reading count, and yields nothing where they say nothing.
    """
    coloured = not dark and any("color" in e.get("style") for e in having(root, "style") if _is_html(e))
    cascade = _cascade(tuple(sheets), dark) or (_cascade((), dark, bare=True) if coloured else None)
    if cascade is None:
        return
    wrappers: dict[Any, ElementWrapper] = {}
    places: dict[Any, Place] = {}
    for element in list(root.iter(tag("*"))):  # what is drawn has colours of its own
        around = places.get(element.getparent(), cascade.page)
        places[element] = place = _place(element, around, cascade, wrappers)
        if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
            yield element, place.look


def _place(element: Any, around: Place, cascade: Cascade, wrappers: dict[Any, ElementWrapper]) -> Place:
    kind, style = cascade.kind(element), element.get("style")
    found = around.within.get(kind) if cascade.plain else None
    if found is None:
        if not wrappers:
            every = ElementWrapper.from_html_root(element.getroottree().getroot()).iter_subtree()
            wrappers.update((wrapper.etree_element, wrapper) for wrapper in every)
        rules = cascade.declared(wrappers[element])
        found = rules, _declared(element, rules, around)
        if cascade.plain:
            around.within[kind] = found
    said, place = found
    return _declared(element, [*said, *_said(style)], around) if style else place


def _declared(element: Any, said: Sequence[Said], around: Place) -> Place:
    """Return the place that declarations make of an element's (CSS Cascade 4 §6)."""
    values = {name: value for _, name, value in sorted(said, key=lambda one: one[0])}
    own = {name: value for name, value in values.items() if name.startswith("--")}
    variables = {**around.variables, **own} if own else around.variables
    return Place(_look(element, {n: _filled(values[n], variables) for n in values}, around.look), variables)


def _is_html(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(tag(""))


@lru_cache(maxsize=16)
def _cascade(sheets: tuple[str, ...], dark: bool, *, bare: bool = False) -> Cascade | None:
    """Return the rules of style sheets; None where they give no colour, unless `bare`."""
    if dark and not any("prefers-color-scheme" in sheet for sheet in sheets):
        return None
    rules = [rule for sheet in sheets for rule in _rules(parse_stylesheet(sheet, True, True), dark)]
    colours = any(name in _COLOURS for _, said in rules for _, name, _ in said)
    if not bare and not colours:
        return None
    matcher, names, plain = Matcher(), set[str](), True
    for selector, said in rules:
        try:
            for one in parse(selector):
                matcher.add_selector(CompiledSelector(one), said)
                plain = _names(one.parsed_tree, names) and plain
        except SelectorError:
            continue  # which no reader understands either
    page = Look(_WHITE if dark else _BLACK, _BLACK if dark else _WHITE, 1.0, bold=False)
    return Cascade(matcher, frozenset(names), plain, Place(page, {}))


def _names(tree: Any, names: set[str]) -> bool:
    """Add the classes and ids that a selector asks for; tell whether it asks for elements, and no more."""
    if isinstance(tree, CombinedSelector):
        left, right = _names(tree.left, names), _names(tree.right, names)
        return left and right and tree.combinator in {" ", ">"}
    if not isinstance(tree, CompoundSelector):
        return False
    names.update(one.class_name for one in tree.simple_selectors if isinstance(one, ClassSelector))
    names.update(one.ident for one in tree.simple_selectors if isinstance(one, IDSelector))
    return all(isinstance(one, _SIMPLE) for one in tree.simple_selectors)


def _rules(nodes: Any, dark: bool) -> Iterator[tuple[str, list[Said]]]:
    for node in nodes:
        if node.type == "at-rule" and node.content is not None and _counts(node, dark):
            yield from _rules(parse_stylesheet(node.content, True, True), dark)
        elif node.type == "qualified-rule" and (said := list(_said(node.content))):
            yield serialize(node.prelude), said


def _counts(node: Any, dark: bool) -> bool:
    asked = serialize(node.prelude).lower()
    scheme = re.search(r"prefers-color-scheme\s*:\s*(\w+)", asked)
    wrong = scheme is not None and (scheme[1] == "dark") is not dark
    return node.lower_at_keyword in {"media", "supports"} and "print" not in asked and not wrong


def _said(content: Any) -> Iterator[Said]:
    for node in parse_blocks_contents(content, True, True):
        if node.type == "declaration":
            name = node.name if node.name.startswith("--") else node.lower_name
            if name in {*_COLOURS, "font-size", "font-weight"} or name.startswith("--"):
                yield node.important, name, serialize(node.value).strip()


def _filled(value: str, variables: Mapping[str, str]) -> str:
    for _ in range(9):  # a variable may stand in another, and in itself
        value, count = _VARIABLE.subn(lambda m: variables.get(m[1], m[2] or "").strip(), value)
        if not count:
            break
    return value


def _look(element: Any, said: Mapping[str, str], parent: Look) -> Look:
    local = element.tag.rpartition("}")[2]
    ground = _ground(said, parent.ground)
    colour = _blended(said.get("color", ""), ground) or parent.colour
    size = _size(said.get("font-size", ""), parent.size * _HEADINGS.get(local, 1.0), parent.size)
    bold = parent.bold or local in {"b", "strong", "th", *_HEADINGS, "h4"}
    if weight := said.get("font-weight"):
        bold = weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= 700)
    return replace(parent, colour=colour, ground=ground, size=size, bold=bold)


def _ground(said: Mapping[str, str], behind: Colour | None) -> Colour | None:
    values = [said[name] for name in ("background", "background-color", "background-image") if name in said]
    if any(re.search(r"url\(|gradient\(", value) for value in values):
        return None
    for value in reversed(values):
        for part in re.findall(r"[\w#-]+(?:\([^()]*\))?", value):
            if (colour := _blended(part, behind)) is not None:
                return colour
    return behind


def _blended(value: str, ground: Colour | None) -> Colour | None:
    """Return a CSS colour as it shows on a ground; None for what is no colour, or nothing to be seen."""
    from tinycss2.color5 import parse_color

    parsed: Any = parse_color(value) if value else None
    if parsed is None or parsed == "currentcolor":
        return None
    srgb = parsed.to("srgb")
    if srgb.alpha == 0:
        return None
    red, green, blue = (
        min(1.0, max(0.0, band * srgb.alpha + below * (1 - srgb.alpha)))
        for band, below in zip(srgb.coordinates, ground or _WHITE, strict=True)
    )
    return red, green, blue


def _size(value: str, plain: float, parent: float) -> float:
    if value in _SIZES:
        return _SIZES[value]
    length = _LENGTH.fullmatch(value)
    if length is None:
        return plain * {"smaller": 0.83, "larger": 1.2}.get(value, 1.0)
    number, unit = float(length[1]), length[2]
    return number * (parent if unit == "em" else parent / 100 if unit == "%" else _REMS[unit])
