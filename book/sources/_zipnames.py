"""Names in a zip that does not say how they are written: read as what they can be, where that is certain."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

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
    encoding = next((one for one in (_WRITTEN, *_SCRIPTS) if _fits(one, raw)), None) or _only_one(raw)
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


def _only_one(raw: Sequence[bytes]) -> str:
    """Return the one encoding, of those that share their bytes with others, in which names are words."""
    able = [one for one, reads in _SHARED.items() if (names := _decoded(one, raw)) and reads("".join(names))]
    return able[0] if len(able) == 1 else _WRITTEN


def _decoded(encoding: str, raw: Sequence[bytes]) -> list[str]:
    try:
        return [f"{one.decode(encoding)}\n" for one in raw]
    except UnicodeDecodeError:
        return []


def _is_western(text: str) -> bool:
    """Tell whether no word has more accents than plain letters, as other alphabets taken for ours have."""
    accents = (2 * sum(not sign.isascii() for sign in word) <= len(word) for word in _WORD.findall(text))
    known = all(sign.isascii() or sign.lower() in _WESTERN for sign in text)
    return known and all(accents) and not _swollen(text)


def _is_russian(text: str) -> bool:
    """Tell whether long text is Cyrillic with capitals where words begin, and only there."""
    letters = [sign for sign in text if not sign.isascii()]
    capitals = sum(sign.isupper() for sign in letters)
    plain = len(letters) >= _MANY and _is_plain(text, ("CYRILLIC",)) and not _swollen(text)
    return plain and 0 < capitals < len(letters) / 2


def _is_korean(text: str) -> bool:
    letters = [sign for sign in text if not sign.isascii()]
    return len(letters) >= _MANY and all(_script(sign) == "HANGUL" for sign in letters)


def _is_chinese(text: str) -> bool:
    """Tell whether long text is of common characters, some of which stand where no Korean syllable does."""
    places = [sign.encode("gbk")[0] for sign in text if not sign.isascii()]
    common = all(0xB0 <= place <= 0xD7 for place in places)
    signs = all(sign.isascii() or _script(sign) == "CJK" for sign in text)
    return len(places) >= _MANY and common and signs and max(places) > 0xC8


def _swollen(text: str) -> bool:
    """Tell whether a capital follows a small letter, as it does where letters are taken for others."""
    return any(one.islower() and other.isupper() for one, other in pairwise(text))


_MANY = 30
"""So many letters tell one writing from another that gives the same bytes."""
_WESTERN = frozenset("áàâãäåæçéèêëíìîïñóòôõöøúùûüßœ")
_SHARED: Mapping[str, Callable[[str], bool]] = {
    "cp850": _is_western,
    "cp1252": _is_western,
    "cp1251": _is_russian,
    "cp949": _is_korean,
    "gbk": _is_chinese,
}


def _is_plain(name: str, scripts: Sequence[str]) -> bool:
    signs = [sign for sign in name if not sign.isascii()]
    if not all(sign in "ー・々、。「」（）　" or _script(sign) in scripts for sign in signs):
        return False
    mixed = (len({sign.isascii() for sign in word}) > 1 for word in _WORD.findall(name))
    return scripts != ("CYRILLIC",) or not any(mixed)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
