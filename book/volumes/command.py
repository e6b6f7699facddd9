"""What `book plan` does: weighs a book, and proposes its volumes or tells those that are decided."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from book import config
from book.build import unbound
from book.config import EditionPlan, Project
from book.errors import BookError
from book.lock import held
from book.model import Book, Composition
from book.press import geometry
from book.press.castoff import castoff
from book.profile import Profile, load
from book.registry import advice
from book.volumes.dividing import divided
from book.volumes.planning import Share, Weighed, check_count, shares
from book.volumes.weighing import Weights, weigh

COMFORT = 600
"""Pages past which a paperback is heavy in the hand, where no printer says less."""
_SHEET = 0.147
"""What a page of ordinary paper adds to a book, in points: 0.052 mm."""
_CAUTION = 0.96
"""What part of the most is planned for where pages are judged, and not counted."""
_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume as it may be: where it begins and ends, and how thick it is, in millimetres."""

    first: str
    until: str
    posts: int
    words: int
    pages: int
    millimetres: float
    title: str | None = None


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """The volumes of an edition; `most` is how many pages one may have, `decided` whether the author did."""

    edition: str
    pages: int
    most: int
    why: str
    volumes: tuple[Volume, ...]
    decided: bool
    exact: bool

    def json(self) -> dict[str, Any]:
        """Return the plan as `book plan --json` prints it."""
        names = ("first", "until", "posts", "words", "pages", "millimetres", "title")
        volumes = [{name: getattr(one, name) for name in names} for one in self.volumes]
        said = {name: getattr(self, name) for name in ("edition", "pages", "most", "decided", "exact")}
        return {**said, "volumes": volumes}


def planned(
    root: Path,
    edition: str | None = None,
    *,
    most: int | None = None,
    count: int | None = None,
    exact: bool = False,
) -> VolumePlan:
    """Return the volumes that `book.toml` has, or a proposal where it has none or `most` or `count` ask.

    `most` is how many pages a volume may have, `count` how many volumes there are. Pages are judged
    by a part of the book that is set; `exact` sets all of it.
    """
    project = config.load(root)
    plan = _plan(project, edition)
    whole = replace(project, config=replace(project.config, volumes=()))
    composition = unbound(whole, plan.style, "print")
    rules = load(str(plan.options.get("profile", "a5")), project.root)
    limit, why = _limit(rules, plan, most)
    check_count(sum(1 for _ in composition.book.chapters), count)
    bound = _with_gutter(plan, rules, composition, limit)
    with held(project.store, lambda: None):
        weights = weigh(composition, bound, whole, jobs=os.cpu_count() or 1, exact=exact)
    book = composition.book
    decided = bool(project.config.volumes) and most is None and count is None
    room = limit * (1 if exact or count else _CAUTION) - weights.matter - weights.lists
    found = _decided(book, project, weights) if decided else shares(_weighed(book, weights), room, count)
    titles = [one.title for one in project.config.volumes] if decided else [None] * len(found)
    caliper = _caliper(rules, plan)
    volumes = tuple(
        _volume(share, title, weights, caliper, last=share is found[-1])
        for share, title in zip(found, titles, strict=True)
    )
    return VolumePlan(plan.called, round(weights.whole), limit, why, volumes, decided, exact)


def _plan(project: Project, name: str | None) -> EditionPlan:
    """Return the edition that is planned, as the one book that it would be."""
    printed = {plan.called: plan for plan in reversed(project.config.editions) if plan.format == "pdf"}
    if name is not None and name not in printed:
        hint = advice(name, list(printed)) if printed else None
        raise BookError(f"there is no PDF edition `{name}`", path=project.file, hint=hint)
    if not printed:
        hint = 'volumes are planned by the pages of a PDF: write `[editions.paperback]` and `format = "pdf"`'
        raise BookError("there is no PDF edition", path=project.file, hint=hint)
    chosen = printed[name] if name else list(printed.values())[-1]
    return replace(chosen, name=chosen.called, volume=None, set=None, isbn=None)


def _limit(rules: Profile, plan: EditionPlan, most: int | None) -> tuple[int, str]:
    """Return how many pages a volume may have, and who says so."""
    paper = rules.papers.get(str(plan.options.get("paper") or rules.paper or ""))
    printers = [limit for limit in (rules.pages.most, paper.most if paper else None) if limit]
    if most and most <= min(printers, default=most):
        return most, "as you ask"
    if printers:
        return min(printers), f"what `{rules.name}` can bind"
    return COMFORT, "which is light enough to hold (`--pages` asks for another number)"


def _with_gutter(plan: EditionPlan, rules: Profile, composition: Composition, limit: int) -> EditionPlan:
    """Return the edition with the gutter of volumes as long as they are likely to be."""
    if "gutter" in plan.options or not rules.page.gutter:
        return plan
    shape = geometry.page(str(plan.options.get("trim") or rules.page.trim), {})
    gutter = rules.gutter(min(limit, castoff(composition, shape)))
    return replace(plan, options={**plan.options, "gutter": f"{gutter:g}pt"})


def _caliper(rules: Profile, plan: EditionPlan) -> float:
    """Return what a page adds to the thickness of the book, in points."""
    paper = rules.papers.get(str(plan.options.get("paper") or rules.paper or ""))
    return paper.caliper if paper and paper.caliper else _SHEET


def _weighed(book: Book, weights: Weights) -> list[Weighed]:
    return [
        Weighed(
            chapter.title,
            chapter.posts[0].stands,
            len(chapter.posts),
            sum(post.words for post in chapter.posts),
            weights.chapters[chapter.ident],
        )
        for chapter in book.chapters
    ]


def _decided(book: Book, project: Project, weights: Weights) -> Sequence[Share]:
    """Return what is in each of the volumes that `book.toml` has."""
    from book.labels import catalogue

    volumes = divided(book, project, catalogue(book.metadata.language, project.root))
    ends = [rules.until for rules in project.config.volumes]
    return [
        Share(
            tuple(_weighed(volume, weights)), until or max(post.stands for post in volume.posts).isoformat()
        )
        for volume, until in zip(volumes, ends, strict=True)
    ]


def _volume(share: Share, title: str | None, weights: Weights, caliper: float, *, last: bool) -> Volume:
    pages = round(share.pages + weights.matter + (weights.lists if last else 0))
    days = [chapter.day.isoformat() for chapter in share.chapters]
    return Volume(
        first=min(days)[: len(share.until)],
        until=share.until,
        posts=sum(chapter.posts for chapter in share.chapters),
        words=sum(chapter.words for chapter in share.chapters),
        pages=pages,
        millimetres=round(pages * caliper * _POINT, 1),
        title=title,
    )
