"""Editions that need another bound before them: a cover its book, a page list its pages."""

from __future__ import annotations

from collections.abc import Sequence

from book import registry
from book.config import EditionPlan, Project
from book.errors import BookError
from book.volumes.plans import paged


def in_order(project: Project, chosen: Sequence[EditionPlan]) -> tuple[EditionPlan, ...]:
    """Return `chosen` and every edition that they follow, each after those that it follows.

    Volumes that name each other's pages come together, all of a set.
    An edition's module names the options that name other editions: `FOLLOWS = ("of",)`.
    Raises BookError for a name that is no edition's, and for editions that wait for each other.
    """
    ordered: dict[str, EditionPlan] = {}
    for plan in chosen:
        _add(plan, project, ordered, ())
    return tuple(ordered.values())


def followed(plan: EditionPlan) -> dict[str, str]:
    """Return the editions that `plan` follows, each under the option that names it."""
    module = registry.find("editions", plan.format)
    written = (option.replace("_", "-") for option in getattr(module, "FOLLOWS", ()))
    return {option: str(plan.options[option]) for option in written if plan.options.get(option)}


def _add(
    plan: EditionPlan, project: Project, ordered: dict[str, EditionPlan], waiting: tuple[str, ...]
) -> None:
    if plan.name in waiting:
        circle = " waits for ".join(f"`{name}`" for name in (*waiting[waiting.index(plan.name) :], plan.name))
        raise BookError(f"editions wait for each other: {circle}", path=project.file)
    if plan.name in ordered:
        return
    plans = {one.name: one for one in project.config.editions}
    together = [one for one in plans.values() if _hang_together(one, plan)] or [plan]
    for one in together:
        _add_followed(one, plans, project, ordered, (*waiting, plan.name))
    ordered.update((one.name, one) for one in together)


def _hang_together(one: EditionPlan, other: EditionPlan) -> bool:
    return other.set is not None and one.set == other.set and paged(one)


def _add_followed(
    plan: EditionPlan,
    plans: dict[str, EditionPlan],
    project: Project,
    ordered: dict[str, EditionPlan],
    waiting: tuple[str, ...],
) -> None:
    for option, name in followed(plan).items():
        if name not in plans:
            raise BookError(
                f"`{option}` names the edition `{name}`, and there is none",
                path=project.file,
                line=project.line("editions", plan.called),
                hint=registry.advice(name, [one for one in plans if one != plan.name]),
            )
        _add(plans[name], project, ordered, waiting)
