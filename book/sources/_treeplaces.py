"""What a file's place in a website's folder says of it: Jekyll and Hexo part posts from pages so."""

from __future__ import annotations

from pathlib import Path

from book.sources._treefiles import is_dated

_HOMES = ("_posts", "source/_posts", "src/_posts")
"""Where such a generator keeps posts, in the folder of its site."""
_POSTS = {"_posts", "_drafts"}


class Places:
    """The places of posts and of pages in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._homes: dict[Path, bool] = {}

    def kind_of(self, file: Path, *, dated: bool) -> str | None:
        """Return what a file is by its place, `post` or `page`; None where its place says nothing.

        `dated` tells whether it says its own date. Beside a folder of posts there are pages, whatever
        their headers say; in other folders whose name begins with `_`, as those of posts does, what has
        no date is one.
        """
        folders = file.relative_to(self.root).parts[:-1]
        if _POSTS & {self.root.name, *folders}:
            return "post"
        site = next((above for above in file.parents if self._is_home(above)), None)
        if site is None or is_dated(file):
            return None
        inside = file.relative_to(site).parts[:-1]
        if any(name.startswith("_") for name in inside):
            return None if dated else "page"
        return "page"

    def _is_home(self, folder: Path) -> bool:
        if not folder.is_relative_to(self.root):
            return False
        if folder not in self._homes:
            self._homes[folder] = any((folder / home).is_dir() for home in _HOMES)
        return self._homes[folder]
