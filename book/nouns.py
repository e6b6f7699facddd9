"""Counts with their nouns, in messages."""

from __future__ import annotations


def many(count: int, noun: str) -> str:
    """Return `1 post`, `2 posts`, `1200 posts`: a count with a regular noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
