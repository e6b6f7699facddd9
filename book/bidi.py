"""Marks that turn the direction of text: those that a paragraph closes again stay, all others go.

An override, or an embedding left open, would turn the words after it around; a reader then sees
another text than the one that is there.
"""

from __future__ import annotations

import re

_CLOSING = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_OVERRIDES = "\u202d\u202e"
_MARK = re.compile(
    "[\u202a-\u202e\u2066-\u2069]|\n[ \t]*\n"
    r"|</?(?:p|div|li|ul|ol|t[dhr]|h[1-6]|blockquote|br|hr|d[ldt]|pre|figcaption|table|section)\b",
    re.IGNORECASE,
)


def settled(text: str) -> tuple[str, int]:
    """Return text, plain or HTML, without overrides and unpaired marks, and how many there were."""
    if not re.search("[\u202a-\u202e\u2066-\u2069]", text):
        return text, 0
    wrong: list[int] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        if len(mark) > 1:  # a block begins or ends
            wrong += [before for _, before in open_marks]
            open_marks.clear()
        elif mark in _CLOSING or mark in _OVERRIDES:
            open_marks.append((mark, place))
        elif open_marks and _CLOSING.get(open_marks[-1][0], "\u202c") == mark:
            opening, before = open_marks.pop()
            wrong += [before, place] if opening in _OVERRIDES else []
        else:
            wrong.append(place)
    wrong += [before for _, before in open_marks]
    gone = set(wrong)
    return "".join(letter for place, letter in enumerate(text) if place not in gone), len(gone)
