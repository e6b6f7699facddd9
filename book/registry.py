"""Find an extension by its kind and name: a module of ours, else an installed entry point.

Kinds are the folders `sources`, `editions` and `checks`; the entry-point group of
each is `octavo.<kind>`. A project folder never supplies Python.
"""

from __future__ import annotations

import inspect
import pkgutil
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from book.errors import BookError


def names(kind: str) -> list[str]:
    """Return the names of all extensions of `kind`, sorted."""
    package = import_module(f"book.{kind}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__)}
    others = {point.name for point in entry_points(group=f"octavo.{kind}")}
    return sorted(name for name in own | others if not name.startswith("_"))


def find(kind: str, name: str) -> ModuleType:
    """Return the module `name` of `kind`; raise BookError with the nearest name if there is none."""
    package = import_module(f"book.{kind}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__)}
    if name in own and not name.startswith("_"):
        return import_module(f"book.{kind}.{name}")
    for point in entry_points(group=f"octavo.{kind}", name=name):
        module = point.load()
        if isinstance(module, ModuleType):
            return module
    known = names(kind)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "there are: " + ", ".join(f"`{n}`" for n in known)
    raise BookError(f"there is no {kind.removesuffix('s')} named `{name}`", hint=hint)


def options(function: Any, given: dict[str, Any], *, where: str) -> dict[str, Any]:
    """Check that `given` are keyword-only parameters of `function`; raise BookError for one that is not.

    `where` names the table they come from, for the message.
    """
    parameters = inspect.signature(function).parameters.values()
    known = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
    for key in given:
        name = key.replace("-", "_")
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = (
                f"did you mean `{near[0].replace('_', '-')}`?"
                if near
                else "there are: " + ", ".join(f"`{k.replace('_', '-')}`" for k in known)
            )
            raise BookError(f"unknown key `{key}` in {where}", hint=hint)
    return {key.replace("-", "_"): value for key, value in given.items()}
