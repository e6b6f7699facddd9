"""`book.toml`: every key with its type, its default and one line of documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChapterRules:
    """`[chapters]`: what is in, in what order, and what a chapter is."""

    by: str = "post"  # post | day | month | quarter | year | tag
    parts: str = "none"  # none | year | month
    order: str = "oldest-first"  # oldest-first | newest-first
    since: str | None = None  # key `from`: inclusive, may be partial (`2017`, `2017-08`)
    until: str | None = None  # inclusive, may be partial
    tags: tuple[str, ...] = ()  # posts with any of these
    without: tuple[str, ...] = ()  # posts with none of these
    authors: tuple[str, ...] = ()  # posts by any of these
    drafts: bool = False  # drafts come in only when asked for


@dataclass(frozen=True, slots=True)
class Style:
    """`[style]`: theme, style sheets after it, and how chapters open."""

    theme: str = "octavo"
    stylesheets: tuple[str, ...] = ()
    openings: str = "page"  # page | recto | any
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """`[editions.NAME]`: a format, a style, and the options of that format."""

    name: str
    format: str
    style: Style = Style()
    isbn: str | None = None
    options: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of `book.toml`."""

    title: str = "Untitled"
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    publisher: str | None = None
    rights: str | None = None
    description: str | None = None
    url: str | None = None  # where the blog is or was published
    identifier: str | None = None
    cover: str | None = None  # a picture for the cover, relative to the project
    dedication: str | None = None  # Markdown
    epigraph: str | None = None  # Markdown
    about: str | None = None  # Markdown: about the author
    chapters: ChapterRules = ChapterRules()
    copyedit: Mapping[str, bool] = field(default_factory=lambda: NOTHING)  # pass name -> on or off
    style: Style = Style()
    editions: tuple[EditionPlan, ...] = (
        EditionPlan("ebook", "epub"),
        EditionPlan("paperback", "pdf"),
    )


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a manuscript in it. `file` is its `book.toml`, if it has one."""

    root: Path
    config: Config
    file: Path | None = None

    @property
    def chapters(self) -> Path:
        """The folder of the posts."""
        return self.root / "chapters"

    @property
    def store(self) -> Path:
        """The folder where finished work is remembered."""
        return self.root / ".book"
