"""Built-in templates, compiled once for a user and remembered: compiling takes longer than rendering.

What is remembered is code, so it never lies in a project's folder, which may come from a stranger,
and it is taken only whole, as it was written. Templates of projects and themes are compiled anew.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from book import userstore
from book.press.store import Store, key

_LIMIT = 8 << 20
"""Bytes of compiled templates: those of a few versions."""


class Compiled(BytecodeCache):
    """What Jinja remembers compiled templates with."""

    def __init__(self) -> None:
        self._store = Store(userstore.folder("templates"), limit=_LIMIT)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code of a template into a bucket, if it is there."""
        if data := self._store.get(_name(bucket)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template's code."""
        self._store.put(_name(bucket), bucket.bytecode_to_string())
        self._store.prune()


def _name(bucket: Bucket) -> str:
    return key(bucket.key, bucket.checksum, version("jinja2"), _shapers())


@lru_cache
def _shapers() -> str:
    """Name our own code that has a say in what templates are compiled to."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / f"{name}.py").read_bytes() for name in _SHAPERS)).hexdigest()


_SHAPERS = ("sandbox", "rendering", "compiled")
