"""Type is large enough to read, and rules are thick enough to print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from book.model import Finding
from book.preflight._demands import Demands, trim
from book.preflight._file import File
from book.preflight._marks import Mark
from book.preflight._words import pages

_OF_TYPE, _OF_RULES = 0.03, 0.02
"""Points that a size may lose on its way into the file; 7 pt as TeX measures are 6.974 of the PDF's."""


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Look for the smallest type and the thinnest rule."""
    if demands.type:
        yield from _small(file, demands, "preflight-type", demands.type, _OF_TYPE, _type)
    if demands.rule:
        yield from _small(file, demands, "preflight-rule", demands.rule, _OF_RULES, _rule)


def _small(
    file: File, demands: Demands, rule: str, least: float, slack: float, what: Callable[[Mark], bool]
) -> Iterator[Finding]:
    small = [
        (page.number, mark)
        for page, cut in ((page, trim(page, demands)) for page in file.pages)
        for mark in page.marks
        if not mark.colour.white
        and what(mark)
        and mark.size is not None
        and mark.size < least - slack
        and not mark.box.within(cut).empty
    ]
    if not small:
        return
    number, smallest = min(small, key=lambda one: one[1].size or 0)
    where = pages(number for number, _ in small)
    if rule == "preflight-type":
        message = f"{where}: type of less than {least:g} pt; the smallest is {_points(smallest)} pt"
        message += f", in `{smallest.name.split('+')[-1]}` on page {number}"
        hint = "make the small sizes of the theme larger, or the whole book's `size`"
    else:
        message = f"{where}: rules thinner than {least:g} pt; the thinnest is {smallest.size or 0:.2f} pt"
        message += f", on page {number}"
        hint = "a thinner rule may break up or vanish in print: make it thicker"
    yield Finding(rule, "warning", message, file.path, None, hint, demands.source)


def _points(mark: Mark) -> str:
    """Write a size with two decimals, the last of which is there only if it says something."""
    return re.sub(r"(?<=\.\d)0$", "", f"{mark.size or 0:.2f}")


def _type(mark: Mark) -> bool:
    return mark.kind == "text"


def _rule(mark: Mark) -> bool:
    if mark.kind == "line":
        return True
    return mark.kind == "area" and max(mark.box.width, mark.box.height) > 3
