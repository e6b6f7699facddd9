"""The margins that style sheets give to facing pages, read from their `@page` rules and held to a gutter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from book import lengths
from book.model import Sheet

_SIDES = ("top", "right", "bottom", "left")


def inside_and_outside(sheets: Iterable[Sheet]) -> tuple[str | None, str | None]:
    """Return the inside and outside margin of a right-hand page, where a sheet gives them as lengths."""
    found: dict[str, tuple[bool, str]] = {}
    for sheet in sheets:
        for sided, name, value in _declared(sheet.text):
            if sided or not found.get(name, (False, ""))[0]:
                found[name] = (sided, value)
    return tuple(found[name][1] if name in found else None for name in ("left", "right"))  # type: ignore[return-value]


def head_and_foot(sheets: Iterable[Sheet]) -> tuple[str | None, str | None]:
    """Return the top and bottom margin of all pages, where a sheet gives them as lengths."""
    found = {
        side: value
        for sheet in sheets
        for selector, side, value in _pages(sheet.text)
        if not selector and side in ("top", "bottom")
    }
    return found.get("top"), found.get("bottom")


def of_named_pages(sheets: Iterable[Sheet], margins: Mapping[str, str | None], gutter: float) -> str:
    """Return rules that hold pages with names to an edition's own side margins, and to its gutter.

    A page with a name goes before pages without, whoever says it last. One that has no margin at
    all at a side, as a picture to the edges has, is left as it is.
    """
    lines = []
    for sheet in sheets:
        for selector, side, value in _pages(sheet.text):
            if selector[:1] in ("", ":") or side not in ("left", "right") or not lengths.points(value):
                continue
            for page in ("left", "right"):
                if not _other(selector, page):
                    held = _held("outside" if side == page else "inside", value, margins, gutter)
                    sided = selector if f":{page}" in selector else f"{selector}:{page}"
                    lines += [f"@page {sided} {{ margin-{side}: {held}; }}"] if held else []
    return "\n".join(dict.fromkeys(lines))


def _other(selector: str, page: str) -> bool:
    """Tell whether a selector is for the pages of the other side alone."""
    return (":left" if page == "right" else ":right") in selector


def _held(where: str, value: str, margins: Mapping[str, str | None], gutter: float) -> str | None:
    own = margins.get(where)
    if where == "inside" and lengths.points(own or value) < gutter:
        return f"{gutter:g}pt"
    return own


def _declared(text: str) -> Iterator[tuple[bool, str, str]]:
    """Yield left and right margins of right-hand pages: whether only theirs, the side, the length."""
    for selector, side, value in _pages(text):
        if selector in ("", ":right") and side in ("left", "right"):
            yield selector != "", side, value


@lru_cache(maxsize=32)
def _pages(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return each margin of pages: the selector, the side, the length."""
    return tuple(_read(text)) if "@page" in text.lower() else ()


def _read(text: str) -> Iterator[tuple[str, str, str]]:
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "page" or rule.content is None:
            continue
        selectors = [one.strip() for one in tinycss2.serialize(rule.prelude).split(",")]
        for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if one.type == "declaration":
                sides = _sides(one)
                yield from ((selector, *margin) for selector in selectors for margin in sides)


def _sides(declaration: Any) -> list[tuple[str, str]]:
    import tinycss2

    name = declaration.lower_name
    values = [lengths.written(part) for part in tinycss2.serialize(declaration.value).split()]
    if name == "margin" and 1 <= len(values) <= 4:
        top, right = values[0], values[min(1, len(values) - 1)]
        bottom, left = values[2] if len(values) > 2 else top, values[3] if len(values) == 4 else right
        pairs = [("top", top), ("right", right), ("bottom", bottom), ("left", left)]
    else:
        pairs = [(side, values[0]) for side in _SIDES if name == f"margin-{side}" and values]
    return [(side, value) for side, value in pairs if value]
