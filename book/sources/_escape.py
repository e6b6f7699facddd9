"""Write plain text as Markdown that reads as the text was written.

A character is escaped only where it could mean something. Backslashes are for what every Markdown knows
to escape; what extensions give a meaning becomes a character reference, which no extension reads.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\*`{]|(?<![^\W_])_|_(?![^\W_])")
_BEGINNINGS = re.compile(r"[#>]|[-+](?=[\s+-]|$)|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d+(?=[.)](?:\s|$))")
_EXTENSIONS = re.compile(
    r"<|&(?=#?\w+;)"  # HTML
    r"|\](?=[(\[:])|\[(?=[\^\[!])|^\[(?=\w+\]$)"  # links, notes, a table of contents
    r"|:(?=[a-z+-][\w+-]*:)"  # emoji
    r"|^(?::(?=\s|:|$)|=(?==)|[!?](?=[!?]{2})|/(?=//)|\||~(?=~)|\.(?=\w))"  # blocks of many kinds
)
_MATH = re.compile(r"\$\$|\$(?!\s)[^$]*(?<!\s)\$(?!\d)")


def escaped(text: str) -> str:
    """Escape one paragraph: one line, without white space around it."""
    referenced = {
        char for char, signs in (("~", "~"), ("^", "^"), ("=", "=="), ("+", "++")) if text.count(signs) > 1
    }
    if _MATH.search(text):
        referenced.add("$")
    number = _NUMBER.match(text)
    first = number.end() if number else 0
    spans = {match.start(): False for match in _SIGNS.finditer(text)}
    if _BEGINNINGS.match(text, first):
        spans[first] = False
    spans |= {match.start(): True for match in _EXTENSIONS.finditer(text)}
    spans |= {place: True for place, char in enumerate(text) if char in referenced}
    return "".join(_written(char, spans.get(place)) for place, char in enumerate(text))


def _written(char: str, referenced: bool | None) -> str:
    """Write a character as it is (None), after a backslash, or as a reference."""
    if referenced is None:
        return char
    return {"<": "&lt;", "&": "&amp;"}.get(char, f"&#{ord(char)};") if referenced else f"\\{char}"
