"""What proofreading and the checks found in an edition, kind by kind, each with where it is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from book.model import Finding
from book.proofreading._kinds import counted

MANY = 40
"""Findings of one kind that are shown; of the rest it is told how many there are."""

# A finding begins with its place, in words: the page of a PDF, or the document of an EPUB.
_TITLE = r"‘(?:‘[^‘’]*’|[^‘’]|’(?!: ))*+’"
_PAGE = re.compile(rf"page (?P<page>\d+)(?:, in {_TITLE})?: ")
_DOCUMENT = re.compile(r"`(?P<document>[^`]+)`: ")


def marked(
    marks: Sequence[Finding], at: Mapping[str, int], spine: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return findings by kind, the most frequent first: what they are, how many more, and the places of some.

    `at` has the page, or the document in `spine`, at which each section begins.
    """
    kinds: dict[str, list[Finding]] = {}
    for one in marks:
        kinds.setdefault(one.rule, []).append(one)
    sections = {spine[index]: ident for ident, index in reversed(list(at.items())) if index < len(spine)}
    ordered = sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    return [_kind(rule, found, sections) for rule, found in ordered]


def _kind(rule: str, found: Sequence[Finding], sections: Mapping[str, str]) -> dict[str, Any]:
    return {
        "rule": rule,
        "said": counted([rule] * len(found)),
        "hints": _distinct(one.hint for one in found if one.hint),
        "more": max(0, len(found) - MANY),
        "places": [_place(one, sections) for one in found[:MANY]],
    }


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _place(one: Finding, sections: Mapping[str, str]) -> dict[str, Any]:
    page, document = _PAGE.match(one.message), _DOCUMENT.match(one.message)
    begun = page or document
    return {
        "message": one.message[begun.end() :] if begun else one.message,
        "page": int(page["page"]) - 1 if page else None,
        "ident": sections.get(document["document"]) if document else None,
    }
