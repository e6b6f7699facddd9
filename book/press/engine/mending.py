"""Faults of WeasyPrint 70 that would show on paper, mended where they are.

Each mending replaces one line of a function's source, so that it fails at once, and
says so, where another WeasyPrint has that line no more.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

from weasyprint import layout
from weasyprint.layout import block

# A note is moved to the next page when its area seems too full. With fractions of
# points in its margins it always seems so, by less than a millionth of a pixel.
AREA = (
    "overflow = last_child_bottom > footnote_area_bottom",
    "overflow = last_child_bottom > footnote_area_bottom + 0.01",
)
# Where a paragraph cannot break for the sake of widows and orphans, notes that are set
# already leave the page to make room for a line. The paragraph should leave instead.
CALLS = (
    "report = not context.in_column and can_break_now and not could_break_before",
    "report = False",
)


def mend() -> None:
    """Mend WeasyPrint in this process; once is enough, and twice does no harm."""
    if getattr(layout, "_octavo_mended", False):
        return
    context = layout.LayoutContext
    context._update_footnote_area = _mended(context._update_footnote_area, layout, *AREA)
    block._linebox_layout = _mended(block._linebox_layout, block, *CALLS)
    layout._octavo_mended = True


def _mended(function: Callable[..., Any], module: ModuleType, old: str, new: str) -> Callable[..., Any]:
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(old) != 1:
        raise RuntimeError(f"`{function.__qualname__}` of this WeasyPrint is not the one that is mended")
    made: dict[str, Callable[..., Any]] = {}
    exec(
        compile(source.replace(old, new), f"<mended {function.__qualname__}>", "exec"), module.__dict__, made
    )
    return made[function.__name__]
