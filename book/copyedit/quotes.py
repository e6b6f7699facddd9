"""Straight quotation marks and apostrophes, as each language sets them. What is curled already stays."""

from __future__ import annotations

import re

from book.copyedit.runs import OPAQUE, Edit

NARROW = "\u202f"  # the narrow no-break space inside French marks

# Outer and inner marks (Chicago 6.115, Duden, Lexique de l'Imprimerie nationale, CLDR delimiters).
_LANGUAGES = {
    "“”‘’": "en nl tr ga pt-BR ko id",
    "«»“”": "fr es it pt ca el",
    "«»‘’": "no nb nn",
    "„“‚‘": "de cs sk sl bg is lt et",
    "«»‹›": "de-CH fa",
    "«»„“": "ru uk be lv",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "„”‘’": "hr sr",
    "””’’": "sv fi",
    "”“’‘": "da ar",
}
_MARKS = {tag: marks for marks, tags in _LANGUAGES.items() for tag in tags.split()}
_OPENERS = set(" \t\n\u00a0\u202f([{<—–-/=¡¿“‘„‚«‹\"'")
_SPACED = {"fr"}
_STRAIGHT = re.compile("[\"']")
_ELIDED = re.compile(r"(?:tis|twas|twere|til|em|cause|bout|round|n)\b|\d\ds?\b", re.IGNORECASE)


def edits(text: str, language: str) -> list[Edit]:
    """Curl every straight mark of a run."""
    marks = _of(_MARKS, language)
    if marks is None or ('"' not in text and "'" not in text):
        return []
    outer_open, outer_close, inner_open, inner_close = tuple(marks)
    space = NARROW if language.partition("-")[0] in _SPACED and outer_open == "«" else ""
    found: list[Edit] = []
    open_marks: list[str] = []
    for match in _STRAIGHT.finditer(text):
        place, mark = match.start(), match[0]
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        opens = _opens(before, after)
        if mark == "'":
            new = _single(text, place, before, after, opens, open_marks, inner_open, inner_close)
        elif before.isdigit() and '"' not in open_marks:
            new = "″"
        elif opens and '"' not in open_marks:
            open_marks.append('"')
            new = outer_open + space
        else:
            if '"' in open_marks:
                open_marks.remove('"')
            new = space + outer_close
        found.append(Edit(place, place + 1, new))
    return found


def _opens(before: str, after: str) -> bool:
    return (before in _OPENERS or before == OPAQUE) and not after.isspace()


def _single(
    text: str,
    place: int,
    before: str,
    after: str,
    opens: bool,
    open_marks: list[str],
    opening: str,
    closing: str,
) -> str:
    if before.isalnum() and after.isalnum():
        return "′" if before.isdigit() and after.isdigit() else "’"
    if opens and _ELIDED.match(text, place + 1):
        return "’"
    if opens and before != OPAQUE and "'" not in open_marks and _closes_later(text, place):
        open_marks.append("'")
        return opening
    if "'" in open_marks and not before.isspace():
        open_marks.remove("'")
        return closing
    return "’"


def _closes_later(text: str, place: int) -> bool:
    """Tell whether a single mark after `place` could close a quotation that opens there."""
    return re.search(r"\S'(?!\w)", text[place + 1 :]) is not None


def _of(table: dict[str, str], language: str) -> str | None:
    return table.get(language) or table.get(language.partition("-")[0])
