"""The margins that style sheets give to facing pages, read from their `@page` rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from book import lengths
from book.model import Sheet


def inside_and_outside(sheets: Iterable[Sheet]) -> tuple[str | None, str | None]:
    """Return the inside and outside margin of a right-hand page, where a sheet gives them as lengths."""
    found: dict[str, tuple[bool, str]] = {}
    for sheet in sheets:
        for sided, name, value in _declared(sheet.text):
            if sided or not found.get(name, (False, ""))[0]:
                found[name] = (sided, value)
    return tuple(found[name][1] if name in found else None for name in ("left", "right"))  # type: ignore[return-value]


def _declared(text: str) -> Iterable[tuple[bool, str, str]]:
    """Yield left and right margins of right-hand pages: whether only theirs, the side, the length."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "page" or rule.content is None:
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        if selector not in ("", ":right"):
            continue
        for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if one.type == "declaration":
                yield from ((selector != "", side, value) for side, value in _sides(one))


def _sides(declaration: Any) -> Iterable[tuple[str, str]]:
    import tinycss2

    name = declaration.lower_name
    values = [lengths.written(part) for part in tinycss2.serialize(declaration.value).split()]
    if name == "margin" and 1 <= len(values) <= 4:
        right = values[min(1, len(values) - 1)]
        pairs = [("right", right), ("left", values[3] if len(values) == 4 else right)]
    else:
        pairs = [(side, values[0]) for side in ("left", "right") if name == f"margin-{side}" and values]
    return [(side, value) for side, value in pairs if value]
