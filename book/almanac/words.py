"""The words that dates are written with, in every language that CLDR knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Kind = Literal["month", "jalali", "weekday", "filler", "am", "pm", "night", "hour", "minute"]


class Meaning(NamedTuple):
    """What a word says in a date: the seventh month, a Monday, that the hour is past noon, or nothing."""

    kind: Kind
    value: int = 0


Vocabulary = Mapping[str, Mapping[Meaning, frozenset[str]]]
"""For each folded word, its meanings, and the languages in which it has them."""

_FORMAT_CHARACTERS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u0640]")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_LETTER_VARIANTS = str.maketrans("ıيىكە", "iییکه")
_PATTERN_PART = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")
_MONTH_AFFIX = re.compile(r"([^\W\d_M]+)?M{3,4}([^\W\d_M]+)?")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# What the patterns of CLDR leave out, and people write.
_FILLERS = {
    "en": "on the of at st nd rd th",
    "ar": "في يوم الموافق م",
    "cs": "v dne",
    "da": "den d kl",
    "de": "den am der um uhr",
    "el": "στις την",
    "es": "el de del a las la",
    "fa": "ساعت مورخ",
    "fi": "klo na ta",
    "fr": "le a er eme e",
    "he": "ב יום בשעה",
    "it": "il lo alle ore o",
    "nb": "den d kl",
    "nl": "de op om uur e",
    "pl": "dnia r roku o godz",
    "pt": "em de as o",
    "ro": "la ora",
    "ru": "в г года",
    "sv": "den d kl",
    "th": "พ.ศ ปี",
    "tr": "saat gunu",
    "uk": "о р року",
}
_CLOCK_UNITS = {"hour": "h uhr 時 时 點 点 시 uur", "minute": "min 分 분"}
_PERIODS = {"am": "am", "pm": "pm", "noon": "pm", "midnight": "am"}
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Reduce a text to what tells words apart: case, width, accents, digits' shapes and joiners are gone."""
    text = unicodedata.normalize("NFKD", _FORMAT_CHARACTERS.sub("", text)).casefold()
    text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_LETTER_VARIANTS)
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return re.sub(r"\s+", " ", re.sub(r"(?<![^\W\d_])([ap])\.? ?m\b\.?", r"\1m", text)).strip()


def unspaced(letter: str) -> bool:
    """Tell whether a letter's script writes words without spaces between them."""
    return _UNSPACED.match(letter) is not None


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Collect the words of all languages; this takes a second or two, once."""
    words: dict[str, dict[Meaning, set[str]]] = {}
    for language, word, meaning in _everything():
        if word[:1].isdigit():  # the tenth month of Japanese and Korean is `10` and a word
            word, meaning = word.lstrip("0123456789"), Meaning("filler")
        for key in _spellings(word):
            words.setdefault(key, {}).setdefault(meaning, set()).add(language)
    return {
        word: {meaning: frozenset(found) for meaning, found in meanings.items()}
        for word, meanings in words.items()
    }


def _spellings(word: str) -> Iterator[str]:
    """Give a word as it may be found: a joiner may be a space."""
    for variant in {word, word.replace("\u200c", " ")}:
        if key := fold(variant).strip(" .,"):
            yield key


def _everything() -> Iterator[tuple[str, str, Meaning]]:
    from babel.localedata import locale_identifiers

    languages = set()
    root = str(_load("root")["months"]["format"]["wide"])
    for identifier in locale_identifiers():
        data = _load(identifier)
        if identifier != "root" and str(data["months"]["format"]["wide"]) != root:
            language = identifier.partition("_")[0]
            languages.add(language)
            yield from ((language, word, meaning) for word, meaning in _locale_words(data))
    for language, words in _FILLERS.items():
        yield from ((language, word, Meaning("filler")) for word in words.split())
    for number, word in enumerate(_JALALI.split(), start=1):
        yield "fa", word, Meaning("jalali", number)
    for kind, words in _CLOCK_UNITS.items():
        yield from ((lang, word, Meaning(kind)) for word in words.split() for lang in languages)  # type: ignore[arg-type]


def _load(identifier: str) -> Mapping[str, Any]:
    from babel.localedata import LocaleDataDict, load

    data: Any = load(identifier)
    words: Any = LocaleDataDict(data)
    return dict(words)


def _locale_words(data: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    patterns = [str(pattern.pattern) for pattern in data["date_formats"].values() if pattern]
    glue = [str(pattern) for pattern in data["datetime_formats"].values()]
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in data["months"][context][width].items():
                yield from ((word, Meaning("month", number)) for word in _with_affixes(name, patterns))
            for number, name in data["days"][context][width].items():
                yield name, Meaning("weekday", number)
    for width in ("wide", "abbreviated"):
        for period, name in data["day_periods"].get("format", {}).get(width, {}).items():
            yield name, Meaning(_period(period))
    for width in ("wide", "abbreviated"):
        yield str(data["eras"][width].get(1, "")), Meaning("filler")
    for pattern in patterns + glue:
        yield from ((word, Meaning("filler")) for word in _literals(pattern))


def _with_affixes(name: str, patterns: list[str]) -> Iterator[str]:
    """Give a month's name also with the letters that a pattern joins to it, as Hebrew and Basque do."""
    yield name
    for pattern in patterns:
        for before, after in _MONTH_AFFIX.findall(pattern.replace("'", "")):
            if (before or after) and not set(before + after) & set("yMdEGLc"):
                yield f"{before}{name}{after}"


def _literals(pattern: str) -> Iterator[str]:
    for match in _PATTERN_PART.finditer(re.sub(r"\{\d\}", " ", pattern)):
        if match[2] is None:
            yield from re.findall(r"[^\W\d_][^\s\d.,:;()/-]*", match[1] or match[0])


def _period(name: str) -> Kind:
    if name.startswith("night"):
        return "night"
    return "am" if _PERIODS.get(name) == "am" or name.startswith("morning") else "pm"
