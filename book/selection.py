"""Which posts are in the book, by the rules of `[chapters]` and what their author decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from book.config import ChapterRules
from book.model import Post, Skipped


def select(posts: Sequence[Post], rules: ChapterRules) -> tuple[list[Post], list[Skipped]]:
    """Split posts into those that the rules let in and those left out, with the reason for each."""
    kept: list[Post] = []
    left_out: list[Skipped] = []
    for post in posts:
        reason = reason_against(post, rules)
        if reason is None:
            kept.append(post)
        else:
            left_out.append(Skipped(post.origin.path, reason, post.origin.line))
    return kept, left_out


def reason_against(post: Post, rules: ChapterRules) -> str | None:
    """Return why a post is not in the book, None for one that is."""
    if post.left_out:
        return "left out, as `decisions.toml` says"
    if post.draft and not rules.drafts:
        return "draft"
    if post.kind == "page":
        return None
    if post.undated:
        return "draft without a date"
    day = post.day.isoformat()
    if rules.since and day[: len(rules.since)] < rules.since:
        return f"before {rules.since}"
    if rules.until and day[: len(rules.until)] > rules.until:
        return f"after {rules.until}"
    tags = _folded(post.tags)
    if rules.tags and not tags & _folded(rules.tags):
        return "has none of the tags " + ", ".join(rules.tags)
    if unwanted := tags & _folded(rules.without):
        return "has the tag " + ", ".join(sorted(unwanted))
    if rules.authors and not _folded(post.authors) & _folded(rules.authors):
        return "is by none of " + ", ".join(rules.authors)
    return None


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words}
