"""Find the pictures that posts name among the files that came with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_plus, urlsplit

from book.sources._containers import Container

_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)$", re.IGNORECASE)
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")


def _never(_: list[str]) -> bool:
    return False


class Lookup:
    """Knows the pictures of an export by their names, and by the folders they stand in.

    Of several with one name, those whose path holds `prefer` are meant; if they are `equal`, any of them.
    """

    def __init__(
        self, container: Container, *, prefer: str = "", equal: Callable[[list[str]], bool] = _never
    ) -> None:
        self.container = container
        self.prefer = prefer
        self.equal = equal
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for name in container.names:
            if _IMAGE.search(name):
                self.add(PurePosixPath(name).name, name)

    def add(self, known_as: str, name: str) -> None:
        """Make a file known by a name, after those that have it as their own."""
        if name not in self.by_name[known_as.casefold()]:
            self.by_name[known_as.casefold()].append(name)

    def find(self, address: str) -> Path | bytes | None:
        """Return the picture that an address names; None if it is not here, or several could be meant."""
        name = self.name(address)
        return self.container.media(name) if name else None

    def name(self, address: str) -> str | None:
        """Return the name of the file that an address names."""
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            return None
        for wanted in dict.fromkeys((path, unquote_plus(path), _SIZED.sub("", path))):
            found = self._nearest(wanted, self.by_name.get(PurePosixPath(wanted).name.casefold(), []))
            if len(found) == 1 or (found and self.equal(found)):
                return found[0]
        return None

    def _nearest(self, wanted: str, found: list[str]) -> list[str]:
        """Keep those whose folders are most like the wanted one's, of those the ones preferred."""
        if len(found) < 2:
            return found
        most = max(_shared(one, wanted) for one in found)
        nearest = [one for one in found if _shared(one, wanted) == most]
        preferred = [one for one in nearest if self.prefer and self.prefer in f"/{one}"] or nearest
        own = [one for one in preferred if PurePosixPath(one).name == PurePosixPath(wanted).name]
        return own or preferred


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
