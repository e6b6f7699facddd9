"""Loading WeasyPrint without the detours.

It brings all of fontTools along, which takes a third of the time, for what it does
itself only with fonts that are not the press's: those modules are loaded on first use.

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
from importlib import import_module
from types import ModuleType
from typing import Any

LATER = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Modules that WeasyPrint seldom needs, and what it calls in them."""


@contextmanager
def _direct() -> Iterator[None]:
    find: Any = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _sparing() -> Iterator[None]:
    """Import what is seldom needed when it is called."""
    stand_ins = {name: _stand_in(name, calls) for name, calls in LATER.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


def _stand_in(name: str, calls: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    for call in calls:
        vars(module)[call] = _on_call(name, call)
    return module


def _on_call(module: str, name: str) -> Any:
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(import_module(module), name)(*arguments, **options)

    return call


def load() -> None:
    """Import WeasyPrint; raise OSError if Pango or a library like it is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fontconfig without fonts is just what the press wants
        if sys.platform.startswith("linux"):
            try:
                with _direct(), _sparing():
                    import weasyprint
            except OSError:
                _forget()
        import weasyprint  # noqa: F401
    from book.press.engine import divisions

    divisions.remember()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        del sys.modules[name]
