"""Languages as people and programs write them, made the tags that books have: `français`, `zh_CN.UTF-8`."""

from __future__ import annotations

import re
from functools import cache

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
_ENCODING = re.compile(r"[.@].*")
_LONGEST = 60
_SPOKEN_IN = (
    "en", "fr", "de", "es", "pt", "it", "nl", "ru", "ja", "zh", "ko", "ar", "fa", "pl", "sv", "tr", "ca",
    "cs", "da", "el", "fi", "he", "hu", "id", "nb", "ro", "uk",
)  # fmt: skip
"""Languages in which somebody may write what a language is called, those most read first."""
_MEANT = {"jp": "ja", "cn": "zh-CN", "tw": "zh-TW", "kr": "ko", "cz": "cs", "ua": "uk", "gr": "el",
          "dk": "da", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}  # fmt: skip
"""Countries that stand for languages, where no language has their letters, or none that blogs are in."""


@cache
def tag_of(said: str) -> str | None:
    """Return the tag of a language that is said as a tag, as a locale or in words; None for what is none."""
    text = " ".join(said.split())
    if not any(map(str.isalpha, text)) or len(text) > _LONGEST:
        return None
    if found := code_of(_ENCODING.sub("", text)):
        return found
    return _by_name().get(_folded(text)) or _by_name().get(_folded(re.sub(r"\(.*", "", text)))


@cache
def code_of(text: str) -> str | None:
    """Return the tag that a code stands for, written as tags are; None for what is no language's."""
    if meant := _MEANT.get(text.lower()):
        return meant
    match = _TAG.fullmatch(text)
    if match is None or match[1].lower() not in _codes():
        return None
    script, region = (match[2] or "").title(), (match[3] or "").upper()
    return "-".join(filter(None, (match[1].lower(), script, region)))


def primary(tag: str) -> str:
    """Return the language of a tag, without where and how it is written."""
    return tag.split("-")[0].lower()


@cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(code for code in map(str, Locale("en").languages) if "_" not in code)


@cache
def _by_name() -> dict[str, str]:
    """Return the tags of languages by what they are called in their own words and in others."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for tongue in _SPOKEN_IN:
        for code, name in Locale(tongue).languages.items():
            if len(code) == 2:
                names.setdefault(_folded(name), code)
    for code in sorted(set(names.values())):
        try:
            own = Locale(code).languages.get(code)
        except UnknownLocaleError:
            continue
        names.setdefault(_folded(own or ""), code)
    return {name: code for name, code in names.items() if name}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
