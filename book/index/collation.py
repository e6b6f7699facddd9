"""The order of words in a language, and the letters under which they stand: as CLDR has them, by ICU."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ORNAMENT = re.compile(r"^[\W_]+")


class Collation:
    """How one language sorts."""

    def __init__(self, language: str) -> None:
        import icu

        locale = icu.Locale.forLanguageTag(language)
        self._collator = icu.Collator.createInstance(locale)
        index = icu.AlphabeticIndex(locale)
        index.addLabels(icu.Locale.getEnglish())
        self._letters = index.buildImmutableIndex()

    @property
    def key(self) -> Callable[[str], bytes]:
        """Return what makes a sort key of a heading; quotation marks before it do not count."""
        return lambda text: bytes(self._collator.getSortKey(_plain(text)))

    def letter(self, text: str) -> str:
        """Return the letter under which a heading stands, or nothing for what no letter begins."""
        plain = _plain(text)
        label, kind = self._letters.getBucket(self._letters.getBucketIndex(plain))
        if kind == 0:
            return str(label)
        first = plain[:1]
        return first.upper() if unicodedata.category(first or " ") in {"Lu", "Ll"} else ""


def _plain(text: str) -> str:
    return _ORNAMENT.sub("", text) or text
