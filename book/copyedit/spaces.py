"""Spaces at which no line may break, where a language's typography wants them."""

from __future__ import annotations

import re

from book.copyedit.runs import Edit

NBSP, NARROW = "\u00a0", "\u202f"
_UNITS = "km|cm|mm|kg|mg|g|ml|l|kB|MB|GB|TB|kHz|MHz|GHz|Hz|ms|min|kW|kWh|°C|°F|%|€|£|px|pt"
_MEASURE = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))")
_INITIALS = re.compile(r"(?<=\b[A-ZÀ-Þ]\.) (?=[A-ZÀ-Þ])")
_HIGH = re.compile(r"(?<=[^\s\u00a0\u202f;!?])[ \u00a0]?(?=[;!?]+(?:\s|$|[»”’)\]]))")
_COLON = re.compile(r"(?<=[^\s\u00a0\u202f:])[ ]?(?=:(?:\s|$))")
_GUILLEMETS = re.compile(r"(?<=«)[ \u00a0]?(?=[^\s\u202f])|(?<=[^\s\u202f])[ \u00a0]?(?=»)")
_PREPOSITIONS = {
    "cs": "kosuvzaiKOSUVZAI", "sk": "kosuvzaiKOSUVZAI", "pl": "aiouwzAIOUWZ", "ru": "авиоуксяАВИОУКСЯ",
    "uk": "авіоузйяАВІОУЗЙЯ", "sl": "vszkhaioVSZKHAIO", "hr": "aiouskAIOUSK",
}  # fmt: skip


def edits(text: str, language: str) -> list[Edit]:
    """Put no-break spaces before units, between initials, and where the language has its own rules."""
    found = [Edit(*match.span(), NBSP) for rule in (_MEASURE, _INITIALS) for match in rule.finditer(text)]
    tongue = language.partition("-")[0]
    if tongue == "fr" and language not in {"fr-CA", "fr-CH"}:
        found += [
            Edit(*match.span(), NARROW) for rule in (_HIGH, _GUILLEMETS) for match in rule.finditer(text)
        ]
        found += [Edit(*match.span(), NBSP) for match in _COLON.finditer(text)]
    if tongue in _PREPOSITIONS:
        rule = re.compile(rf"(?<![\w])([{_PREPOSITIONS[tongue]}]) (?=\w)")
        found += [Edit(match.end(1), match.end(), NBSP) for match in rule.finditer(text)]
    return [edit for edit in found if text[edit.start : edit.end] != edit.text]
