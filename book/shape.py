"""A body brought into shape: headings without jumps, tables with scopes, code, tasks, asides."""

from __future__ import annotations

import re

from lxml import etree

from book.clean import Say

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MODERN = {"center": "div", "big": "span", "font": "span", "strike": "s", "tt": "code", "main": "div",
           "details": "div", "summary": "p", "header": "div", "hgroup": "div", "section": "div",
           "nav": "div", "address": "p", "input": "span", "picture": "span"}  # fmt: skip
_CLASS = re.compile(r"[a-zA-Z][\w-]{0,40}")
# Classes that mean something to our own templates and styles, which a post may not take.
_OURS = {"chapter", "part", "titlepage", "toc", "opening", "footnotes", "footnote", "noteref", "backlink"}


def shaped(root: etree._Element, say: Say) -> None:
    """Apply every change of shape, in place."""
    set_code(root)
    set_tasks(root)
    set_asides(root)
    modernise(root)
    fit_headings(root, say)
    scope_tables(root)
    part_lines(root)


def set_code(root: etree._Element) -> None:
    """Make highlighted code `pre.code` with its language; its text stays what it was."""
    for block in [div for div in root.iter("div") if "code" in _classes(div)]:
        pre = block.find("pre")
        parent = block.getparent()
        if pre is None or parent is None:
            continue
        language = next(
            (c.removeprefix("language-") for c in _classes(block) if c.startswith("language-")), ""
        )
        _mark_code(pre, language)
        pre.tail = block.tail
        parent.replace(block, pre)
    for pre in root.iter("pre"):
        code = pre.find("code")
        names = _classes(code) if code is not None else []
        if names or "code" not in _classes(pre):
            language = next((n.removeprefix("language-") for n in names if n.startswith("language-")), "")
            _mark_code(pre, language)


def _mark_code(pre: etree._Element, language: str) -> None:
    for empty in [s for s in pre.iter("span") if not len(s) and not s.text and not s.tail]:
        if (parent := empty.getparent()) is not None:
            parent.remove(empty)
    pre.attrib.clear()
    pre.set("class", "code")
    if language and language != "text":
        pre.set("data-language", language)
    code = pre.find("code")
    if code is not None and len(pre) == 1:
        code.attrib.clear()
        _strip_last_newline(code)


def _strip_last_newline(code: etree._Element) -> None:
    """Drop the newline that ends the last line: it is the fence's, not the code's."""
    last = code[-1] if len(code) else None
    if last is None:
        code.text = (code.text or "").removesuffix("\n")
    elif last.tail:
        last.tail = last.tail.removesuffix("\n")
    else:
        _strip_last_newline(last)


def set_tasks(root: etree._Element) -> None:
    """Make the boxes of task lists signs that every page can show."""
    for box in [e for e in root.iter("input") if e.get("type") == "checkbox"]:
        done = box.get("checked") is not None
        box.tag = "span"
        box.attrib.clear()
        box.set("class", "checkbox")
        box.text = "☑" if done else "☐"
        item = next((a for a in box.iterancestors() if a.tag == "li"), None)
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


def modernise(root: etree._Element) -> None:
    """Give obsolete elements the names of today, and classes that clash with ours none."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        align = element.attrib.pop("align", "")
        if element.tag == "center":
            align = "center"
        if align in {"left", "right", "center"} and element.tag in {"center", "p", "div", "td", "th"}:
            element.set("style", f"text-align: {align}")
        element.tag = _MODERN.get(element.tag, element.tag)
        classes = [c for c in _classes(element) if _CLASS.fullmatch(c) and c not in _OURS | {"arithmatex"}]
        if "noteref" in _classes(element):
            continue
        if classes:
            element.set("class", " ".join(classes))
        else:
            element.attrib.pop("class", None)


def fit_headings(root: etree._Element, say: Say) -> None:
    """Renumber headings so that the first level is `h2` and none is skipped."""
    stack: list[int] = []
    jumped = 0
    for heading in root.iter(*_HEADINGS):
        level = int(heading.tag[1])
        while stack and stack[-1] >= level:
            stack.pop()
        stack.append(level)
        fitted = min(6, len(stack) + 1)
        jumped += len(stack) > 1 and level > stack[-2] + 1
        heading.tag = f"h{fitted}"
    if jumped:
        say(f"{jumped} headings skipped a level; they were moved up")


def scope_tables(root: etree._Element) -> None:
    """Say of every header cell what it heads; one without words is an ordinary cell."""
    for cell in root.iter("th"):
        if not "".join(map(str, cell.itertext())).strip() and cell.find(".//img") is None:
            cell.tag = "td"
            cell.attrib.pop("scope", None)
        elif cell.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
            above = next((a.tag for a in cell.iterancestors() if a.tag in {"thead", "tbody", "table"}), "")
            row = cell.getparent()
            alone = row is not None and all(c.tag == "th" for c in row)
            cell.set("scope", "col" if above == "thead" or alone else "row")


def part_lines(root: etree._Element) -> None:
    """Drop paragraphs that hold nothing at all."""
    for paragraph in list(root.iter("p")):
        parent = paragraph.getparent()
        bare = not len(paragraph) and not (paragraph.text or "").strip("\u00a0 \t\n\r")
        if bare and parent is not None and not paragraph.get("id") and not (paragraph.tail or "").strip():
            parent.remove(paragraph)


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()
