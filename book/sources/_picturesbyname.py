"""Pictures that a folder of posts keeps where a template of its website looks for them.

A post then gives no more than a name, or the end of a path: `photo="salt.jpg"`.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from book.errors import BookError
from book.sources._localpictures import local_path
from book.sources._picturenames import is_picture
from book.sources._treefiles import pictures_in, posts_in
from book.textfile import is_inside, read_bytes


class PicturesByName:
    """The pictures of a folder by their names, looked through when the first is asked for.

    What lies beside a post, or in a folder that is called as a post is, belongs to that one.
    """

    def __init__(self, folder: Path | None) -> None:
        """Look at a folder; with none, where a single post is gathered, nothing is known."""
        self.folder = folder

    def find(self, address: str) -> Path | None:
        """Return the one picture whose path ends as an address does; None if several could be meant."""
        path = PurePosixPath((local_path(address) or "").lstrip("/"))
        parts = tuple(part.casefold() for part in path.parts if part != ".")
        if not parts or ".." in parts or not is_picture(path.name):
            return None
        found = [file for file, ending in self._named.get(parts[-1], []) if ending[-len(parts) :] == parts]
        return found[0].resolve() if len(found) == 1 or _are_same(found) else None

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


def _are_same(files: list[Path]) -> bool:
    """Tell whether files are copies of one, as a website's folder and what was made of it have them."""
    with suppress(BookError):
        return len({read_bytes(file) for file in files}) == 1
    return False
