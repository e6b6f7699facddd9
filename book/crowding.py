"""Settings of a theme that are each in their range and do not go together."""

from __future__ import annotations

from book.config import Project, Style
from book.lengths import points
from book.model import Notice
from book.theme import Theme

_AIRY = 1.25
"""How far baselines are apart, in sizes of type, where nothing else is asked for."""


def crowded(chosen: Theme, style: Style, project: Project) -> tuple[Notice, ...]:
    """Tell of lines that stand so close that the letters of one touch those of the next."""
    try:
        size, leading = (points(chosen.values(style)[name]) for name in ("size", "leading"))
    except (KeyError, ValueError):  # a theme without them, or lengths that only a page can tell
        return ()
    if leading >= size:
        return ()
    set_one = next((name for name in ("leading", "size") if name in style.settings), "leading")
    return (
        Notice(
            f"letters of `{size:g}pt` in lines of `{leading:g}pt` touch those above and below",
            project.file,
            project.line("style", "settings", set_one),
            f'set `leading = "{round(2 * _AIRY * size) / 2:g}pt"` or so',
        ),
    )
