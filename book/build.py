"""The stages in order, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from time import monotonic

from book import bind, config, registry, standing
from book.config import EditionPlan, Project, Style
from book.cores import cores
from book.desk import Bound
from book.errors import BookError
from book.following import followed, in_order
from book.lock import held
from book.model import Book, Composition, Edition, Notice, Reading
from book.report import BuildReport
from book.volumes.abroad import Abroad
from book.volumes.binding import Shelf

Tell = Callable[[str], None]
"""Hears what is being done, for people who wait."""


class Onlooker:
    """One who looks on while a book is made, and does not mind what they see."""

    def project(self, project: Project) -> Project:
        """Return the project to build in place of the one that was read."""
        return project

    def reads(self, reading: Reading, book: Book) -> None:
        """See what reading the manuscript gave, and the book that it makes."""

    def composed(self, name: str, composition: Composition) -> None:
        """See the edition `name` when it is typeset and not yet bound."""

    def sight(self, name: str) -> object | None:
        """Return what the edition `name` shows its pages to as they are made, if anything."""
        return None


def build(
    root: str | Path = ".",
    *,
    editions: Sequence[str] = (),
    out: str | Path | None = None,
    jobs: int | None = None,
    fresh: bool = False,
    strict: bool = False,
    omit: Sequence[str] = (),
    tell: Tell = lambda _: None,
    onlooker: Onlooker | None = None,
) -> BuildReport:
    """Make a project's editions, all of them or those named, in `out` or the project's `out/`.

    `jobs` is how many processes may work at once (all cores by default), `fresh` forgets what
    earlier builds remembered, `strict` takes warnings for errors. `omit` names blocks that no edition
    has, as an error told them. An `onlooker` sees editions on their way. Raises BookError for what the
    author can mend; the outputs are then as they were.
    """
    from book.press.children import ahead

    asked = (
        None if onlooker or omit else standing.asked(Path(root), Path(out) if out else None, editions, strict)
    )
    if asked and not fresh and (report := asked.recall()):
        return report
    alone, onlooker = onlooker is None, onlooker or Onlooker()
    project = _without(onlooker.project(config.load(Path(root))), omit)
    _require_a_book(project)
    plans = _chosen(project, editions)
    jobs = jobs or cores()
    hurries = alone and jobs > 1
    with (
        ahead(*(["book.posts"] if hurries else [])),
        held(project.store, lambda: tell("waiting for another build of this book")),
        bind.places(project, in_order(project, plans), Path(out) if out else None) as places,
        ahead(*(_needed(places) if hurries else [])),
    ):
        book = _book(project, jobs, fresh, tell, onlooker)
        works = _Works(Shelf(book, project), project, jobs, fresh, tell, onlooker)
        made: dict[str, _Made] = {}
        for some in _sets(places):
            made |= works.make(some, {name: one.bound for name, one in made.items()})
        wanted = tuple(_edition(made[plan.name], project) for plan in plans)
        report = BuildReport(wanted, sum(1 for _ in book.posts), book.skipped)
        if strict and report.warnings:
            raise BookError.of(report.warnings)
        put = bind.put([place for place in places if place.plan in plans])
        if asked:
            asked.keep(report, put)
    return report


def _without(project: Project, omit: Sequence[str]) -> Project:
    """Have every edition that can leave blocks out do so."""
    if not omit:
        return project
    plans = tuple(
        replace(plan, options={**plan.options, "omit": [*plan.options.get("omit", ()), *omit]})
        if "omit" in registry.option_names(registry.find("editions", plan.format).bind)
        else plan
        for plan in project.config.editions
    )
    return replace(project, config=replace(project.config, editions=plans))


def _require_a_book(project: Project) -> None:
    """Refuse a folder that is no project, before anything is put into it."""
    if project.file is None and not project.chapters.exists():
        message = "there is no book here: neither `book.toml` nor `chapters/`"
        raise BookError(
            message, path=project.root, hint="name a project's folder, or make one: `book new DIR`"
        )


def _chosen(project: Project, names: Sequence[str]) -> tuple[EditionPlan, ...]:
    plans = {plan.name: plan for plan in project.config.editions}
    known = {*plans, *(plan.called for plan in plans.values())}
    for name in names:
        if name not in known:
            hint = registry.advice(name, sorted(known))
            raise BookError(f"there is no edition `{name}`", path=project.file, hint=hint)
    return tuple(plan for plan in plans.values() if not names or {plan.name, plan.called} & set(names))


def composed(root: str | Path, medium: str) -> Composition:
    """Return the book of the project in `root`, typeset for `medium` and not bound."""
    project = config.load(Path(root))
    return unbound(project, project.config.style, medium)


def unbound(project: Project, style: Style, medium: str) -> Composition:
    """Return the whole book of a project, typeset in a style and not bound."""
    from book.typeset import typeset

    _require_a_book(project)
    book = _book(project, cores(), fresh=False, tell=lambda _: None, onlooker=Onlooker())
    return typeset(book, project, style, medium)


def again(reading: Reading, project: Project, post: Path) -> Book | None:
    """Return the book of what was read, with the `post` in this file read again.

    None where more is changed by that than one chapter.
    """
    from book import read
    from book.arrange import arrange

    found = read.again(project, reading, post)
    if found is None:
        return None
    return arrange(found, project.config, project=project.root, modified=_modified())


def renewed(
    before: Composition, ident: str, book: Book, project: Project, plan: EditionPlan
) -> Composition | None:
    """Return a printed book as it was `before`, with a chapter as it is now; None where that cannot be."""
    from book.typeset import reset

    return reset(before, ident, book, project, plan.style, isbn=plan.isbn)


def _book(project: Project, jobs: int, fresh: bool, tell: Tell, onlooker: Onlooker) -> Book:
    from book.arrange import arrange
    from book.labels import lacking
    from book.read import read

    tell("reading posts")
    reading = read(project, jobs=jobs, fresh=fresh)
    book = arrange(reading, project.config, project=project.root, modified=_modified())
    onlooker.reads(reading, book)
    english = lacking(project.config.language, project.root)
    if english and english.path is None and project.file:
        english = replace(english, path=project.file, line=project.line("language"))
    return replace(book, warnings=(*project.notices, *filter(None, [english]), *book.warnings))


@dataclass(frozen=True)
class _Made:
    """An edition that is bound and not yet in its place: its galleys are let go, for the next has its own."""

    place: bind.Place
    book: Book
    warnings: tuple[Notice, ...]
    bound: Bound
    seconds: float

    @property
    def path(self) -> Path:
        """The file as it was bound."""
        return self.place.part


@dataclass(frozen=True)
class _Works:
    """What makes editions, and by what means."""

    shelf: Shelf
    project: Project
    jobs: int
    fresh: bool
    tell: Tell
    onlooker: Onlooker

    def make(self, places: Sequence[bind.Place], others: Mapping[str, Bound]) -> Mapping[str, _Made]:
        """Make an edition, or the volumes of one, by their names; `others` are made already."""
        at = {place.plan.name: place for place in places}

        def make(plan: EditionPlan, book: Book, abroad: Abroad | None) -> _Made:
            return self._set(at[plan.name], book, abroad, others)

        return self.shelf.make([place.plan for place in places], make)

    def _set(
        self, place: bind.Place, book: Book, abroad: Abroad | None, others: Mapping[str, Bound]
    ) -> _Made:
        from book.typeset import typeset

        begun, plan, project = monotonic(), place.plan, self.project
        self.tell(f"setting {plan.name}")
        medium = registry.find("editions", plan.format).MEDIUM
        composition = typeset(book, project, plan.style, medium, isbn=plan.isbn, abroad=abroad)
        self.onlooker.composed(plan.name, composition)
        bound = bind.bind(
            composition,
            place,
            project,
            jobs=self.jobs,
            fresh=self.fresh,
            tell=self.tell,
            others={name: others[name] for name in followed(plan).values()},
            sight=self.onlooker.sight(plan.name),
        )
        return _Made(place, composition.book, composition.warnings, bound, monotonic() - begun)


def _sets(places: Sequence[bind.Place]) -> list[list[bind.Place]]:
    """Put the volumes of one edition together."""
    return [list(some) for _, some in groupby(places, key=lambda place: place.plan.called)]


def _edition(made: _Made, project: Project) -> Edition:
    """Describe an edition, and hold its pages against what it is made for."""
    place, book = made.place, made.book
    begun = monotonic()
    told = _preflight(place, project)
    return Edition(
        name=place.plan.name,
        format=place.plan.format,
        path=place.target,
        pages=made.bound.pages,
        warnings=(*book.warnings, *made.warnings, *made.bound.warnings, *told),
        posts=sum(1 for _ in book.posts),
        chapters=sum(1 for _ in book.chapters),
        words=sum(post.words for post in book.posts),
        seconds=made.seconds + monotonic() - begun,
        marks=tuple(replace(mark, path=place.target) for mark in made.bound.marks),
    )


def _preflight(place: bind.Place, project: Project) -> tuple[Notice, ...]:
    """Hold the pages of an edition against the printer's profile that it is made for."""
    if place.plan.format != "pdf":
        return ()
    from book.inspection import unmet

    told = unmet(place.part, place.plan.options, project.root)
    return tuple(replace(one, path=place.target) for one in told)


def _needed(places: Sequence[bind.Place]) -> set[str]:
    """Return the modules that processes may load for these editions while posts are read."""
    editions = (registry.find("editions", place.plan.format) for place in places)
    return {edition.LOADS for edition in editions if hasattr(edition, "LOADS")}


def _modified() -> datetime | None:
    """Return the moment that `SOURCE_DATE_EPOCH` names, as reproducible builds have it."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if not said:
        return None
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "it is a number of seconds since 1970, or unset"
        raise BookError(f"`SOURCE_DATE_EPOCH` is `{said}`", hint=hint) from error
