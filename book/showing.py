"""Pictures put where posts show them; what cannot be shown says so in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from book.composed import composed
from book.config import Project
from book.edgepictures import set_apart
from book.errors import BookError
from book.labels import catalogue
from book.media import BYTES, Unusable, inline, locate
from book.mends import Mend
from book.model import Media, Notice, Post
from book.preparing import Picture, prepared
from book.slug import slug
from book.textfile import read_text

_KINDS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".gif": "GIF",
    ".webp": "WEBP", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF", ".avif": "AVIF", ".svg": "SVG",
}  # fmt: skip
_LONG = 40
_PICTURE = re.compile(r"(?P<lone><figure[^>]*>)?(?P<image><img\b[^>]*?/>)")
_GAP = r'<span class="missing-picture">([^<]*)</span>'
_SEVERAL = re.compile(rf"<p>((?:\s|<br/>|<img\b[^>]*/>|{_GAP})*)</p>")
_ONE = re.compile(rf"<img\b[^>]*/>|{_GAP}")
_ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')


class Shelf:
    """The pictures of a project, each prepared once."""

    def __init__(self, root: Path, store: Path, *, jobs: int, fresh: bool) -> None:
        self._root, self._store, self._jobs, self._fresh = root, store, jobs, fresh
        self._places: dict[tuple[Path, str], Path | bytes | str] = {}
        self._found: dict[Path | bytes, Media | str] = {}
        self._names: dict[str, str] = {}
        self._used: dict[str, Media] = {}
        self._mends: dict[Path | bytes, list[tuple[str, str]]] = {}

    def gather(self, wanted: Sequence[tuple[Post, str]]) -> None:
        """Prepare the pictures that posts refer to, several at a time."""
        for post, reference in wanted:
            self._places[self._key(post, reference)] = self._locate(post, reference)
        self._develop(dict.fromkeys(one for one in self._places.values() if not isinstance(one, str)))

    def find(self, post: Post, reference: str) -> Media | str:
        """Return the picture a post refers to, or why it cannot be shown."""
        place = self._places.get(self._key(post, reference), "it was not looked for")
        media = place if isinstance(place, str) else self._found[place]
        if isinstance(media, Media):
            self._used[media.name] = media
        return media

    def holds(self, post: Post, reference: str) -> bool:
        """Tell whether what a post refers to is there, be it a picture or not."""
        return isinstance(self._places.get(self._key(post, reference)), Path | bytes)

    def shown(self, path: Path) -> str | None:
        """Return the name of the picture in a file, if a post shows it."""
        media = self._found.get(path)
        return media.name if isinstance(media, Media) and media.name in self._used else None

    def mends(self, post: Post, reference: str) -> Iterator[Mend]:
        """Return what was changed of a picture that a post shows."""
        place = self._places.get(self._key(post, reference))
        if place is None or isinstance(place, str):
            return
        for kind, what in self._mends.get(place, ()):
            yield Mend(kind, what, post.origin.path, _line_of(post, reference))

    def used(self) -> Iterator[Media]:
        """Return the pictures that are shown, by name."""
        return (self._used[name] for name in sorted(self._used))

    def cover(self, reference: str, project: Project) -> Media:
        """Return the picture for the cover, named `cover`; raise BookError where it is none."""
        try:
            path = locate(reference, project.root / "book.toml", project.root)
            self._develop({path: None})
            media = self._found[path]
            if isinstance(media, str):
                raise Unusable(media)
            if media.media_type == "image/svg+xml":
                raise Unusable("it is a drawing, and shops show pictures of pixels")
        except Unusable as error:
            message = f"the cover `{reference}` cannot be used: {error}"
            hint = "name a JPEG or PNG file in the project"
            raise BookError(message, path=project.file, line=project.line("cover"), hint=hint) from error
        return replace(media, name="cover")

    def _key(self, post: Post, reference: str) -> tuple[Path, str]:
        return (post.origin.path or self._root).parent, reference

    def _locate(self, post: Post, reference: str) -> Path | bytes | str:
        try:
            if reference[:5].lower() == "data:":
                return inline(reference)
            return locate(reference, post.origin.path or self._root, self._root)
        except Unusable as error:
            return str(error)

    def _develop(self, places: dict[Path | bytes, None] | dict[Path, None]) -> None:
        """Prepare what lies at `places`, or say why it cannot be shown."""
        data = {place: _read(place) for place in places if place not in self._found}
        readable = {place: found for place, found in data.items() if isinstance(found, bytes)}
        made = prepared(list(readable.values()), self._store, jobs=self._jobs, fresh=self._fresh)
        self._found |= {place: found for place, found in data.items() if isinstance(found, str)}
        for place, picture in zip(readable, made, strict=True):
            if isinstance(picture, Picture):
                self._mends[place] = list(_mends(place, picture))
            self._found[place] = self._named(place, picture) if isinstance(picture, Picture) else picture

    def _named(self, place: Path | bytes, picture: Picture) -> Media:
        """Name a picture for editions: what it is called, and what it holds; one name for one content."""
        words = slug(place.stem)[:40] if isinstance(place, Path) else ""
        stem = re.sub(r"^[^a-z]+", "", words).strip("-") or "picture"
        name = f"{stem}-{picture.digest[:8]}{picture.path.suffix}"
        name = self._names.setdefault(picture.digest, name)
        return Media(name, picture.path, picture.media_type, picture.width, picture.height, picture.digest)


def _read(place: Path | bytes) -> bytes | str:
    if isinstance(place, bytes):
        return place
    try:
        if place.stat().st_size > BYTES:
            return f"it is larger than {BYTES >> 20} MB"
        return place.read_bytes()
    except OSError as error:
        return f"it cannot be read ({(error.strerror or '').lower()})"


def _mends(place: Path | bytes, picture: Picture) -> Iterator[tuple[str, str]]:
    """Yield what there is to tell of a prepared picture: a kind of repair, and of what."""
    name = place.name if isinstance(place, Path) else "data:"
    if isinstance(place, Path) and picture.kind != _KINDS.get(place.suffix.lower(), picture.kind):
        yield "suffix", f"{name} ({picture.kind})"
    if picture.damaged:
        yield "damaged", name
    if picture.ended:
        yield "ended", name
    if picture.lost:
        yield "drawing", f"{name} ({', '.join(picture.lost)})"


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
        missing.append(_missing(post, reference, media, there=shelf.holds(post, reference)))
        return lone + _gap(attributes, reference, language, block=bool(lone))

    if not post.media:
        return post, missing
    body = set_apart(_SEVERAL.sub(_apart, _PICTURE.sub(shown, post.body)))
    notes = tuple(replace(n, body=_PICTURE.sub(shown, n.body)) for n in post.notes)
    return replace(post, body=body, notes=notes, media=tuple(dict.fromkeys(names))), missing


def _apart(paragraph: re.Match[str]) -> str:
    """Make figures of a paragraph's pictures, where what stands for one would run on like a sentence."""
    if "missing-picture" not in paragraph[1]:
        return paragraph[0]
    return "".join(
        f"<figure>{one[0] if one[1] is None else _gap_of(one[1], block=True)}</figure>"
        for one in _ONE.finditer(paragraph[1])
    )


def _missing(post: Post, reference: str, why: str, *, there: bool) -> Notice:
    message = f"the picture `{reference[:80]}` is missing: {why}"
    hint = "save it again as JPEG or PNG from where you have it whole" if there else _hint(reference)
    return Notice(message, post.origin.path, _line_of(post, reference), hint)


def _line_of(post: Post, reference: str) -> int | None:
    """Return the line at which a post's file refers to a picture."""
    path = post.origin.path
    if path is None or not path.is_file():
        return None
    text = read_text(path)
    place = max(text.find(reference), text.find(unquote(reference)))
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def _hint(reference: str) -> str:
    if re.match("(?i)(https?:)?//", reference):
        return "`book gather` brings such pictures in with `--fetch`, or from a folder with `--media`"
    return "put the file into `chapters/media/`, or correct its name in the post"


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
    if "role" in given:  # that of decoration: HTML wants no role beside an empty text
        attributes["aria-hidden"] = "true"
    return "<img" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + "/>"


def _gap(given: dict[str, str], reference: str, language: str, *, block: bool) -> str:
    path = "" if reference[:5].lower() == "data:" else re.split("[?#]", reference)[0].rpartition("/")[2]
    name = given.get("alt", "").strip() or _short(unquote(path)) or reference[:40]
    text = escape(catalogue(language).text("missing", name=composed(name[:120])), quote=False)
    return _gap_of(text, block=block)


def _gap_of(text: str, *, block: bool) -> str:
    tag = "p" if block else "span"
    return f'<{tag} class="missing-picture">{text}</{tag}>'


def _short(name: str) -> str:
    """Return a file's name, without the middle of one that no person has given."""
    return name if len(name) <= _LONG or " " in name else f"{name[: _LONG // 2]}…{name[-_LONG // 4 :]}"
