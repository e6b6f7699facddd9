"""HTML that nothing closes, closed at the end of its paragraph.

A browser would go on to the end of the page: bold type over all that follows, or a `<div>`
that keeps the rest of a post from being read as Markdown.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from book.pictures import code, code_blocks
from book.remarks import Say, mended

_CLOSED = frozenset(
    """
    a abbr article aside b big blockquote center cite code del details div em fieldset figure font footer form
    header i ins kbd main mark nav ol pre q s samp section small span strike strong sub sup table tt u ul var
    """.split()  # noqa: SIM905
)
"""Elements that HTML closes only by a tag of their own."""

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_TAG = re.compile(
    r"(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z]+)"
    rf"(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*{_VALUE})?)*+\s*(?P<empty>/?)>"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_END = re.compile(r"(?<!\\)\\*+(?:[ \t]*\n[ \t]*(?=\n|\Z)|\Z)")
"""The end of a paragraph, with a sign that would keep a tag after it from being one."""


def closed(text: str, say: Say) -> str:
    """Return Markdown in which every tag that needs another has it; tell which had none."""
    if "<" not in text:
        return text
    apart = sorted([*code(text), *(match.span() for match in _COMMENT.finditer(text))])
    ends = sorted(
        [*(end.start() for end in _END.finditer(text)), *(start - 1 for start, _ in code_blocks(text))]
    )
    missing: dict[int, str] = {}
    for match in _unclosed(text, apart):
        name = match["name"].lower()
        place = match.end()
        if not match["empty"]:  # as XHTML has it: nothing is in it
            place = ends[bisect_left(ends, place)]
            say(mended("unclosed", match[0], text[match.start() : match.start() + 200].partition("\n")[0]))
        missing[place] = f"</{name}>{missing.get(place, '')}"
    pieces: list[str] = []
    last = 0
    for place, tags in sorted(missing.items()):
        pieces += text[last:place], tags
        last = place
    return "".join((*pieces, text[last:]))


def _unclosed(text: str, apart: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the tags that open what nothing closes; a tag in code may close, since some HTML is indented."""
    opened: dict[str, list[re.Match[str]]] = {}
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name not in _CLOSED:
            continue
        if match["end"]:
            if opened.get(name):
                opened[name].pop()
        elif not _is_within(match.start(), apart):
            opened.setdefault(name, []).append(match)
    left = (match for matches in opened.values() for match in matches)
    yield from sorted(left, key=lambda match: match.start())


def _is_within(place: int, apart: list[tuple[int, int]]) -> bool:
    before = bisect_right(apart, (place, sys.maxsize))
    return any(start <= place < end for start, end in apart[max(0, before - 2) : before])
