"""How titles and names are filed: `Garden, The` and `Beethoven, Ludwig van`."""

from __future__ import annotations

import re

_ARTICLES = {
    "en": "a an the",
    "de": "der die das ein eine",
    "fr": "le la les un une",
    "es": "el la los las un una",
    "it": "il lo la i gli le un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma",
}
_SURNAME_FIRST = {"hu", "ja", "ko", "zh", "vi"}
_SUFFIX = re.compile(r"(?i)(jr|sr|ph\.?d|m\.?d|i{2,3}|iv|vi{0,3})\.?,?")
# Particles written small stay with the given names; written large they open the surname.
_PARTICLES = {
    "af",
    "av",
    "da",
    "de",
    "del",
    "della",
    "den",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "la",
    "le",
    "los",
}
_PARTICLES |= {"ten", "ter", "van", "von", "vom", "zu", "zum", "zur", "st", "st.", "saint", "ibn", "bin"}
_BODY = re.compile(r"(?i)\b(the|and|und|et|of|inc|ltd|llc|gmbh|press|verlag|project|collective)\b|[&\d@]")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def filed_title(title: str, language: str) -> str:
    """Put a leading article of the language behind: `The Long Way` is filed as `Long Way, The`."""
    articles = _ARTICLES.get(language.split("-")[0], "").split()
    first, _, rest = title.partition(" ")
    if rest and first.lower() in articles:
        return f"{rest[0].upper()}{rest[1:]}, {first}"
    elided = re.match(r"([lL]['’])(\w.*)", title) if language.startswith(("fr", "it")) else None
    return f"{elided[2][0].upper()}{elided[2][1:]}, {elided[1]}" if elided else title


def filed_name(name: str, language: str) -> str:
    """Put the surname first, as library catalogues do, where a name has one to tell.

    Names of one word, of organisations, in ideographs, and in languages that put the
    surname first anyway, stay as they are; so does a name that has a comma already.
    """
    words = name.split()
    plain = len(words) < 2 or "," in name or _BODY.search(name) or _IDEOGRAPHS.search(name)
    if plain or language.split("-")[0] in _SURNAME_FIRST:
        return name
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES and words[start - 1][0].isupper():
        start -= 1
    return ", ".join([" ".join(words[start:]), " ".join(words[:start]), *suffix])
