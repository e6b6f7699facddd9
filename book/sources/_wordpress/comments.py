"""The comments on a WordPress post."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from book.model import Comment
from book.sources._html_to_markdown import to_markdown
from book.sources._newlines import with_breaks
from book.sources._threads import threaded
from book.sources._wordpress.items import Remark


def comments_of(remarks: Sequence[Remark], is_author: Callable[[Remark], bool]) -> tuple[Comment, ...]:
    """Return those that were approved, in their threads; neither pingbacks nor anything but comments."""
    found = [
        Comment(
            one.author,
            one.date,
            to_markdown(with_breaks(one.body)).markdown,
            one.ident,
            one.parent or None,
            is_author(one),
        )
        for one in remarks
        if one.approved and one.kind == "comment"
    ]
    return threaded(found, {one.ident: one.parent for one in remarks})
