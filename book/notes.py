"""Footnotes taken out of a body: references stay in the text, notes go beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from book.clean import fragment
from book.model import Note
from book.nesting import replace, unwrap
from book.remarks import Say, remark


@dataclass(frozen=True, slots=True)
class Found:
    """The notes of a body, still in its tree: the element that holds them, and each by its number."""

    section: etree._Element | None = None
    items: Mapping[int, etree._Element] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """The identifier of each note, by what Markdown called it."""
    calls: Mapping[int, int] = field(default_factory=dict)
    """How often each is referred to."""


def find(root: etree._Element, ident: str, say: Say) -> Found:
    """Number notes in the order of their calls, and lead the calls to them.

    A note that nothing refers to comes after the others, and is said.
    """
    section = next((div for div in reversed(list(root.iter("div"))) if _has(div, "footnote")), None)
    if section is None:
        return Found()
    items = {item.get("id", ""): item for item in section.iter("li") if item.get("id", "").startswith("fn:")}
    numbers, times = _call(root, items, ident)
    for name in items:
        if name not in numbers:
            numbers[name] = len(numbers) + 1
            label = name.removeprefix("fn:")
            near = f"[^{label.partition(' (')[0]}]:"
            say(remark(f"the note `{label}` is not referred to; it stands after the others", near))
    for backlink in [link for link in section.iter("a") if _has(link, "footnote-backref")]:
        _drop(backlink)
    for name, item in items.items():
        item.set("id", f"{ident}.note-{numbers[name]}")
    return Found(
        section,
        {numbers[name]: items[name] for name in sorted(items, key=lambda name: numbers[name])},
        {name: f"{ident}.note-{number}" for name, number in numbers.items()},
        {numbers[name]: times.get(name, 0) for name in items},
    )


def cut(root: etree._Element, found: Found) -> tuple[Note, ...]:
    """Take the notes out of the tree, finished as they are."""
    if found.section is None:
        return ()
    notes = tuple(
        Note(item.get("id", ""), number, fragment(item) or "<p></p>", found.calls[number])
        for number, item in found.items.items()
    )
    replace(found.section, [])
    return notes


def _call(
    root: etree._Element, items: Mapping[str, etree._Element], ident: str
) -> tuple[dict[str, int], dict[str, int]]:
    """Make the calls what they are; return the number of each note called, and how often it is."""
    numbers: dict[str, int] = {}
    times: dict[str, int] = {}
    for link in list(root.iter("a")):
        name = (link.get("href") or "").removeprefix("#")
        if not _has(link, "footnote-ref") or name not in items:
            continue
        number = numbers.setdefault(name, len(numbers) + 1)
        times[name] = times.get(name, 0) + 1
        repeat = f"-{times[name]}" if times[name] > 1 else ""
        link.attrib.clear()
        link.set("class", "noteref")
        link.set("id", f"{ident}.noteref-{number}{repeat}")
        link.set("href", f"#{ident}.note-{number}")
        link[:] = []
        link.text = str(number)
        wrapper = link.getparent()
        if (
            wrapper is not None
            and wrapper.tag == "sup"
            and len(wrapper) == 1
            and not (wrapper.text or "").strip()
        ):
            unwrap(wrapper)
    return numbers, times


def _drop(link: etree._Element) -> None:
    """Take a backlink away, with the space before it and the paragraph that held nothing else."""
    parent = link.getparent()
    if parent is None:
        return
    before = link.getprevious()
    if before is not None:
        before.tail = (before.tail or "").rstrip("\u00a0 ")
    else:
        parent.text = (parent.text or "").rstrip("\u00a0 ")
    replace(link, [])
    if parent.tag == "p" and not len(parent) and not (parent.text or "").strip():
        replace(parent, [])


def _has(element: etree._Element, name: str) -> bool:
    return name in (element.get("class") or "").split()
