"""Which front or back matter a page of a blog could be, by what it is called."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_CALLED = Path(__file__).with_name("pageroles.toml")
_LONGEST = 4
"""Words that a page's title has whose first or last says what it is."""


def role_of(title: str, slug: str | None) -> str:
    """Return the role that a page's title or slug means; empty where it tells none."""
    for name in (title, slug or ""):
        words = re.findall(r"[^\W_]+(?:\u200c[^\W_]+)*", _plain(name))
        near = {*words[:1], *words[-1:], "-".join(words)} if len(words) <= _LONGEST else set()
        for role, known in _called().items():
            east_asian = any(ord(one[0]) > 0x3000 and _plain(name).startswith(one) for one in known)
            if near & known or east_asian:
                return role
    return ""


@lru_cache
def _called() -> Mapping[str, frozenset[str]]:
    roles = tomllib.loads(_CALLED.read_text(encoding="utf-8"))
    return {role: frozenset(map(_plain, names)) for role, names in roles.items()}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()
