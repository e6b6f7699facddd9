"""The name of a blog, where its pages say it in their titles alone: `A post | The blog`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from book.sources._titles import alike

PARTS = re.compile(r"\s+(?:[|·•»«—–:]+|-)\s+")
"""What stands between the parts of a page's title."""


def site_title(pages: Iterable[tuple[str, str | None]]) -> str:
    """Return what the titles of pages have in common besides the posts' own.

    Each page is its title and that of its post, or None where it shows several: then its title is the blog's.
    """
    rests = [_rest(" ".join(title.split()), post) for title, post in pages]
    found = Counter(part for rest in rests for part in dict.fromkeys(rest))
    if not found:
        return ""
    most = max(found.values())
    named = next(part for rest in rests for part in reversed(rest) if found[part] == most)
    return named if 2 * most > len(rests) else ""


def _rest(title: str, post: str | None) -> list[str]:
    """Return the parts of a page's title that are not its post's; none where that cannot be told."""
    parts = [part for part in PARTS.split(title) if part]
    if post is None:
        return parts[:1]
    rest = [part for part in parts if not alike(part, post)]
    return rest if len(rest) < len(parts) else []
