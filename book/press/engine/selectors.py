"""Selectors, compiled once for all the style sheets that a process is dressed in, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cssselect2
from tinycss2 import serialize

_MOST = 20_000
"""Selectors that are remembered."""

_compile = cssselect2.compile_selector_list
_known: dict[str, list[Any]] = {}


def compiled(tokens: str | Iterable[Any], namespaces: Any = None) -> list[Any]:
    """Stand for `compile_selector_list`, whose answer is a function of what is written."""
    if isinstance(tokens, str) or namespaces:
        return list(_compile(tokens, namespaces))
    tokens = list(tokens)
    written = serialize(tokens)
    if written not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        _known[written] = _compile(tokens)
    return _known[written]
