"""Names in a zip that does not say how they are written: read as what they can be, where that is certain."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Sequence

_SAYS_UTF8 = 0x800
_WORD = re.compile(r"[^\W\d_]+")
_WRITTEN = "cp437"
"""What a zip's names are in that do not say otherwise, as the standard has it and Python reads them."""


def spell(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Give entries the names that were meant; those that could be several things keep what they have."""
    unsaid = [one for one in entries if not (one.flag_bits & _SAYS_UTF8 or one.filename.isascii())]
    others = [one for one in unsaid if not _is_utf8(one)]
    if not others:
        return
    raw = [one.filename.encode(_WRITTEN) for one in others]
    encoding = next((one for one in (_WRITTEN, *_SCRIPTS) if _fits(one, raw)), _WRITTEN)
    for entry, name in zip(others, raw, strict=True):
        entry.filename = name.decode(encoding)


def _is_utf8(entry: zipfile.ZipInfo) -> bool:
    """Read a name as UTF-8: some programs write it so and do not say it, as that of macOS does."""
    try:
        entry.filename = entry.filename.encode(_WRITTEN).decode("utf-8")
    except UnicodeError:
        return False
    return True


_SCRIPTS = {"cp866": ("CYRILLIC",), "cp932": ("HIRAGANA", "KATAKANA", "CJK")}
"""How systems of Russia and Japan write names, and in which scripts these then are."""


def _fits(encoding: str, raw: Sequence[bytes]) -> bool:
    """Tell whether names that are read so are words, each in the letters of one script."""
    scripts = _SCRIPTS.get(encoding, ("LATIN",))
    try:
        names = [one.decode(encoding) for one in raw]
    except UnicodeDecodeError:
        return False
    if encoding == "cp932" and not any(_script(sign) in scripts[:2] for name in names for sign in name):
        return False  # bytes of other scripts make Chinese characters, and hardly ever kana
    return all(_is_plain(name, scripts) for name in names)


def _is_plain(name: str, scripts: Sequence[str]) -> bool:
    signs = [sign for sign in name if not sign.isascii()]
    if not all(sign in "ー・々、。「」（）　" or _script(sign) in scripts for sign in signs):
        return False
    mixed = (len({sign.isascii() for sign in word}) > 1 for word in _WORD.findall(name))
    return scripts != ("CYRILLIC",) or not any(mixed)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
