"""Find the pictures that Markdown refers to, outside its code, and rewrite the references."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENTED = re.compile(r"(?: {4}|\t)")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)])\s")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*+")
_BACKTICKS = re.compile(r"`+")
_ADDRESS = r"(?:<(?P<a{0}>[^<>\n]+)>|(?P<b{0}>(?:\{{\{{[^{{}}\n]*\}}\}}|[^\s()<>]|\([^\s()]*\))++))"
_TITLE = r"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?\s*"""
_REFERENCE = re.compile(
    "|".join(
        (
            r"(?P<inline>\])\(\s*" + _ADDRESS.format(1) + _TITLE + r"\)",
            r"^ {0,3}\[[^\]\n]+\]:\s*" + _ADDRESS.format(2) + r"(?=\s|$)",
            r"<(?P<tag>img|a|source|video|audio)\b[^<>]*?\s(?:src|href)\s*=\s*"
            r"""(?:"(?P<c3>[^"<>]*)"|'(?P<d3>[^'<>]*)'|(?P<e3>[^\s"'<>]+))""",
        )
    ),
    re.MULTILINE | re.IGNORECASE,
)
_LONGEST_TEXT = 1000
_GROUPS = ("a1", "b1", "a2", "b2", "c3", "d3", "e3")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|jfif)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a body, where it stands, and whether a picture is shown there (not only linked)."""

    address: str
    start: int
    end: int
    shown: bool


def references(body: str) -> Iterator[Reference]:
    """Give the addresses of pictures, links and definitions in a body, in order, outside code."""
    found = list(_REFERENCE.finditer(body))
    apart = code(body) if found else []
    for match in found:
        before = bisect_right(apart, (match.start(), len(body)))
        if before and match.start() < apart[before - 1][1]:
            continue
        group = next(name for name in _GROUPS if match[name] is not None)
        address = unescape(match[group]).strip()
        shown = _is_picture(body, match.start()) if match["inline"] else (match["tag"] or "").lower() == "img"
        if address:
            yield Reference(address, *match.span(group), shown)


def _is_picture(body: str, close: int) -> bool:
    """Tell whether the bracket that closes here was opened by `![`, and not by `[`."""
    depth = 0
    for place in range(close, max(close - _LONGEST_TEXT, -1), -1):
        if body[place] in "[]" and body[place - 1 : place] != "\\":
            depth += 1 if body[place] == "]" else -1
            if depth == 0:
                return body[place - 1 : place] == "!"
    return False


def pictures(body: str) -> list[str]:
    """Return the addresses of the pictures a body shows, and of those it only links to, each once."""
    found = (
        reference.address
        for reference in references(body)
        if reference.shown or names_image(reference.address)
    )
    return list(dict.fromkeys(found))


def names_image(address: str) -> bool:
    """Tell whether an address ends as the names of pictures do."""
    return _IMAGE.search(address.partition("?")[0].partition("#")[0]) is not None


def rewritten(body: str, addresses: Mapping[str, str]) -> str:
    """Return a body with the addresses that are keys of a mapping replaced by its values."""
    if not addresses:
        return body
    pieces: list[str] = []
    last = 0
    for reference in references(body):
        if reference.address in addresses:
            pieces += body[last : reference.start], addresses[reference.address]
            last = reference.end
    return "".join((*pieces, body[last:]))


def code(body: str) -> list[tuple[int, int]]:
    """Return the stretches of a body that are code, in order: fenced, indented, or between backticks."""
    blocks = list(code_blocks(body))
    found = list(blocks)
    prose = 0
    for start, end in [*blocks, (len(body), len(body))]:
        for paragraph in _PARAGRAPH.finditer(body, prose, start):
            found += _code_spans(body, *paragraph.span())
        prose = end
    return sorted(found)


def _code_spans(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give what stands between two runs of as many backticks in one paragraph."""
    runs = list(_BACKTICKS.finditer(body, start, end))
    later: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        later.setdefault(len(runs[place][0]), []).append(place)
    place = 0
    while place < len(runs):
        same = later[len(runs[place][0])]
        while same and same[-1] <= place:
            same.pop()
        if same:
            yield runs[place].start(), runs[same[-1]].end()
            place = same[-1]
        place += 1


def code_blocks(body: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a body that are blocks of code, fenced or indented."""
    fence, begun, position = "", 0, 0
    blank, in_list, indented = True, False, False
    for row in body.splitlines(keepends=True):
        opening = _FENCE.match(row)
        if fence:
            if opening and opening[1].startswith(fence) and not row.strip(" `~\r\n"):
                yield begun, position + len(row)
                fence = ""
        elif opening:
            fence, begun = opening[1], position
        elif _INDENTED.match(row) and row.strip() and (blank or indented) and not in_list:
            indented = True
            yield position, position + len(row)
        elif row.strip():
            indented = False
            in_list = _LIST_ITEM.match(row) is not None or (in_list and (not blank or row[0] in " \t"))
        blank = not row.strip()
        position += len(row)
    if fence:
        yield begun, position
