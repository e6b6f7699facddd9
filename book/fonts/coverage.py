"""Which characters fonts have, which of them a text needs, and which none has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.fonts.facts import remembered
from book.fonts.fontfile import opened
from book.model import Face, Notice
from book.unchanged import while_unchanged

_EAST_ASIAN = {"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"}
# Characters without a shape of their own: joiners, variation selectors, tags, marks of direction.
_SHAPELESS = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Cn"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A script that has characters without a glyph: how many stand in the text, and a few of them."""

    script: str
    count: int
    sample: str


def printing(text: str) -> set[str]:
    """Return the characters of a text that need a glyph."""
    return {
        character
        for character in set(text)
        if unicodedata.category(character) not in _SHAPELESS and not _is_unseen(character)
    }


def _is_unseen(character: str) -> bool:
    """Tell whether a mark only says something of the letter before it: which shape, or that it is apart."""
    joiner = character == "\u034f"
    return joiner or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@while_unchanged(256)
def characters(path: Path) -> frozenset[str]:
    """Return the characters that a font file has glyphs for."""
    return frozenset(remembered(path, "characters", lambda: _mapped(path)))


def _mapped(path: Path) -> str:
    with opened(path) as font:
        return "".join(map(chr, sorted(font.getBestCmap() or {})))


def chosen(text: str, faces: Sequence[Face]) -> dict[str, str]:
    """Divide the characters of `text` among families: each goes to the first that has it."""
    left = printing(text)
    parts: dict[str, str] = {}
    for face in faces:
        if face.style == "normal" and (taken := left & characters(face.path)):
            parts[face.family] = "".join(sorted({*parts.get(face.family, ""), *taken}))
            left -= taken
    return parts


def missing_glyphs(text: str, faces: Iterable[Face]) -> tuple[Missing, ...]:
    """Name the scripts with characters that none of the faces has, the most frequent first."""
    from fontTools.unicodedata import script, script_name

    lacking = printing(text).difference(*(characters(face.path) for face in faces))
    counts = {character: text.count(character) for character in sorted(lacking)}
    totals: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for character, count in counts.items():
        name = script_name(script(character)).replace("_", " ")
        name = "symbols" if name in {"Common", "Inherited", "Unknown"} else name
        totals[name] += count
        samples[name] = (samples.get(name, "") + character)[:8]
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    return tuple(Missing(name, totals[name], samples[name]) for name in ordered)


def warnings(text: str, faces: Iterable[Face]) -> tuple[Notice, ...]:
    """Say which scripts of a text no font of the book can show, and what would help."""
    return tuple(
        Notice(
            f"no font for {one.sample} ({one.script}, {one.count} character{'s' if one.count > 1 else ''})",
            hint="`pip install 'octavo[cjk]'`" if one.script in _EAST_ASIAN else _OWN_FONT,
        )
        for one in missing_glyphs(text, faces)
    )


_OWN_FONT = "put a font that has them into `fonts/`, and name its family in the theme"
