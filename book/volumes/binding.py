"""The volumes of a set, made until each names the pages of the others as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from book.config import EditionPlan, Project
from book.labels import catalogue
from book.model import Book
from book.volumes.abroad import Abroad, Folios, seen_from
from book.volumes.folios import folios
from book.volumes.plans import paged

PASSES = 6
"""How often a set is made at the most: pages seldom change when the numbers in them do."""


class HasPath(Protocol):
    """What was made of a volume."""

    @property
    def path(self) -> Path:
        """The file as it was bound."""


M = TypeVar("M", bound=HasPath)
Make = Callable[[EditionPlan, Book, "Abroad | None"], M]
"""Makes one edition of a book, or of a volume that knows its set."""


@dataclass(frozen=True)
class Shelf:
    """A book, whole and in volumes."""

    book: Book
    project: Project

    @cached_property
    def _volumes(self) -> tuple[Book, ...]:
        from book.volumes.dividing import divided

        labels = catalogue(self.book.metadata.language, self.project.root)
        return divided(self.book, self.project, labels)

    @cached_property
    def _printed(self) -> tuple[Book, ...]:
        from book.volumes.dividing import with_one_index

        return with_one_index(self._volumes, self.book)

    def make(self, plans: Sequence[EditionPlan], make: Make[M]) -> Mapping[str, M]:
        """Make an edition, or all the volumes of one; return what was made by the plans' names."""
        if plans[0].volume is None:
            return {plan.name: make(plan, self.book, None) for plan in plans}
        if not paged(plans[0]):
            return _made(plans, self._volumes, None, make)
        told: Folios = {}
        for _ in range(PASSES):
            made = _made(plans, self._printed, told, make)
            found = {plan.volume or 0: folios(made[plan.name].path) for plan in plans}
            if found == told:
                break
            told = found
        return made


def _made(
    plans: Sequence[EditionPlan], volumes: Sequence[Book], told: Folios | None, make: Make[M]
) -> dict[str, M]:
    made = {}
    for plan in plans:
        nth = plan.volume or 1
        made[plan.name] = make(plan, volumes[nth - 1], seen_from(nth, volumes, told))
    return made
