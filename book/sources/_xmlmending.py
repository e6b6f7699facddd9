"""Mend what is commonly wrong in the text of an XML file, before a parser reads it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from html.entities import html5

_BEGINS = re.compile(
    r"<\?xml\b|<!DOCTYPE\b|<(?:rss|feed|rdf:RDF|channel|livejournal|tumblr|opml)\b", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[A-Za-z!?]")
_MARK = re.compile(
    r"<!\[CDATA\[|<!--|\]\]>|<(?![A-Za-z_:/!?\x80-\U0010ffff])"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(?P<decimal>\d{1,9})|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,8})|(?P<name>[A-Za-z][A-Za-z0-9]{0,31}));"
    r"|&(?!(?:amp|lt|gt|quot|apos);)"
)
_HALF = re.compile(r"&#(?:(\d{5})|[xX]([0-9a-fA-F]{4}));")
_HELD = 48
_JUNK = 2**16


def without_junk(text: str) -> tuple[str, str]:
    """Part the beginning of a file into its XML and what stands before that."""
    head = text[:_JUNK]
    start = _BEGINS.search(head) or _ANY_TAG.search(head)
    place = start.start() if start and not head.startswith("<?xml") else 0
    return text[place:], text[:place]


class Mender:
    """Rewrites text piece by piece: HTML's names for characters, references that XML forbids.

    With `recover`, also a bare `&` or `<`, and the end of a CDATA section inside it. `mends` counts what
    it did; `column` finds a place again in the text as it was.
    """

    def __init__(self, recover: bool = False) -> None:
        self.recover = recover
        self.mends: Counter[str] = Counter()
        self._state = "text"
        self._held = ""
        self._line = 1
        self._column = 0
        self._shifts: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def mend(self, text: str, final: bool = False) -> str:
        """Return the next piece of text, mended; some of it may be held back until the next."""
        text = self._held + text
        end = len(text) if final else max(0, len(text) - _HELD)
        pieces: list[str] = []
        place = 0
        while place < end:
            place = self._step(text, place, end, pieces)
        self._held = text[place:]
        return "".join(pieces)

    def _step(self, text: str, place: int, end: int, pieces: list[str]) -> int:
        """Write what stands up to the next mark, and the mark; return where it ends."""
        if self._state != "text":
            closing = "]]>" if self._state == "cdata" else "-->"
            found = text.find(closing, place, end + 2)
            if found >= 0:
                return self._close(text, place, found, pieces)
        elif (mark := _MARK.search(text, place, end + _HELD)) and mark.start() < end:
            self._write(pieces, text[place : mark.start()])
            return self._mark(text, mark, pieces)
        self._write(pieces, text[place:end])
        return end

    def _close(self, text: str, place: int, found: int, pieces: list[str]) -> int:
        stop = found + 3
        if self._state == "cdata" and self.recover and not _ends_cdata(text, stop):
            self.mends["ends of CDATA inside a text were mended"] += 1
            self._write(pieces, text[place:found])
            self._replace(pieces, "]]>", "]]]]><![CDATA[>")
            return stop
        self._state = "text"
        self._write(pieces, text[place:stop])
        return stop

    def _mark(self, text: str, mark: re.Match[str], pieces: list[str]) -> int:
        old = mark[0]
        if old in ("<![CDATA[", "<!--"):
            self._state = "cdata" if old == "<![CDATA[" else "comment"
            self._write(pieces, old)
            return mark.end()
        old, new = self._mended(text, mark)
        self._replace(pieces, old, new)
        return mark.start() + len(old)

    def _mended(self, text: str, mark: re.Match[str]) -> tuple[str, str]:
        """Return what to take out of the text at a mark, and what to put there."""
        if name := mark["name"]:
            if found := html5.get(f"{name};"):
                self.mends["HTML names of characters were understood"] += 1
                return mark[0], "".join(f"&#{ord(char)};" for char in found)
            return self._bare(mark[0], "&amp;" + mark[0][1:])
        if mark["decimal"] or mark["hexadecimal"]:
            number = int(mark["decimal"] or mark["hexadecimal"], 10 if mark["decimal"] else 16)
            return self._numbered(text, mark, number)
        return self._bare(mark[0], {"&": "&amp;", "<": "&lt;"}.get(mark[0], "]]&gt;"))

    def _numbered(self, text: str, mark: re.Match[str], number: int) -> tuple[str, str]:
        if 0xD800 <= number < 0xDC00 and (half := _HALF.match(text, mark.end())):
            low = int(half[1] or half[2], 10 if half[1] else 16)
            if 0xDC00 <= low < 0xE000:
                whole = 0x10000 + ((number & 0x3FF) << 10) + (low & 0x3FF)
                return mark[0] + half[0], f"&#{whole};"
        if (
            number in (9, 10, 13)
            or 32 <= number < 0xD800
            or 0xE000 <= number < 0xFFFE
            or 0xFFFF < number < 0x110000
        ):
            return mark[0], mark[0]
        self.mends["control characters were dropped"] += 1
        return mark[0], ""

    def _bare(self, old: str, new: str) -> tuple[str, str]:
        if not self.recover:
            return old, old
        self.mends["characters that XML does not allow bare were mended"] += 1
        return old, new

    def _write(self, pieces: list[str], text: str) -> None:
        pieces.append(text)
        lines = text.count("\n")
        self._line += lines
        self._column = len(text) - text.rindex("\n") - 1 if lines else self._column + len(text)

    def _replace(self, pieces: list[str], old: str, new: str) -> None:
        self._write(pieces, new)
        if len(old) != len(new):
            self._shifts[self._line].append((self._column, len(old) - len(new)))

    def column(self, line: int, column: int) -> int:
        """Return where a column of the mended text stands in the text as it was."""
        return column + sum(shift for place, shift in self._shifts.get(line, ()) if place <= column)


def _ends_cdata(text: str, place: int) -> bool:
    """Tell whether a CDATA section that ends here ends as exports end them: before a tag or another one."""
    rest = text[place : place + _HELD].lstrip()
    return rest.startswith(("</", "<![CDATA["))
