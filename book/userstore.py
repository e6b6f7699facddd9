"""Where things are remembered that belong to a person and not to a book: one folder for each user."""

from __future__ import annotations

import os
from pathlib import Path


def folder(kind: str) -> Path:
    """Return the user's folder for things of a kind: `$XDG_CACHE_HOME/octavo/fonts`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "octavo" / kind
