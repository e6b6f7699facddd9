"""A book divided into its volumes: chapters by their days, leaves where a reader looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from book.config import Project, VolumeRules
from book.errors import BookError
from book.index.lists import before_colophon
from book.index.omitting import without
from book.labels import Labels
from book.model import Book, Leaf, Metadata, Part, Post

INDEX = "index"

_FIRST = {"dedication", "epigraph", "foreword", "preface", "acknowledgments", "introduction"}
"""Leaves of the first volume alone."""
_LAST = {"afterword", "appendix"}
"""Leaves of the last volume alone."""


def divided(book: Book, project: Project, labels: Labels) -> tuple[Book, ...]:
    """Return the volumes of a book, each with the indexes of its own posts.

    A chapter is where its first post is. Raises BookError for volumes that do not follow each
    other, and for one that would be empty.
    """
    volumes = project.config.volumes
    _check(volumes, project)
    shelves = [_parts(book.parts, rules.until, before) for rules, before in _following(volumes)]
    for nth, parts in enumerate(shelves, start=1):
        if not parts:
            raise _fault(project, nth, f"there is no chapter for volume {nth}", _reach(book))
    _refuse_rest(book, project)
    spines = [_Spine(nth, *pair, labels) for nth, pair in enumerate(zip(volumes, shelves, strict=True), 1)]
    return tuple(_volume(book, spine, spines) for spine in spines)


def with_one_index(volumes: Sequence[Book], whole: Book) -> tuple[Book, ...]:
    """Return the volumes with the index of the whole set in the last of them alone, as print has it."""
    index = {leaf.ident: leaf for leaf in whole.back if leaf.role == INDEX}
    bare = [replace(one, back=tuple(leaf for leaf in one.back if leaf.role != INDEX)) for one in volumes]
    last = replace(bare[-1], back=before_colophon(bare[-1].back, list(index.values())))
    return (*bare[:-1], last)


def _fault(project: Project, nth: int, message: str, hint: str) -> BookError:
    return BookError(message, path=project.file, line=project.line("volumes", str(nth)), hint=hint)


def _following(volumes: Sequence[VolumeRules]) -> Iterator[tuple[VolumeRules, str | None]]:
    """Yield each volume's rules, and the day, month or year with which the one before it ends."""
    before = None
    for rules in volumes:
        yield rules, before
        before = rules.until


def _check(volumes: Sequence[VolumeRules], project: Project) -> None:
    """Refuse volumes whose ends do not follow each other."""
    before: str | None = None
    for nth, rules in enumerate(volumes, start=1):
        if rules.until is None and nth < len(volumes):
            hint = 'write `until = "2012"`; only the last may do without'
            raise _fault(project, nth, f"volume {nth} has no `until`", hint)
        if before and rules.until and _last_day(rules.until) <= _last_day(before):
            message = f"volume {nth} ends with {rules.until}, and the one before it with {before}"
            raise _fault(project, nth, message, "volumes stand in the order of their posts, the oldest first")
        before = rules.until


def _last_day(partial: str) -> tuple[str, ...]:
    """Return what compares as the last day of a day, month or year does."""
    return tuple([*partial.split("-"), "99", "99"][:3])


def _within(day: date, until: str | None) -> bool:
    return until is None or day.isoformat()[: len(until)] <= until


def _parts(parts: Sequence[Part], until: str | None, after: str | None) -> tuple[Part, ...]:
    """Return what of the parts is in a volume that ends with `until` and begins after `after`."""
    found = []
    for part in parts:
        chapters = tuple(
            chapter
            for chapter in part.chapters
            if _within(day := chapter.posts[0].stands, until) and not (after and _within(day, after))
        )
        if chapters:
            found.append(replace(part, chapters=chapters))
    return tuple(found)


def _reach(book: Book) -> str:
    days = [chapter.posts[0].stands for chapter in book.chapters]
    return f"the chapters are of {min(days).isoformat()} to {max(days).isoformat()}"


def _refuse_rest(book: Book, project: Project) -> None:
    """Refuse a last volume that ends before the book does."""
    nth = len(project.config.volumes)
    until = project.config.volumes[-1].until
    rest = [chapter for chapter in book.chapters if not _within(chapter.posts[0].stands, until)]
    if rest:
        message = f"{len(rest)} chapters are after the last volume, which ends with {until}"
        hint = "take `until` from the last volume, or add one; `until` in `[chapters]` leaves posts out"
        raise _fault(project, nth, message, hint)


@dataclass(frozen=True, slots=True)
class _Spine:
    """One volume in work: its number, its rules, and the parts of the book in it."""

    nth: int
    rules: VolumeRules
    parts: tuple[Part, ...]
    labels: Labels

    @property
    def posts(self) -> list[Post]:
        return [post for part in self.parts for chapter in part.chapters for post in chapter.posts]

    @property
    def name(self) -> str:
        """The volume's number, and its own title where it has one."""
        return self._named(self.rules.title)

    @property
    def listed(self) -> str:
        """How other volumes name it: with its years where it has no title."""
        years = sorted({post.day.year for post in self.posts})
        return self._named(self.rules.title or "–".join(map(str, dict.fromkeys((years[0], years[-1])))))

    def _named(self, title: str | None) -> str:
        volume = self.labels.text("volume", number=self.nth)
        return self.labels.text("volume-titled", volume=volume, title=title) if title else volume


def _volume(book: Book, spine: _Spine, spines: Sequence[_Spine]) -> Book:
    posts = spine.posts
    first, last = spine is spines[0], spine is spines[-1]
    years = {post.stands.year for post in posts}
    letters = tuple(leaf for leaf in book.year_letters if leaf.post and leaf.post.day.year in years)
    front = tuple(leaf for leaf in book.front if first or leaf.role not in _FIRST)
    back = [
        leaf
        for leaf in book.back
        if (last or leaf.role not in _LAST) and (leaf.role != "letters" or any(one.letters for one in posts))
    ]
    away = _idents(book.posts, (*book.front, *book.year_letters, *book.back))
    away -= _idents(posts, (*front, *letters, *back))
    back = list(without(back, away))
    shown = [*posts, *(leaf.post for leaf in (*front, *letters, *back) if leaf.post)]
    used = {name for post in shown for name in post.media}
    return replace(
        book,
        metadata=_metadata(book.metadata, spine, spines),
        front=front,
        parts=spine.parts,
        back=tuple(back),
        media=tuple(media for media in book.media if media.name in used),
        year_letters=letters,
    )


def _idents(posts: Iterable[Post], leaves: Iterable[Leaf]) -> set[str]:
    return {post.ident for post in posts} | {leaf.ident for leaf in leaves}


def _metadata(metadata: Metadata, spine: _Spine, spines: Sequence[_Spine]) -> Metadata:
    others = tuple(one.listed for one in spines if one is not spine)
    return replace(
        metadata,
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{metadata.identifier}#{spine.nth}')}",
        title=spine.labels.text("title-of-volume", title=metadata.title, volume=spine.name),
        series=metadata.series or metadata.title,
        volume=spine.nth,
        part=spine.name,
        of_set=metadata.title,
        also=(*others, *metadata.also),
    )
