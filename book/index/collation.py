"""The order of words in a language, and the letters under which they stand: as CLDR has them, by ICU."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ORNAMENT = re.compile(r"^[\W_]+")
_AL = re.compile(r"^ال(?!له\b)(?=\w{2})")
"""The article of Arabic, which is written as one with its word, and does not count in any list."""
_KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class Collation:
    """How one language sorts."""

    def __init__(self, language: str) -> None:
        import icu

        self._language = language.partition("-")[0].lower()
        locale = icu.Locale.forLanguageTag(language)
        self._collator = icu.Collator.createInstance(locale)
        index = icu.AlphabeticIndex(locale)
        index.addLabels(icu.Locale.getEnglish())
        self._letters = index.buildImmutableIndex()

    @property
    def key(self) -> Callable[[str], bytes]:
        """Return what makes a sort key of a heading; quotation marks before it do not count."""
        return lambda text: bytes(self._collator.getSortKey(self._plain(text)))

    def letter(self, text: str) -> str:
        """Return the letter under which a heading stands, or nothing for what no letter begins."""
        plain = self._plain(text)
        if self._language == "ja" and _KANJI.match(plain):
            return "漢字"  # their reading is not known, and ICU has them all after the last sound
        label, kind = self._letters.getBucket(self._letters.getBucketIndex(plain))
        if kind == 0:
            return str(label)
        first = plain[:1]
        return first.upper() if unicodedata.category(first or " ") in {"Lu", "Ll"} else ""

    def _plain(self, text: str) -> str:
        plain = _ORNAMENT.sub("", text) or text
        return _AL.sub("", plain) if self._language == "ar" else plain
