"""Style sheets made ready for a medium: cut, filled in, held to sane values; and remembered by their text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from book import resources, stylesheets, stylevalues
from book.config import Project, Style
from book.model import Notice, Sheet
from book.press.store import Store, key
from book.rows import of_row, row
from book.theme import theme

_LIMIT = 16 << 20
"""Bytes of sheets that a project remembers: those of some hundred changes."""


_OWN = ("stylesheets", "stylevalues", "settingqueries", "textfile", "theme")
"""Our modules that have a say in what sheets become."""


def ready(
    project: Project, style: Style, medium: str, others: Iterable[str]
) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    """Return the sheets of all layers as an edition has them, and what was left out of them.

    `others` are families for characters that the text's own lacks. Raises BookError as
    `stylesheets.sheets` does.
    """
    others, files = tuple(others), stylesheets.layers(project, style, medium)
    texts = [(name, str(path), resources.text(path)) for name, path in files]
    chosen = theme(project, style)
    settings = stylesheets.defaults(chosen), stylesheets.chosen_values(chosen, style)
    store = Store(project.store / "styles", limit=_LIMIT)
    called = key("sheets", medium, texts, settings, others, _shapers())
    if known := store.get(called):
        written, told = json.loads(known)
        sheets = (Sheet(name, text, path) for (name, path), text in zip(files, written, strict=True))
        return tuple(sheets), tuple(of_row(Notice, one) for one in told)
    made, notices = stylevalues.sane(stylesheets.sheets(project, style, medium, others))
    entry = [[sheet.text for sheet in made], [row(notice) for notice in notices]]
    store.put(called, json.dumps(entry).encode())
    store.prune()
    return made, notices


@lru_cache
def _shapers() -> str:
    """Name all that has a say in what sheets become."""
    here = Path(__file__).parent
    own = b"".join((here / f"{name}.py").read_bytes() for name in _OWN)
    return f"{version('tinycss2')} {hashlib.sha256(own).hexdigest()}"
