"""Pictures put where posts show them; what cannot be shown says so in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import escape, unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from book.config import Project
from book.errors import BookError
from book.labels import catalogue
from book.media import Unusable, locate, prepare, remembered
from book.model import Media, Note, Notice, Post
from book.textfile import read_text

_PICTURE = re.compile(r"(?P<lone><figure[^>]*>)?(?P<image><img\b[^>]*?/>)")
_ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')


class Shelf:
    """The pictures of a project, each prepared once."""

    def __init__(self, root: Path, store: Path, jobs: int) -> None:
        self._root, self._store, self._jobs = root, store, jobs
        self._found: dict[Path, Media | str] = {}
        self._places: dict[tuple[Path, str], Path | str] = {}
        self._used: dict[str, Media] = {}

    def gather(self, wanted: Sequence[tuple[Post, str]]) -> None:
        """Prepare the pictures that posts refer to, several at a time."""
        for post, reference in wanted:
            self._places[self._key(post, reference)] = self._locate(post, reference)
        paths = {place: key[1] for key, place in self._places.items() if isinstance(place, Path)}
        with ThreadPoolExecutor(max(1, self._jobs)) as crew:
            made = crew.map(self._prepare, paths.items())
            self._found = dict(zip(paths, made, strict=True))

    def find(self, post: Post, reference: str) -> Media | str:
        """Return the picture a post refers to, or why it cannot be shown."""
        place = self._places.get(self._key(post, reference), "it was not looked for")
        media = self._found[place] if isinstance(place, Path) else place
        if isinstance(media, Media):
            self._used[media.name] = media
        return media

    def used(self) -> Iterator[Media]:
        """Return the pictures that are shown, by name."""
        return (self._used[name] for name in sorted(self._used))

    def cover(self, reference: str, project: Project) -> Media:
        """Return the picture for the cover, named `cover`; raise BookError where it is none."""
        try:
            path = locate(reference, project.root / "book.toml", project.root)
            media = remembered(prepare(path.read_bytes()), reference, self._store)
        except Unusable as error:
            hint = "name a JPEG or PNG file in the project"
            raise BookError(
                f"the cover `{reference}` cannot be used: {error}", path=project.file, hint=hint
            ) from error
        return replace(media, name="cover")

    def _key(self, post: Post, reference: str) -> tuple[Path, str]:
        return (post.origin.path or self._root).parent, reference

    def _locate(self, post: Post, reference: str) -> Path | str:
        try:
            return locate(reference, post.origin.path or self._root, self._root)
        except Unusable as error:
            return str(error)

    def _prepare(self, one: tuple[Path, str]) -> Media | str:
        path, reference = one
        try:
            return remembered(prepare(path.read_bytes()), reference, self._store)
        except Unusable as error:
            return str(error)
        except OSError as error:
            return f"it cannot be read ({(error.strerror or '').lower()})"


def references(xhtml: str) -> list[str]:
    """Return the addresses of the pictures in a body, each once."""
    found = (_attributes(match["image"]).get("src", "") for match in _PICTURE.finditer(xhtml))
    return list(dict.fromkeys(found))


def show(post: Post, shelf: Shelf, language: str) -> tuple[Post, list[Notice]]:
    """Put a post's pictures into its body and notes; return it with a notice for each that is missing."""
    missing: list[Notice] = []
    names: list[str] = []

    def shown(match: re.Match[str]) -> str:
        attributes = _attributes(match["image"])
        reference = attributes.get("src", "")
        media = shelf.find(post, reference)
        lone = match["lone"] or ""
        if isinstance(media, Media):
            names.append(media.name)
            return lone + _image(attributes, media)
        missing.append(_missing(post, reference, media))
        return lone + _gap(attributes, reference, language, block=bool(lone))

    body = _PICTURE.sub(shown, post.body)
    notes = tuple(Note(n.ident, n.number, _PICTURE.sub(shown, n.body)) for n in post.notes)
    return replace(post, body=body, notes=notes, media=tuple(dict.fromkeys(names))), missing


def _missing(post: Post, reference: str, why: str) -> Notice:
    path = post.origin.path
    line = None
    if path is not None and (reference in (text := read_text(path))):
        line = text[: text.index(reference)].count("\n") + 1
    hint = "put the file into `chapters/media/`, or correct its name in the post"
    return Notice(f"the picture `{reference[:80]}` is missing: {why}", path, line, hint)


def _attributes(image: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}


def _image(given: dict[str, str], media: Media) -> str:
    attributes: dict[str, str] = {
        "src": f"media/{media.name}",
        "alt": given.get("alt", ""),
        "width": str(media.width),
        "height": str(media.height),
        **{name: given[name] for name in ("class", "id", "lang") if name in given},
    }
    return "<img" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + "/>"


def _gap(given: dict[str, str], reference: str, language: str, *, block: bool) -> str:
    name = given.get("alt", "").strip() or PurePosixPath(unquote(urlsplit(reference).path)).name or reference
    text = escape(catalogue(language).text("missing", name=name[:120]), quote=False)
    tag = "p" if block else "span"
    return f'<{tag} class="missing-picture">{text}</{tag}>'
