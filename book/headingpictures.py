"""Pictures in headings: they stand below the words, or above them, and no contents page tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from book.edgepictures import SMALL
from book.figures import is_blank, is_picture, lines, trimmed
from book.nesting import HEADINGS, add_text

_Item = str | etree._Element


def set_out(root: etree._Element) -> None:
    """Take pictures out of headings, to where they stood: what is left is a heading, or nothing.

    Editors in a browser put them there, as pictures of a line that is a heading. A small one stays, and
    so does one before words in its line: it is a sign that belongs to them.
    """
    for heading in list(root.iter(*HEADINGS)):
        parent = heading.getparent()
        if parent is None or next(heading.iter("img"), None) is None:
            continue
        place, tail = parent.index(heading), heading.tail
        heading.tail = None
        parts = list(_parts(heading))
        parent.remove(heading)
        parts[-1].tail = tail
        parent[place:place] = parts


def _parts(heading: etree._Element) -> Iterator[etree._Element]:
    """Give a heading for each run of words, and a paragraph for each picture."""
    attributes = dict(heading.attrib)
    for run in _runs(heading):
        if is_picture(run[0]) and len(run) == 1:
            yield _made("p", run, {})
        else:
            yield _made(str(heading.tag), run, attributes)
            attributes.pop("id", None)


def _runs(heading: etree._Element) -> Iterator[list[_Item]]:
    run: list[_Item] = []
    for line in lines(heading):
        for number, item in enumerate(line):
            if is_picture(item) and not _is_sign(item, line[:number], line[number + 1 :]):
                if run := trimmed(run):
                    yield run
                yield [item]
                run = []
            else:
                run.append(item)
    if run := trimmed(run):
        yield run


def _is_sign(item: _Item, before: list[_Item], after: list[_Item]) -> bool:
    """Tell whether a picture belongs to the words around it in its line."""
    assert not isinstance(item, str)
    sizes = [picture.get(name, "") for picture in item.iter("img") for name in ("width", "height")]
    if any(re.fullmatch(r"\d{1,4}(?:px)?", size) and int(size.removesuffix("px")) <= SMALL for size in sizes):
        return True
    next_to = next((one for one in after if not is_blank(one)), None)
    return all(map(is_blank, before)) and next_to is not None and not is_picture(next_to)


def _made(tag: str, run: list[_Item], attributes: dict[str, str]) -> etree._Element:
    made = etree.Element(tag, attributes)
    for item in run:
        if isinstance(item, str):
            add_text(made, len(made), item)
        else:
            item.tail = None
            made.append(item)
    return made
