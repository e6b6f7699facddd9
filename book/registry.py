"""Find an extension by its kind and name: a module of ours, else an installed entry point.

Kinds are the folders `sources`, `editions` and `checks`; the entry-point group of
each is `octavo.<kind>`. A project folder never supplies Python.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType, NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from book.errors import BookError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints


def names(kind: str) -> list[str]:
    """Return the names of all extensions of `kind`, sorted."""
    package = import_module(f"book.{kind}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__)}
    others = {point.name for point in _entry_points(kind)}
    return sorted(name for name in own | others if not name.startswith("_"))


def find(kind: str, name: str) -> ModuleType:
    """Return the module `name` of `kind`; raise BookError with the nearest name if there is none."""
    package = import_module(f"book.{kind}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__)}
    if name in own and not name.startswith("_"):
        return import_module(f"book.{kind}.{name}")
    for point in _entry_points(kind).select(name=name):
        module = point.load()
        if isinstance(module, ModuleType):
            return module
    raise BookError(f"there is no {kind.removesuffix('s')} named `{name}`", hint=advice(name, names(kind)))


def _entry_points(kind: str) -> EntryPoints:
    from importlib.metadata import entry_points  # slow to load, and `--help` needs none

    return entry_points(group=f"octavo.{kind}")


def option_names(function: Any) -> list[str]:
    """Return the names of a function's options, its keyword-only parameters, as authors write them."""
    return [name.replace("_", "-") for name in _options_of(function)]


def options(function: Any, given: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    """Check that `given` are options of `function`, each of its type; raise BookError for one that is not.

    `where` names the table they come from, for the message.
    """
    known = _options_of(function)
    checked = {}
    for key, value in given.items():
        name = key.replace("-", "_")
        if name not in known:
            raise BookError(f"unknown key `{key}` in {where}", hint=advice(key, option_names(function)))
        if not _fits(value, known[name]):
            raise BookError(f"`{key}` is not {_words(known[name])}")
        checked[name] = tuple(value) if isinstance(value, list) else value
    return checked


def _options_of(function: Any) -> dict[str, Any]:
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    return {p.name: p.annotation for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}


def _fits(value: Any, kind: Any) -> bool:
    """Tell whether a value is of the kind that an annotation says."""
    if isinstance(kind, UnionType) or get_origin(kind) in (Union, Literal, tuple):
        parts = get_args(kind)
        if get_origin(kind) is Literal:
            return value in parts
        if get_origin(kind) is tuple:
            return isinstance(value, list | tuple) and all(_fits(one, parts[0]) for one in value)
        return any(_fits(value, part) for part in parts)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, bool):
        return kind in (bool, Any, object)
    origin = get_origin(kind) or kind
    return not isinstance(origin, type) or isinstance(value, origin)


_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "`true` or `false`", NoneType: ""}


def _words(kind: Any) -> str:
    """Put an annotation into words."""
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) is tuple:
        return "a list"
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return " or ".join(filter(None, map(_words, get_args(kind))))
    return _WORDS.get(kind, "a table")


def advice(name: str, known: list[str]) -> str:
    """Say which of the `known` names is nearest to a misspelt one, or name them all."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else "there are: " + ", ".join(f"`{one}`" for one in known)
