"""Know footnotes by what makes them such: a reference links to a note, and the note links back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml import etree

from book.clean import Say
from book.sources._html.nodes import words
from book.sources._html.parsing import classes, remove, text_of
from book.sources._sitetags.besides import ASIDE

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,4}|[a-z]|[ivx]{1,5})[\])]?")
_TOGGLE = "\u2295"
"""What Tufte's style has before a note beside the text, to be touched where it is hidden."""
_HOLDERS = words("li p div dd aside section td blockquote")
_NUMBER = re.compile(r"\s*\[?\d{1,3}\]?[.):]?\s*")
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_TITLES = words("footnotes notes references footnote fußnoten anmerkungen notas 脚注 注釈 注释") | {
    "notes de bas de page", "notas al pie", "note a piè di pagina"
}  # fmt: skip


def take(root: etree._Element, say: Say) -> dict[str, etree._Element]:
    """Take the notes out of a tree, and return them by their labels; references become `noteref`."""
    links = [
        link for link in root.iter("a") if len(link.get("href") or "") > 1 and link.get("href", "")[0] == "#"
    ]
    besides = [one for one in root.iter("span", "small") if _is_beside(one)]
    if not links and not besides:
        return {}
    order = {element: place for place, element in enumerate(root.iter())}
    named = _named(root)
    whole = _parted([(link, _note_of(link, named, order)) for link in links], named)
    labels: dict[etree._Element, str] = {}
    found: dict[str, etree._Element] = {}
    references: list[tuple[etree._Element, str]] = []
    for link in sorted([*links, *besides], key=lambda one: order[one]):
        note = link if link.tag != "a" else _note_of(link, named, order)
        if note is not None and note not in whole:
            label = labels.setdefault(note, str(len(labels) + 1))
            found[label] = note
            references.append((link, label))
    for link, label in references:
        if link.tag == "a":
            _call(link, label)
        else:
            found[label] = _from_beside(link, label)
    for note in found.values():
        if note.getparent() is not None:
            _detach(note, say)
    return found


def _is_beside(element: etree._Element) -> bool:
    """Tell whether words stand beside the text on a screen, as a note does."""
    inside = any(map(ASIDE.fullmatch, classes(element)))
    return inside and bool(text_of(element).strip()) and element.getparent() is not None


def _from_beside(element: etree._Element, label: str) -> etree._Element:
    """Put a reference in the place of a note beside the text, and return the note."""
    note = etree.Element("div")
    note.text = element.text
    note.extend(list(element))
    before, parent = element.getprevious(), element.getparent()
    if before is not None and before.tag == "input" and not before.tail:
        remove(before)
        before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "").removesuffix(_TOGGLE)
    elif parent is not None:
        parent.text = (parent.text or "").removesuffix(_TOGGLE)
    _call(element, label)
    return note


def _named(root: etree._Element) -> dict[str, etree._Element]:
    named: dict[str, etree._Element] = {}
    for element in root.iter():
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if identifier := element.get(name):
                named.setdefault(identifier, element)
    return named


def _note_of(
    link: etree._Element, named: dict[str, etree._Element], order: dict[etree._Element, int]
) -> etree._Element | None:
    """Return the note that a link refers to; None if it is another kind of link."""
    target = named.get(link.get("href", "")[1:])
    if target is None or order[target] < order[link] or not _MARK.fullmatch(text_of(link)):
        return None
    note = (
        target
        if target.tag in _HOLDERS
        else next((a for a in target.iterancestors() if a.tag in _HOLDERS), None)
    )
    if note is None or link in note.iterdescendants():
        return None
    places = set(_places(link))
    return note if any(back.get("href", "")[1:] in places for back in note.iter("a")) else None


def _parted(
    notes: Iterable[tuple[etree._Element, etree._Element | None]], named: dict[str, etree._Element]
) -> set[etree._Element]:
    """Part blocks that hold several notes, one after another; return those that cannot be parted."""
    targets: dict[etree._Element, list[etree._Element]] = {}
    for link, note in notes:
        target = named[link.get("href", "")[1:]] if note is not None else None
        if note is not None and target is not None and target not in targets.setdefault(note, []):
            targets[note].append(target)
    return {note for note, those in targets.items() if len(those) > 1 and not _part(note, those)}


def _part(holder: etree._Element, targets: list[etree._Element]) -> bool:
    """Give each note that begins with one of `targets` a block of its own, after its holder."""
    first = [
        next((one for one in holder if one is at or at in one.iterdescendants()), None) for at in targets
    ]
    places = [holder.index(one) for one in first if one is not None]
    if len(set(places)) != len(targets):
        return False
    children, last = list(holder), holder
    for start, end in pairwise([*sorted(places), len(children)]):
        part = etree.Element("p" if holder.tag == "p" else "div")
        part.extend(children[start:end])
        last.addnext(part)
        last.tail, part.tail = None, last.tail
        last = part
    if not len(holder) and not (holder.text or "").strip():
        remove(holder)
    return True


def _places(link: etree._Element) -> Iterator[str]:
    """Give the identifiers by which a note may link back to its reference."""
    near = [link, *link.iterdescendants()]
    for above in link.iterancestors():
        if above.tag not in ("sup", "span", "a", "strong", "em", "small"):
            break
        near.append(above)
    before = near[-1].getprevious() if len(near) > 1 else link.getprevious()
    if before is not None and not text_of(before):
        near.append(before)
    for element in near:
        yield from (value for name in ("id", "name") if (value := element.get(name)))


def _call(link: etree._Element, label: str) -> None:
    """Put a reference in the place of a link, and of the `sup` that holds nothing else."""
    whole = link
    for above in link.iterancestors("sup", "span"):
        if text_of(above).strip("[]() ") != text_of(link).strip("[]() "):
            break
        whole = above
    parent = whole.getparent()
    if parent is not None:
        made = etree.Element("noteref", label=label)
        made.tail = whole.tail
        whole.tail = None
        parent.replace(whole, made)


def _detach(note: etree._Element, say: Say) -> None:
    """Take a note out of its list, without its link back; drop what held it and now holds nothing."""
    first = next((one for one in note.iter("a") if _links_back(one)), None)
    at_start = first is not None and not "".join(_before(note, first)).strip(" [(")
    for link in [one for one in note.iter("a") if _links_back(one)]:
        holder = link.getparent()
        remove(link)
        if (
            holder is not None
            and holder is not note
            and holder.tag in ("sup", "span")
            and not text_of(holder).strip("[]().:")
        ):
            remove(holder)
    if at_start or _NUMBER.fullmatch(note.text or ""):
        _strip_number(note)
    holder = note.getparent()
    remove(note)
    while holder is not None and _is_spent(holder):
        above = holder.getparent()
        if above is None:
            break
        _drop_title(holder, say)
        remove(holder)
        holder = above


def _links_back(link: etree._Element) -> bool:
    text = text_of(link)
    return link.get("href", "").startswith("#") and (len(text) <= 4 or "back" in " ".join(classes(link)))


def _before(note: etree._Element, link: etree._Element) -> Iterator[str]:
    yield note.text or ""
    for element in note.iterdescendants():
        if element is link:
            return
        yield element.text or ""


def _strip_number(note: etree._Element) -> None:
    holder = note
    while not (holder.text or "").strip() and len(holder):
        holder = holder[0]
    found = re.match(r"\s*(?:\[?\d{1,3}\]?[.):]?|[\])]?[.):])\s*", holder.text or "")
    if found:
        holder.text = (holder.text or "")[found.end() :]


def _is_spent(holder: etree._Element) -> bool:
    rest = [child for child in holder if child.tag not in ("hr", "br")]
    return not rest and not "".join([holder.text or "", *(child.tail or "" for child in holder)]).strip()


def _drop_title(holder: etree._Element, say: Say) -> None:
    before = holder.getprevious()
    if before is not None and before.tag == "hr":
        remove(before)
        before = holder.getprevious()
    if before is not None and before.tag in _HEADINGS and text_of(before).lower().rstrip(":") in _TITLES:
        say(f"the heading “{text_of(before)}” was left out, since the notes under it are footnotes now")
        remove(before)
