"""Loading WeasyPrint without the detours.

Where a library has no name that the loader knows at once, cffi has a compiler and
a linker run to find it, some fifty times before WeasyPrint is loaded, which takes
longer than everything else. On Linux WeasyPrint's own list ends with a name that
the loader knows.
"""

from __future__ import annotations

import ctypes.util
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def _direct() -> Iterator[None]:
    find: Any = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


def load() -> None:
    """Import WeasyPrint; raise OSError if Pango or a library like it is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fontconfig without fonts is just what the press wants
        if sys.platform.startswith("linux"):
            try:
                with _direct():
                    import weasyprint
            except OSError:
                _forget()
        import weasyprint  # noqa: F401


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        del sys.modules[name]
