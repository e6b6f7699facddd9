"""What an author may want to look at first, among the posts that were gathered."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

from book.model import Draft

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|<?https?://[^\s<>]+>?|</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[[^\]]*\]\([^()]*\)|<a\b.*?</a>|<?https?://[^\s<>]+>?", re.DOTALL | re.IGNORECASE)
_RUN, _SKETCH, _CROWD = 4, 64, 50
ALIKE = 0.6
"""The part of their runs of words that two posts share which are called alike."""
_FEW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Triage:
    """Posts by year (`none` for undated ones), their words, and files: only a link, and pairs alike."""

    years: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    only_links: tuple[str, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()

    def json(self) -> dict[str, Any]:
        """Return the triage as `book gather --json` prints it."""
        return {
            "years": dict(self.years),
            "words": self.words,
            "link-only": list(self.only_links),
            "alike": [list(pair) for pair in self.alike],
        }

    def told(self) -> list[str]:
        """Return the lines that an author reads at the end of gathering."""
        if not self.years:
            return []
        years = ", ".join(f"{year}: {count}" for year, count in self.years.items())
        lines = [f"by year: {years}; words: {self.words}"]
        lines += [f"{name}: little more than a link" for name in self.only_links]
        lines += [f"{one}: much like {other}" for one, other in self.alike]
        return lines


def triage(posts: Iterable[tuple[str, Draft]]) -> Triage:
    """Look over posts, each with the name of its file."""
    years: Counter[str] = Counter()
    count = 0
    links: list[str] = []
    sketches: dict[str, list[int]] = {}
    for name, draft in sorted(posts, key=lambda post: post[0]):
        years[f"{draft.date.year:04}" if draft.date else "none"] += 1
        words = _WORD.findall(_ADDRESS.sub(" ", draft.body).casefold())
        count += len(words)
        if _LINK.search(draft.body) and len(_WORD.findall(_LINK.sub(" ", draft.body))) < _FEW_WORDS:
            links.append(name)
        sketches[name] = _sketch(words)
    return Triage(dict(sorted(years.items())), count, tuple(links), tuple(_alike(sketches)))


def _sketch(words: Sequence[str]) -> list[int]:
    """Return the smallest hashes of a text's runs of words: texts that share many share most of these."""
    runs = (" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1))
    return nsmallest(_SKETCH, {zlib.crc32(run.encode("utf-8", "replace")) for run in runs})


def _alike(sketches: Mapping[str, list[int]]) -> list[tuple[str, str]]:
    holders: dict[int, list[str]] = {}
    for name, sketch in sketches.items():
        for one in sketch:
            holders.setdefault(one, []).append(name)
    pairs: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) <= _CROWD:  # what so many share is a refrain, a signature
            pairs.update((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    return sorted(
        (one, other)
        for (one, other), shared in pairs.items()
        if shared >= 4 and _likeness(sketches[one], sketches[other]) >= ALIKE
    )


def _likeness(one: list[int], other: list[int]) -> float:
    union = nsmallest(_SKETCH, {*one, *other})
    return len({*one} & {*other} & {*union}) / len(union)
