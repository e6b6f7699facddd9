"""Find the pictures that posts name among the files that came with them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_plus, urlsplit

from book.sources._containers import Container

_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)$", re.IGNORECASE)
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")


class Lookup:
    """Knows the pictures of an export by their names, and by the folders they stand in."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for name in container.names:
            if _IMAGE.search(name):
                self.by_name[_folded(PurePosixPath(name).name)].append(name)

    def find(self, address: str) -> Path | bytes | None:
        """Return the picture that an address names; None if it is not here, or several could be meant."""
        name = self.name(address)
        return self.container.media(name) if name else None

    def name(self, address: str) -> str | None:
        """Return the name of the file that an address names."""
        path = unquote(urlsplit(address).path)
        for wanted in dict.fromkeys((path, unquote_plus(path), _SIZED.sub("", path))):
            found = self.by_name.get(_folded(PurePosixPath(wanted).name), [])
            if len(found) > 1:
                shared = [(_shared(one, wanted), one) for one in found]
                most = max(shared)[0]
                found = [one for number, one in shared if number == most]
            if len(found) == 1:
                return found[0]
        return None


def _folded(name: str) -> str:
    return name.casefold()


def _shared(one: str, other: str) -> int:
    """Count how many of the last parts of two paths are the same."""
    number = 0
    for left, right in zip(
        reversed(PurePosixPath(one).parts), reversed(PurePosixPath(other).parts), strict=False
    ):
        if left.casefold() != right.casefold():
            break
        number += 1
    return number
