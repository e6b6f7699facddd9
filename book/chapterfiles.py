"""The files in `chapters/` that gathering writes, and the plain file by which it knows its own again.

`chapters/gathered.json` holds, for each gathered post, its `source` (an identity that a newer export
of the blog repeats), the file it went to, and the SHA-256 of that file as gathering wrote it. A file
whose hash is another has been edited by its author, and is left alone from then on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from book.dates import split_name
from book.errors import BookError
from book.header import KEYS, parse, render
from book.model import Draft
from book.slug import slug
from book.textfile import read_bytes, read_text
from book.wholefile import write_whole

MEMORY = "gathered.json"
ABOUT = "What `book gather` wrote here: by it, gathering again tells its own work from yours. Keep it."


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that gathering wrote: its name in `chapters/`, and the hash of what it wrote."""

    file: str
    sha256: str


@dataclass(slots=True)
class Memory:
    """What `gathered.json` says: posts by their source; pictures and comments by the names of their files."""

    posts: dict[str, Written] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    """Which file in `media/` a picture is that the export did not hold, by its address."""
    language: str | None = None
    """In which language alone posts were asked for, or `all`: a newer export is taken so too."""

    def save(self, folder: Path) -> None:
        """Write the memory, in an order that a person and a version control system can follow."""
        posts = {
            source: {"file": written.file, "sha256": written.sha256}
            for source, written in sorted(self.posts.items(), key=lambda item: (item[1].file, item[0]))
        }
        document = {"about": ABOUT, "format": 1, "posts": posts, "media": dict(sorted(self.media.items()))}
        if self.language:
            document["in-language"] = self.language
        if self.comments:
            document["comments"] = dict(sorted(self.comments.items()))
        if self.pictures:
            document["pictures"] = dict(sorted(self.pictures.items()))
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        path = folder / MEMORY
        if not path.exists() or path.read_bytes() != text.encode():
            write_whole(path, text.encode())


def remembered(folder: Path) -> Memory:
    """Read `gathered.json`; an empty memory where there is none."""
    path = folder / MEMORY
    if not path.exists():
        return Memory()
    try:
        document = json.loads(read_text(path))
        posts = {
            str(source): Written(_plain_name(entry["file"]), str(entry["sha256"]))
            for source, entry in document["posts"].items()
        }
        media = {_plain_name(name): str(sha256) for name, sha256 in document["media"].items()}
        comments = {_plain_name(name): str(sha256) for name, sha256 in document.get("comments", {}).items()}
        pictures = {str(address): _plain_name(name) for address, name in document.get("pictures", {}).items()}
        language = str(document.get("in-language") or "") or None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        hint = "restore it, or delete it: posts that you have not edited are known again by their text"
        raise BookError("this file is damaged", path=path, hint=hint) from error
    return Memory(posts, media, comments, pictures, language)


def _plain_name(name: Any) -> str:
    if not isinstance(name, str) or name != Path(name).name or name in ("", ".", ".."):
        raise ValueError(f"not a file name: {name}")
    return name


@dataclass(frozen=True, slots=True)
class Standing:
    """What the posts in a folder say that gathering did not write or does not remember."""

    sources: dict[str, str]  # source -> file
    slugs: set[str]


def standing(folder: Path, names: Iterable[str]) -> Standing:
    """Read the headers of the posts of these names."""
    sources: dict[str, str] = {}
    slugs: set[str] = set()
    for name in names:
        path = folder / name
        try:
            values = parse(read_text(path), path, check_dates=False).values
        except BookError:  # its author is at work on it; building will say what is wrong
            continue
        slugs.add(slug(values.get("slug") or ""))
        if values.get("source"):
            sources.setdefault(values["source"], name)
    return Standing(sources, slugs)


def text_of(draft: Draft, name: str) -> bytes:
    """Return the file of a post: its header and its body.

    A slug that the file's name does not give is another post's: this one has the numbered slug of its name.
    """
    known: dict[str, Any] = {
        "title": draft.title or None,
        "date": draft.date,
        "updated": draft.updated,
        **_authors(draft.authors),
        "slug": draft.slug if slug(draft.slug or "") in ("", _slug_of(name)) else _slug_of(name),
        "url": draft.url,
        "tags": list(draft.tags),
        "draft": draft.draft,
        "language": draft.language,
        "summary": draft.summary,
        "order": draft.order,
        "kind": None if draft.kind == "post" else draft.kind,
        "role": draft.role,
        "source": source_of(draft),
    }
    values = {key: value for key, value in known.items() if value not in (None, False, [])}
    extra = {key: value for key, value in draft.extra.items() if key not in KEYS}
    return render({**values, **extra}, draft.body).encode()


def _authors(authors: tuple[str, ...]) -> Mapping[str, Any]:
    if len(authors) > 1:
        return {"authors": list(authors)}
    return {"author": authors[0]} if authors else {}


def source_of(draft: Draft) -> str:
    """Return the identity of a post, made of its day and title where its importer knows no better."""
    return draft.source or name_of(draft)


def name_of(draft: Draft) -> str:
    """Return the stem that a post's file should have: its day, and its slug, title or first words."""
    day = draft.date.date() if isinstance(draft.date, datetime) else draft.date
    first_words = " ".join(re.findall(r"[^\W_]+", draft.body[:200])[:6])
    rest = slug(draft.slug or "") or slug(draft.title) or slug(first_words)
    return "-".join(part for part in (day.isoformat() if day else "", rest) if part) or "post"


class Names:
    """The names that are free: no two files may share one, nor two posts the slug that it gives them."""

    def __init__(self, folder: Path, slugs: Iterable[str]) -> None:
        self.files = {path.name.lower() for path in folder.glob("*.md")}
        self.slugs = {_slug_of(name) for name in self.files} | set(slugs) - {""}
        self._last: dict[str, int] = {}
        """The numbers that were given to stems; many posts may want one name."""

    def take(self, stem: str) -> str:
        """Return `stem.md`, or the first of `stem-2.md`, `stem-3.md` … that is free, and take it."""
        number = self._last.get(stem, 1)
        while not self._free(name := f"{stem}-{number}.md" if number > 1 else f"{stem}.md"):
            number += 1
        self._last[stem] = number
        self.files.add(name)
        self.slugs.add(_slug_of(name))
        return name

    def _free(self, name: str) -> bool:
        return name not in self.files and _slug_of(name) not in self.slugs


def _slug_of(name: str) -> str:
    try:
        return slug(split_name(Path(name))[1]) or name
    except BookError:
        return name


def hash_of(path: Path) -> str | None:
    """Return the hash of a file's bytes; None if there is no such file."""
    return digest(read_bytes(path)) if path.is_file() else None
