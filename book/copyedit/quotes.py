"""Straight quotation marks and apostrophes, as each language sets them. What is curled already stays."""

from __future__ import annotations

import re

from book.copyedit.languages import MARKS, inner_space, of
from book.copyedit.runs import OPAQUE, Edit

_OPENERS = frozenset(" \t\n\u00a0\u202f([{<—–-/=¡¿“‘„‚«‹\"'")
_STRAIGHT = re.compile("[\"']")
_ELIDED = re.compile(r"(?:tis|twas|twere|til|em|cause|bout|round|n)\b|\d\ds?\b", re.IGNORECASE)
_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Letters that no apostrophe stands among: what follows a quotation follows without a space."""
_IS_EASTERN = re.compile(f"[{_EASTERN}]").match
_HEBREW = re.compile("[\u05d0-\u05ea]").match
_GERSHAYIM = re.compile('[\u05d0-\u05ea]"[\u05d0-\u05ea](?![\u05d0-\u05ea"])').match
"""The mark of Hebrew abbreviations, before their last letter."""
_CLOSES = re.compile(rf"\S'(?=[{_EASTERN}]|\W|\Z)")
_SPACE = frozenset(" \u00a0\u202f")


def edits(text: str, language: str) -> list[Edit]:
    """Curl every straight mark of a run; the level, double or single, is the author's."""
    marks = of(MARKS, language)
    if marks is None or ('"' not in text and "'" not in text):
        return []
    return _Curling(text, marks, inner_space(language)).edits()


class _Curling:
    """One pass over a run, with the quotations that are open."""

    def __init__(self, text: str, marks: str, space: str) -> None:
        self._text = text
        self._outer, self._inner = marks[:2], marks[2:]
        self._space = space if marks[0] == "«" else ""
        self._double = self._single = False

    def edits(self) -> list[Edit]:
        found = []
        for match in _STRAIGHT.finditer(self._text):
            place = match.start()
            before = self._text[place - 1] if place else " "
            after = self._text[place + 1] if place + 1 < len(self._text) else " "
            if match[0] == '"':
                found.append(self._of_double(place, before, after))
            else:
                found.append(Edit(place, place + 1, self._of_single(place, before, after)))
        return found

    def _of_double(self, place: int, before: str, after: str) -> Edit:
        if before.isdigit() and not self._double:
            return Edit(place, place + 1, "″")
        if _GERSHAYIM(self._text, place - 1):
            return Edit(place, place + 1, "\u05f4")
        spaced = after in _SPACE and before.isspace() and '"' in self._text[place + 1 :]
        if not self._double and (
            spaced
            or ((before in _OPENERS or before == OPAQUE) and not after.isspace())
            or (_IS_EASTERN(before) and not after.isspace() and '"' in self._text[place + 1 :])
        ):
            self._double = True
            swallowed = 1 if self._space and after in _SPACE else 0
            return Edit(place, place + 1 + swallowed, self._outer[0] + self._space)
        swallowed = 1 if self._space and self._double and before in _SPACE and place > 1 else 0
        self._double = False
        return Edit(place - swallowed, place + 1, self._space + self._outer[1])

    def _of_single(self, place: int, before: str, after: str) -> str:
        if _HEBREW(before) and not self._single:
            return "\u05f3"
        eastern = _IS_EASTERN(before) or _IS_EASTERN(after)
        if before.isalnum() and after.isalnum() and not eastern:
            return "′" if before.isdigit() and after.isdigit() else "’"
        if before.isdigit() and not self._single:
            return "′"
        opens = (before in _OPENERS or _IS_EASTERN(before)) and not after.isspace()
        if opens and _ELIDED.match(self._text, place + 1):
            return "’"
        if opens and not self._single and _CLOSES.search(self._text, place + 1):
            self._single = True
            return self._inner[0]
        if self._single and not before.isspace() and not self._is_possessive(place, after):
            self._single = False
            return self._inner[1]
        return "’"

    def _is_possessive(self, place: int, after: str) -> bool:
        """Tell whether a mark after an `s` is one of possession, since the quotation closes further on."""
        if self._text[place - 1] != "s" or after != " ":
            return False
        return (
            _CLOSES.search(self._text, place + 1) is not None and self._text[place + 2 : place + 3].islower()
        )
