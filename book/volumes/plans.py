"""Editions that are bound in volumes: each becomes one plan for every volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from book import kinds, registry
from book.config import EditionPlan, VolumeRules
from book.tables import Document

_PRINTED = ("pdf", "cover")


def in_volumes(
    plans: Sequence[EditionPlan], volumes: Sequence[VolumeRules], document: Document
) -> tuple[EditionPlan, ...]:
    """Put the plans of each volume, `NAME-1` and on, in place of an edition in volumes.

    What is wrong between editions and volumes is kept in `document.faults`.
    """
    if not volumes:
        _refuse_sets(plans, document)
        return tuple(plans)
    divided = {plan.name: plan for plan in plans if _divides(plan)}
    _check_isbns(divided, volumes, document)
    made: list[EditionPlan] = []
    for plan in plans:
        _check_followed(plan, divided, plans, document)
        some = _of_each(plan, volumes, divided) if plan.name in divided else [plan]
        taken = {one.name for one in (*plans, *made) if one is not plan}
        for clash in [one.name for one in some if one.name in taken]:
            message = f"`{clash}` would be the name of two editions"
            document.fault(("editions", plan.name), message, "give one of them another name")
        made += some
    return tuple(made)


def paged(plan: EditionPlan) -> bool:
    """Tell whether an edition's format prints the pages of what is in other volumes."""
    return bool(getattr(registry.find("editions", plan.format), "PAGED", False))


def _divides(plan: EditionPlan) -> bool:
    return plan.format in _PRINTED if plan.in_volumes is None else plan.in_volumes


def _refuse_sets(plans: Sequence[EditionPlan], document: Document) -> None:
    for plan in plans:
        if plan.in_volumes:
            hint = "`book plan` proposes volumes, and can write them into this file"
            document.fault(("editions", plan.name, "in-volumes"), "there are no `[[volumes]]`", hint)


def _of_each(
    plan: EditionPlan, volumes: Sequence[VolumeRules], divided: Mapping[str, EditionPlan]
) -> list[EditionPlan]:
    return [
        replace(
            plan,
            name=f"{plan.name}-{nth}",
            isbn=rules.isbn.get(plan.name),
            options=_following(plan, divided, nth),
            volume=nth,
            set=plan.name,
        )
        for nth, rules in enumerate(volumes, start=1)
    ]


def _following(plan: EditionPlan, divided: Mapping[str, EditionPlan], nth: int) -> Mapping[str, Any]:
    """Return a volume's options: what it follows is the same volume of the other edition."""
    others = {key: f"{name}-{nth}" for key, name in _others(plan) if name in divided}
    return {**plan.options, **others}


def _others(plan: EditionPlan) -> list[tuple[str, str]]:
    """Return the options that name other editions, and the names."""
    module = registry.find("editions", plan.format)
    written = [option.replace("_", "-") for option in getattr(module, "FOLLOWS", ())]
    return [(key, str(plan.options[key])) for key in written if plan.options.get(key)]


def _check_followed(
    plan: EditionPlan, divided: Mapping[str, EditionPlan], plans: Sequence[EditionPlan], document: Document
) -> None:
    """Keep a fault where only one of an edition and the one that it follows is in volumes."""
    names = {one.name for one in plans}
    for key, name in _others(plan):
        if name in names and (name in divided) != (plan.name in divided):
            sets, whole = (name, plan.name) if name in divided else (plan.name, name)
            hint = f"set `in-volumes` of both alike, or take `{key}` out"
            message = f"the edition `{sets}` is in volumes, and `{whole}` is not"
            document.fault(("editions", plan.name, key), message, hint)


def _check_isbns(
    divided: Mapping[str, EditionPlan], volumes: Sequence[VolumeRules], document: Document
) -> None:
    for name, plan in divided.items():
        if plan.isbn:
            hint = f'each volume has its own: `isbn = {{ {name} = "…" }}` in `[[volumes]]`'
            document.fault(("editions", name, "isbn"), "an edition in volumes has no ISBN of its own", hint)
    for nth, rules in enumerate(volumes, start=1):
        for name, isbn in rules.isbn.items():
            keys = ("volumes", str(nth), "isbn")
            if name not in divided:
                hint = registry.advice(name, sorted(divided))
                document.fault(keys, f"`isbn` names the edition `{name}`, which is not in volumes", hint)
                continue
            try:
                kinds.ISBN.check(isbn)
            except ValueError as error:
                document.fault(keys, f"`isbn` of `{name}` {error.args[0]}", *error.args[1:2])
