"""Pictures as figures: those that stand alone or on a line of their own, with what is their caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from lxml import etree

from book.nesting import add_text, unwrap

_CAPTION = re.compile(r"(?:[a-z]+-?){0,2}(?:the)?-?cap(?:tion)?(?:-?(?:text|wrap))?", re.IGNORECASE)
"""Classes of what stands below a picture: `caption`, `wp-caption-text`, `image-caption`, `thecap`."""
_HOLDERS = ("div", "p", "center", "span", "section")
_UNDER = ("div", "p", "span", "small", "em", "i", "center", "cite")


def set_captions(root: etree._Element) -> None:
    """Make a figure of what holds nothing but pictures and words whose class says that they are a caption."""
    for element in list(root.iter(*_UNDER)):
        holder = element.getparent()
        if holder is None or holder.tag not in _HOLDERS or not _is_caption(element):
            continue
        others = [child for child in holder if child is not element and child.tag != "br"]
        loose = [holder.text, *(child.tail for child in holder)]
        if not others or any((text or "").strip() for text in loose) or not all(map(is_picture, others)):
            continue
        for line_break in holder.findall("br"):
            holder.remove(line_break)
        holder.tag, element.tag = "figure", "figcaption"


def set_apart(root: etree._Element) -> None:
    """Part paragraphs at pictures that stand on lines of their own; emphasised words below are captions."""
    for paragraph in list(root.iter("p")):
        parent = paragraph.getparent()
        if parent is None or next(paragraph.iter("img"), None) is None:
            continue
        groups = list(_groups(lines(paragraph)))
        if len(groups) > 1:
            place, tail = parent.index(paragraph), paragraph.tail
            paragraph.tail = None
            parent.remove(paragraph)
            parts = list(_parts(paragraph, groups))
            parts[-1].tail = tail
            parent[place:place] = parts


def set_figures(root: etree._Element) -> None:
    """Make a paragraph that is nothing but one picture a figure; its title is the caption."""
    for picture in list(root.iter("img")):
        holder = _lone(picture)
        if holder is None:
            continue
        holder.tag = "figure"
        title = picture.attrib.pop("title", "")
        if title.strip():
            caption = etree.SubElement(holder, "figcaption")
            caption.text = title
    for figure in root.iter("figure"):
        for picture in figure.iter("img"):
            picture.attrib.pop("title", None)


_Line = list["str | etree._Element"]


def lines(paragraph: etree._Element) -> list[_Line]:
    """Return a paragraph, or a heading, by its author's lines; each ends with what broke it."""
    found: list[_Line] = [[]]

    def add(text: str | None) -> None:
        first, *others = (text or "").split("\n")
        found[-1].append(first)
        for other in others:
            found[-1].append("\n")
            found.append([other])

    add(paragraph.text)
    for child in paragraph:
        found[-1].append(child)
        if child.tag == "br":
            found.append([])
        add(child.tail)
    return found


def _groups(lines: list[_Line]) -> Iterator[_Line]:
    """Put lines together again, but for those that are a picture; blank ones at the ends go."""
    group: _Line = []
    for line in lines:
        said = [item for item in line if not is_blank(item)]
        if len(said) == 1 and is_picture(said[0]):
            if group := trimmed(group):
                yield group
            yield said
            group = []
        else:
            group += line
    if group := trimmed(group):
        yield group


def trimmed(group: _Line) -> _Line:
    """Return what is left without blanks and breaks at the ends."""
    while group and is_blank(group[0]):
        group = group[1:]
    while group and is_blank(group[-1]):
        group = group[:-1]
    return group


def is_blank(item: str | etree._Element) -> bool:
    """Tell whether something is a line break, or nothing but spaces."""
    return not item.strip() if isinstance(item, str) else item.tag == "br"


def is_picture(item: str | etree._Element) -> bool:
    """Tell whether something is a picture, or a link around one and nothing else."""
    if isinstance(item, str):
        return False
    linked = item.tag == "a" and len(item) == 1 and not (item.text or item[0].tail or "").strip()
    return item.tag == "img" or (linked and item[0].tag == "img")


def _parts(paragraph: etree._Element, groups: list[_Line]) -> Iterator[etree._Element]:
    """Give a paragraph for each group, like the one they stood in."""
    figure: etree._Element | None = None
    for child in paragraph:
        child.tail = None  # which the groups hold
    for number, group in enumerate(groups):
        if figure is not None and len(group) == 1 and _is_emphasis(group[0]):
            caption = etree.SubElement(figure, "figcaption")
            caption.append(group[0])
            unwrap(group[0])
            figure.tag, figure = "figure", None
            continue
        made = etree.Element("p", {k: v for k, v in paragraph.attrib.items() if k != "id" or number == 0})
        for item in group:
            if isinstance(item, str):
                add_text(made, len(made), item)
            else:
                made.append(item)
        figure = (
            made if is_picture(group[0]) and not any(img.get("title") for img in made.iter("img")) else None
        )
        yield made


def _is_emphasis(item: str | etree._Element) -> TypeGuard[etree._Element]:
    return not isinstance(item, str) and item.tag in ("em", "i")


def _is_caption(element: etree._Element) -> bool:
    names = (element.get("class") or "").split()
    return any(_CAPTION.fullmatch(name) for name in names) and next(element.iter("img"), None) is None


def _lone(picture: etree._Element) -> etree._Element | None:
    """Return the paragraph that holds only this picture, or a link around it, where a figure may stand."""
    holder = picture.getparent()
    if holder is not None and holder.tag == "a" and len(holder) == 1 and not (holder.text or "").strip():
        if (picture.tail or "").strip():
            return None
        picture, holder = holder, holder.getparent()
    if holder is None or holder.tag != "p" or len(holder) != 1:
        return None
    words = (holder.text or "") + (picture.tail or "")
    if words.strip() or any(above.tag == "figure" for above in holder.iterancestors()):
        return None
    return holder
