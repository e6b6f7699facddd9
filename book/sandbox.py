"""Jinja's sandbox with ends: a template from anywhere can loop, recurse and grow only so far.

Jinja keeps templates from code and from private attributes. What it lets through is work without
end (loops in loops, macros that call themselves) and strings that fill the memory: turns and calls
are counted here, and results measured before they are made wherever they can be large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, cast

from jinja2 import nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

TURNS = 1_000_000
"""How many turns of loops, and calls, one rendering may take."""

LONGEST = 1_000_000
"""How many characters a string may have that a template makes of others."""

_GREATEST = 10_000
"""The greatest number that may say how wide, how deep or how often."""

_BITS = 4_096


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment that counts; `begin` starts the count anew."""

    intercepted_binops = frozenset(["*", "**", "+", "%"])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._turns = 0
        self.filters = {name: _held(function) for name, function in self.filters.items()}
        self.filters["_counted"] = self._counted
        self.filters["_bounded"] = _bounded
        del self.globals["lipsum"]

    def begin(self) -> None:
        """Begin to count for another rendering."""
        self._turns = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = _filtered(loop.iter, "_counted")
        for joint in [*tree.find_all(nodes.Concat), *tree.find_all(nodes.Output)]:
            joint.nodes = [_kept_short(one) for one in joint.nodes]  # type: ignore[attr-defined]
        return tree

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._turn()
            yield value

    def _turn(self) -> None:
        self._turns += 1
        if self._turns > TURNS:
            raise TemplateRuntimeError(f"it takes more than {TURNS:,} turns".replace(",", " "))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls, and count it."""
        __self._turn()
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str):
            _check(getattr(__obj, "__name__", ""), owner, args, kwargs)
        return _bounded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, if the result is of a size that somebody could want."""
        if _size(operator, left, right) > LONGEST:
            raise TemplateRuntimeError(f"what `{operator}` gives here is too large")
        return super().call_binop(context, operator, left, right)


def _kept_short(node: nodes.Node) -> nodes.Expr:
    return cast(nodes.Expr, node) if isinstance(node, nodes.TemplateData) else _filtered(node, "_bounded")


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    made = nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None)
    made.set_lineno(node.lineno)
    if node.environment is not None:
        made.set_environment(node.environment)
    return made


def _size(operator: str, left: Any, right: Any) -> float:
    """Return how large a result would be at most, in characters, items, or bits beyond what is usual."""
    if operator == "**":
        small = abs(left) <= _GREATEST and abs(right) <= _GREATEST // 100
        return 0 if small else float("inf")
    if operator == "%" and isinstance(left, str):
        return float("inf") if any(len(one) > 4 for one in _digits(left)) else 0
    if operator == "+":
        return _length(left) + _length(right)
    if isinstance(left, int) and isinstance(right, int):
        return float("inf") if left.bit_length() + right.bit_length() > _BITS else 0
    if isinstance(left, int):
        left, right = right, left
    return _length(left) * right if isinstance(right, int) else 0


def _digits(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple) else 0


def _bounded(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST * 100:
        raise TemplateRuntimeError("it makes a text that is too long")
    return value


def _held(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses what would make it fill the memory."""
    name = getattr(function, "__name__", "").removeprefix("do_")

    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def held(*args: Any, **kwargs: Any) -> Any:
        value = args[first] if len(args) > first else ""
        _check(name, value if isinstance(value, str) else "", args[first + 1 :], kwargs)
        return function(*args, **kwargs)

    return held


def _check(name: str, text: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise where a string's method or a filter is asked for more than anyone could want."""
    values = (*args, *kwargs.values())
    if name != "format" and any(isinstance(one, int) and abs(one) > _GREATEST for one in values):
        raise TemplateRuntimeError(f"`{name}` is asked for too much")
    strings = [one for one in values if isinstance(one, str)]
    too_long = name == "replace" and len(strings) > 1 and text.count(strings[0]) * len(strings[1]) > LONGEST
    wide = name == "format" and any(len(one) > 4 for one in _digits(text))
    joined = name == "join" and len(text) > _GREATEST
    if too_long or wide or joined:
        raise TemplateRuntimeError(f"`{name}` would make a text that is too long")
