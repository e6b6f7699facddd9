"""Pages are of a size the printer cuts, and what runs off the page runs far enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from book.model import Finding
from book.preflight._demands import Demands, offered, safe, sides_of, trim
from book.preflight._file import File
from book.preflight._marks import Box, Mark, Page
from book.preflight._words import length, pages, size

_TOUCH = 0.3  # points: what comes so near the cut is cut


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Look at the sizes of the pages, the bleed, and what stands too near the edge."""
    yield from _sizes(file, demands)
    faults: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for page in file.pages:
        cut, kept = trim(page, demands), safe(page, demands)
        for mark in page.marks:
            fault = None if mark.colour.white else _fault(page, mark, demands, cut, kept)
            if fault:
                faults[fault, _noun(mark)].append((page.number, mark.name))
    for (fault, noun), places in sorted(faults.items()):
        yield _told(fault, noun, places, file, demands)


def _sizes(file: File, demands: Demands) -> Iterator[Finding]:
    wrong: dict[str, list[int]] = defaultdict(list)
    for page in file.pages:
        box = trim(page, demands)
        if not offered(box, demands):
            wrong[size(box.width, box.height)].append(page.number)
    for words, numbers in wrong.items():
        known = ", ".join(size(*one) for one in demands.sizes[:6])
        hint = f"set `trim` to one of its sizes: {known}" + (" …" if len(demands.sizes) > 6 else "")
        message = f"{pages(numbers)}: the trim is {words}, which `{demands.profile}` does not offer"
        yield Finding("preflight-trim", "error", message, file.path, None, hint, demands.source)


def _fault(page: Page, mark: Mark, demands: Demands, cut: Box, kept: Box) -> str | None:
    """Say what is wrong with where a mark stands, on a page cut at `cut`: `bleed`, `safe` or nothing."""
    if mark.box.within(cut).empty or kept.holds(mark.box):
        return None
    if mark.kind == "text":
        return "safe"
    if cut.grown(*(-_TOUCH,) * 4).holds(mark.box, 0):
        return "safe"
    return "bleed" if demands.bleed and not _reaches(page, mark.box, cut, demands) else None


def _reaches(page: Page, box: Box, cut: Box, demands: Demands) -> bool:
    """Tell whether a mark that meets the cut goes on to the end of the bleed on each side it meets."""
    inner = demands.bleed if demands.bleeds_inside else 0
    left, right = sides_of(page.number, inner, demands.bleed)
    end = cut.grown(left, demands.bleed, right, demands.bleed).grown(*(-_TOUCH,) * 4)
    edge = cut.grown(*(-_TOUCH,) * 4)
    return (
        (box.left > edge.left or not left or box.left <= end.left)
        and (box.bottom > edge.bottom or box.bottom <= end.bottom)
        and (box.right < edge.right or not right or box.right >= end.right)
        and (box.top < edge.top or box.top >= end.top)
    )


def _noun(mark: Mark) -> str:
    return {"text": "type", "image": "picture", "line": "rule"}.get(mark.kind, "tint")


def _told(fault: str, noun: str, places: list[tuple[int, str]], file: File, demands: Demands) -> Finding:
    where = pages(number for number, _ in places)
    object_ = _object(noun, places)
    if fault == "bleed":
        message = f"{where}: {object_} meets the trim and ends before the bleed of {length(demands.bleed)}"
        hint = "let it run to the end of the bleed, or keep it within the margins: a cut is never exact"
        return Finding("preflight-bleed", "error", message, file.path, None, hint, demands.source)
    message = f"{where}: {object_} is nearer the trim than `{demands.profile}` allows"
    hint = f"make the margins wider ({_margins(demands)}), or make it smaller"
    return Finding(
        "preflight-safe-area",
        "error" if noun == "type" else "warning",
        message,
        file.path,
        None,
        hint,
        demands.source,
    )


def _object(noun: str, places: list[tuple[int, str]]) -> str:
    name = next((name for _, name in places if name), "")
    if noun == "type":
        return f"type in `{name.split('+')[-1]}`" if name else "type"
    return f"the {noun} `{name}`" if name and len(places) == 1 else f"a {noun}"


def _margins(demands: Demands) -> str:
    names = ("inside", "outside", "top", "bottom")
    return ", ".join(f"{name} {length(one)}" for name, one in zip(names, demands.safe, strict=True))
