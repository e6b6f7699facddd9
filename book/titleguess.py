"""A title for a blog whose source names none: of the name of its file, of its author, of its address."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from book.model import Gathered
from book.urls import urlsplit

_PROGRAMS = {
    "archive", "atom", "backup", "blogger", "blogspot", "bloggerexport", "content", "data", "download",
    "dreamwidth", "dump", "export", "exported", "feed", "ghost", "hugo", "index", "jekyll", "livejournal",
    "medium", "movabletype", "mt", "only", "post", "posts", "rss", "source", "src", "substack", "takeout",
    "tumblr", "typepad", "wordpress", "wordpressexport", "wp", "wxr", "xml", "zip",
}  # fmt: skip
"""Words in the names of files and folders that programs give, which say nothing of the blog."""
_NUMBER = re.compile(r"[\d.]+|(?=\w*\d)(?=\w*[a-z])\w{8,}", re.IGNORECASE)
_WORDS = re.compile(r"[\s_-]+")
_COMMON = {"www", "blog", "blogs"}
_LEVELS = 3
_PUBLIC = {"co", "com", "net", "org", "ac", "gov", "edu"}


def guessed(gathered: Gathered, source: Path) -> tuple[str, str] | None:
    """Return a title and what it is made of; None where there is nothing to make one of."""
    if named := _named(source):
        return named, "the name of what was gathered"
    if author := _only_author(gathered):
        return author, "the name of who wrote the posts"
    host = (urlsplit(gathered.url or "").hostname or "").split(".")
    labels = [label for label in host if label not in _COMMON]
    if len(labels) > 1 and labels[0] not in _PUBLIC | _PROGRAMS:
        return _written(labels[0]), "the blog's address"
    return None


def _only_author(gathered: Gathered) -> str:
    """Return the name of the one person who wrote all; a name that only a program knows one by is none."""
    authors = Counter(draft.authors for draft in gathered.drafts if draft.authors)
    alone = next(iter(authors)) if len(authors) == 1 else ()
    return alone[0] if len(alone) == 1 and " " in alone[0].strip() else ""


def _named(source: Path) -> str:
    """Return what the name of a file or a folder says, or that of the folders that it is in."""
    whole = source.resolve()
    if whole.is_file() and (words := _said(whole.stem)):
        return words
    folders = [whole, *whole.parents] if whole.is_dir() else []
    return next((words for one in folders[:_LEVELS] if (words := _said(one.name))), "")


def _said(name: str) -> str:
    """Return a name without what programs put into it; nothing where nothing else is in it."""
    parts = [part for part in re.split(r"[\s._-]+", name) if part]
    kept = [part for part in parts if not (_NUMBER.fullmatch(part) or part.lower() in _PROGRAMS)]
    if not kept:
        return ""
    return _written(name if kept == parts else " ".join(kept))


def _written(name: str) -> str:
    words = _WORDS.sub(" ", name).strip(" ._")
    return words[:1].upper() + words[1:]
