"""Spaces at which no line may break, where a language's typography wants them."""

from __future__ import annotations

import re

from book.copyedit.languages import GROUPED, NARROW, NBSP, ONE_LETTER_WORDS, inner_space, tongue
from book.copyedit.runs import Edit

_UNITS = (
    "km/h|km|cm|mm|m²|m³|m|kg|mg|g|ml|cl|l|kB|MB|GB|TB|kHz|MHz|GHz|Hz|ms|min|kW|kWh|°C|°F|%|‰|€|£|px|pt"
    r"|a\.m\.|p\.m\.|am|pm"
)


def _after(*words: str) -> str:
    """Return what matches behind a space after one of these abbreviations."""
    return "|".join(rf"(?<=\b{word}\. )" for word in words)


_EVERYWHERE = (
    re.compile(rf"(?P<gap> )(?<=\d )(?=(?:{_UNITS})(?![\w/]))"),
    re.compile(r"(?P<gap> )(?<=\b[A-ZÀ-ÞА-Я]\. )(?=[A-ZÀ-ÞА-Я])"),  # initials
    re.compile(rf"(?P<gap> )(?=\d)(?:(?<=[§№] )|{_after('[Nn]o', '[Nn]r', '[Ff]ig', '[Vv]ol', 'p', 'pp')})"),
    re.compile(rf"(?P<gap> )(?=[A-ZÀ-Þ])(?:{_after('Dr', 'Mr', 'Mrs', 'Ms', 'St', 'Prof')})"),
    re.compile(r"(?P<gap> )(?<=\S )(?=[–—] )"),  # a line begins with no dash
    re.compile(r"(?P<gap> )(?<=\w )(?=…)"),
)
"""Rules that say first that there is a space: what else they want is looked at there alone."""
_GERMAN = re.compile(r"(?<=\b[zduois]\.) (?=[BahUAä]\.)")  # z. B., d. h., u. a.
_HIGH = re.compile(r"(?<=[^\s\u00a0\u202f;!?\ufffc])[ \u00a0]?(?=[;!?]+(?:\s|\Z|[»”’)\]]))")
_COLON = re.compile(r"(?<=[^\s\u00a0\u202f:\ufffc]) ?(?=:(?:\s|\Z))")
_GUILLEMETS = re.compile(r"(?<=«)[ \u00a0]?(?=[^\s\u202f])|(?<=[^\s\u202f])[ \u00a0]?(?=»)")
_GROUPS = re.compile(r"(?<![\d.,\u202f] )(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")


def edits(text: str, language: str) -> list[Edit]:
    """Put no-break spaces before units, between initials, and where the language has its own rules."""
    found = [Edit(*match.span("gap"), NBSP) for rule in _EVERYWHERE for match in rule.finditer(text)]
    name = tongue(language)
    if name == "fr":
        found += _french(text, language)
    if name == "de":
        found += [Edit(*match.span(), NBSP) for match in _GERMAN.finditer(text)]
    if name in ONE_LETTER_WORDS:
        rule = re.compile(rf"(?<![\w’'])([{ONE_LETTER_WORDS[name]}]) (?=\w)")
        found += [Edit(match.end(1), match.end(), NBSP) for match in rule.finditer(text)]
    if name in GROUPED:
        for number in _GROUPS.finditer(text):
            gaps = (match.start() for match in re.finditer(" ", number[0]))
            found += [Edit(number.start() + gap, number.start() + gap + 1, NARROW) for gap in gaps]
    changes = {edit for edit in found if text[edit.start : edit.end] != edit.text}
    return _apart(changes)


def _french(text: str, language: str) -> list[Edit]:
    """Return the spaces before high punctuation and within guillemets; outside of France there are fewer."""
    space = inner_space(language)
    found = [Edit(*match.span(), space) for match in _GUILLEMETS.finditer(text)]
    if language != "fr-CH":
        found += [Edit(*match.span(), NBSP) for match in _COLON.finditer(text)]
    if language not in {"fr-CA", "fr-CH"}:
        found += [Edit(*match.span(), NARROW) for match in _HIGH.finditer(text)]
    return found


def _apart(edits: set[Edit]) -> list[Edit]:
    """Return edits of which none touches a place that another has changed."""
    chosen: list[Edit] = []
    for edit in sorted(edits):
        if not chosen or edit.start >= max(chosen[-1].end, chosen[-1].start + 1):
            chosen.append(edit)
    return chosen
