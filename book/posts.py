"""One file of `chapters/` as a post: its header understood, its body set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from book import body, kinds, linkposts
from book.composed import composed
from book.dates import split_name
from book.errors import BookError
from book.header import parse
from book.labels import catalogue
from book.manner import Manner
from book.mends import Mend
from book.model import Origin, Post
from book.postrecord import Record, Said
from book.remarks import Mended, line_of
from book.showing import references
from book.slug import slug
from book.textfile import text_of
from book.titles import has_markup, set_title

_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")


def read_post(data: bytes, path: Path, manner: Manner, *, plainly: str | None = None) -> Record:
    """Read a post; raise BookError, with the line, for a header that is at fault or lacks a date.

    `plainly` says why the body must be taken as bare text; without it, it is Markdown.
    """
    header = parse(text_of(data, path), path)
    values = header.values
    dated, rest = split_name(path)
    when = values.get("date") or dated
    needs_day = not (values.get("kind") == "page" or values.get("role") or values.get("draft"))
    if when is None and needs_day:
        hint = "add `date: 2019-05-14` to the header, or begin the file name with it"
        raise BookError("post has no date", path=path, line=1, hint=hint)
    text, title = header.body, _title(values)
    said: list[Said] = []
    first_line = header.body_line
    if title is None and (heading := _FIRST_HEADING.match(text)):
        title, text = heading["title"], text[heading.end() :]
        first_line += heading[0].count("\n")
    own = _language(values, header.lines, said)
    language = own or manner.language
    day = when or date(1970, 1, 1)
    untitled = title is None
    if title is None:
        title = catalogue(manner.language).day(day)
        if not values.get("role"):
            said.append(("post has no title; it is named by its date", "add `title: …` to the header", 1))
    name = slug(str(values.get("slug") or "")) or slug(rest) or slug(title) or "post"
    ident = f"post-{name}"
    made = (
        body.set_plain(text, ident, plainly)
        if plainly
        else body.set_body(text, ident, language, manner.passes)
    )
    if not made.xhtml and (pointer := linkposts.pointing(values)):
        made = body.set_body(pointer, ident, language, manner.passes)
    texts = (made.xhtml, *(note.body for note in made.notes))
    if not made.xhtml:
        said.append(("post is empty", "write something, or leave it out with `draft: true`", None))
    words, code = (title, ()) if untitled else set_title(title, language, manner.passes)
    post = Post(
        slug=name,
        title=words,
        title_code=code,
        date=day,
        body=made.xhtml,
        origin=Origin(path, header.body_line),
        updated=values.get("updated"),
        authors=_authors(values),
        url=values.get("url"),
        tags=tuple(map(composed, values.get("tags") or ())),
        draft=bool(values.get("draft")),
        language=own if own != manner.language else None,
        summary=composed(summary) if (summary := values.get("summary")) else None,
        order=values.get("order"),
        kind=str(values.get("kind") or ("page" if values.get("role") else "post")),
        role=values.get("role"),
        source=values.get("source"),
        untitled=untitled,
        notes=made.notes,
        media=tuple(dict.fromkeys(one for text in texts for one in references(text))),
        words=made.words,
        undated=when is None,
    )
    given = str(values.get("slug") or rest or title)
    said += [
        (str(one), None, _line(one, text, first_line)) for one in made.said if not isinstance(one, Mended)
    ]
    mends = [
        Mend(one.kind, str(one), path, _line(one, text, first_line))
        for one in made.said
        if isinstance(one, Mended)
    ]
    if not untitled and post.title != title and has_markup(title):
        mends.insert(0, Mend("title", title[:60], path, header.lines.get("title")))
    return Record(post, tuple(said), given, tuple(mends))


def _language(values: dict[str, Any], lines: Mapping[str, int], said: list[Said]) -> str | None:
    """Return the language that a header names, as a tag; what is none is told, and left out."""
    given = str(values.get("language") or "").strip()
    if not given:
        return None
    for tag in (given, given.replace("_", "-").partition(".")[0]):  # `de_DE.UTF-8`, as systems write it
        try:
            return str(kinds.LANGUAGE.check(tag))
        except ValueError:
            continue
    message = f"`{given[:80]}` is not a language tag; the post is set in the book's language"
    said.append((message, "write `language: en-GB` or `language: fr`", lines.get("language")))
    return None


def _line(said: str, text: str, first: int) -> int | None:
    line = line_of(said, text)
    return None if line is None else first + line


def _title(values: dict[str, Any]) -> str | None:
    title = " ".join(str(values.get("title") or "").split())
    return title or None


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    given = values.get("authors") or values.get("author") or ()
    return tuple(map(composed, (given,) if isinstance(given, str) else given))
