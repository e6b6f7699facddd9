"""Open a font file; whatever is wrong inside it is the author's to know, with its path."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from book.errors import BookError


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a font with fontTools, its tables read when asked for; raise BookError for a damaged one."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, recalcTimestamp=False, lazy=True) as font:
            yield font
    except (TTLibError, struct.error, AssertionError, KeyError, IndexError, ValueError) as error:
        raise BookError(
            f"this is not a font that can be read: {error}", path=path, hint="use a TrueType or OpenType file"
        ) from error
