"""Verse: paragraphs of short lines that their author broke, as those of a poem or of an address."""

from __future__ import annotations

from lxml import etree

_LONGEST = 60
"""Characters of a line past which it is prose that somebody broke: most measures hold as many."""
_FEWEST = 3
_NO_LINE = {"img", "svg", "math", "pre", "ul", "ol", "table"}


def set_verse(root: etree._Element) -> None:
    """Mark paragraphs of three short lines at least, and shorter ones of such lines beside them.

    They stand without indents, with space between stanzas, and no line of theirs is stretched or divided.
    """
    counts = {paragraph: _lines_of(paragraph) for paragraph in root.iter("p")}
    marked = [paragraph for paragraph, count in counts.items() if count >= _FEWEST]
    for paragraph in marked:
        _mark(paragraph)
    for start in marked:
        for near in (start.itersiblings(preceding=True), start.itersiblings()):
            for paragraph in near:
                if (
                    counts.get(paragraph, 0) < _FEWEST - 1
                    or "verse" in (paragraph.get("class") or "").split()
                ):
                    break
                _mark(paragraph)


def _mark(paragraph: etree._Element) -> None:
    names = (paragraph.get("class") or "").split()
    if "verse" not in names:
        paragraph.set("class", " ".join([*names, "verse"]))


def _lines_of(paragraph: etree._Element) -> int:
    """Count the lines of a paragraph, if its author broke them and all are short; else 0."""
    if paragraph.find(".//br") is None or any(inner.tag in _NO_LINE for inner in paragraph.iter()):
        return 0
    written = [""]
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            written += [""] if element.tag == "br" else []
            written[-1] += element.text or ""
        elif element is not paragraph:
            written[-1] += element.tail or ""
    said = [line for line in (" ".join(line.split()) for line in written) if line]
    return len(said) if all(len(line) <= _LONGEST for line in said) else 0
