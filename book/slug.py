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
