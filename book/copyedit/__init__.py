"""Mechanical corrections, in order: each pass can be turned off by its name in `[copyedit]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from book.copyedit import dashes, ellipses, quotes, spaces
from book.copyedit.runs import Edit, apply, runs
from book.errors import BookError

if TYPE_CHECKING:
    from lxml import etree

Pass = Callable[[str, str], list[Edit]]
"""From a run of text and its language to what is to be changed in it."""

PASSES: Mapping[str, Pass] = {
    "quotes": quotes.edits,
    "dashes": dashes.edits,
    "ellipses": ellipses.edits,
    "spaces": spaces.edits,
}
"""Those that correct a run of text."""

NAMES = (*PASSES, "wraps")
"""All there are: `wraps` is of whole paragraphs, and goes before what reads their lines."""


def chosen(switches: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the names of the passes that are on; raise BookError for a name that is none."""
    for name in switches:
        if name not in NAMES:
            near = get_close_matches(name, NAMES, n=1)
            known = ", ".join(f"`{one}`" for one in NAMES)
            hint = f"did you mean `{near[0]}`?" if near else f"there are: {known}"
            raise BookError(f"there is no copy-editing pass `{name}`", hint=hint)
    return tuple(name for name in NAMES if switches.get(name, True))


def copyedit(root: etree._Element, language: str, passes: tuple[str, ...]) -> None:
    """Correct the text under `root` in place, each passage by the rules of its own language."""
    for run in runs(root, language):
        for name in passes:
            if edits := PASSES.get(name):
                run = apply(run, edits(run.text, run.language))


def corrected(text: str, language: str, passes: tuple[str, ...]) -> str:
    """Correct a text that stands alone, such as a title."""
    from lxml import etree

    holder = etree.Element("p")
    holder.text = text
    copyedit(holder, language, passes)
    return holder.text or ""
