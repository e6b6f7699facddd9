"""Footnotes that stay on the page that calls them.

WeasyPrint 70 sends notes to the next page for two wrong reasons. It asks whether
notes overflow their area by comparing two sums of lengths exactly; the area is as
high as its notes, so the sums are equal but for rounding, and about every second
note goes. And it sends notes away to gain a line where a paragraph may not break;
here the paragraph moves instead.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from weasyprint import layout
from weasyprint.layout import LayoutContext, block

from book.press.engine.pages import replaced

_ROUNDING = 1e-3
"""CSS pixels."""

SENDS_AWAY = "report = not context.in_column and can_break_now and not could_break_before"
"""The line of WeasyPrint's `_linebox_layout` that sends notes away to gain a line."""

_lay_out = layout.block_level_layout


class Context(LayoutContext):  # type: ignore[misc]
    """A layout context that tells overflow from rounding."""

    _area: Any = None

    def _update_footnote_area(self) -> bool:
        overflows = super()._update_footnote_area()
        return overflows and _excess(self._area) > _ROUNDING

    def lay_out_area(self, context: Any, box: Any, *rest: Any, **more: Any) -> Any:
        """Stand in for the function that lays out the area, and keep what it made."""
        result = _lay_out(context, box, *rest, **more)
        self._area = result[0]
        return result

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Lay out with this context."""
        with (
            replaced(layout, block_level_layout=self.lay_out_area),
            replaced(block, _linebox_layout=_keeping_notes()),
        ):
            yield


def _excess(area: Any) -> float:
    """Return by how much the last note reaches below its area."""
    last = area.children[-1]
    bottom = last.position_y + last.margin_height() - last.margin_bottom
    return float(bottom - (area.position_y + area.margin_height() - area.margin_bottom))


@cache
def _keeping_notes() -> Callable[..., Any]:
    """Return WeasyPrint's `_linebox_layout` without the line that sends notes away."""
    source = inspect.getsource(block._linebox_layout)
    made: dict[str, Any] = {}
    exec(compile(source.replace(SENDS_AWAY, "report = False"), block.__file__, "exec"), vars(block), made)
    function: Callable[..., Any] = made["_linebox_layout"]
    return function
