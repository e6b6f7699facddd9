"""What the languages differ in: their quotation marks, their dashes, and where their spaces may not break."""

from __future__ import annotations

from collections.abc import Mapping

NBSP, NARROW = "\u00a0", "\u202f"

# Outer and inner marks, after the delimiters of CLDR and each country's rules for printers.
MARKS: Mapping[str, str] = {
    "en": "“”‘’", "af": "“”‘’", "cy": "“”‘’", "eo": "“”‘’", "ga": "“”‘’", "he": "””’’", "id": "“”‘’",
    "ko": "“”‘’", "ms": "“”‘’", "nl": "“”‘’", "pt-BR": "“”‘’", "sw": "“”‘’", "tr": "“”‘’", "vi": "“”‘’",
    "fr": "«»“”", "ca": "«»“”", "el": "«»“”", "es": "«»“”", "eu": "«»“”", "gl": "«»“”", "hy": "«»“”",
    "it": "«»“”", "pt": "«»“”", "sq": "«»“”", "de-CH": "«»‹›", "fa": "«»‹›", "lv": "«»„“", "no": "«»‘’",
    "nb": "«»‘’", "nn": "«»‘’", "be": "«»„“", "ru": "«»„“", "uk": "«»„“", "kk": "«»„“",
    "de": "„“‚‘", "bg": "„“‚‘", "cs": "„“‚‘", "et": "„“‚‘", "is": "„“‚‘", "ka": "„“‚‘", "lb": "„“‚‘",
    "lt": "„“‚‘", "mk": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘",
    "bs": "„”‘’", "hr": "„”‘’", "sr": "„”‘’", "hu": "„”»«", "pl": "„”«»", "ro": "„”«»",
    "sv": "””’’", "fi": "””’’", "da": "”“’‘", "ar": "”“’‘",
}  # fmt: skip

_CLOSED = {"en", "en-US", "en-CA", "en-PH"}
"""Where a dash stands between words without spaces."""
_LONG = {"ru", "uk", "be", "bg", "kk", "lt", "lv"}
"""Where a dash between spaces is the long one."""
_NO_DASHES = {"ar", "fa", "he", "ko", "ja", "zh", "th"}

ONE_LETTER_WORDS: Mapping[str, str] = {
    "be": "аізўуяАІЗЎУЯ", "bg": "авсуиАВСУИ", "cs": "kosuvzaiKOSUVZAI", "hr": "aiouskAIOUSK",
    "pl": "aiouwzAIOUWZ", "ru": "авиоуксяАВИОУКСЯ", "sk": "kosuvzaiKOSUVZAI", "sl": "vszkhaioVSZKHAIO",
    "uk": "авіоузйяАВІОУЗЙЯ",
}  # fmt: skip
"""Words that may not end a line."""

GROUPED = {
    "be",
    "bg",
    "cs",
    "et",
    "fi",
    "fr",
    "hu",
    "lt",
    "lv",
    "nb",
    "nn",
    "no",
    "pl",
    "ru",
    "sk",
    "sv",
    "uk",
}
"""Where the thousands of a number stand apart."""


def tongue(language: str) -> str:
    """Return a language without its region."""
    return language.partition("-")[0]


def of(table: Mapping[str, str], language: str) -> str | None:
    """Return what a table holds for a language in its region, or for the language."""
    return table.get(language) or table.get(tongue(language))


def inner_space(language: str) -> str:
    """Return what stands between the outer quotation marks and the words in them."""
    if tongue(language) != "fr":
        return ""
    return NBSP if language == "fr-CA" else NARROW


def dash(language: str) -> str | None:
    """Return a dash between words, with its spaces; None where dashes are not our business."""
    if of(MARKS, language) is None or tongue(language) in _NO_DASHES:
        return None
    if language in _CLOSED:
        return "—"
    return f"{NBSP}— " if tongue(language) in _LONG else f"{NBSP}– "
