"""The albums of a Takeout: pictures under the names they had when they were uploaded."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path, PurePosixPath

from book.errors import BookError
from book.sources._containers import Container
from book.sources._json import load
from book.sources._medialookup import Lookup

_NUMBERED = re.compile(r"^(?P<name>.*)\((?P<number>\d+)\)$")


def lookup_in(container: Container, blog: str) -> Lookup:
    """Return a lookup of a blog's pictures: in its own album first, then in any."""
    lookup = Lookup(container, prefer=f"/Albums/{blog}/", equal=lambda names: _same(container, names))
    for name in container.names:
        if "Albums/" in name and name.endswith(".json"):
            _add(lookup, container, name)
    return lookup


def _same(container: Container, names: list[str]) -> bool:
    return len({sha256(container.read(name)).digest() for name in names}) == 1


def _add(lookup: Lookup, container: Container, sidecar: str) -> None:
    """Make a picture known by the name that the file beside it tells, where its own was cut or changed."""
    try:
        told = load(container.read(sidecar, 2**20), Path(sidecar))
    except BookError:
        return
    name = told.get("filename") if isinstance(told, dict) else None
    picture = _beside(sidecar)
    if isinstance(name, str) and picture in container.names and PurePosixPath(picture).name != name:
        lookup.add(name, picture)


def _beside(sidecar: str) -> str:
    """Return the picture that `x.jpg.json` tells of; of `x.jpg(1).json` it is `x(1).jpg`."""
    stem = sidecar.removesuffix(".json")
    numbered = _NUMBERED.match(stem)
    if numbered is None:
        return stem
    path = PurePosixPath(numbered["name"])
    return str(path.with_name(f"{path.stem}({numbered['number']}){path.suffix}"))
