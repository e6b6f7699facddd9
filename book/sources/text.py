"""A blog as its page reads, in one text file: day headers, and under each its posts, title and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from book.almanac import ORDERS
from book.errors import BookError
from book.model import Draft, Gathered, Notice, Origin, Skipped
from book.slug import slug
from book.sources._dump.above import titles_below
from book.sources._dump.days import DayHeader, Days, dates_in, find_days
from book.sources._dump.furniturewords import strength
from book.sources._dump.parting import Found, parted
from book.sources._dump.shape import Line, lines_of
from book.sources._dump.wrap import unwrapped
from book.sources._escape import escaped
from book.sources._movabletype.entries import is_export
from book.sources._unknown import read

_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_OTHER_KINDS = re.compile(r"\s*(?:[<{]|%PDF|---\s*\n|\+\+\+\s*\n)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MOST_NAMED = 20
_MARKDOWN = {".md", ".markdown", ".mkd", ".mdown"}


def recognises(source: Path) -> bool:
    """Tell whether a file is text with a day header in it."""
    if not source.is_file() or source.suffix.lower() in _MARKDOWN:
        return False
    try:
        text, _ = read(source)
    except BookError:
        return False
    return not (_OTHER_KINDS.match(text) or is_export(text)) and bool(dates_in(_lines(text)))


def gather(
    source: Path,
    *,
    date_order: str | None = None,
    language: str | None = None,
    newest_first: bool | None = None,
    several_a_day: bool | None = None,
    year: int | None = None,
    encoding: str | None = None,
) -> Gathered:
    """Gather the posts of a text dump.

    `date_order` (`dmy`, `mdy` or `ymd`) says how dates of numbers alone are read, `language` the language
    of day headers, `newest_first` which way the days go, `several_a_day` whether a line may be known as
    another post's title by its looks alone, `year` the first day's year where days have none, and
    `encoding` how the file is written: all are found out where they can be.
    """
    if date_order not in (None, *ORDERS):
        hint = "it is `dmy`, `mdy` or `ymd`"
        raise BookError(f"`{date_order}` is no order of day, month and year", path=source, hint=hint)
    text, told = read(source, encoding)
    lines = _lines(text)
    days = find_days(
        lines, source, date_order=date_order, language=language, year=year, newest_first=newest_first
    )
    if not days.headers:
        raise _no_days(source, lines)
    lines, days = _tidied(lines, days)
    before = lines[: days.headers[0].place]
    parting = parted(lines, days.headers, several_a_day)
    posts = [post for post in parting.posts if post.title or post.body]
    with_posts = {post.header for post in posts}
    empty = [header for header in days.headers if header not in with_posts]
    return Gathered(
        tuple(_drafts(posts, days, source)),
        warnings=(*told, *days.warnings, *_left(parting.left, source), *_remarks(posts, days, source)),
        skipped=tuple(_apart(before, parting.posts, empty, source)),
        title=before[0].text if before and len(before[0].text) <= 80 else None,
        language=days.language,
    )


def _lines(text: str) -> list[Line]:
    return lines_of(_UNPRINTABLE.sub("", _BREAKS.sub("\n", text)))


def _no_days(source: Path, lines: Sequence[Line]) -> BookError:
    if not lines:
        return BookError("this file is empty", path=source)
    hint = "a day header is a line with a date and nothing else, like `Saturday, 7 October 2017`"
    return BookError("there is no day header in this text", path=source, hint=hint)


def _tidied(lines: list[Line], days: Days) -> tuple[list[Line], Days]:
    """Join the lines of paragraphs, if the text is hard-wrapped, and put titles under their days."""
    headers = {header.place for header in days.headers}
    apart = headers | {place for place, line in enumerate(lines) if strength(line.text) == "sure"}
    joined = unwrapped(lines, apart)
    places = {line.number: place for place, line in enumerate(joined)}
    moved = [replace(header, place=places[header.line.number]) for header in days.headers]
    ordered, found = titles_below(joined, moved)
    return ordered, replace(days, headers=found)


def _drafts(posts: Sequence[Found], days: Days, source: Path) -> Iterator[Draft]:
    """Make drafts of the posts, oldest first; those that share a day are numbered as they were written."""
    told = posts if days.newest_first is False else posts[::-1]
    for day, same in groupby(told, key=lambda post: post.header.day):
        together = list(same)
        whens = [post.header.when for post in together]
        numbered = len(together) > 1 and not (
            len(set(whens)) == len(whens) and all(isinstance(when, datetime) for when in whens)
        )
        for number, post in enumerate(together, start=1):
            name = slug(post.title.text) if post.title else ""
            yield Draft(
                title=_title(post.title.text) if post.title else "",
                date=post.header.when,
                body="\n\n".join(escaped(line.text) for line in post.body),
                origin=Origin(source, post.line),
                tags=post.labels,
                order=number if numbered else None,
                source=f"text:{day.isoformat()}/{name or number}",
            )


def _title(text: str) -> str:
    """Write a title so that what looks like markup in it is read as the letters it is."""
    return escape(text, quote=False) if unescape(_TAG.sub("", text)) != text else text


def _left(left: Sequence[Line], source: Path) -> Iterator[Notice]:
    if left:
        numbers = ", ".join(str(line.number) for line in left[:_MOST_NAMED])
        more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
        message = f"lines that look like titles were taken for headings within posts: {numbers}{more}"
        hint = "if they begin posts of their own, give `--option several-a-day=true`"
        yield Notice(message, source, left[0].number, hint)


def _remarks(posts: Sequence[Found], days: Days, source: Path) -> Iterator[Notice]:
    """Say what was guessed."""
    for post in posts:
        day = post.header.day.isoformat()
        if post.title is None:
            yield Notice(f"no title was found for this post of {day}", source, post.line)
            continue
        if post.guessed:
            message = (
                f"`{post.title.text}` was taken for the title of another post of {day}, by its looks alone"
            )
            hint = "if it is a heading within the post above it, give `--option several-a-day=false`"
            yield Notice(message, source, post.line, hint)
        if not post.body:
            yield Notice(f"`{post.title.text}` has no text under it", source, post.line)
    if days.newest_first is None and len(posts) > 1:
        message = f"which of the posts of {posts[0].header.day.isoformat()} came first cannot be known"
        hint = "the last is taken for the oldest; if the first is, give `--option newest-first=false`"
        yield Notice(message, source, posts[0].header.line.number, hint)


def _apart(
    before: Sequence[Line], posts: Sequence[Found], empty: Sequence[DayHeader], source: Path
) -> Iterator[Skipped]:
    """Name what is in no post, word for word."""
    if before:
        yield Skipped(source, f"it stands before the first day: {_quoted(before)}", before[0].number)
    for post in posts:
        if post.furniture:
            yield Skipped(
                source, f"it is the page's furniture: {_quoted(post.furniture)}", post.furniture[0].number
            )
    for header in empty:
        yield Skipped(source, f"no post stands under this day: {_quoted([header.line])}", header.line.number)


def _quoted(lines: Sequence[Line]) -> str:
    return " ".join(f"`{line.text}`" for line in lines)
