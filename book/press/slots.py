"""Slots: places in painted pages where folios go in when the book is bound."""

from __future__ import annotations

from book.press.proofs import Opening


def filled(slot: Opening, folio: int) -> bytes:
    """Return the operation that shows a folio at a slot."""
    _, figures, before, after = slot
    written = before + "".join(figures[int(digit)] for digit in str(folio)) + after
    return f"[{written}] TJ".replace("<>", " ").encode()
