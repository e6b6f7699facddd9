"""The pictures of gathered posts: from the export, from earlier finds, from folders, from the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin

from book.chapterfiles import Memory
from book.mediafiles import FOLDER, MediaFiles
from book.mediafolder import MediaFolders
from book.model import Draft, Gathered
from book.pictures import Reference, names_image, references, rewritten

_LINKED = re.compile(r"""["'>]?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)\s*\]\(\s*<?""")
_AROUND = re.compile(r"""["']?[^<>]*>\s*<img\b[^<>]*["']?""", re.IGNORECASE)

Media = Mapping[str, Path | bytes | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to be found: its address, and where a click on it led."""

    address: str
    target: str | None = None


class Fetching(Protocol):
    """What looks for pictures in the network."""

    def fetch_all(self, wanted: Sequence[Wanted]) -> Mapping[str, Path | str]:
        """Return, by address, the file that each became, or what was tried in vain."""


@dataclass(slots=True)
class Pictures:
    """Decides which file in `media/` each picture of a post becomes."""

    into: Path
    memory: Memory
    folders: MediaFolders | None = None
    fetching: Fetching | None = None
    found: int = 0
    missing: dict[str, dict[str, str]] = field(default_factory=dict)
    files: MediaFiles = field(init=False)

    def __post_init__(self) -> None:
        """Look at what is in `media/`."""
        self.files = MediaFiles(self.into, self.memory)

    def settled(self, gathered: Gathered, drafts: Sequence[Draft]) -> list[Draft]:
        """Return drafts whose pictures are named as they are in `media/`; note what is missing."""
        wanted = {id(draft): _wanted(draft.body, gathered.media) for draft in drafts}
        named = {one.address: one for each in wanted.values() for one in each}
        media = _linked(gathered.media, drafts)
        places = self.files.addresses(media)
        tried = self._search({k: one for k, one in named.items() if k not in places}, places, gathered.url)
        self.found += len(places)
        for draft in drafts:
            gone = {one.address: tried[one.address] for one in wanted[id(draft)] if one.address not in places}
            if draft.source is not None and gone:
                self.missing[draft.source] = gone
        names = {**self._targets((one for each in wanted.values() for one in each), places), **places}
        return [replace(draft, body=rewritten(draft.body, names)) for draft in drafts]

    @property
    def missing_count(self) -> int:
        """How many pictures could not be had."""
        return len({address for gone in self.missing.values() for address in gone})

    def _search(self, named: dict[str, Wanted], places: dict[str, str], url: str | None) -> dict[str, str]:
        """Add to `places` what can be found of the named pictures; return what was tried for the others."""
        tried = dict.fromkeys(named, "the export")
        for address in sorted(named):
            if address in self.memory.pictures:
                name = self.memory.pictures[address]
                if (self.into / FOLDER / name).is_file():
                    places[address] = f"{FOLDER}/{name}"
            if address not in places and self.folders is not None:
                self._keep(address, places, self._in_folders(named[address], tried))
        rest = [named[address] for address in sorted(named) if address not in places]
        if self.fetching is not None and rest:
            whole = {one.address: _absolute(one, url) for one in rest}
            fetched = self.fetching.fetch_all(list(whole.values()))
            for address, one in whole.items():
                result = fetched[one.address]
                if isinstance(result, Path):
                    self._keep(address, places, (result, address))
                else:
                    tried[address] += f"; {result}"
        return tried

    def _in_folders(self, wanted: Wanted, tried: dict[str, str]) -> tuple[Path, str] | None:
        assert self.folders is not None
        for address in (wanted.target, wanted.address):
            if address and (address == wanted.address or names_image(address)):
                path, said = self.folders.find(address)
                if path is not None:
                    return path, address
                tried[wanted.address] += f"; {said}"
        return None

    def _keep(self, address: str, places: dict[str, str], found: tuple[Path, str] | None) -> None:
        if found is not None:
            path, named = found
            places[address] = self.files.addresses({named: path})[named]
            self.memory.pictures[address] = places[address].removeprefix(f"{FOLDER}/")

    def _targets(self, wanted: Iterable[Wanted], places: Mapping[str, str]) -> dict[str, str]:
        """A click that shows a picture larger leads to what was found; one that leads to a page stays."""
        return {
            one.target: places[one.address]
            for one in wanted
            if one.target
            and names_image(one.target)
            and one.address in places
            and one.address in self.memory.pictures
        }


def _linked(media: Media, drafts: Sequence[Draft]) -> Media:
    """Return, of the files of an export, those that its posts show or lead to."""
    if not media:
        return media
    linked = {reference.address for draft in drafts for reference in references(draft.body)}
    return {address: data for address, data in media.items() if address in linked}


def _wanted(body: str, media: Mapping[str, object]) -> list[Wanted]:
    """Return the pictures that a body shows and the export does not hold, or holds, each once."""
    found: dict[str, Wanted] = {}
    before: Reference | None = None
    for reference in [*references(body), None]:
        if before is not None and before.shown and reference is not None and before.address in found:
            between = body[before.end : reference.start]
            if not reference.shown and _LINKED.fullmatch(between) and _is_remote(reference.address):
                found[before.address] = Wanted(before.address, reference.address)
        if reference is None:
            break
        if reference.shown and (_is_remote(reference.address) or reference.address in media):
            around = before is not None and not before.shown and _is_remote(before.address)
            target = before.address if before is not None and around else None
            if before is None or not _AROUND.fullmatch(body[before.end : reference.start]):
                target = None
            found.setdefault(reference.address, Wanted(reference.address, target))
        elif reference.address in media and media[reference.address] is None:
            found.setdefault(reference.address, Wanted(reference.address))
        before = reference
    return list(found.values())


def _is_remote(address: str) -> bool:
    return address.lower().startswith(("http://", "https://", "//"))


def _absolute(wanted: Wanted, url: str | None) -> Wanted:
    base = url or ""
    try:
        target = urljoin(base, wanted.target) if wanted.target else None
        return Wanted(urljoin(base or "https://", wanted.address), target)
    except ValueError:
        return Wanted(wanted.address)
