"""The values that pass between the stages: frozen, picklable, and without I/O.

Bodies are well-formed XHTML fragments (no wrapper element, default namespace
XHTML, MathML and SVG with their own `xmlns`). Identifiers inside them are
unique in the whole book, so a link within the book is always `#identifier`,
whichever file or page its target will stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

Day = date
When = date | datetime
"""A date as its author gave it: a bare day, or a wall-clock time with or without a zone."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a thing stands in what the author wrote; `line` counts from 1."""

    path: Path | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the author: an error or a warning, and what would mend it."""

    message: str
    path: Path | None = None
    line: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A post or file that was left out, and why."""

    path: Path | None
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A picture that the book uses, its bytes already checked.

    `name` is its file name in every edition (lowercase ASCII, unique); bodies
    refer to it as `media/<name>`. `path` holds the bytes. Sizes are in pixels
    (for SVG: CSS pixels).
    """

    name: str
    path: Path
    media_type: str
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Its reference in the body is `<a class="noteref" href="#ident">`.

    `body` holds block elements; `number` is the note's number within its post. `calls` counts
    its references: where it has `note` in its identifier they have `noteref`.
    """

    ident: str
    number: int
    body: str
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands whose author has put it after others: at the date and `order` of the first of them.

    `leader` is the slug of that first one; `turn` counts those after it.
    """

    leader: str
    date: When
    order: float
    turn: int


@dataclass(frozen=True, slots=True)
class Post:
    """One post, read: metadata from its header, body as clean XHTML.

    `title` is plain text. `slug` is unique in the book (lowercase ASCII).
    Every id inside `body` begins with `<ident>.`; headings in it begin at `h2`.
    `media` names the pictures that the body uses.
    """

    slug: str
    title: str
    date: When
    body: str
    origin: Origin
    updated: When | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    language: str | None = None
    summary: str | None = None
    order: float | None = None
    kind: str = "post"
    role: str | None = None
    source: str | None = None
    untitled: bool = False
    notes: tuple[Note, ...] = ()
    media: tuple[str, ...] = ()
    words: int = 0
    undated: bool = False
    """Whether it has no date, which only drafts and pages may lack; `date` is then none of its own."""
    letters: tuple[Any, ...] = ()
    """Comments on it that are printed, as `book.letters` has them."""
    left_out: bool = False
    """Whether its author decided against it."""
    absorbed: tuple[Post, ...] = ()
    """Posts whose text is in this one; the slug of each begins with this one's and a dot."""
    place: Place | None = None
    title_code: tuple[tuple[int, int], ...] = ()
    """Where in the title its code stands: first character, and the one after the last."""

    @property
    def ident(self) -> str:
        """The identifier that a link to this post has as its fragment."""
        return f"post-{self.slug}"

    @property
    def day(self) -> Day:
        """The day on the author's own wall clock."""
        return self.date.date() if isinstance(self.date, datetime) else self.date

    @property
    def stands(self) -> Day:
        """The day by which it has its place in the book: its own, or that of the post it is put after."""
        return replace(self, date=self.place.date).day if self.place else self.day


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a manuscript gave: its posts, the media they use, and what to say about it."""

    posts: tuple[Post, ...]
    media: tuple[Media, ...] = ()
    warnings: tuple[Notice, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of front or back matter.

    `role` is at once the template's name, the galley's role, the `epub:type`
    and the CSS class. `body` is XHTML where an author wrote one; `post` the
    page it came from. `nth` counts the leaves of one role, from 1. `letters`, as in
    `book.index.letters`, are what an index holds.
    """

    role: str
    title: str
    body: str = ""
    post: Post | None = None
    nth: int = 1
    letters: tuple[Any, ...] = ()

    @property
    def ident(self) -> str:
        """Its identifier and the stem of its file name: the role, numbered where there are several."""
        return self.role if self.nth == 1 else f"{self.role}-{self.nth}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A run of posts under one heading: one post, or all of a day, a month, a tag …

    `single` tells that the chapter is its only post, and shares its title.
    `date` is the first post's; `label` what stands above or below the title
    (a date in the book's language), if anything.
    """

    ident: str
    name: str
    title: str
    posts: tuple[Post, ...]
    label: str | None = None
    single: bool = True
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A run of chapters, with an opening leaf of its own if it has a title."""

    ident: str
    name: str
    title: str | None
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the book says of itself. `identifier` is a URN, the same in every build."""

    title: str
    language: str
    identifier: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    rights: str | None = None
    description: str | None = None
    url: str | None = None
    subjects: tuple[str, ...] = ()
    modified: datetime | None = None
    """The newest date in the book, or `SOURCE_DATE_EPOCH`; always UTC."""
    isbn: str | None = None
    series: str | None = None
    volume: int | None = None
    also: tuple[str, ...] = ()
    """Titles that the series page lists."""
    part: str | None = None
    """Which volume of a set it is, in words; `title` ends with that."""
    of_set: str | None = None
    """The title of the set that it is a volume of."""


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book in order, before any template has touched it."""

    metadata: Metadata
    front: tuple[Leaf, ...]
    parts: tuple[Part, ...]
    back: tuple[Leaf, ...]
    media: tuple[Media, ...] = ()
    cover: Media | None = None
    warnings: tuple[Notice, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    year_letters: tuple[Leaf, ...] = ()
    """Letters that open years, in print alone; each is of the year of its post's date."""

    @property
    def chapters(self) -> Iterator[Chapter]:
        """All chapters, in order."""
        return (chapter for part in self.parts for chapter in part.chapters)

    @property
    def posts(self) -> Iterator[Post]:
        """All posts of all chapters, in order."""
        return (post for chapter in self.chapters for post in chapter.posts)

    @property
    def years(self) -> str:
        """The years of the posts: `2015–2017`, or one year, or nothing."""
        return "–".join(map(str, sorted({*(all_ := sorted(p.day.year for p in self.posts))[:1], *all_[-1:]})))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents, with those under it. `ident` is what it points to."""

    title: str
    ident: str
    label: str | None = None
    language: str | None = None
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Galley:
    """Set text, not yet paged: one `<section>` with identifier `ident`.

    `name` is the stem of its file name; `role` as in `Leaf` (`chapter`, `part`
    for the body); `matter` is `front`, `body` or `back`.
    """

    name: str
    ident: str
    role: str
    matter: str
    title: str
    language: str
    body: str
    posts: tuple[str, ...] = ()
    """The slugs of the posts in it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as it will be used: its text already cut to one medium."""

    name: str
    text: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """One font file for one style of a family.

    `weights` is the range a variable file covers (equal ends: a static file).
    """

    family: str
    path: Path
    style: str
    weights: tuple[int, int]
    licence: Path | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """Galleys in order, and all that an edition needs to bind them."""

    book: Book
    galleys: tuple[Galley, ...]
    contents: tuple[Entry, ...]
    sheets: tuple[Sheet, ...]
    faces: tuple[Face, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What shapes pages: `openings`, the theme's own settings; and `labels`, the book's words."""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One published form, bound and in its place."""

    name: str
    format: str
    path: Path
    pages: int | None
    warnings: tuple[Notice, ...] = ()
    posts: int = 0
    chapters: int = 0
    words: int = 0
    seconds: float = 0.0
    """How long setting and binding took; it reaches reports, never an output."""
    marks: tuple[Finding, ...] = ()
    """What a typesetter would mark on its pages."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote under a post: published, and without anything that tells where they are found.

    `body` is Markdown. `ident` is its name in the source, and `parent` that of the comment it answers.
    `by_author` tells that the post's own author wrote it.
    """

    author: str
    date: When | None
    body: str
    ident: str
    parent: str | None = None
    by_author: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as an importer found it, before it is a file in `chapters/`.

    `body` is Markdown. `position` is its place in the source, oldest evidence
    first. Pictures in it are named as the source names them; `Gathered.media`
    says where their bytes are. `extra` holds header keys that Octavo does not
    know and keeps.
    """

    title: str
    date: When | None
    body: str
    origin: Origin
    updated: When | None = None
    authors: tuple[str, ...] = ()
    slug: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    language: str | None = None
    summary: str | None = None
    order: float | None = None
    kind: str = "post"
    role: str | None = None
    source: str | None = None
    """An identity that a newer export of the same blog repeats."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What an importer found in one source.

    `media` maps a reference, as bodies write it, to the file or the bytes it
    stands for; `None` where the source names a picture that it does not hold.
    `files` counts those of a folder: each is a draft, or left out.
    """

    drafts: tuple[Draft, ...]
    media: Mapping[str, Path | bytes | None] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    title: str | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None
    title_from: str | None = None
    """What `title` was made of, where the source names none."""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: which rule, how grave (`error`, `warning`, `note`), where, and what mends it.

    `path` may lead into an EPUB: the file's own path, then the name inside. `clause` is
    where the rule comes from.
    """

    rule: str
    severity: str
    message: str
    path: Path | None = None
    line: int | None = None
    hint: str | None = None
    clause: str | None = None
