"""Abbreviations: `*[HTML]: Hypertext Markup Language` anywhere explains every `HTML` of a post."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from markdown import Markdown
from markdown.preprocessors import Preprocessor

_DEFINITION = re.compile(r" {0,3}\*\[(?P<short>[^\[\]\\]+)\] ?: *(?P<long>.+)")
_WORD = re.compile(r"\w+")
_NOT_IN = {"abbr", "code", "pre", "kbd", "samp", "math", "svg"}


class Definitions(Preprocessor):
    """Takes definitions out of the text; `found` is what the post explains that is read.

    It is emptied before each post, for Markdown calls nobody for a post without a word.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found: dict[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without those that define."""
        rest = []
        for line in lines:
            if match := _DEFINITION.fullmatch(line):
                self.found[match["short"].strip()] = match["long"].strip()
            else:
                rest.append(line)
        return rest


def explain(root: etree._Element, found: Mapping[str, str]) -> None:
    """Mark every abbreviation under `root` that `found` explains, but for those in code."""
    if not found:
        return
    longest_first = sorted(found, key=lambda short: (-len(short), short))
    starts: dict[str, list[str]] = {}
    for short in longest_first:
        if match := _WORD.search(short):
            starts.setdefault(match[0], []).append(short)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _is_opaque(element):
            continue
        for child in reversed(element):
            _mark(element, child, child.tail, starts, found)
        _mark(element, None, element.text, starts, found)


def _is_opaque(element: etree._Element) -> bool:
    inside = [element, *element.iterancestors()]
    return any(str(one.tag).rpartition("}")[2] in _NOT_IN for one in inside)


def _mark(
    parent: etree._Element,
    after: etree._Element | None,
    text: str | None,
    starts: Mapping[str, list[str]],
    found: Mapping[str, str],
) -> None:
    """Put `abbr` elements into the text that follows `after`, or that `parent` begins with."""
    places = list(_places(text or "", starts))
    if text is None or not places:
        return
    index = 0 if after is None else parent.index(after) + 1
    made = []
    for (start, end), following in zip(places, [*(p[0] for p in places[1:]), len(text)], strict=True):
        abbr = etree.Element("abbr", title=found[text[start:end]])
        abbr.text, abbr.tail = text[start:end], text[end:following]
        made.append(abbr)
    if after is None:
        parent.text = text[: places[0][0]]
    else:
        after.tail = text[: places[0][0]]
    parent[index:index] = made


def _places(text: str, starts: Mapping[str, list[str]]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        for short in starts.get(match[0], ()):
            begin = match.start() - short.index(match[0])
            end = begin + len(short)
            free = not places or begin >= places[-1][1]
            if begin >= 0 and free and text.startswith(short, begin) and not text[end : end + 1].isalnum():
                places.append((begin, end))
                break
    return places
