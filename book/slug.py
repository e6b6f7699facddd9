"""Names for files and addresses: lowercase ASCII words with hyphens, whatever the script."""

from __future__ import annotations

import re

LIMIT = 60
"""How long a slug may grow; it is cut after a whole word."""


def slug(text: str) -> str:
    """Return `text` as a slug, transliterated; empty where it has no letter or digit."""
    from anyascii import anyascii

    plain = anyascii(text[:500]).lower().replace("'", "")
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= LIMIT:
        return words
    return words[: LIMIT + 1].rpartition("-")[0] or words[:LIMIT]


def heading_name(words: str) -> str:
    """Return the name that a heading has in its post: its words as blogs write them into addresses."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", words.strip().lower()))[:80].strip("-")


def folded(words: str) -> str:
    """Return what all ways of making a name of a heading's words have in common."""
    return re.sub(r"[\W_]+", "", words).casefold()
