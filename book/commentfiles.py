"""The comments that gathering writes beside posts, and refreshes unless their file was edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from book.chapterfiles import Memory, digest, hash_of
from book.comments import FOLDER, beside, render
from book.errors import BookError
from book.model import Comment, Notice
from book.wholefile import write_whole


class CommentFiles:
    """Decides what becomes of the comments on each post, and writes those that are new or have changed."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        self.folder = folder
        self.memory = memory
        self.count = 0
        self.warnings: list[Notice] = []
        self.waiting: dict[Path, bytes] = {}
        if (folder / FOLDER).is_symlink():
            message = "this is a link, and comments would leave the project by it"
            raise BookError(message, path=folder / FOLDER, hint="put a folder of its own there")

    def take(self, post: str, comments: Sequence[Comment]) -> None:
        """Decide about the comments on the post in the file `post`; there is no file for none."""
        if not comments:
            return
        self.count += len(comments)
        path, data = beside(self.folder / post), render(comments)
        prior, current, new = self.memory.comments.get(path.name), hash_of(path), digest(data)
        if current == new:
            self.memory.comments[path.name] = new
        elif current == prior:
            self.waiting[path] = data
            self.memory.comments[path.name] = new
        elif current is not None and new != prior:
            message = (
                "there are other comments where these come from, and you have edited them: yours are kept"
            )
            self.warnings.append(Notice(message, path))

    def write(self) -> None:
        """Write what was decided."""
        for path, data in self.waiting.items():
            write_whole(path, data)
