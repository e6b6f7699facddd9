"""What people read: results on stdout, messages on stderr, progress where there is a terminal."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

import click

from book.abridged import abridged, found, omitted, reasons
from book.errors import BookError, render
from book.model import Edition, Notice, Skipped
from book.nouns import many
from book.report import BuildReport

if TYPE_CHECKING:
    from book.check import CheckReport
    from book.gatherreport import GatherReport

_HARMLESS = "\n\t\u200b\u200c\u200d\u200e\u200f\u00ad"
"""What is not printed by itself, and stands in names as they are written: joiners, and marks of direction."""

_MISSING = (
    "`chapters/missing-media.csv` names the missing pictures; `--media FOLDER` looks for them in a folder, "
    "`--fetch` in the network"
)


def prepare() -> None:
    """Let no character of a name or title stop a message, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function to call with what is being done; it shows where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("beginning") as status:
        yield lambda doing: status.update(Text(doing))


def say(text: str) -> None:
    """Print a message."""
    click.echo(visible(text), err=True)


def complain(error: BookError) -> None:
    """Print an error: all its notices."""
    say("\n\n".join(render(near(notice)) for notice in error.notices))


def warn(notices: Iterable[Notice]) -> None:
    """Print warnings, each with its place as the reader would write it; a hint that several share once.

    What is so in many places is told once, and of what is much alike the first.
    """
    for hint, alike in groupby(abridged(notices), key=attrgetter("hint")):
        for notice in alike:
            say(render(replace(near(notice), message=f"warning: {notice.message}", hint=None)))
        if hint:
            say(f"  hint: {hint}")


def built(report: BuildReport, *, quiet: bool) -> None:
    """Tell what a build made: paths on stdout unless `quiet`, warnings and what was left out on stderr."""
    warn(report.warnings)
    left_out(report.skipped)
    for edition in () if quiet else report.editions:
        pages = f"{many(edition.pages, 'page')}, " if edition.pages else ""
        counts = f"{pages}{many(edition.posts, 'post')}, {many(edition.words, 'word')}"
        click.echo(f"{shorter(edition.path)}: {counts}")
    for edition in report.editions:
        _marked(edition)


def _marked(edition: Edition) -> None:
    """Tell what a typesetter would mark: how many there are of each kind, and how to see them.

    Of an EPUB it is told what its checks found.
    """
    if edition.marks and edition.pages is None:
        kinds = Counter(mark.rule for mark in edition.marks)
        found = ", ".join(f"{count} {rule}" for rule, count in kinds.most_common())
        say(f"  its checks found {found}: `book check {typed(edition.path)}` shows them")
    elif edition.marks:
        from book.proofreading._kinds import counted

        told = counted(mark.rule for mark in edition.marks)
        say(f"  a typesetter would mark {told}: `book check {typed(edition.path)} --pages` shows them")


def left_out(skipped: Iterable[Skipped]) -> None:
    """Tell what was left out, and why."""
    for one in omitted([*skipped]):
        place = f"{shorter(one.path)}: " if one.path else ""
        say(f"{place}left out: {one.reason}")


def near(notice: Notice) -> Notice:
    """Write a notice's path as the reader would, from the current folder."""
    return notice if notice.path is None else replace(notice, path=shorter(notice.path))


def shorter(path: Path) -> Path:
    """Return `path` relative to the current folder where it lies in it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def typed(path: Path) -> str:
    """Return a path as it is typed into a command: quoted where the shell would take it for several words."""
    text = str(shorter(path))
    if re.fullmatch(r"[\w@%+=:,./\\-]+", text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)


def visible(text: str) -> str:
    """Write characters that would steer a terminal as the escapes they are; spaces and joiners steer none."""
    return "".join(c if _is_plain(c) else f"\\u{ord(c):04x}" for c in text)


def _is_plain(character: str) -> bool:
    return character.isprintable() or character in _HARMLESS or category(character) == "Zs"


def gathered(report: GatherReport) -> None:
    """Tell what gathering did."""
    warn(report.warnings)
    left_out(report.skipped)
    for path in report.kept:
        say(f"{shorter(path)}: you have edited this post, so it is kept as it is")
    for path in report.gone:
        say(f"{shorter(path)}: no longer where it was gathered from; it is kept")
    counts = {"new": len(report.added), "updated": len(report.updated), "unchanged": report.unchanged}
    posts = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "none"
    pictures = (
        f"; pictures: {report.found}, {report.missing} missing" if report.found or report.missing else ""
    )
    comments = f"; comments: {report.comments}" if report.comments else ""
    for line in report.triage.told():
        say(line)
    files = f"files: {report.files}; " if report.files else ""
    say(f"{files}posts: {posts}{_omissions(report.skipped)}{pictures}{comments}")
    if report.missing:
        say(f"  hint: {_MISSING}")


def _omissions(skipped: Sequence[Skipped]) -> str:
    """Say how many things were left out, and why, where there are several reasons."""
    why = reasons(skipped)
    named = f" ({', '.join(f'{count}: {reason}' for reason, count in why)})" if len(why) > 1 else ""
    return f"; left out: {len(skipped)}{named}" if skipped else ""


def checked(report: CheckReport, *, quiet: bool) -> None:
    """Print findings on stdout unless `quiet`, and what they come to on stderr.

    What is found in many places is told once, and of what is much alike the first, as warnings are.
    """
    for hint, alike in groupby(() if quiet else found(report.findings), key=attrgetter("hint")):
        for one in alike:
            rule = f"{one.rule}; {one.clause}" if one.clause else one.rule
            notice = Notice(f"{one.severity}: {one.message} [{rule}]", one.path, one.line)
            click.echo(visible(render(near(notice))))
        if hint:
            click.echo(visible(f"  hint: {hint}"))
    count = len(report.findings)
    say(f"findings: {count}, errors: {len(report.errors)}" if count else "nothing to mend was found")
