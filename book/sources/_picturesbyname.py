"""Pictures that a folder of posts keeps where its website has them, and not where a post says.

A template of the website looks for them: a post gives no more than a name, or the end of a path
(`photo="salt.jpg"`). Or the address is the whole one, on the website itself.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from book.errors import BookError
from book.sources._localpictures import find, local_path
from book.sources._picturenames import is_picture
from book.sources._treefiles import pictures_in, posts_in
from book.textfile import is_inside, read_bytes
from book.urls import urlsplit


class PicturesByName:
    """The pictures of a folder by their names, looked through when the first is asked for.

    What lies beside a post, or in a folder that is called as a post is, belongs to that one.
    """

    def __init__(self, folder: Path | None, url: str | None) -> None:
        """Look at the folder of a website at `url`; where one post is gathered, there is none."""
        self.folder = folder
        self.home = _place(url or "")

    def find(self, address: str) -> Path | None:
        """Return the one picture whose path ends as an address does; None if several could be meant."""
        own = self._on_the_site(address)
        if own and self.folder and (there := find(own, self.folder / "index.md", self.folder)):
            return there
        path = PurePosixPath((local_path(own or address) or "").lstrip("/"))
        parts = tuple(part.casefold() for part in path.parts if part != ".")
        if not parts or ".." in parts or not is_picture(path.name):
            return None
        found = [file for file, ending in self._named.get(parts[-1], []) if ending[-len(parts) :] == parts]
        return found[0].resolve() if len(found) == 1 or _are_same(found) else None

    def _on_the_site(self, address: str) -> str | None:
        """Return an address on the website as one that begins with a slash; None for any other."""
        (host, path), (home, above) = _place(address), self.home
        if not home or host != home or not f"{path}/".startswith(f"{above}/".lstrip("/")):
            return None
        return "/" + path.removeprefix(above).lstrip("/")

    @cached_property
    def _named(self) -> dict[str, list[tuple[Path, tuple[str, ...]]]]:
        if self.folder is None:
            return {}
        posts = list(posts_in(self.folder))
        homes, names = {post.parent for post in posts}, {post.stem for post in posts}
        named: dict[str, list[tuple[Path, tuple[str, ...]]]] = {}
        for file in pictures_in(self.folder):
            if file.parent not in homes and file.parent.name not in names and is_inside(file, self.folder):
                parts = tuple(part.casefold() for part in file.relative_to(self.folder).parts)
                named.setdefault(parts[-1], []).append((file, parts))
        return named


def _place(address: str) -> tuple[str, str]:
    """Return the host of a whole address, and its path; nothing for one that is not whole."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    return host, parts.path.strip("/")


def _are_same(files: list[Path]) -> bool:
    """Tell whether files are copies of one, as a website's folder and what was made of it have them."""
    with suppress(BookError):
        return len({read_bytes(file) for file in files}) == 1
    return False
