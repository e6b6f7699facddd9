"""The comments that gathering writes beside posts, and refreshes unless their file was edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from book.chapterfiles import Memory, digest, hash_of
from book.comments import FOLDER, beside, render
from book.errors import BookError
from book.model import Comment, Notice
from book.wholefile import write_each

_MAIL = re.compile(r"<?\b(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+>?")
_MAIL_LINK = re.compile(r"\[([^\[\]]*)\]\(<?mailto:[^()\s]*\)")


class CommentFiles:
    """Decides what becomes of the comments on each post, and writes those that are new or have changed."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        self.folder = folder
        self.memory = memory
        self.count = 0
        self.masked = 0
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
        comments = [self._without_mail(comment) for comment in comments]
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

    def _without_mail(self, comment: Comment) -> Comment:
        """Take mail addresses out of what somebody wrote for a website, and not for a book."""
        name = " ".join(_MAIL.sub("", comment.author).split())
        body = _MAIL.sub("…", _MAIL_LINK.sub(r"\1", comment.body))
        self.masked += (name, body) != (comment.author, comment.body)
        return replace(comment, author=name, body=body)

    def told(self) -> list[Notice]:
        """Return what the author should know of it."""
        masked = (
            [Notice(f"comments of which mail addresses were left out: {self.masked}")] if self.masked else []
        )
        return [*self.warnings, *masked]

    def write(self) -> None:
        """Write what was decided."""
        write_each(self.waiting)
