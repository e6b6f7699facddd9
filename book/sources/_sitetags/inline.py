"""How a tag stands among the words around it: on a line of its own, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from book.sources._sitetags.arguments import Arguments

_SPOKEN = re.compile(r"[^\W\d_]\S*\s+\S*[^\W\d_]|(?=[^\W\d_])[^\x00-\x7f]")
"""What is said and names nothing: several words, or letters that no program's names have."""


def parted(made: str, pieces: Sequence[str], place: int) -> str:
    """Make a paragraph of what was made of the piece at `place`, if it stands on a line of its own."""
    return f"\n{made}\n" if made and _is_apart(pieces, place) else made


def spoken(given: Arguments, pieces: Sequence[str], place: int) -> str:
    """Return the words that an unknown tag puts into a line: part of a sentence, and no name of a thing."""
    words = " ".join(word.strip() for word in given.words if _SPOKEN.search(word.strip()))
    if not words or _is_apart(pieces, place):
        return ""
    gap = " " if _before(pieces, place)[-1:].isalnum() else ""
    return gap + words + (" " if _after(pieces, place)[:1].isalnum() else "")


def _is_apart(pieces: Sequence[str], place: int) -> bool:
    return _before(pieces, place).endswith("\n") and _after(pieces, place).startswith("\n")


def _before(pieces: Sequence[str], place: int) -> str:
    return next((piece for piece in reversed(pieces[:place]) if piece), "\n")


def _after(pieces: Sequence[str], place: int) -> str:
    return next((piece for piece in pieces[place + 1 :] if piece), "\n")
