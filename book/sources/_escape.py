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
    r"<|&(?=#|\w+;)"  # HTML
    r"|\](?=[(\[:])|\[(?=[\^\[!])|^\[(?=\w+\]$)"  # links, notes, a table of contents
    r"|:(?=[a-z+-][\w+-]*:)"  # emoji
    r"|^(?::(?=\s|:|$)|=(?==)|[!?](?=[!?]{2})|/(?=//)|\||~(?=~)|\.(?=\w))"  # blocks of many kinds
)
_MATH = re.compile(r"\$\$|\$(?!\s)[^$]*(?<!\s)\$")


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
    if referenced:
        spans |= {place: True for place, char in enumerate(text) if char in referenced}
    pieces: list[str] = []
    last = 0
    for place in sorted(spans):
        pieces += text[last:place], _reference(text[place]) if spans[place] else f"\\{text[place]}"
        last = place + 1
    return "".join((*pieces, text[last:]))


def _reference(sign: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(sign, f"&#{ord(sign)};")
