"""How many pages chapters have: some of them are set, and the others are judged by those."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression

from book import bind
from book.config import EditionPlan, Project
from book.model import Composition, Galley
from book.press.castoff import extent
from book.volumes.folios import pages

SAMPLE = 400_000
"""Characters of text that are set to judge the others by: some two hundred pages."""
_CHAPTERS = (4, 100)
"""How many chapters these are at least, and at most."""
_LISTS = {"index", "titles", "pictures", "calendar"}
_LEAF = 2
"""Pages that the contents of any volume have."""
_SMALL = 0.5
"""What an index needs of the room that its characters would need as text."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Pages of chapters by their identifiers, of the matter that every volume has, and of the lists.

    With a chapter are counted the pages of what opens its part, and of its lines in the contents.
    """

    chapters: Mapping[str, float]
    matter: float
    lists: float

    @property
    def whole(self) -> float:
        """The pages of the whole book in one volume."""
        return sum(self.chapters.values()) + self.matter + self.lists


def weigh(
    composition: Composition, plan: EditionPlan, project: Project, *, jobs: int, exact: bool
) -> Weights:
    """Count the pages of a composition's chapters: each when `exact`, else of a sample."""
    chapters = [galley for galley in composition.galleys if galley.role == "chapter"]
    lists = [galley for galley in composition.galleys if galley.role in _LISTS]
    chosen = chapters if exact else _spread(chapters)
    idents = {galley.ident for galley in chosen}
    kept = [
        galley
        for galley in composition.galleys
        if galley.ident in idents or (galley.role != "chapter" and (exact or galley not in lists))
    ]
    counted = _counted(replace(composition, galleys=tuple(kept)), plan, project, jobs)
    measured = {galley.ident: counted[galley.ident] for galley in chosen}
    per, each = _rate(chosen, measured)
    judged = {one.ident: measured.get(one.ident, max(1.0, each + per * extent(one))) for one in chapters}
    listed = sum(counted[one.ident] if exact else per * _SMALL * extent(one) for one in lists)
    opened = _openers(composition.galleys, counted)
    told = _contents(composition, counted)
    around = sum(pages for ident, pages in counted.items() if ident not in measured)
    matter = around - sum(opened.values()) - sum(told.values()) - (listed if exact else 0)
    with_chapters = {ident: n + opened.get(ident, 0) + told[ident] for ident, n in judged.items()}
    return Weights(with_chapters, matter, listed)


def _openers(galleys: Sequence[Galley], counted: Mapping[str, float]) -> dict[str, float]:
    """Return the pages of what opens parts and years, by the chapter after it."""
    opened: dict[str, float] = {}
    waiting = 0.0
    for galley in galleys:
        if galley.role == "chapter" and waiting:
            opened[galley.ident], waiting = waiting, 0.0
        elif galley.matter == "body":
            waiting += counted.get(galley.ident, 0) if galley.role != "chapter" else 0
    return opened


def _contents(composition: Composition, counted: Mapping[str, float]) -> dict[str, float]:
    """Return what each chapter adds to the contents of its volume, beyond the leaf that they have in any."""
    whole = sum(counted.get(galley.ident, 0) for galley in composition.galleys if galley.role == "toc")
    lines = {chapter.ident: 1 + len(chapter.posts) for chapter in composition.book.chapters}
    of_a_line = max(0.0, whole - _LEAF) / max(1, sum(lines.values()))
    return {ident: of_a_line * count for ident, count in lines.items()}


def _spread(chapters: Sequence[Galley]) -> list[Galley]:
    """Choose chapters from the whole length of the book, as many as have the text of a sample."""
    fewest, most = _CHAPTERS
    part = SAMPLE / max(1, sum(map(extent, chapters)))
    count = min(max(fewest, round(part * len(chapters))), most, len(chapters))
    return [chapters[nth * len(chapters) // count] for nth in range(count)]


def _counted(composition: Composition, plan: EditionPlan, project: Project, jobs: int) -> dict[str, float]:
    """Bind a composition for its pages alone; return how many there are up to the next galley."""
    with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
        part = Path(folder) / "plan.pdf"
        bound = bind.bind(composition, bind.Place(plan, part, part), project, jobs=jobs, fresh=False)
        starts = pages(part)
    at = [(galley.ident, starts[galley.ident]) for galley in composition.galleys if galley.ident in starts]
    return {
        ident: float(after - start) for (ident, start), (_, after) in pairwise([*at, ("", bound.pages or 0)])
    }


def _rate(chapters: Sequence[Galley], measured: Mapping[str, float]) -> tuple[float, float]:
    """Return how many pages a character adds to a chapter, and what each has besides."""
    sizes, counts = [extent(one) for one in chapters], [measured[one.ident] for one in chapters]
    if len(set(sizes)) > 1:
        per, each = linear_regression(sizes, counts)
        if per > 0 and each >= 0:
            return per, each
    return sum(counts) / max(1.0, sum(sizes)), 0.0
