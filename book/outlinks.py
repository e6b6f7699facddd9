"""Links out of the book, in print: their addresses as notes or as QR codes, players as boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from lxml import etree
from markupsafe import Markup

from book import qrcodes
from book.labels import Labels
from book.model import Book, Galley, Notice
from book.printedaddress import Address, printed, same
from book.templates import Templates
from book.trees import Element, classes, insert_after, parse, replace_with, write
from book.urls import urlsplit

MANY = 99
"""Notes of one post after which they stand at its end, not at the foot of pages."""
BESIDE = 250
"""Characters of a paragraph that has room for a code beside it; else codes stand under it."""

_OUT = re.compile(r'<a\s[^>]*?href="(?!#)')
_SIGNS = re.compile(r"[’”»›“‘\"')）]*[.,;:!?…]*(?!\w)|")
_CLOSING = re.compile(r"[’”»›“‘\"']+(?!\w)|")
_AT_THE_END = {"endnotes", "chapternotes", "backnotes"}
_BEFORE_SIGNS = {"fr", "ja", "zh"}
"""Languages in which the number of a note stands before a full stop."""
OWNERS = {"chapter", "post", "matter"}
"""Classes of the sections that have notes of their own."""


@dataclass(slots=True)
class _Owner:
    """A post or leaf whose links are printed: its section, its notes so far, and the links to be noted."""

    section: Element
    links: dict[str, list[tuple[Element, Address]]] = field(default_factory=dict)
    codes: dict[Element, list[tuple[str, str, str]]] = field(default_factory=dict)


def print_links(
    galleys: Sequence[Galley], book: Book, templates: Templates, labels: Labels, form: str
) -> tuple[tuple[Galley, ...], tuple[Notice, ...]]:
    """Put the addresses of links into print as `form` has it, and players into boxes.

    `form` is `footnotes`, `endnotes`, `chapternotes` or `backnotes` (which `book.backnotes` then moves from
    the posts' ends), `qr`, or `none` for no addresses. Returns what could
    not be printed whole as notices.
    """
    printer = _Printer(templates, labels, form, {p.ident: p.origin.path for p in book.posts})
    return tuple(printer.printed(galley) for galley in galleys), tuple(dict.fromkeys(printer.notices))


class _Printer:
    def __init__(
        self, templates: Templates, labels: Labels, form: str, paths: Mapping[str, Path | None]
    ) -> None:
        self._templates, self._labels, self._form, self._paths = templates, labels, form, paths
        language = labels.language.partition("-")[0]
        self._signs = _CLOSING if language in _BEFORE_SIGNS else _SIGNS
        self.notices: list[Notice] = []

    def printed(self, galley: Galley) -> Galley:
        """Return a galley with its addresses."""
        sought = _OUT.search(galley.body) if self._form != "none" else 'class="embed"' in galley.body
        if not sought:
            return galley
        root = parse(galley.body)
        self._box_players(root)
        if self._form != "none":
            self._print_addresses(root)
        return replace(galley, body=write(root))

    def _box_players(self, root: Element) -> None:
        for holder in [
            p for p in root.iter("p") if "embed" in classes(p) and len(p) == 1 and p[0].tag == "a"
        ]:
            address = _address(holder[0])
            title, _, host = "".join(map(str, holder.itertext())).strip().rpartition(" — ")
            shown = {
                "title": title or host,
                "host": host if title else None,
                "address": _view(address) if address and self._form != "none" else None,
                "code": _drawn(address) if self._form == "qr" else None,
            }
            if address:
                box = parse(self._templates.render("embed.xhtml", player=shown | {"href": address.href}))
                for place in [e for e in holder.iter() if e.get("id")]:  # what an index leads to
                    box.insert(0, etree.Element("div", {"id": place.get("id") or ""}))
                replace_with(holder, box)

    def _print_addresses(self, root: Element) -> None:
        taken = {str(e.get("id")) for e in root.iter() if e.get("id")}
        owners: dict[Element, _Owner] = {}
        for link in list(root.iter("a")):
            address = _unsaid(link)
            section = next((s for s in link.iterancestors("section") if classes(s) & OWNERS), None)
            if address is None or section is None:
                continue
            if any("embed" in classes(above) for above in link.iterancestors("figure")):
                continue
            owner = owners.setdefault(section, _Owner(section))
            self._tell_of_cut(address, section)
            self._print(link, address, owner)
        for owner in owners.values():
            self._note(owner, taken)
            self._show_codes(owner)

    def _print(self, link: Element, address: Address, owner: _Owner) -> None:
        """Print one address: within its own note where it stands in one, else as a note or a code."""
        if any("footnote" in classes(item) for item in link.iterancestors("li")):
            text = self._templates.render("address.xhtml", address=_view(address), inline=True)
            insert_after(link, parse(text))
        elif self._form == "qr" and (drawing := _drawn(address)):
            block = _block(link, owner.section)
            known = {href for codes in owner.codes.values() for href, _, _ in codes}
            if address.href not in known:
                words = " ".join("".join(map(str, link.itertext())).split())
                owner.codes.setdefault(block, []).append((address.href, drawing, words))
        else:
            owner.links.setdefault(address.href, []).append((link, address))

    def _note(self, owner: _Owner, taken: set[str]) -> None:
        """Make the notes of a post: the author's and the addresses, in the order of their calls."""
        if not owner.links:
            return
        ident = owner.section.get("id", "")
        notes = self._notes_of(owner)
        for links in owner.links.values():
            name = _fresh(f"{ident}.link", taken)
            body = self._templates.render("address.xhtml", address=_view(links[0][1]), inline=False)
            item = etree.SubElement(notes, "li", {"class": "footnote", "id": name})
            item.append(parse(body))
            for link, _ in links:
                call = etree.Element(
                    "a", {"class": "noteref", "id": _fresh(f"{ident}.linkref", taken), "href": f"#{name}"}
                )
                _place(call, link, self._signs)
        _in_order(owner.section, notes)

    def _notes_of(self, owner: _Owner) -> Element:
        """Return the list of a post's notes, made where there is none, and marked where it stays there."""
        section = next((s for s in owner.section.iterchildren("section") if "footnotes" in classes(s)), None)
        if section is None:
            section = etree.Element("section", {"class": "footnotes"})
            etree.SubElement(section, "ol")
            last = owner.section[-1] if len(owner.section) else None
            at = len(owner.section) - (last is not None and "mentions" in classes(last))
            owner.section.insert(at, section)
        crowded = self._form == "footnotes" and len(owner.links) > MANY
        if crowded or self._form in _AT_THE_END:
            section.set("class", "footnotes endnotes")
            title = etree.Element("p", {"class": "notes-title"})
            title.text = self._labels.text("notes")
            section.insert(0, title)
        if crowded:
            message = (
                f"{len(owner.links)} links are too many for the foot of pages: their notes stand at the end"
            )
            self._tell(message, owner.section, 'set `links = "endnotes"` or `links = "none"` to choose')
        return next(section.iter("ol"))

    def _show_codes(self, owner: _Owner) -> None:
        for block, codes in owner.codes.items():
            shown = tuple(
                {"href": href, "drawing": Markup(drawing), "words": words, "host": _host(href)}
                for href, drawing, words in codes
            )
            beside = len("".join(map(str, block.itertext()))) >= BESIDE * len(codes)
            made = self._templates.render("codes.xhtml", codes=shown, beside=beside)
            new, parent = parse(made), block.getparent()
            if parent is not None:
                if beside:
                    parent.insert(parent.index(block), new)
                else:
                    insert_after(block, new)

    def _tell_of_cut(self, address: Address, section: Element) -> None:
        if address.cut:
            message = f"an address of {len(address.href)} characters is cut in print: `{address.text}`"
            self._tell(message, section, "link to a shorter one, if there is one")

    def _tell(self, message: str, section: Element, hint: str) -> None:
        self.notices.append(Notice(message, self._paths.get(section.get("id", "")), hint=hint))


def notable(body: str) -> bool:
    """Tell whether a body has links whose addresses would be notes."""
    return bool(_OUT.search(body)) and any(map(_unsaid, parse(f"<div>{body}</div>").iter("a")))


def _unsaid(link: Element) -> Address | None:
    """Return the address of a link out of the book whose words do not say it; what tells of a gap is none."""
    gaps = {text for one in link.iter() if "missing-picture" in classes(one) for text in one.itertext()}
    words = "".join(str(text) for text in link.itertext() if text not in gaps)
    address = _address(link) if words.strip() else None
    return None if address is None or same(words, address) else address


def _address(link: Element) -> Address | None:
    href = link.get("href") or ""
    if not href or href.startswith("#"):
        return None
    try:
        return printed(href)
    except ValueError:
        return None


def _view(address: Address) -> Mapping[str, object]:
    return {"href": address.href, "text": address.text, "cut": address.cut}


def _drawn(address: Address | None) -> Markup | None:
    drawing = qrcodes.code(address.href) if address else None
    return Markup(drawing) if drawing else None


def _host(href: str) -> str:
    return (urlsplit(href).hostname or "").removeprefix("www.")


def _fresh(stem: str, taken: set[str]) -> str:
    name = next(name for number in count(1) if (name := f"{stem}-{number}") not in taken)
    taken.add(name)
    return name


def _block(link: Element, section: Element) -> Element:
    """Return the block of a section in which a link stands."""
    block = link
    while (above := block.getparent()) is not None and above is not section:
        block = above
    return block


def _place(call: Element, link: Element, signs: re.Pattern[str]) -> None:
    """Put the number of a note after a link and the signs that follow it."""
    match = signs.match(link.tail or "")
    insert_after(link, call, match[0] if match else "")
    after = call.getnext()
    if after is not None and not call.tail and "noteref" in classes(after):
        call.tail = "\u2009"


def _in_order(section: Element, notes: Element) -> None:
    """Sort notes by their first calls; what is never called keeps its place at the end."""
    items: dict[str, Element] = {str(item.get("id")): item for item in notes.iterchildren("li")}
    calls = [str(link.get("href"))[1:] for link in _calls(section)]
    order = [name for name in dict.fromkeys(calls) if name in items]
    order += [name for name in items if name not in order]
    numbers = {name: str(number) for number, name in enumerate(order, 1)}
    for name in order:
        items[name].set("value", numbers[name])
        notes.append(items[name])
    for link in _calls(section):
        link.text = numbers.get(str(link.get("href"))[1:], link.text)


def _calls(section: Element) -> Iterator[Element]:
    return (link for link in section.iter("a") if "noteref" in classes(link))
