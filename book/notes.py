"""Footnotes taken out of a body: references stay in the text, notes go beside it."""

from __future__ import annotations

from lxml import etree

from book.clean import Say, fragment
from book.model import Note


def taken(root: etree._Element, ident: str, say: Say) -> tuple[Note, ...]:
    """Take the notes that Markdown set at the end of `root`; renumber them in the order of their calls.

    A note that nothing refers to is kept, after the others, and said.
    """
    section = next((div for div in root.iter("div") if _has(div, "footnote")), None)
    if section is None:
        return ()
    items = {item.get("id", ""): item for item in section.iter("li") if item.get("id")}
    parent = section.getparent()
    if parent is None:
        return ()
    numbers = _call(root, section, items, ident)
    _detach(section, parent)
    for name in items:
        if name not in numbers:
            numbers[name] = len(numbers) + 1
            say(f"the note `{name.removeprefix('fn:')}` is not referred to; it stands after the others")
    return tuple(_note(items[name], number, ident) for name, number in numbers.items())


def _call(
    root: etree._Element, section: etree._Element, items: dict[str, etree._Element], ident: str
) -> dict[str, int]:
    numbers: dict[str, int] = {}
    times: dict[str, int] = {}
    for link in list(root.iter("a")):
        name = (link.get("href") or "").removeprefix("#")
        if not _has(link, "footnote-ref") or name not in items:
            continue
        inside = any(ancestor is section for ancestor in link.iterancestors())
        number = numbers.setdefault(name, len(numbers) + 1)
        times[name] = times.get(name, 0) + 1
        repeat = f"-{times[name]}" if times[name] > 1 else ""
        _write(link, number, ident, repeat, inside)
    return numbers


def _write(link: etree._Element, number: int, ident: str, repeat: str, inside: bool) -> None:
    link.attrib.clear()
    link.set("class", "noteref")
    link.set("id", f"{ident}.noteref-{number}{repeat}")
    link.set("href", f"#{ident}.note-{number}")
    link.text = str(number)
    wrapper = link.getparent()
    if wrapper is not None and wrapper.tag == "sup" and len(wrapper) == 1:
        link.tail = wrapper.tail
        outer = wrapper.getparent()
        if outer is not None:
            outer.replace(wrapper, link)


def _detach(section: etree._Element, parent: etree._Element) -> None:
    tail = section.tail or ""
    before = section.getprevious()
    parent.remove(section)
    if tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail


def _note(item: etree._Element, number: int, ident: str) -> Note:
    for back in [link for link in item.iter("a") if _has(link, "footnote-backref")]:
        _drop_backlink(back)
    return Note(f"{ident}.note-{number}", number, fragment(item))


def _drop_backlink(link: etree._Element) -> None:
    parent, before, tail = link.getparent(), link.getprevious(), link.tail or ""
    if parent is None:
        return
    parent.remove(link)
    if before is not None:
        before.tail = (before.tail or "").rstrip("\u00a0 ") + tail
    else:
        parent.text = (parent.text or "").rstrip("\u00a0 ") + tail
    if parent.tag == "p" and len(parent) == 0 and not (parent.text or "").strip():
        outer = parent.getparent()
        if outer is not None:
            outer.remove(parent)


def _has(element: etree._Element, name: str) -> bool:
    return name in (element.get("class") or "").split()
