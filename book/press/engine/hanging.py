"""A space at a line's end takes no room: a fault of WeasyPrint's, mended.

Text that fits its line but for the space after it (`the <em>forme</em>`, where the line is
full after `the`) is taken by WeasyPrint for text without any place to break, and set with
its first word alone on the line. Here such text is measured again without the space, which
then ends the line. The contract test compares what is replaced with what is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

_plain = inline.split_first_line


@contextmanager
def hanging_spaces() -> Iterator[None]:
    """Have WeasyPrint let a space hang past the end of a line."""
    inline.split_first_line = _first_line
    try:
        yield
    finally:
        inline.split_first_line = _plain


def _first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Stand for `split_first_line`, which see for what is returned."""
    found = _plain(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    if found[2] is None or text[-1:] != " " or style["white_space"] not in ("normal", "pre-line"):
        return found
    if " " in text.encode()[: found[1]].decode().strip():
        return found  # more than the first word is on the line: nothing went wrong
    whole = _plain(text.rstrip(" "), style, context, max_width, justification_spacing, is_line_start, minimum)
    if whole[2] is not None:
        return found
    layout, length, _, *measures = whole
    return layout, length, len(text.encode()), *measures
