"""A journal of LiveJournal or Dreamwidth: XML files of a month each, comments beside them, or a dump."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from book.errors import BookError
from book.model import Comment, Draft, Gathered, Origin
from book.sources._containers import Container, opened
from book.sources._harvest import Harvest
from book.sources._html_to_markdown import to_markdown
from book.sources._livejournal.entries import Entry, Remark, entry_of, html_of, remark_of
from book.sources._signs import beginning, first_element
from book.sources._threads import threaded
from book.sources._titles import title_of
from book.sources._xml import XmlReader, read_xml
from book.urls import urlsplit

_JOURNAL = re.compile(r"<livejournal\b[^>]*>\s*<(?:entry|maxid|comments|usermaps?|/livejournal)\b")
_DUMPED = re.compile(r"[LC]-(\d+)(?:\.xml)?")


def recognises(source: Path) -> bool:
    """Tell whether a source is a journal, or holds one."""
    try:
        with opened(source) as container:
            return any(True for _ in _files(container))
    except BookError:
        return False


def _files(container: Container) -> Iterator[str]:
    for name in container.names:
        dumped = _DUMPED.fullmatch(PurePosixPath(name).name)
        if dumped or name.lower().endswith(".xml") or len(container.names) == 1:
            head = beginning(container, name)
            if _is_journal(head) or (dumped and _is_dump(head)):
                yield name


def _is_journal(head: str) -> bool:
    return first_element(head) == "livejournal" and _JOURNAL.search(head) is not None


def _is_dump(head: str) -> bool:
    return first_element(head) in ("event", "comments")


def gather(source: Path, *, private: bool = False, recover: bool = False) -> Gathered:
    """Gather the entries of a journal.

    `private` brings in private entries, and those that only friends could read, too; `recover` reads
    broken XML.
    """
    with opened(source) as container:
        journal = _Journal(container, Harvest(container), private)
        for name in _files(container):
            journal.read(name, recover)
        return journal.gathered(source)


@dataclass(slots=True)
class _Journal:
    """A journal, and what was found of it so far."""

    container: Container
    harvest: Harvest
    private: bool
    entries: list[tuple[Entry, Path]] = field(default_factory=list)
    remarks: dict[str, list[Remark]] = field(default_factory=lambda: defaultdict(list))
    users: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, recover: bool) -> None:
        """Take in one file."""
        path = self.container.place(name)
        dumped = _DUMPED.fullmatch(PurePosixPath(name).name)
        if dumped and not _is_journal(beginning(self.container, name)):
            root, warnings = read_xml(self.container.read(name), path, recover=recover)
            if root.name == "event":
                self.entries.append((entry_of(root, numbered=True), path))
            self.remarks[dumped[1]] += [remark_of(one, dumped[1]) for one in root.all("comment")]
            self.harvest.warnings += warnings
            return
        with self.container.open(name) as stream:
            reader = XmlReader(stream, path, items={"entry", "comment"}, recover=recover)
            for element in reader:
                if element.name == "entry":
                    self.entries.append((entry_of(element), path))
                else:
                    remark = remark_of(element)
                    self.remarks[remark.entry].append(remark)
        for holder in (reader.root, *reader.root.all("usermaps")):
            for user in holder.all("usermap"):
                self.users[user.attributes.get("id", "")] = user.attributes.get("user", "")
        self.harvest.warnings += reader.warnings

    def gathered(self, source: Path) -> Gathered:
        """Make drafts of what is wanted."""
        if not self.entries and self.remarks:
            count = sum(map(len, self.remarks.values()))
            hint = "export the journal's entries too, and name the folder that holds both"
            raise BookError(f"this holds {count} comments and no entry", path=source, hint=hint)
        for entry, path in self.entries:
            origin = Origin(path, entry.line)
            if not entry.is_open and not self.private:
                reason = "not for everybody; `--private` brings it in"
                self.harvest.leave_out(entry.name, reason, origin)
            else:
                self.harvest.add(self._draft(entry, origin))
        homes = [
            f"{parts.scheme}://{parts.netloc}"
            for entry, _ in self.entries
            if (parts := urlsplit(entry.address)).netloc
        ]
        return self.harvest.gathered(url=homes[0] if homes else None)

    def _draft(self, entry: Entry, origin: Origin) -> Draft:
        if entry.dated and entry.date is None:
            self.harvest.say(f"`{entry.name}`: `{entry.dated}` is not a date that exists", origin)
        said: list[str] = []
        html = html_of(entry.text, said.append, is_html=entry.is_html)
        return Draft(
            title=title_of(entry.subject),
            date=entry.date,
            body=self.harvest.markdown(html, entry.name, origin, losses=said),
            origin=origin,
            url=entry.address or None,
            tags=entry.tags,
            source=f"livejournal:{entry.ident or entry.number or f'{entry.dated}/{entry.subject}'}",
            extra=entry.around,
            comments=self._comments(entry),
        )

    def _comments(self, entry: Entry) -> tuple[Comment, ...]:
        """Return what was said under an entry, without what was deleted or screened."""
        beside = next((self.remarks[number] for number in entry.numbers if self.remarks.get(number)), [])
        remarks = [*entry.remarks, *beside]
        found = [
            Comment(
                self.users.get(one.author, "" if one.author.isdecimal() else one.author),
                one.date,
                to_markdown(html_of(one.text, lambda _: None)).markdown,
                one.ident,
                one.parent or None,
            )
            for one in remarks
            if one.is_shown and one.text.strip()
        ]
        return threaded(found, {one.ident: one.parent or None for one in remarks})
