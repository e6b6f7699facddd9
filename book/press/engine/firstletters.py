"""First letters that float (`::first-letter { float: left }`), as large initials do.

WeasyPrint lifts the letter out of its paragraph each time the paragraph is laid out, and a page's end or a
figure beside it has that done again: it then lifts the letter out of itself, and stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from book.press.engine.pages import replaced

_plain = inline.first_letter_to_box


@contextmanager
def first_letters() -> Iterator[None]:
    """Have WeasyPrint leave letters alone that are lifted out already."""
    with replaced(inline, first_letter_to_box=_lifted_once):
        yield


def _lifted_once(box: Any, skip_stack: Any, style: Any) -> Any:
    """Stand for `first_letter_to_box`."""
    first = box.children[0] if style and box.children else None
    if isinstance(first, boxes.BlockBox) and first.element_tag.endswith("::first-letter"):
        return skip_stack
    return _plain(box, skip_stack, style)
