"""What shapes the reading of every post besides its own bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """The book's language, the passes of copy-editing, and who wrote what names no author."""

    language: str
    passes: tuple[str, ...]
    authors: tuple[str, ...] = ()
