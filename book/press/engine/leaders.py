"""Leaders as one piece of text: WeasyPrint makes a box of each of their dots.

A line of contents has some fifteen dots. As one text they are shaped, painted and written
at once, in the same places. Where they would come to stand elsewhere, as letters that are kerned do, they
stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index

from book.press.engine.pages import replaced

_plain = inline.handle_leader
_NEAR = 0.05  # pixels


@contextmanager
def joined_leaders() -> Iterator[None]:
    """Have WeasyPrint set each leader in one piece."""
    with replaced(inline, handle_leader=_handle):
        yield


def _handle(context: Any, line: Any, containing_block: Any) -> None:
    """Stand for `handle_leader`."""
    _plain(context, line, containing_block)
    _, leader = leader_index(line)
    if leader is not None and len(leader.children) > 1:
        leader.children = _joined(leader.children)


def _joined(dots: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return one box for boxes of text that is repeated, the last of which stands first."""
    one = dots[-1]
    text, width = one.text * len(dots), one.width * len(dots)
    layout, _, rest, found, *_ = inline.split_first_line(text, one.style, None, None, 0, is_line_start=False)
    if rest is not None or layout.text != text or abs(found - width) > _NEAR:
        return dots
    joined = one.copy_with_text(text)
    joined.pango_layout, joined.width = layout, width
    return (joined,)
