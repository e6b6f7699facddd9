"""What the typesetting libraries of this machine are: a part of every key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from book.press.store import Store, key

_PYTHON = ("weasyprint", "pydyf", "pyphen", "tinycss2", "cssselect2", "pillow", "fonttools", "ziamath")

_READERS = ("proofread.py", "accounting.py")
"""Modules elsewhere whose findings are remembered with pages."""


@cache
def code() -> str:
    """Return a digest of the press, of who reads its pages, and the versions of what it sets with."""
    digest = hashlib.blake2b(digest_size=16)
    folder = Path(__file__).parent
    readers = [*(folder.parent / "proofreading").glob("*.py"), *map(folder.parent.joinpath, _READERS)]
    for path in (*sorted(folder.rglob("*.py")), *sorted(readers)):
        digest.update(path.read_bytes())
    digest.update(repr([version(name) for name in _PYTHON]).encode())
    return digest.hexdigest()


def machine(store: Store, ask: Callable[[], Mapping[str, str]]) -> str:
    """Return the versions of Pango and its kind, asking for them anew when their files changed.

    `ask` loads the libraries and returns their versions, and the paths of their files as keys
    that begin with a slash.
    """
    name = key("libraries", code())
    data = store.get(name)
    if data is not None:
        known = json.loads(data)
        if known["files"] and known["files"] == _files(known["files"]):
            return str(known["versions"])
    found = ask()
    files = _files([path for path in found if path.startswith("/")])
    versions = repr(sorted((name, value) for name, value in found.items() if not name.startswith("/")))
    store.put(name, json.dumps({"files": files, "versions": versions}).encode())
    return versions


def _files(paths: object) -> dict[str, list[int]]:
    found = {}
    for path in sorted(paths if isinstance(paths, list | dict) else []):
        try:
            stat = Path(path).stat()
        except OSError:
            continue
        found[path] = [stat.st_size, stat.st_mtime_ns]
    return found
