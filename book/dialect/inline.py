"""Marks within lines, looked for only in texts that have the sign they begin with.

Python-Markdown looks for every kind of mark in every text: some twenty searches, of which plain prose
needs none. What is found is the same; a test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "display": ("$$",),
    "arithmatex-inline": ("$", "\\("),
    "hard-break": ("\\\n",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "del": ("~~",),
    "sub": ("~",),
    "ins": ("^^",),
    "sup": ("^",),
    "em_strong": ("*", "_"),
}
"""One of which a text must have for a pattern to find something in it."""

_ALL = ("",)
"""The signs of a pattern that is not known: it looks everywhere."""


class Inline(InlineProcessor):
    """Finds the marks within lines."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        patterns = md.inlinePatterns
        signs = {id(patterns[name]): signs for name, signs in _SIGNS.items() if name in patterns}
        self._looking = [(pattern, signs.get(id(pattern), _ALL)) for pattern in patterns]

    def _InlineProcessor__handleInline(self, data: Any, patternIndex: int = 0) -> Any:
        """Stand for the method that finds marks in one text, from a pattern on."""
        if isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self._looking):
            pattern, signs = self._looking[patternIndex]
            matched = False
            if any(sign in data for sign in signs):
                apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
                data, matched, start = apply(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1
                start = 0
        return data
