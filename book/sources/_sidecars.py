"""What is said of a post in a file beside it: its title and date, as JSON, YAML or a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book import headeryaml
from book.errors import BookError
from book.header import KEYS
from book.sources._json import load
from book.sources._pathdates import named_by
from book.sources._scriptheaders import SCRIPTS, is_about_post
from book.sources._scriptvalues import values_in
from book.sources._unknown import read

_SUFFIXES = (".json", ".yaml", ".yml", *SCRIPTS)
_LARGEST = 2**16
"""Bytes; what is said of one post is shorter."""


def beside(file: Path) -> dict[str, Any]:
    """Return the values of the one file that tells of a post; none where there is no such file, or several.

    It has the post's own name, or is alone of its kind in the folder that is the post.
    """
    own = [file.with_suffix(suffix) for suffix in _SUFFIXES]
    others = [] if named_by(file) == file else sorted(_data_in(file.parent))
    found = [values for path in dict.fromkeys([*own, *others]) if (values := _values(path))]
    return found[0] if len(found) == 1 else {}


def _data_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)


def _values(path: Path) -> dict[str, Any]:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        return {}
    try:
        text = read(path)[0]
        if path.suffix in SCRIPTS:
            return next((value for _, value, _ in values_in(text) if is_about_post(value)), {})
        said = (
            load(text.encode(), path) if path.suffix == ".json" else headeryaml.load(text, path, set(KEYS))[0]
        )
    except BookError:
        return {}
    return said if is_about_post(said) else {}
