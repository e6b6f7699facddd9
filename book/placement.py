"""Decide what becomes of each gathered post, and write them: add, update, or leave to its author."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from book.chapterfiles import (
    MEMORY,
    Names,
    Written,
    digest,
    hash_of,
    name_of,
    remembered,
    source_of,
    standing,
    text_of,
)
from book.commentfiles import CommentFiles
from book.dates import day_in_address
from book.decisions.decisions import left_out
from book.errors import BookError
from book.gatheredpictures import Fetching, Pictures
from book.gatherreport import GatherReport
from book.knownagain import absent, gone, renamed
from book.mediafiles import FOLDER
from book.mediafolder import MediaFolders
from book.missingmedia import Missing, write_missing
from book.model import Draft, Gathered, Notice, Skipped
from book.nouns import many
from book.shares import shared
from book.textfile import is_inside
from book.triage.triage import triage
from book.wholefile import write_each

NEWER = "newer"
"""The folder beside `chapters/` for newer versions of posts that their author has edited."""
_NAMED = 6


def place(
    found: Iterable[Gathered],
    into: Path,
    *,
    folders: MediaFolders | None = None,
    fetching: Fetching | None = None,
    language: str | None = None,
) -> GatherReport:
    """Write the posts and pictures that were found into the folder `into`; nothing, if any is at fault.

    Pictures that were not found are looked for in `folders`, and then by `fetching`. `language` is the one
    in which alone posts were asked for, if so, and is remembered.
    """
    if into.exists() and not into.is_dir():
        raise BookError("this is a file, and a folder of posts belongs here", path=into)
    for folder in (into, into / FOLDER, into.parent / NEWER):
        if folder.is_symlink() and not (folder == into and is_inside(into, into.parent)):
            message = "this is a link, and what is gathered would leave the project by it"
            hint = "put a folder of its own there, or gather into another place"
            raise BookError(message, path=folder, hint=hint)
    found = list(found)
    desk = _Desk(into, folders, fetching)
    desk.memory.language = language or desk.memory.language
    for gathered in found:
        desk.take(gathered)
    desk.decide()
    desk.write()
    decided = left_out(into)
    titled = next(
        (one for one in sorted(found, key=lambda one: one.title_from is not None) if one.title), None
    )
    return GatherReport(
        added=tuple(into / name for name in desk.added),
        updated=tuple(into / name for name in desk.updated),
        unchanged=desk.unchanged,
        kept=tuple(into / name for name in desk.kept),
        gone=tuple(into / name for name in desk.gone),
        skipped=tuple(desk.skipped),
        found=desk.pictures.found,
        missing=desk.pictures.missing_count,
        warnings=(*desk.warnings, *_some(desk.dated)),
        title=titled.title if titled else None,
        title_from=titled.title_from if titled else None,
        language=next((one.language for one in found if one.language), None),
        url=next((one.url for one in found if one.url), None),
        author=next((one.author for one in found if one.author), None),
        files=sum(one.files for one in found),
        comments=desk.comments.count,
        triage=triage(
            (name, desk.seen[source])
            for source, name in desk.files.items()
            if not {Path(name).stem, desk.seen[source].slug, desk.seen[source].url} & decided
        ),
    )


def _some(dated: Sequence[Notice]) -> tuple[Notice, ...]:
    """Name the first posts that have the day of their address, and count the others: whole blogs are so."""
    more = len(dated) - _NAMED
    others = (Notice(f"so it is with {many(more, 'post')} more"),) if more > 0 else ()
    return (*dated[:_NAMED], *others)


def _text(home: tuple[Draft, str]) -> bytes:
    return text_of(*home)


class _Desk:
    """Takes posts one after another, and writes when it has decided about all."""

    def __init__(self, into: Path, folders: MediaFolders | None, fetching: Fetching | None) -> None:
        self.into = into
        self.memory = remembered(into)
        self.pictures = Pictures(into, self.memory, folders, fetching)
        self.comments = CommentFiles(into, self.memory)
        self.waiting: dict[str, bytes] = {}
        self.newer: dict[str, bytes] = {}
        self.seen: dict[str, Draft] = {}
        own = {written.file for written in self.memory.posts.values()}
        others = standing(into, sorted({path.name for path in into.glob("*.md")} - own))
        self.elsewhere = others.sources
        self.names = Names(into, others.slugs)
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged = 0
        self.kept: list[str] = []
        self.skipped: list[Skipped] = []
        self.warnings: list[Notice] = []
        self.dated: list[Notice] = []
        """Of posts that have the day of their address."""
        self.files: dict[str, str] = {}
        self.drafts: list[Draft] = []
        self.gone: list[str] = []

    def take(self, gathered: Gathered) -> None:
        """Take in everything that one source holds."""
        self.skipped += gathered.skipped
        self.warnings += gathered.warnings
        drafts = [known for draft in gathered.drafts if (known := self._accepted(draft))]
        self.drafts += self.pictures.settled(gathered, drafts)

    def decide(self) -> None:
        """Decide about all that was taken in, once it is known what is no longer there."""
        missing = absent(self.into, self.memory, self.drafts)
        newcomers = [draft for draft in self.drafts if self._is_new(source_of(draft))] if missing else []
        moved = renamed(missing, newcomers)
        for source, before in moved.items():
            self.memory.posts[source] = self.memory.posts.pop(before.source)
        homes = [home for draft in self.drafts if (home := self._home(draft))]
        for (draft, name), text in zip(homes, shared(_text, homes), strict=True):
            self._decide(draft, name, text)
        again = {one.source for one in moved.values()}
        still = [one for one in missing if one.source not in again]
        self.gone = sorted(one.file for one in gone(still, self.drafts))

    def _is_new(self, source: str) -> bool:
        return source not in self.memory.posts and source not in self.elsewhere

    def _accepted(self, draft: Draft) -> Draft | None:
        """Give a draft its own identity; None, and said so, if it is nothing, or stands there twice."""
        if draft.date is None and not draft.title and not draft.body.strip():
            self._skip(draft, "this post has no title, no date and no text")
            return None
        if draft.date is None and (day := day_in_address(draft.url or "")):
            message = f"`{draft.title}` has no date; {day} is taken from its address"
            self.dated.append(Notice(message, draft.origin.path, draft.origin.line))
            draft = replace(draft, date=day)
        if draft.date is None and draft.kind != "page" and not draft.draft:
            name = f"`{draft.title}`" if draft.title else "this post"
            message = f"{name} has no date, and comes in as a draft"
            hint = "write a `date` in its header, and take `draft: true` out"
            self.warnings.append(Notice(message, draft.origin.path, draft.origin.line, hint))
            draft = replace(draft, draft=True)
        return self._distinct(draft)

    def _skip(self, draft: Draft, reason: str) -> None:
        self.skipped.append(Skipped(draft.origin.path, reason, draft.origin.line))

    def _distinct(self, draft: Draft) -> Draft | None:
        """Give a post whose identity another has an identity of its own; None if it is that other."""
        source, number = source_of(draft), 1
        while (name := f"{source}~{number}" if number > 1 else source) in self.seen:
            if (self.seen[name].title, self.seen[name].body) == (draft.title, draft.body):
                self._skip(draft, f"`{draft.title}` stands twice in what was gathered")
                return None
            number += 1
        self.seen[name] = draft
        return replace(draft, source=name)

    def _home(self, draft: Draft) -> tuple[Draft, str] | None:
        """Return a draft with the file it stands in, or will; None, and said so, if its author removed it."""
        source = source_of(draft)
        prior = self.memory.posts.get(source)
        name = prior.file if prior and (self.into / prior.file).is_file() else self.elsewhere.get(source)
        if name is None and prior is not None:
            reason = f"its file was removed; delete its entry in `{MEMORY}` to have it again"
            self._skip(draft, f"`{draft.title}`: {reason}")
            return None
        self.files[source] = name or self.names.take(name_of(draft))
        return draft, self.files[source]

    def _decide(self, draft: Draft, name: str, text: bytes) -> None:
        source = source_of(draft)
        prior = self.memory.posts.get(source)
        if prior or source in self.elsewhere:
            self._refresh(draft, name, text, prior)
        else:
            self.added.append(self._write(draft, name, text))
        self.comments.take(name, draft.comments)

    def _refresh(self, draft: Draft, name: str, text: bytes, prior: Written | None) -> None:
        current, new = hash_of(self.into / name), digest(text)
        if current == new:
            self.memory.posts[source_of(draft)] = Written(name, new)
            self.unchanged += 1
        elif prior and current == prior.sha256:
            self.updated.append(self._write(draft, name, text))
        else:
            self.kept.append(name)
            if prior and new != prior.sha256:
                self._lay_beside(draft, name, text)

    def _lay_beside(self, draft: Draft, name: str, text: bytes) -> None:
        """Put the newer version of a post that its author has edited where no book takes it from, once."""
        self.newer[name] = text
        self.memory.posts[source_of(draft)] = Written(name, digest(text))
        message = f"this post has changed where it comes from, and you have edited it: see `{NEWER}/{name}`"
        hint = "yours is kept as it is; take over what you like, and delete the other"
        self.warnings.append(Notice(message, self.into / name, hint=hint))

    def _write(self, draft: Draft, name: str, text: bytes) -> str:
        self.waiting[name] = text
        self.memory.posts[source_of(draft)] = Written(name, digest(text))
        return name

    def write(self) -> None:
        """Write what was decided: pictures first, the memory last."""
        self.pictures.files.write()
        self.warnings += self.comments.told()
        write_each({self.into / name: text for name, text in self.waiting.items()})
        write_each({self.into.parent / NEWER / name: text for name, text in self.newer.items()})
        self.comments.write()
        missing = [
            Missing(self.files[source], address, tried)
            for source, gone in self.pictures.missing.items()
            if source in self.files
            for address, tried in gone.items()
        ]
        write_missing(self.into, missing, self.files.values())
        if self.waiting or self.memory.posts:
            self.memory.save(self.into)
