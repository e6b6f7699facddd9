"""Make a project: its `book.toml`, and posts gathered from a source or one to change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from book import kinds
from book.config import FILE
from book.errors import BookError
from book.gather import gather
from book.gatherreport import GatherReport
from book.kinds import Kind
from book.model import Notice
from book.wholefile import write_whole

FIRST_POST = """\
---
title: A first post
date: 2024-01-01
---

Write your posts like this one, each in a file of its own in `chapters/`, or gather them from your
blog: `book gather SOURCE`. Then delete this one.

Above the text stands the post's header: its title, its date, and if you like its `tags`, a `summary`
and more. The text is Markdown, with *emphasis*, [links](https://example.org), notes[^1] and pictures.

[^1]: A note stands at the foot of the page in print, and at the end of the chapter on screens.
"""

BOOK_TOML = """\
# What the book is. Every key is optional; lines that begin with `#` show what else can be said.
format-version = 1

title = {title}
# subtitle = "…"
{author}
language = {language}
# publisher = "…"
# rights = "All rights reserved."
# description = "A few sentences for catalogues."
# cover = "pictures/cover.jpg"      # without one, a cover is made from the title
# dedication = "For …"

# Where the blog is, or was:
{url}
# Keep this: it says that the next build is the same book.
identifier = {identifier}

[chapters]
by = "post"                 # what a chapter is: post, day, month, quarter, year or tag
parts = "none"              # chapters put together: none, year or month
order = "oldest-first"      # or newest-first
# from = "2017"             # a year, a month or a day, included
# until = "2018-08"
# tags = ["travel"]         # only posts with any of these
# without = ["news"]        # no posts with any of these

[style]
theme = "octavo"            # `book themes` lists the themes, and the settings of each
openings = "page"           # where chapters open in print: page, recto or any
# stylesheets = ["styles/mine.css"]

[style.settings]
# size = "11pt"
# leading = "14pt"

[editions.ebook]
format = "epub"
# isbn = "978-…"

[editions.paperback]
format = "pdf"
profile = "a5"
# isbn = "978-…"
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A new project's `book.toml`, and what was gathered if a source was named."""

    file: Path
    gathered: GatherReport | None = None


def new(
    folder: Path,
    source: Path | str | None = None,
    *,
    kind: str | None = None,
    options: Mapping[str, Any] | None = None,
    asked: Collection[str] = (),
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    **pictures: Any,
) -> Made:
    """Make a project in `folder`; what is not said is what the source says of itself.

    `pictures` are the further arguments of `gather`: where pictures may be looked for.

    Raises BookError for a folder that holds something, and then leaves it as it was.
    """
    title, author = _said("title", title, kinds.LINE), _said("author", author, kinds.LINE)
    language = _language(_said("language", language, kinds.LANGUAGE))
    with _fresh(folder):
        chapters = folder / "chapters"
        gathered = (
            gather([source], chapters, kind=kind, options=options, asked=asked, language=language, **pictures)
            if source
            else None
        )
        if gathered is None:
            write_whole(chapters / "2024-01-01-a-first-post.md", FIRST_POST.encode())
        told = gathered or GatherReport()
        of_source = _fitting(kinds.LINE, told.title)
        named = title or of_source or _name(folder)
        if gathered and not title and (told.title_from or not of_source):
            gathered = _guess_told(gathered, named, told.title_from if of_source else "the project's name")
        author = author or _fitting(kinds.LINE, told.author)
        language = language or _fitting(kinds.LANGUAGE, told.language) or "en"
        text = _book_toml(named, author, language, _fitting(kinds.ADDRESS, told.url))
        write_whole(folder / FILE, text.encode())
        write_whole(folder / ".gitignore", b"out/\n.book/\n")
    return Made(folder / FILE, gathered)


def _said(option: str, value: str | None, kind: Kind) -> Any:
    if value is None:
        return None
    try:
        return kind.check(value)
    except ValueError as error:
        message, hint = (*error.args, None)[:2]
        raise BookError(f"`--{option}` {message}: `{value}`", hint=hint) from error


def _fitting(kind: Kind, value: str | None) -> Any:
    """Return what a source says of itself, where it is something that `book.toml` can hold."""
    try:
        return None if value is None else kind.check(value)
    except ValueError:
        return None


def _language(tag: str | None) -> str | None:
    if tag is not None:
        from book.labels import catalogue

        catalogue(tag)
    return tag


@contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """Make `folder`, or take it if it is empty; undo that if the block fails."""
    if folder.exists() and not folder.is_dir():
        raise BookError("this is a file, and a project is a folder", path=folder, hint="name another")
    was_there = folder.exists()
    try:
        held = sorted(path.name for path in folder.iterdir() if path.name != ".git") if was_there else []
        if held:
            hint = f"name another; to gather into a project: `book gather SOURCE --into {folder}`"
            raise BookError(f"this folder is not empty: it holds `{held[0]}`", path=folder, hint=hint)
        (folder / "chapters").mkdir(parents=True)
    except OSError as error:
        raise BookError(f"this folder cannot be made: {error.strerror}", path=folder) from error
    try:
        yield
    except BaseException:
        _clear(folder, was_there)
        raise


def _clear(folder: Path, was_there: bool) -> None:
    for made in ("chapters", ".book"):
        shutil.rmtree(folder / made, ignore_errors=True)
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)
        (folder / ".gitignore").unlink(missing_ok=True)
        if not was_there:
            folder.rmdir()


def _guess_told(report: GatherReport, title: str, made_of: str | None) -> GatherReport:
    hint = "if it is another, say so: `title` in book.toml, or `--title`"
    message = f"no title of the blog was found; `{title}` is made of {made_of}"
    return replace(report, warnings=(*report.warnings, Notice(message, hint=hint)))


def _name(folder: Path) -> str:
    words = " ".join(folder.absolute().name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Untitled"


def _book_toml(title: str, author: str | None, language: str, url: str | None) -> str:
    identifier = uuid5(NAMESPACE_URL, url) if url else uuid4()
    return BOOK_TOML.format(
        title=_quoted(title),
        author=f"author = {_quoted(author)}"
        if author
        else '# author = "…"                     # else the posts name theirs',
        language=_quoted(language),
        url=f"url = {_quoted(url)}" if url else '# url = "https://…"',
        identifier=_quoted(f"urn:uuid:{identifier}"),
    )


def _quoted(text: str) -> str:
    """Write text as a TOML string."""
    return json.dumps(text, ensure_ascii=False)
