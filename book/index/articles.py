"""Articles with which titles begin, and which do not count where titles are put in order."""

from __future__ import annotations

import re
from functools import lru_cache

_ARTICLES = {
    "ca": "el la els les l' un una uns unes",
    "cy": "y yr",
    "da": "den det de en et",
    "de": "der die das ein eine",
    "el": "ο η το οι τα ένας μια μία ένα",
    "en": "the a an",
    "eo": "la",
    "es": "el la los las lo un una unos unas",
    "fr": "le la les l' un une",
    "ga": "an na",
    "gl": "o a os as un unha",
    "hu": "a az egy",
    "it": "il lo la i gli le l' un uno una un'",
    "nb": "den det de en ei et",
    "nl": "de het een 't 'n",
    "nn": "den det dei ein ei eit",
    "no": "den det de en ei et",
    "pt": "o a os as um uma uns umas",
    "ro": "un o",
    "sv": "den det de en ett",
}
"""By language, as libraries leave them out; what ends in an apostrophe has no space after it."""


def without_article(title: str, language: str) -> str:
    """Return a title without the article that begins it; one that is all of it stays."""
    pattern = _pattern(language.partition("-")[0].lower())
    return pattern.sub("", title, count=1) if pattern else title


@lru_cache
def _pattern(language: str) -> re.Pattern[str] | None:
    words = _ARTICLES.get(language)
    if words is None:
        return None
    ways = "|".join(
        re.escape(one[:-1]) + "['’]" if one.endswith("'") else re.escape(one).replace("'", "['’]") + r"\s+"
        for one in words.split()
    )
    return re.compile(rf"^[\"“‘«„‹¿¡(\s]*(?:{ways})(?=[^\W_]|[\"“‘«„‹(])", re.IGNORECASE)
