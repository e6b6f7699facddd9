"""Bind editions and put them in their places: all of them whole, or none touched."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path
from shutil import rmtree

from book import registry
from book.config import EditionPlan, Project
from book.desk import Bound, Desk
from book.errors import BookError
from book.model import Composition, Notice, Sheet
from book.slug import slug
from book.wholefile import write_whole

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}


MARK = ".octavo"
"""The file that tells an edition's folder from any other: nothing else is ever replaced."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edition goes: `part`, in the same folder, holds it until all editions are bound."""

    plan: EditionPlan
    target: Path
    part: Path


@contextmanager
def places(project: Project, plans: Sequence[EditionPlan], out: Path | None) -> Iterator[tuple[Place, ...]]:
    """Prepare a place for each plan, and clear away at the end what was not put there.

    Raises BookError for a folder that cannot be written, before any work is done.
    """
    folder = (project.root / "out" if out is None else out).absolute()
    made = _make(folder)
    ready = tuple(_place(project, plan, folder) for plan in plans)
    try:
        for place in ready:
            _try_to_write(place)
        yield ready
    finally:
        for place in ready:
            for left in (place.part, *_companions(place)):
                _clear(left)
        if made:
            with suppress(OSError):  # of a folder with editions in it
                folder.rmdir()


def bind(
    composition: Composition,
    place: Place,
    project: Project,
    *,
    jobs: int,
    fresh: bool,
    tell: Callable[[str], None] = lambda _: None,
    others: Mapping[str, Bound] | None = None,
    sight: object | None = None,
) -> Bound:
    """Bind one edition into its `part`, the `others` being those it follows; the target stays as it is."""
    plan = place.plan
    edition = registry.find("editions", plan.format)
    options = registry.options(edition.bind, plan.options, where=f"`[editions.{plan.name}]`")
    desk = Desk(plan.name, place.part, project.store, jobs, fresh, tell, others or {}, project.root, sight)
    try:
        bound: Bound = edition.bind(composition, desk, **options)
    except BookError as error:
        raise _placed(error, project, plan, place) from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _unwritten(place.target, error) from error
    for suffix, data in bound.companions.items():
        write_whole(_beside(place, suffix), data)
    return replace(bound, path=place.part)


def refuse(project: Project, plan: EditionPlan, sheets: Sequence[Sheet]) -> None:
    """Raise BookError for options of an edition that cannot be, where its module tells before it binds."""
    edition = registry.find("editions", plan.format)
    options = registry.options(edition.bind, plan.options, where=f"`[editions.{plan.name}]`")
    try:
        if hasattr(edition, "refuse"):
            edition.refuse(options, sheets, project.root)
    except BookError as error:
        raise _placed(error, project, plan) from error


def put(bound: Sequence[Place]) -> list[Path]:
    """Move finished editions to their targets, replacing what was there; return what stands there now.

    A folder's predecessor is moved aside first: for a moment neither stands there.
    """
    for place in bound:
        _sync(place.part, place.target)
    standing = [place.target for place in bound]
    for place in bound:
        try:
            if place.part.is_dir():
                _set_aside(place)
            place.part.replace(place.target)
            standing += [one.replace(place.target.with_suffix(one.suffix)) for one in _companions(place)]
            _clear(_aside(place))
        except OSError as error:
            raise _unwritten(place.target, error) from error
    folder = bound[0].target.parent
    _sync(folder, folder)
    return standing


def _beside(place: Place, suffix: str) -> Path:
    """Return where a file that goes beside an edition waits for it."""
    return place.part.with_name(f"{place.part.name}{suffix}")


def _companions(place: Place) -> list[Path]:
    return [path for path in place.part.parent.glob(f"{escape(place.part.name)}.*") if path.is_file()]


def _aside(place: Place) -> Path:
    return place.part.with_name(f"{place.part.name}.old")


def _set_aside(place: Place) -> None:
    """Move the folder that a new one replaces out of its way."""
    _clear(_aside(place))
    if place.target.is_dir():
        place.target.replace(_aside(place))


def _clear(path: Path) -> None:
    """Remove an unfinished edition: a file, or a folder of them."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _make(folder: Path) -> bool:
    """Make the folder unless it is there; tell whether it was made."""
    if folder.is_dir():
        return False
    if folder.exists():
        hint = "name another with `--out`"
        raise BookError("this is a file, and the editions need a folder", path=folder, hint=hint)
    try:
        folder.mkdir()
    except FileNotFoundError as error:
        hint = f"make it: `mkdir -p {folder.parent}`"
        raise BookError("there is no such folder", path=folder.parent, hint=hint) from error
    except OSError as error:
        raise _unwritten(folder, error) from error
    return True


def _place(project: Project, plan: EditionPlan, folder: Path) -> Place:
    edition = registry.find("editions", plan.format)
    target = folder / (_stem(project, plan) + edition.SUFFIX)
    _refuse_to_replace(target, edition.SUFFIX == "")
    owner = hashlib.sha256(os.fsencode(project.root)).hexdigest()[:8]
    return Place(plan, target, folder / f".{target.name}.{owner}.part")


def _refuse_to_replace(target: Path, is_folder: bool) -> None:
    """Raise BookError where something stands at `target` that is no earlier edition."""
    if is_folder and target.is_dir() and not target.is_symlink():
        if (target / MARK).is_file() or not any(target.iterdir()):
            return
        raise BookError(
            "a folder that is no edition stands where the edition goes", path=target, hint="move it away"
        )
    if target.is_dir():
        raise BookError("a folder stands where the edition goes", path=target, hint="move it away")
    if is_folder and target.exists():
        raise BookError("a file stands where the edition goes", path=target, hint="move it away")


def _stem(project: Project, plan: EditionPlan) -> str:
    """Return a file's stem: the title alone for the first EPUB, else with the edition's name.

    The volumes of a set have their numbers at the end.
    """
    title = slug(project.config.title) or "book"
    epubs = [one.called for one in project.config.editions if one.format == "epub"]
    stem = title if [plan.called] == epubs[:1] else f"{title}-{plan.called}"
    return f"{stem}-{plan.volume}" if plan.volume else stem


def _try_to_write(place: Place) -> None:
    try:
        if _aside(place).is_dir() and not place.target.exists():  # killed between the two moves
            _aside(place).replace(place.target)
        for left in place.part.parent.glob(f"{escape(place.part.name)}*"):  # by a build that was killed
            _clear(left)
        if registry.find("editions", place.plan.format).SUFFIX:
            place.part.write_bytes(b"")
        else:
            place.part.mkdir()
            (place.part / MARK).write_bytes(b"")
    except OSError as error:
        raise _unwritten(place.target, error) from error


def _unwritten(path: Path, error: OSError) -> BookError:
    said = (error.strerror or str(error)).lower()
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    hint = "make room on that disk" if full else "check who may write there, or name a folder with `--out`"
    return BookError(
        f"this cannot be written: {said}", path=path, hint=f"{hint}; what was there is unchanged"
    )


def _placed(error: BookError, project: Project, plan: EditionPlan, place: Place | None = None) -> BookError:
    """Say where a fault is that binding could not place: in `book.toml`, or at the target."""

    def placed(notice: Notice) -> Notice:
        if notice.path is None:
            return replace(notice, path=project.file, line=_line(project, plan.called, error.keys))
        return replace(notice, path=place.target) if place and notice.path == place.part else notice

    return BookError.of(tuple(map(placed, error.notices)))


def _line(project: Project, edition: str, keys: tuple[str, ...]) -> int | None:
    """Return the line of `book.toml` where the first of these options is set, else that of the edition."""
    tables = (("editions", edition), ("editions", edition, "settings"), ("style", "settings"))
    places = ((*table, key) for key in keys for table in tables)
    return next((project.lines[one] for one in places if one in project.lines), None) or project.line(
        "editions", edition
    )


def _sync(path: Path, target: Path) -> None:
    """Have the system write a file or folder to the disk itself; a fault is told of the `target`."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unwritten(target, error) from error
