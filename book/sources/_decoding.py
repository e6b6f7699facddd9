"""Make text of bytes that say, rightly or not, which encoding they are in."""

from __future__ import annotations

import codecs
import re
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_WIDER = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "utf-8", "iso8859-9": "cp1254"}
"""Encodings that mean another in practice, as browsers know."""

_MANY = 8
"""Characters beyond ASCII that do not happen to look like UTF-8."""

_HALVES = re.compile("\udced([\udca0-\udcaf])([\udc80-\udcbf])\udced([\udcb0-\udcbf])([\udc80-\udcbf])")
_HALF = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_ESCAPED_TAIL = re.compile("[\udc80-\udcff]{1,5}\\Z")
ABSENT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def encoding_of(head: bytes) -> str:
    """Return the encoding of a file that begins with `head`: by its mark, its XML declaration, or UTF-8."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return "utf-8-sig" if encoding == "utf-8" else encoding
    declared = _DECLARED.match(head)
    name = declared[1].decode() if declared else "utf-8"
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except LookupError:
        return "utf-8"
    known = _WIDER.get(known, known)
    return "utf-8" if known.startswith(("utf-16", "utf-32")) else known  # its head would look otherwise


def _is_utf8(head: bytes) -> bool:
    """Tell whether bytes beyond ASCII can only be UTF-8: many that fit, or few that give Latin letters."""
    try:
        text, _ = codecs.utf_8_decode(head, "strict", False)
    except UnicodeDecodeError:
        return False
    beyond = [char for char in text if not char.isascii()]
    usual = all("\u00c0" <= char < "\u0180" or "\u2010" <= char < "\u2040" for char in beyond)
    return len(beyond) >= _MANY or bool(beyond and usual)


class Decoder:
    """Decodes a file piece by piece; `mends` counts, in words for the author, what was not as declared.

    `head` is how it begins: as much of it as is at hand.

    Bytes that are no UTF-8 are read as windows-1252, which is what they mostly are; characters that no
    text holds are dropped.
    """

    def __init__(self, head: bytes) -> None:
        self.encoding = encoding_of(head)
        self.mends: Counter[str] = Counter()
        if not self.encoding.startswith("utf-") and _is_utf8(head):
            self.mends[
                f"files were read as UTF-8, which they are, and not as the `{self.encoding}` they say"
            ] = 1
            self.encoding = "utf-8"
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        self._decoder = codecs.getincrementaldecoder(self.encoding)(errors)
        self._kept = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of the next bytes."""
        text = self._kept + self._decoder.decode(data, final)
        self._kept = ""
        if not final and (tail := _ESCAPED_TAIL.search(text)):
            self._kept, text = tail[0], text[: tail.start()]
        if not text.isascii():
            text, halves = _HALF.subn("\ufffd", _HALVES.sub(_whole, text))
            if halves:
                self.mends["halves of characters were replaced"] += halves
            text = _ESCAPED.sub(self._guessed, text)
        clean, dropped = ABSENT.subn("", text)
        if dropped:
            self.mends["control characters were dropped"] += dropped
        return clean

    def _guessed(self, match: re.Match[str]) -> str:
        data = match[0].encode("utf-8", "surrogateescape")
        self.mends["bytes that are not UTF-8 were read as windows-1252"] += len(data)
        return data.decode("cp1252", "replace")


def _whole(match: re.Match[str]) -> str:
    """Make one character of two halves that were each written as a character (CESU-8)."""
    a, b, c, d = (ord(char) & 0xFF for char in match.groups())
    high, low = 0xD000 | (a & 0x3F) << 6 | b & 0x3F, 0xD000 | (c & 0x3F) << 6 | d & 0x3F
    return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))


def decoded(data: bytes) -> tuple[str, Counter[str]]:
    """Return the text of a whole file, lines ended by `\\n`, and what was mended in it."""
    decoder = Decoder(data)
    text = decoder.decode(data, final=True).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n"), decoder.mends
