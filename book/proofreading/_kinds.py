"""What marks are called where they are counted for people: `three loose lines`, not `loose-line`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

_KINDS: Mapping[str, tuple[str, str]] = {
    "alt-text": (
        "picture without words for those who cannot see it",
        "pictures without words for those who cannot see them",
    ),
    "heading-at-foot": ("heading at the foot of a page", "headings at the feet of pages"),
    "hyphen-at-recto-end": (
        "word divided where the leaf is turned",
        "words divided where the leaf is turned",
    ),
    "hyphen-ladder": ("run of divided words", "runs of divided words"),
    "link-words": ("link that does not say where it leads", "links that do not say where they lead"),
    "loose-line": ("loose line", "loose lines"),
    "off-grid": ("spread whose lines do not stand level", "spreads whose lines do not stand level"),
    "orphan": ("first line left alone", "first lines left alone"),
    "runt": ("paragraph that ends in a scrap", "paragraphs that end in a scrap"),
    "short-page": ("chapter that ends with a few lines", "chapters that end with a few lines"),
    "tight-line": ("tight line", "tight lines"),
    "uneven-spread": ("spread of uneven pages", "spreads of uneven pages"),
    "widow": ("last line left alone", "last lines left alone"),
}


def counted(rules: Iterable[str]) -> str:
    """Tell how many marks there are of each kind, the most frequent first, in words."""
    kinds = sorted(Counter(rules).items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count} {_called(rule, count)}" for rule, count in kinds)


def _called(rule: str, count: int) -> str:
    plain = rule.replace("-", " ")
    return _KINDS.get(rule, (plain, plain))[count != 1]
