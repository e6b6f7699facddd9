"""Bring in what can be had of broken XML: item by item, each mended alone where it must be.

An item that is whole is never touched because another is broken; of one that is not, the report
says where it stands, and how many words of it were lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from xml.parsers.expat import ErrorString, ExpatError

from lxml import etree

from book.errors import BookError
from book.model import Notice
from book.nouns import many
from book.sources._xml import Element, TooDeep, XmlReader

_ROOT = re.compile(r"<(?![?!])([\w:.-]+)[^>]*>")
_TAG = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
_WORD = re.compile(r"\w+")


def recovered(reader: XmlReader) -> Iterator[Element]:
    """Give the items of a file that may be broken; what was mended is told to `reader`."""
    text = "".join(reader.texts())
    line = reader.line
    try:
        yield from reader.reread(text, line)
    except BookError as error:
        if not isinstance(error.__cause__, ExpatError | TooDeep):  # it is refused, not broken
            raise
        yield from _piecemeal(reader, text, line)


def _piecemeal(reader: XmlReader, text: str, line: int) -> Iterator[Element]:
    starts = list(_item_starts(text, reader.items))
    root = _ROOT.search(text)
    if root is None:
        raise BookError("there is no XML in this file", path=reader.path)
    header = text[: starts[0]] if starts else text
    line_of_item = line + header.count("\n")
    for start, end in pairwise([*starts, len(text)]):
        yield from _items(reader, root, _cut(text[start:end], reader.items), line_of_item)
        line_of_item += text.count("\n", start, end)
    reader.reread(_mended(header), line)


def _item_starts(text: str, items: frozenset[str]) -> Iterator[int]:
    names = "|".join(map(re.escape, sorted(items))) or "(?!)"
    for match in re.finditer(rf"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(?:\w+:)?({names})[\s>]", text, re.DOTALL):
        if match[1]:
            yield match.start()


def _cut(piece: str, items: frozenset[str]) -> str:
    """Leave out what follows an item's end."""
    names = "|".join(map(re.escape, sorted(items)))
    ends = list(re.finditer(rf"</(?:\w+:)?(?:{names})\s*>", piece))
    return piece[: ends[-1].end()] if ends else piece


def _items(reader: XmlReader, root: re.Match[str], piece: str, line: int) -> list[Element]:
    try:
        return reader.reread(f"{root[0]}{piece}</{root[1]}>", line)
    except BookError as error:
        if isinstance(error.__cause__, TooDeep):
            reader.mends["entries nested too deeply were left out"] += 1
            reader.notices.append(replace(error.notices[0], line=line, hint=None))
            return []
        if not isinstance(error.__cause__, ExpatError):
            raise
        found = reader.reread(_mended(root[0] + piece), line)
        reader.mends["broken entries were mended"] += 1
        had = sum(len(_WORD.findall(text)) for item in found for text in _texts(item))
        lost = max(0, len(_WORD.findall(_TAG.sub(" ", piece))) - had)
        words = f"this entry was broken ({ErrorString(error.__cause__.code)}), and is mended"
        loss = f"; {many(lost, 'word')} of it could not be had" if lost else ""
        reader.notices.append(Notice(words + loss, reader.path, line))
        return found


def _texts(item: Element) -> Iterator[str]:
    for part in item.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part)


def _mended(text: str) -> str:
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    found = etree.fromstring(_without_doctype(text).encode(), parser)
    return "" if found is None else etree.tostring(found, encoding="unicode")


def _without_doctype(text: str) -> str:
    return re.sub(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>|<\?xml[^>]*\?>", "", text, count=2)
