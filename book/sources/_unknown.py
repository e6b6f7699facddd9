"""Make text of bytes that say nothing of the encoding they are in."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

from book.errors import BookError
from book.model import Notice
from book.sources._decoding import ABSENT, decoded
from book.textfile import read_bytes
from book.textfile import text_of as utf8_of

_MOSTLY = 20
_SAMPLE = 200_000
_FEW = 8
"""So few bytes beyond ASCII tell nothing: they are taken for what is most common."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_JAPANESE = ("iso2022_jp", "euc_jp", "cp932")
_LIKELY = [
    *_JAPANESE, "gb18030", "big5", "euc_kr", "cp1256", "cp1251", "koi8_r", "cp1252",
    "cp1250", "cp1253", "cp1254", "cp1255",
]  # fmt: skip


def read(path: Path, encoding: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """Return a file's text, and what was guessed or mended in it; raise BookError where it is no text."""
    data = read_bytes(path)
    try:
        if encoding is None and b"\x1b$" not in data[:_SAMPLE]:  # as ISO-2022-JP begins
            return _without_controls(utf8_of(data, path), path)
    except BookError:
        if b"\0" in data and data[:2] not in _WIDE:
            raise
    text, mends = text_of(data, encoding)
    hint = None if encoding else "if letters are wrong: `--option encoding=shift-jis` says what it is"
    return text, tuple(Notice(f"{what}: {count}", path, hint=hint) for what, count in sorted(mends.items()))


def _without_controls(text: str, path: Path) -> tuple[str, tuple[Notice, ...]]:
    """Drop the characters of a text that no reader saw, and that no file can hold."""
    clean, dropped = ABSENT.subn("", text)
    told = (Notice(f"control characters were dropped: {dropped}", path),) if dropped else ()
    return clean, told


def text_of(data: bytes, encoding: str | None = None) -> tuple[str, Counter[str]]:
    """Return the text of a whole file, lines ended by `\\n`, and what was mended or guessed in it.

    What is mostly UTF-8 is read as such; else the likeliest of the encodings that blogs were written in
    is taken, unless `encoding` names one.
    """
    if encoding is None:
        if _is_mostly_utf8(data):
            return decoded(data)
        encoding = _likeliest(data)
        told = Counter({f"texts that are not UTF-8 were taken for {encoding.replace('_', '-')}": 1})
    else:
        told = Counter()
    try:
        text = data.decode(encoding, "replace")
    except LookupError as error:
        raise BookError(f"there is no encoding named `{encoding}`", hint="it is like `shift-jis`") from error
    text, mends = decoded(text.encode("utf-8", "replace"))
    return text, told + mends


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether of what is beyond ASCII most is well-formed UTF-8, or the file is marked as something."""
    if data[:2] in _WIDE or data.startswith(codecs.BOM_UTF8):
        return True
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii():
        return "\x1b$" not in text[:_SAMPLE]  # as ISO-2022-JP begins
    wrong = sum("\udc80" <= char <= "\udcff" for char in text)
    right = sum(char > "\x7f" for char in text) - wrong
    return right >= wrong * _MOSTLY


def _likeliest(data: bytes) -> str:
    if sum(byte > 127 for byte in data[:_SAMPLE]) < _FEW and b"\x1b$" not in data:
        return "cp1252"
    from charset_normalizer import from_bytes

    beyond = next((place for place, byte in enumerate(data) if byte > 127 or byte == 27), 0)
    start = data.rfind(b"\n", 0, beyond) + 1
    sample = data[start : start + _SAMPLE]
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    if japanese := next((name for name in _JAPANESE if _has_kana(sample, name)), None):
        return japanese
    best = from_bytes(sample, cp_isolation=_LIKELY).best()
    return best.encoding if best else "cp1252"


def _has_kana(sample: bytes, encoding: str) -> bool:
    """Tell whether bytes read so are as Japanese is: much of what is not ASCII is kana of full width."""
    text = sample.decode(encoding, "ignore")
    beyond = sum(char > "\x7f" for char in text)
    kana = sum("\u3041" <= char <= "\u30fe" for char in text)
    return kana * 5 > beyond and len(text.encode(encoding)) * 50 > len(sample) * 49
