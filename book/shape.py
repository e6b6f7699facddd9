"""A body brought into shape: headings without jumps, task lists, asides, no empty paragraphs."""

from __future__ import annotations

from lxml import etree

from book.nesting import HEADINGS, unwrap
from book.remarks import Say, mended


def set_tasks(root: etree._Element) -> None:
    """Make the boxes of task lists signs that every page can show; other inputs go."""
    for box in list(root.iter("input")):
        if box.get("type") != "checkbox":
            unwrap(box)
            continue
        done = box.get("checked") is not None
        box.tag = "span"
        box.attrib.clear()
        box.set("class", "checkbox")
        box.text = "☑" if done else "☐"
        item = next(box.iterancestors("li"), None)
        if item is not None:
            item.set("class", "task done" if done else "task")
    for element in root.iter("ul", "ol"):
        if "task-list" in _classes(element):
            element.set("class", "tasks")


def set_asides(root: etree._Element) -> None:
    """Make admonitions asides."""
    for div in root.iter("div"):
        if "admonition" in _classes(div):
            div.tag = "aside"


def fit_headings(root: etree._Element, notes: etree._Element | None, say: Say) -> None:
    """Renumber headings so that the first level is `h2` and none is skipped; in notes there are none.

    Told are those that leave a level out. A post may begin with `h3`: on its blog, its title is `h2`.
    """
    levels: list[int] = []
    before = 2
    for heading in list(root.iter(*HEADINGS)):
        if notes is not None and any(above is notes for above in heading.iterancestors()):
            heading.tag = "p"
            continue
        if not "".join(map(str, heading.itertext())).strip() and heading.find(".//img") is None:
            heading.tag = "p"
            continue
        level = int(str(heading.tag)[1])
        if level > before + 1:
            say(mended("heading", "".join(map(str, heading.itertext()))))
        before = level
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        heading.tag = f"h{min(6, len(levels) + 1)}"


def drop_empty_paragraphs(root: etree._Element) -> None:
    """Drop paragraphs that hold nothing at all: they were there for the space they made."""
    for paragraph in list(root.iter("p")):
        parent = paragraph.getparent()
        bare = not len(paragraph) and not (paragraph.text or "").strip("\u00a0\u200b \t\n\r")
        if bare and parent is not None and not paragraph.get("id") and not (paragraph.tail or "").strip():
            paragraph.text = None
            unwrap(paragraph)


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()
