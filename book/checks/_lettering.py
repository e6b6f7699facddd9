"""Pictures of words that stand beside them as text, as on many title pages."""

from __future__ import annotations

from typing import Any

from book.epub.markup import EPUB_TYPE, elements, text_of

UNREAD = {"titlepage", "imprint", "colophon", "cover", "halftitlepage", "copyright-page"}
"""Leaves whose pictures are lettering and marks rather than something to be read."""


def is_said_beside(image: Any) -> bool:
    """Tell whether a picture without words stands on a leaf whose heading says what it shows."""
    if image.get("alt") != "":
        return False
    leaf = next((e for e in image.iterancestors() if UNREAD & set(e.get(EPUB_TYPE, "").split())), None)
    return leaf is not None and any(text_of(one) for one in elements(leaf, "h1", "h2"))
