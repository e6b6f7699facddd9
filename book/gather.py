"""Gather posts from exports, feeds and folders into `chapters/`, and refresh them from newer ones.

What an author has edited is left alone, and nothing is ever deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book import registry
from book.errors import BookError
from book.legible import archives_in, check, doubled_in, unopened
from book.model import Gathered, Notice
from book.textfile import is_inside
from book.unpacking import amount, is_zip_of_posts, of_the_zip, unpacked

if TYPE_CHECKING:
    from book.fetching.pictures import PictureFetcher
    from book.gatherreport import GatherReport

__all__ = ["find", "gather", "kind_of"]


_ADDRESS = re.compile(r"\w+:/|(?:[\w-]+\.)+[a-z]{2,}/|www\.", re.IGNORECASE)
"""How a path begins that may have been meant as an address."""
_MANY = 5_000
"""Files from which on gathering tells that it takes its time."""
ASKED = ("drafts", "private", "pages", "recover")
"""What comes in only when it is asked for, whatever the kind of source: see `gather`."""
ONLY = "in-language"
"""The option that takes posts in one language alone; it is remembered for the next export."""


def gather(
    sources: Iterable[Path | str],
    into: Path,
    *,
    kind: str | None = None,
    options: Mapping[str, Any] | None = None,
    asked: Collection[str] = (),
    media: Sequence[Path] = (),
    fetch: bool = False,
    fetch_from: Sequence[str] = (),
    language: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> GatherReport:
    """Gather `sources` into the folder `into`: new posts are added, changed ones updated.

    A source is a file, a folder, or the address of a feed, which needs `fetch`.

    `kind` names the importer, found out otherwise; `options` are its own. `asked`, of `ASKED`, are wishes
    that a kind which knows nothing of them may ignore. Pictures that an export does not hold are looked
    for in the folders `media`, and in the network if `fetch` says so: on public machines, and those
    that `fetch_from` names as `HOST:PORT`. Of posts that a source has in several languages, the version in
    `language` is taken, where nothing else is asked for, now or when `into` was gathered into before. `tell`
    hears how far that is. Nothing is written when any source is at fault.
    """
    from book.chapterfiles import remembered
    from book.mediafolder import MediaFolders
    from book.placement import place  # with all that reads and writes posts

    asked_for = {name.replace("_", "-"): value for name, value in (options or {}).items()}
    only = asked_for.get(ONLY) or remembered(into).language
    folders = MediaFolders(media) if media else None
    fetching = _fetching(into, fetch_from, tell) if fetch or fetch_from else None
    found = []
    for source in sources:
        if isinstance(source, Path):
            if (many := amount(source)) > _MANY:
                tell(f"gathering posts from {many:,} files, which may take some minutes")
            found += find([source], kind=kind, options=options, asked=asked, language=language, only=only)
        else:
            found.append(_from_address(source, fetching, options, asked))
    if not found:
        raise _unnamed()
    report = place(found, into, folders=folders, fetching=fetching, language=only)
    if fetching is not None:
        fetching.tidy()
    return report


def _fetching(into: Path, fetch_from: Sequence[str], tell: Callable[[str], None]) -> PictureFetcher:
    from book.fetching.doors import Doors, named_doors
    from book.fetching.fetcher import Fetcher
    from book.fetching.pictures import PictureFetcher

    return PictureFetcher(Fetcher(into.parent / ".book" / "fetched", Doors(named_doors(fetch_from))), tell)


def _from_address(
    address: str, fetching: PictureFetcher | None, options: Mapping[str, Any] | None, asked: Collection[str]
) -> Gathered:
    """Return what the feed at an address holds."""
    if fetching is None:
        message = f"`{address}` is in the network, where nothing is looked for unasked"
        raise BookError(message, hint="add `--fetch`, or save the feed from a browser and name the file")
    from book.fetching.feeds import fetch_feed

    feed = fetch_feed(address, fetching.fetcher, fetching.tell)
    [found] = find([feed.folder], kind="feed", options={"whole": feed.whole, **(options or {})}, asked=asked)
    return replace(found, warnings=(*feed.warnings, *found.warnings))


def find(
    sources: Iterable[Path],
    *,
    kind: str | None = None,
    options: Mapping[str, Any] | None = None,
    asked: Collection[str] = (),
    language: str | None = None,
    only: str | None = None,
) -> list[Gathered]:
    """Return what each source holds, and write nothing."""
    wishes: dict[str, Any] = {**dict.fromkeys(asked, True), "best-language": language, ONLY: only}
    wishes = {name: wish for name, wish in wishes.items() if wish}
    found = []
    for source in sources:
        try:
            found.append(_find(Path(source), kind, dict(options or {}), wishes))
        finally:
            _known.cache_clear()  # a source stays as it is while it is read, and no longer
    if not found:
        raise _unnamed()
    return found


def _unnamed() -> BookError:
    return BookError("no source is named", hint="name an export, a text file or a folder of posts")


def _find(source: Path, kind: str | None, options: dict[str, Any], wishes: Mapping[str, Any]) -> Gathered:
    if not source.exists():
        address = (
            "; an address on the web begins with `https://`" if _ADDRESS.match(source.as_posix()) else ""
        )
        hint = f"check how its name is spelt{address}"
        raise BookError("there is no such file or folder", path=source, hint=hint)
    if kind is None and (packed := archives_in(source)):
        return Gathered((), warnings=(unopened(packed, source),))
    if _is_packed(source, kind):
        return _from_zip(source, kind, options, wishes)
    folder, source = source, source if kind else _only_one_in(source)
    name = kind or _one_of(_known(source), source)
    module = registry.find("sources", name)
    known = registry.option_names(module.gather)
    options = {**{name: wish for name, wish in wishes.items() if name in known}, **options}
    checked = registry.options(module.gather, options, where=f"the options of `{name}`")
    found = _read(module, source, checked)
    if not found.drafts and (kind or found.skipped):
        raise _nothing(source, name, found)
    if not found.drafts:
        found = replace(found, warnings=(*found.warnings, *_nothing(source, name, found).notices))
    found = replace(found, warnings=(*doubled_in(source), *found.warnings))
    if source != folder:
        of_many = Notice(f"the posts are those of `{source.name}`, the only file here that holds any", folder)
        found = replace(found, warnings=(of_many, *found.warnings))
    from book.languages import settled
    from book.repeatedtitle import without_repeated_titles

    return settled(_titled(_with_names(without_repeated_titles(found)), source))


def _read(importer: Any, source: Path, options: Mapping[str, Any]) -> Gathered:
    try:
        found: Gathered = importer.gather(source, **options)
    except RecursionError as error:
        hint = "look whether the file is damaged, and export it again"
        raise BookError("this is nested too deeply to be read", path=source, hint=hint) from error
    return found


def _from_zip(source: Path, kind: str | None, options: dict[str, Any], wishes: Mapping[str, Any]) -> Gathered:
    with unpacked(source) as (folder, told):
        kind = kind or (None if _known(folder) else "markdown")
        found = of_the_zip(_find(folder, kind, options, wishes), folder, source)
    return replace(found, warnings=(*told, *found.warnings))


def _is_packed(source: Path, kind: str | None) -> bool:
    """Tell whether a source is a zip of posts that nobody reads as it is."""
    return kind in (None, "markdown") and is_zip_of_posts(source) and not (kind is None and _known(source))


def _with_names(found: Gathered) -> Gathered:
    """Call those who wrote by their names alone: mail addresses never reach a project."""
    from book.authornames import shown

    drafts = (replace(draft, authors=shown(draft.authors)) for draft in found.drafts)
    author = next(iter(shown([found.author])), None) if found.author else None
    return replace(found, drafts=tuple(drafts), author=author)


def _titled(found: Gathered, source: Path) -> Gathered:
    """Give what was gathered a title, for want of one of its own."""
    from book.titleguess import guessed

    guess = None if found.title else guessed(found, source)
    return replace(found, title=guess[0], title_from=guess[1]) if guess else found


def _nothing(source: Path, name: str, found: Gathered) -> BookError:
    why = found.skipped[0].reason if found.skipped else ""
    if len(found.skipped) > 1:
        why += f"; left out besides: {len(found.skipped) - 1}"
    message = f"no post was found here, read as `{name}`" + (f": {why}" if why else "")
    hint = None if "brings it in" in why else "if it is something else, say so with `--as`"
    return BookError(message, path=source, hint=hint)


def _only_one_in(source: Path) -> Path:
    """Return the one file in a folder that an importer knows, where none knows the folder."""
    if not source.is_dir() or _known(source):
        return source
    from book.sources._treefiles import is_about_the_folder

    files = (path for path in sorted(source.iterdir()) if path.is_file() and is_inside(path, source))
    held = list(islice((path for path in files if not is_about_the_folder(path) and _known(path)), 2))
    return held[0] if len(held) == 1 else source


@lru_cache(maxsize=4)
def _known(source: Path) -> list[str]:
    return _that_recognise(source)


def _that_recognise(source: Path) -> list[str]:
    return [name for name in registry.names("sources") if registry.find("sources", name).recognises(source)]


def kind_of(source: Path) -> str:
    """Tell by its content what a source is; raise BookError where none or several importers know it."""
    return _one_of(_that_recognise(source), source)


def _one_of(known: list[str], source: Path) -> str:
    if len(known) == 1:
        return known[0]
    if not known and source.is_file():
        check(source)
    choices = ", ".join(f"`--as {name}`" for name in known or registry.names("sources"))
    if not known and source.is_dir():
        choices += "; or name the file in it that holds the posts"
    message = "this could be one of several things" if known else "this is nothing that can be gathered from"
    raise BookError(message, path=source, hint=f"say what it is: {choices}")
