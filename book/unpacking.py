"""A zip of posts that no importer knows as an export: unpacked for a while, and gathered from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unicodedata import normalize

from book.errors import BookError
from book.model import Draft, Gathered, Notice

if TYPE_CHECKING:
    from book.sources._containers import Container

_LARGEST = 256 * 2**20
_MOST = 2 * 2**30
"""How many bytes are put on the disk of one file, and in all."""

_SHOWN = 20
_LONGEST = 240
"""How many bytes a name has at most: a disk holds 255, and a number may have to stand in it, too."""

_HINT = "unpack it yourself, and name the folder"


def is_zip_of_posts(source: Path) -> bool:
    """Tell whether a source is a zip that holds files of Markdown."""
    from book.sources._containers import is_zip, opened
    from book.sources._treefiles import MARKDOWN

    if not is_zip(source):
        return False
    with opened(source) as container:
        return any(PurePosixPath(name).suffix.lower() in MARKDOWN for name in container.names)


def amount(source: Path) -> int:
    """Return how many files a folder or a zip holds; one that is refused counts as one, and is told later."""
    from book.sources._containers import opened

    try:
        with opened(source) as container:
            return len(container.names)
    except (BookError, OSError):
        return 1


@contextmanager
def unpacked(source: Path) -> Iterator[tuple[Path, tuple[Notice, ...]]]:
    """Unpack a zip into a folder that is gone afterwards, and tell of names that had to be changed.

    What is raised within names the zip where it would name that folder.
    """
    from book.sources._containers import opened

    with TemporaryDirectory(prefix="octavo-") as base, opened(source) as container:
        folder = Path(base).resolve() / source.stem
        folder.mkdir()
        told = tuple(_spread(container, folder))
        try:
            yield folder, told
        except BookError as error:
            raise BookError.of(tuple(_placed(one, folder, source) for one in error.notices)) from error


def _spread(container: Container, folder: Path) -> Iterator[Notice]:
    """Write the files of a zip into a folder, each under a name of its own; give what there is to tell."""
    from book.legible import unopened
    from book.sources._zipentries import Names

    names, written, changed = Names(_folded), 0, list(container.doubled)
    for name in container.names:
        fit = _fitting(name)
        own, place = names.own(fit), container.place(name)
        changed += [name] if own != fit else []
        written += _write(folder / own, place, container.pieces(name, _LARGEST))
        if written > _MOST:
            message = f"this zip unpacks to more than {_MOST // 2**20} MB"
            raise BookError(message, path=container.source, hint=_HINT)
    if container.ignored:
        yield unopened(container.ignored, container.source)
    yield from _alike(changed, container.source)


def _folded(name: str) -> str:
    """Return what a name is to a disk that knows neither case nor ways to write an accent."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _fitting(name: str) -> str:
    """Return a name each part of which a disk holds: other systems count letters where ours count bytes."""
    if len(name) * 4 <= _LONGEST:
        return name
    return "/".join(part if len(part.encode()) <= _LONGEST else _shortened(part) for part in name.split("/"))


def _shortened(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    if not stem or len(suffix.encode()) > _SHOWN:
        stem, dot, suffix = part, "", ""
    room = _LONGEST - len((dot + suffix).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix


def _write(target: Path, place: Path, pieces: Iterator[bytes]) -> int:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            return sum(map(file.write, pieces))
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this file cannot be unpacked: {said}", path=place, hint=_HINT) from error


def _alike(names: list[str], source: Path) -> Iterator[Notice]:
    if names:
        shown = ", ".join(f"`{name}`" for name in dict.fromkeys(names[:_SHOWN]))
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        yield Notice(f"names that a disk may hold for one got a number: {shown}{more}", source)


def of_the_zip(found: Gathered, folder: Path, source: Path) -> Gathered:
    """Return what was gathered from the folder as if it had been read in the zip."""
    return replace(
        found,
        drafts=tuple(_drafted(draft, folder, source) for draft in found.drafts),
        media={name: one.read_bytes() if isinstance(one, Path) else one for name, one in found.media.items()},
        warnings=tuple(_placed(one, folder, source) for one in found.warnings),
        skipped=tuple(replace(one, path=_place(one.path, folder, source)) for one in found.skipped),
    )


def _drafted(draft: Draft, folder: Path, source: Path) -> Draft:
    return replace(draft, origin=replace(draft.origin, path=_place(draft.origin.path, folder, source)))


def _placed(notice: Notice, folder: Path, source: Path) -> Notice:
    return replace(notice, path=_place(notice.path, folder, source))


def _place(path: Path | None, folder: Path, source: Path) -> Path | None:
    inside = path is not None and path.is_relative_to(folder)
    return source / path.relative_to(folder) if path is not None and inside else path
