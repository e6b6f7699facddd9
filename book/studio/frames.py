"""The type area of an edition's pages: margins as its style sheets give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from book import lengths
from book.model import Sheet

_SIDES = ("top", "right", "bottom", "left")


def frame(sheets: Iterable[Sheet]) -> Mapping[str, Any] | None:
    """Return the margins of facing pages in points, None where some is no plain length.

    They are those of a right-hand page, and the left mirrors it; a page of a kind of its own
    (a plate, a title page) may differ.
    """
    found: dict[str, tuple[bool, str]] = {}
    for sheet in sheets:
        for own, side, value in _declared(sheet.text):
            if own or not found.get(side, (False, ""))[0]:
                found[side] = (own, value)
    right = {side: value for side, (_, value) in found.items()}
    try:
        return {
            "top": lengths.points(right["top"]),
            "bottom": lengths.points(right["bottom"]),
            "inside": lengths.points(right["left"]),
            "outside": lengths.points(right["right"]),
        }
    except (KeyError, ValueError):
        return None


def _declared(text: str) -> Iterable[tuple[bool, str, str]]:
    """Yield the margins of right-hand pages: whether they are only theirs, the side, the length."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "page" or rule.content is None:
            continue
        page = tinycss2.serialize(rule.prelude).strip()
        if page not in ("", ":right"):
            continue
        for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if one.type == "declaration":
                values = tinycss2.serialize(one.value).split()
                yield from ((page != "", side, value) for side, value in _sides(one.lower_name, values))


def _sides(name: str, values: list[str]) -> Iterable[tuple[str, str]]:
    if name == "margin" and 1 <= len(values) <= 4:
        top, right, bottom, left = (values * 4)[:4] if len(values) != 3 else (*values, values[1])
        return list(zip(_SIDES, (top, right, bottom, left), strict=True))
    return [(side, values[0]) for side in _SIDES if name == f"margin-{side}" and values]
