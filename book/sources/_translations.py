"""Posts of one blog in several languages: in which each is, by its path, and which are one post."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from book.errors import BookError
from book.languagenames import code_of, primary, tag_of
from book.languages import of as language_of_text
from book.model import Draft, Notice, Skipped
from book.sources._pathdates import name_of
from book.sources._unknown import read

ALL = "all"
"""Asks for posts in every language."""
_DOCUSAURUS = re.compile(r"docusaurus-plugin-content-(blog|docs|pages)(?:-[\w-]+)?")
_KEYS = ("translationkey", "translation", "translationid", "ref", "langref", "pageid", "i18nkey", "transid")
"""What headers call the name that a post and its translations share."""
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Tongue:
    """Which language is asked for: the `best`, where there are several versions, or `only` that, or `ALL`."""

    best: str | None = None
    only: str | None = None

    @property
    def chosen(self) -> str | None:
        """The language of the book, if it is asked for."""
        return self.best if self.only in (None, ALL) else self.only


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands without what its path says of its language, and what that is."""

    path: PurePosixPath
    language: str | None = None
    written: str = ""
    """The language as the path has it, with the folder that it is, or that it is in: `content/fr`."""


class Tongues:
    """What the paths of a folder's posts say of their languages, looked at together.

    A word in a path is taken for a language where the site says that it is one of its own, where another
    post has the same path without it or with another, or where the posts read as being in it.
    """

    def __init__(
        self, folder: Path, files: Iterable[Path], declared: Iterable[str] = (), *, apart: str | None = None
    ) -> None:
        """Look at `files`; names of posts say their languages where these are to be kept `apart` from one."""
        self.folder = folder
        self.files = files
        self.declared = {primary(tag) for tag in declared}
        self.apart = apart

    def place(self, file: Path) -> Place:
        """Return where a post stands, without its language."""
        return self._places.get(file) or Place(PurePosixPath(file.relative_to(self.folder)))

    def plain(self, file: Path) -> Path:
        """Return the path that a post would have if it said no language."""
        return self.folder / self.place(file).path

    def name(self, file: Path) -> str:
        """Return a post's name, without its language unless versions are to have names of their own."""
        name, language = name_of(self.plain(file)), self.place(file).language
        others = language and self.apart is not None and primary(language) != primary(self.apart)
        return f"{name}-{language.lower()}" if others and language else name

    @cached_property
    def _places(self) -> dict[Path, Place]:
        files = [*self.files]
        possible = {file: found for file in files if (found := self._possible(file))}
        if not possible:
            return {}
        paths = {PurePosixPath(file.relative_to(self.folder)).with_suffix("") for file in files}
        same: dict[PurePosixPath, set[str]] = defaultdict(set)
        of_word: dict[str, list[Path]] = defaultdict(list)
        for file, place in possible.items():
            same[place.path.with_suffix("")].add(place.language or "")
            of_word[place.written].append(file)
        known = {
            word
            for word, those in of_word.items()
            if any(self._is_sure(possible[file], paths, same) for file in those)
            or self._reads_so(those, possible[those[0]].language)
        }
        return {file: place for file, place in possible.items() if place.written in known}

    def _is_sure(
        self, place: Place, paths: set[PurePosixPath], same: Mapping[PurePosixPath, set[str]]
    ) -> bool:
        plain = place.path.with_suffix("")
        said = place.language is not None and primary(place.language) in self.declared
        return said or place.written.startswith("i18n/") or plain in paths or len(same[plain]) > 1

    def _reads_so(self, files: Sequence[Path], language: str | None) -> bool:
        """Tell whether posts are in a language by their words, where these are enough to say."""
        step = max(1, len(files) // _LOOKED_AT)
        found = [spoken for file in files[::step] if (spoken := _spoken(file))]
        return bool(found) and language is not None and found.count(primary(language)) * 2 > len(found)

    def _possible(self, file: Path) -> Place | None:
        """Return where a post would stand if a word in its path were a language."""
        path = PurePosixPath(file.relative_to(self.folder))
        name, dot, word = path.stem.rpartition(".")
        if dot and name and (language := code_of(word)) and _is_short(word):
            return Place(path.with_name(f"{name}{path.suffix}"), language, f"*.{word}")
        for number, part in enumerate(path.parts[:-1]):
            language = code_of(part) if _is_short(part) else tag_of(part) if part.isalpha() else None
            if language:
                rest = [*path.parts[:number], *path.parts[number + 1 :]]
                written = "/".join(path.parts[: number + 1])
                return Place(_without_machinery(rest), language, written)
        return None


def _is_short(word: str) -> bool:
    """Tell whether a word is a code of two letters, maybe with a country or a script: `fr`, `pt-br`."""
    return re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?", word) is not None


def _without_machinery(parts: Sequence[str]) -> PurePosixPath:
    """Return a path without the folders in which Docusaurus keeps what is translated."""
    named = ((_DOCUSAURUS.fullmatch(part), part) for part in parts if part not in ("i18n", "current"))
    return PurePosixPath(*(found[1] if found else part for found, part in named))


def _spoken(file: Path) -> str | None:
    try:
        return language_of_text(read(file)[0])
    except BookError:
        return None


def tongue_of(best: str | None, only: str | None, source: Path) -> Tongue:
    """Return what two options ask for; raise BookError where one of them is no language."""
    return Tongue(_tag(best, source), _tag(only, source))


def _tag(said: str | None, source: Path) -> str | None:
    if said is None or said == ALL:
        return said
    if (tag := tag_of(said)) is None:
        message = f"`{said}` is no language"
        raise BookError(message, path=source, hint="write `en-GB`, `fr` or its name")
    return tag


def chosen(
    drafts: Sequence[Draft], tongues: Tongues, main: str | None, tongue: Tongue
) -> tuple[list[Draft], list[Skipped], list[Notice]]:
    """Return one version of each post, what was left out for it, and what to say: see `one_of_each`."""
    return one_of_each(
        drafts, main, tongue, key=lambda one: _key(one, tongues), name=lambda one: _file(one, tongues)
    )


def one_of_each(
    drafts: Sequence[Draft],
    main: str | None,
    tongue: Tongue,
    *,
    key: Callable[[Draft], object],
    name: Callable[[Draft], str],
) -> tuple[list[Draft], list[Skipped], list[Notice]]:
    """Return one version of each post, what was left out for it, and what to say.

    The version is the one in the site's `main` language, unless `tongue` asks for another. A post and its
    translations have one `key`; `name` says in messages which is meant.
    """
    only, best = tongue.only, tongue.best
    groups: dict[object, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[key(draft)].append(draft)
    versions = [group for group in groups.values() if len(_spoken_in(group, main)) > 1]
    out: dict[int, str] = {}
    if only != ALL:
        first = only or best or main or _most_common(versions, main)
        for group in versions:
            kept = _nearest(group, first, main)
            for draft in group:
                if (spoken := _tongue(draft, main)) != _tongue(kept, main):
                    out[id(draft)] = _reason(name(kept), spoken)
    if only not in (None, ALL):
        out = _others(drafts, only, main if versions else None) | out
    skipped = [Skipped(one.origin.path, out[id(one)], one.origin.line) for one in drafts if id(one) in out]
    return (
        [one for one in drafts if id(one) not in out],
        skipped,
        _told(versions, main, tongue.chosen or main),
    )


def _others(drafts: Sequence[Draft], only: str | None, main: str | None) -> dict[int, str]:
    """Return why posts stay out that are known to be in another language than `only`."""
    return {
        id(draft): f"it is in `{tongue}`, and only posts in `{only}` are asked for"
        for draft in drafts
        if (tongue := _tongue(draft, main)) and primary(tongue) != primary(only or "")
    }


def _key(draft: Draft, tongues: Tongues) -> object:
    """Return what a post and its translations have in common: a name in their headers, or their path."""
    named = {re.sub(r"[\W_]", "", name).lower(): value for name, value in draft.extra.items()}
    for key in _KEYS:
        if isinstance(value := named.get(key), str | int) and not isinstance(value, bool):
            return key, str(value)
    assert draft.origin.path is not None
    return tongues.place(draft.origin.path).path.with_suffix("")


def _tongue(draft: Draft, main: str | None) -> str:
    return draft.language or main or ""


def _spoken_in(group: Iterable[Draft], main: str | None) -> set[str]:
    return {_tongue(draft, main) for draft in group}


def _most_common(versions: Iterable[Sequence[Draft]], main: str | None) -> str:
    counts = _counts(versions, main)
    return min(counts, key=lambda tongue: (-counts[tongue], tongue), default="")


def _counts(versions: Iterable[Sequence[Draft]], main: str | None) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for group in versions:
        for tongue in _spoken_in(group, main):
            counts[tongue] += 1
    return counts


def _nearest(group: Sequence[Draft], best: str, main: str | None) -> Draft:
    """Return the version in a language: in its very form, or another of it, or in the site's own, or any."""
    ways = (
        lambda tongue: tongue == best,
        lambda tongue: primary(tongue) == primary(best),
        lambda tongue: tongue == (main or ""),
        lambda tongue: True,
    )
    return next(draft for way in ways for draft in group if way(_tongue(draft, main)))


def _file(draft: Draft, tongues: Tongues) -> str:
    path = draft.origin.path
    return path.relative_to(tongues.folder).as_posix() if path else draft.title


def _reason(name: str, tongue: str) -> str:
    return f"it is `{name}` in `{tongue}`; `--option in-language={tongue or ALL}` brings it in instead"


def _told(versions: Sequence[Sequence[Draft]], main: str | None, taken: str | None) -> list[Notice]:
    if not versions:
        return []
    counts = _counts(versions, main)
    named = ", ".join(f"`{tongue or '?'}` {counts[tongue]}" for tongue in sorted(counts))
    others = [tongue for tongue in counts if tongue and primary(tongue) != primary(taken or "")]
    other = min(others, default="fr")
    hint = (
        f"one version of each comes in; `--option in-language={other}` takes that one, "
        "`--option in-language=all` brings in all"
    )
    return [Notice(f"posts that stand here in several languages: {len(versions)} ({named})", hint=hint)]


def placed(draft: Draft, tongues: Tongues) -> Draft:
    """Return a draft with the language that its path says, where its header says none."""
    path = draft.origin.path
    if draft.language or path is None:
        return draft
    return replace(draft, language=tongues.place(path).language)
