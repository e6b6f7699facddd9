"""`book.toml`: every key with its type, its default and one line of documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book import kinds, tables
from book.errors import BookError
from book.model import Notice
from book.tables import Keys, key

FILE = "book.toml"
UNTITLED = "Untitled"
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class ChapterRules:
    """`[chapters]`: what is in, in what order, and what a chapter is."""

    by: str = key("post", "what a chapter is", kinds.one_of("post", "day", "month", "quarter", "year", "tag"))
    parts: str = key("none", "what chapters are put together by", kinds.one_of("none", "year", "month"))
    order: str = key("oldest-first", "which posts come first", kinds.one_of("oldest-first", "newest-first"))
    since: str | None = key(None, "the first day, month or year that is in", kinds.PARTIAL, name="from")
    until: str | None = key(None, "the last day, month or year that is in", kinds.PARTIAL)
    tags: tuple[str, ...] = key((), "only posts with any of these tags", kinds.LINES)
    without: tuple[str, ...] = key((), "no posts with any of these tags", kinds.LINES)
    authors: tuple[str, ...] = key((), "only posts by any of these authors", kinds.LINES)
    drafts: bool = key(False, "whether drafts are in", kinds.FLAG)
    year_openers: tuple[str, ...] = key(
        (),
        "what stands where a year opens",
        kinds.some_of("counts", "calendar", "pictures"),
        name="year-openers",
    )
    arrangement: str = key(
        "posts",
        "how a chapter of several posts is set: with `diary` a day is headed once",
        kinds.one_of("posts", "diary"),
    )


@dataclass(frozen=True, slots=True)
class IndexRules:
    """`[index]`: what the index at the book's end is made of, and what other lists there are."""

    of: tuple[str, ...] = key(
        ("terms", "marks"), "what is in the index", kinds.some_of("terms", "marks", "tags")
    )
    titles: bool = key(False, "whether there is an index of titles", kinds.FLAG)
    pictures: bool = key(False, "whether there is a list of pictures", kinds.FLAG)
    calendar: bool = key(False, "whether there is a calendar of posts by year", kinds.FLAG)


@dataclass(frozen=True, slots=True)
class LetterRules:
    """`[letters]`: which comments are in the book, and how."""

    of: str = key(
        "none", "which comments are letters", kinds.one_of("none", "all", "answered", "long", "chosen")
    )
    least: int = key(60, "how many words a long comment has", kinds.COUNT)
    chosen: tuple[str, ...] = key((), "those chosen by hand, each as `file/id`", kinds.LINES)
    signed: str = key("name", "how much of their writers' names", kinds.one_of("name", "initials"))
    place: str = key("post", "where they stand", kinds.one_of("post", "appendix"))


REFERENCES = ("none", "page", "title", "date")


@dataclass(frozen=True, slots=True)
class Style:
    """`[style]`: theme, style sheets after it, and how chapters open."""

    theme: str = key("octavo", "the look: `book themes` names them", kinds.WORD)
    stylesheets: tuple[str, ...] = key((), "style sheets after the theme's, the last wins", kinds.FILES)
    openings: str = key("page", "where chapters open in print", kinds.one_of("page", "recto", "any"))
    settings: Mapping[str, Any] = key(NOTHING, "the theme's own: `book themes` lists them", kinds.TABLE)
    references: str = key("title", "what print adds to a link within the book", kinds.one_of(*REFERENCES))
    mentions: bool = key(False, "whether a post ends with where later posts mention it", kinds.FLAG)
    links: str = "none"
    """What print makes of links out of the book: an option of an edition's, `links`."""


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """`[editions.NAME]`: a format, a style, and the options of that format."""

    name: str
    format: str = key("", "what is made: `epub`, `pdf`, `web` or `cover`", kinds.WORD)
    style: Style = Style()
    isbn: str | None = key(None, "this edition's ISBN, its check digit right", kinds.ISBN)
    in_volumes: bool | None = key(
        None, "whether it is bound in `[[volumes]]`; else PDFs and covers are", kinds.FLAG, name="in-volumes"
    )
    options: Mapping[str, Any] = field(default_factory=dict)
    volume: int | None = None
    """Which of the volumes it is, from 1; `set` is then the name of the edition that it is a volume of."""
    set: str | None = None

    @property
    def called(self) -> str:
        """The name that the author gave it, which all volumes of a set share."""
        return self.set or self.name


@dataclass(frozen=True, slots=True)
class VolumeRules:
    """`[[volumes]]`: one volume of a set."""

    until: str | None = key(None, "its last day, month or year; the last volume has none", kinds.PARTIAL)
    title: str | None = key(None, "its own title; else its years", kinds.LINE)
    isbn: Mapping[str, Any] = key(NOTHING, "its ISBNs, by the names of editions", kinds.TABLE)


EDITIONS = (EditionPlan("ebook", "epub"), EditionPlan("paperback", "pdf"))
"""What is made where `book.toml` names no editions."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of `book.toml`."""

    title: str = key(UNTITLED, "the book's title", kinds.LINE)
    subtitle: str | None = key(None, "what stands under the title", kinds.LINE)
    authors: tuple[str, ...] = key((), "its authors (`author` for one); else the posts'", kinds.LINES)
    language: str = key("en", "the language it is written in", kinds.LANGUAGE)
    series: str | None = key(None, "the series that it is a volume of", kinds.LINE)
    volume: int | None = key(None, "which volume of the series it is", kinds.COUNT)
    also: tuple[str, ...] = key(
        (), "its other volumes, or the author's other books: the series page", kinds.LINES
    )
    publisher: str | None = key(None, "who publishes it", kinds.LINE)
    rights: str | None = key(None, "the copyright line, or a licence", kinds.TEXT)
    description: str | None = key(None, "a few sentences for catalogues", kinds.TEXT)
    url: str | None = key(None, "where the blog is, or was", kinds.ADDRESS)
    identifier: str | None = key(None, "names the book in every build; else made from `url`", kinds.WORD)
    cover: str | None = key(None, "a picture for the cover; else one is made", kinds.FILE)
    dedication: str | None = key(None, "a dedication", kinds.TEXT)
    epigraph: str | None = key(None, "an epigraph", kinds.TEXT)
    about: str | None = key(None, "about the author", kinds.TEXT)
    chapters: ChapterRules = ChapterRules()
    copyedit: Mapping[str, bool] = field(default_factory=dict)  # pass name -> on or off
    index: IndexRules = IndexRules()
    letters: LetterRules = LetterRules()
    style: Style = Style()
    volumes: tuple[VolumeRules, ...] = ()
    editions: tuple[EditionPlan, ...] = EDITIONS


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a manuscript in it. `file` is its `book.toml`, if it has one."""

    root: Path
    config: Config
    file: Path | None = None
    lines: Mapping[Keys, int] = field(default_factory=dict)

    def line(self, *keys: str) -> int | None:
        """Return the line of `book.toml` where `keys` are set, or the nearest table above them."""
        return tables.line_of(self.lines, keys)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the author has not said yet and a book should say."""
        if self.config.title != UNTITLED:
            return ()
        hint = 'write `title = "…"` into `book.toml`'
        return (Notice("the book has no title", self.file or self.root, hint=hint),)

    @property
    def chapters(self) -> Path:
        """The folder of the posts."""
        return self.root / "chapters"

    @property
    def store(self) -> Path:
        """The folder where finished work is remembered."""
        return self.root / ".book"


TABLES: tuple[tuple[Keys, type], ...] = (
    ((), Config),
    (("chapters",), ChapterRules),
    (("index",), IndexRules),
    (("letters",), LetterRules),
    (("style",), Style),
    (("volumes",), VolumeRules),
    (("editions", "NAME"), EditionPlan),
)


def load(root: Path) -> Project:
    """Read the project in the folder `root`: its `book.toml`, or the defaults where it has none.

    Raises one BookError that holds every fault of the file.
    """
    if not root.is_dir():
        raise BookError(
            "this is a file, and a project is a folder" if root.exists() else "there is no such folder",
            path=root,
            hint="`book new DIR` makes a project",
        )
    root = root.resolve()
    file = root / FILE
    if not file.exists() and not file.is_symlink():
        return Project(root, Config())
    from book.bookfile import config_of  # which knows the classes above

    document = tables.load(file)
    config = config_of(document, root)
    document.raise_faults()
    return Project(root, config, file, document.lines)


def reference() -> str:
    """Return every key as tables in Markdown, for the manual."""
    rows = []
    for keys, cls in TABLES:
        opening = "[[volumes]]" if cls is VolumeRules else f"[{'.'.join(keys)}]"
        rows += [f"**`{opening}`**" if keys else "**At the top**", ""]
        rows += ["| key | is | default | |", "|---|---|---|---|"]
        for name, one in tables.declared(cls):
            default = one.default_factory() if callable(one.default_factory) else one.default
            kind, doc = one.metadata["kind"].words, one.metadata["doc"]
            rows.append(f"| `{name}` | {kind} | {_written(default)} | {doc} |")
        rows.append("")
    return "\n".join(rows)


def _written(default: Any) -> str:
    if default is None or default == "":
        return "none"
    if isinstance(default, tuple) and default:
        return "`[" + ", ".join(f'"{one}"' for one in default) + "]`"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f'`"{default}"`' if isinstance(default, str) else "`[]`" if default == () else "`{}`"
