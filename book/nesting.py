"""Elements put where XHTML lets them stand: blocks out of inline ones, items in lists, words in paragraphs.

Browsers forgive all of it; EPUB readers that parse XML do not, and typesetting goes wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lxml import etree

BLOCKS = frozenset(
    """
    address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section table ul
    """.split()  # noqa: SIM905
)
INLINE = frozenset(
    """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var
    """.split()  # noqa: SIM905
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_WORDS_ONLY = frozenset(["p", "pre", *HEADINGS])
_CARRIED = INLINE - {"span", "code", "abbr", "dfn", "q", "bdo", "a", "del", "ins"}
"""Inline elements that say how words look: blocks that stood in them get them inside."""


def settle_nesting(root: etree._Element) -> None:
    """Make the tree under `root` one that XHTML allows; no word is lost, and none changes its place."""
    _unlink_inner(root)
    for element in reversed(list(root.iter(*INLINE, *_WORDS_ONLY))):  # from the inside out
        if _holds_block(element):
            (_part if element.tag in _WORDS_ONLY else _hoist)(element)
    for element in list(root.iter("ul", "ol")):
        _gather(element, {"li"}, "li")
    for element in list(root.iter("dl")):
        _settle_glossary(element)
    _settle_strays(root)
    for table in list(root.iter("table")):
        _order_table(table)
    for holder in [root, *root.iter("blockquote", "div", "aside", "figure")]:
        if holder is root or holder.tag == "blockquote" or _holds_block(holder):
            _wrap_words(holder)


def _holds_block(element: etree._Element) -> bool:
    return any(child.tag in BLOCKS for child in element)


def _unlink_inner(root: etree._Element) -> None:
    """Undo links inside links."""
    for link in list(root.iter("a")):
        if any(above.tag == "a" for above in link.iterancestors()):
            unwrap(link)


def _hoist(element: etree._Element) -> None:
    """Put the blocks that stand in an inline element after what stands before them, and so on."""
    carried = element.tag in _CARRIED
    made: list[etree._Element] = []
    for run in _runs(element):
        if isinstance(run, etree._Element):
            if carried and run.tag in {"p", "li", *HEADINGS}:
                _carry_inside(run, element)
            made.append(run)
        else:
            made.append(_copy_with(element, run))
            if len(made) > 1:
                made[-1].attrib.pop("id", None)
    replace(element, made)


def _carry_inside(block: etree._Element, element: etree._Element) -> None:
    inner = etree.Element(element.tag, {n: v for n, v in element.attrib.items() if n != "id"})
    inner.text, block.text = block.text, None
    inner.extend(list(block))
    block.append(inner)


def _part(element: etree._Element) -> None:
    """Part an element that may hold only words at the blocks in it."""
    if element.tag == "p":
        runs = _runs(element)
        made = [run if isinstance(run, etree._Element) else _copy_with(element, run) for run in runs]
        for copy in [one for one in made if one.tag == "p"][1:]:
            copy.attrib.pop("id", None)
        replace(element, made)
        return
    apart = "\n" if element.tag == "pre" else " "
    while inner := [child for child in element if child.tag in BLOCKS]:
        for child in inner:
            child.text, child.tail = f"{apart}{child.text or ''}", f"{apart}{child.tail or ''}"
            unwrap(child)


Words = tuple[str, list[etree._Element]]
"""Text, and the inline elements after it with their tails."""


def _runs(element: etree._Element) -> list[etree._Element | Words]:
    """Return the blocks in an element, and between them its words; space between blocks is dropped."""
    runs: list[etree._Element | Words] = []
    text, inlines = element.text or "", list[etree._Element]()
    for child in list(element):
        if child.tag not in BLOCKS:
            inlines.append(child)
            continue
        if text.strip() or inlines:
            runs.append((text, inlines))
        text, inlines = child.tail or "", []
        child.tail = None
        runs.append(child)
    if text.strip() or inlines:
        runs.append((text, inlines))
    return runs


def _copy_with(element: etree._Element, words: Words) -> etree._Element:
    made = etree.Element(element.tag, dict(element.attrib))
    made.text = words[0]
    made.extend(words[1])
    return made


def replace(element: etree._Element, made: Iterable[etree._Element]) -> None:
    """Put elements in the place of one; what stood after it stands after the last of them."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    place = parent.index(element)
    element.tail = None
    parent.remove(element)
    new = list(made)
    parent[place:place] = new
    if new:
        new[-1].tail = (new[-1].tail or "") + (tail or "") or None
    elif tail:
        add_text(parent, place, tail)


def add_text(parent: etree._Element, place: int, text: str) -> None:
    """Add text before the child at `place`."""
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def unwrap(element: etree._Element) -> None:
    """Take an element out of its tree, and leave what it holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    text, children, tail = element.text, list(element), element.tail
    element.tail = None
    parent.remove(element)
    parent[place:place] = children
    if text:
        add_text(parent, place, text)
    if tail:
        add_text(parent, place + len(children), tail)


def _gather(holder: etree._Element, wanted: Collection[str], tag: str) -> None:
    """Put what stands loose between the items of a list into items; a list in a list into the one before."""
    items: list[etree._Element] = []
    for run in _loose(holder, wanted):
        if isinstance(run, etree._Element):
            items.append(run)
        elif (
            not run[0].strip()
            and items
            and items[-1].tag == tag
            and all(c.tag in {"ul", "ol"} for c in run[1])
        ):
            items[-1].extend(run[1])
        else:
            made = etree.Element(tag)
            made.text = run[0]
            made.extend(run[1])
            items.append(made)
    holder.text = "\n"
    holder[:] = items
    for item in items:
        item.tail = "\n"


def _loose(holder: etree._Element, wanted: Collection[str]) -> list[etree._Element | Words]:
    """Return the wanted children, and between them whatever else there is."""
    runs: list[etree._Element | Words] = []
    text, others = holder.text or "", list[etree._Element]()
    for child in list(holder):
        if child.tag not in wanted:
            others.append(child)
            continue
        if text.strip() or others:
            runs.append((text, others))
        text, others = child.tail or "", []
        child.tail = None
        runs.append(child)
    if text.strip() or others:
        runs.append((text, others))
    return runs


def _settle_glossary(glossary: etree._Element) -> None:
    """Let terms and definitions follow each other; a list with none of the one becomes plain."""
    _gather(glossary, {"dt", "dd"}, "dd")
    tags = [child.tag for child in glossary]
    if not tags or tags[0] == "dd" or "dd" not in tags:
        glossary.tag = "div"
        for child in glossary:
            child.tag = "p" if child.tag == "dt" and not _holds_block(child) else "div"
    elif tags[-1] == "dt":
        etree.SubElement(glossary, "dd")


def _settle_strays(root: etree._Element) -> None:
    """Give items a list, and parts of what is not there a name of their own."""
    for item in list(root.iter("li")):
        parent = item.getparent()
        if parent is not None and parent.tag not in {"ul", "ol"}:
            holder = etree.Element("ul")
            parent.replace(item, holder)
            holder.append(item)
            holder.tail, item.tail = item.tail, None
    homes = {"figcaption": "figure", "dt": "dl", "dd": "dl"}
    for part in list(root.iter(*homes)):
        parent = part.getparent()
        if parent is not None and parent.tag != homes[str(part.tag)]:
            part.tag = "div" if _holds_block(part) else "p"
    for figure in root.iter("figure"):
        for caption in figure.findall("figcaption")[1:]:
            caption.tag = "div"


def _order_table(table: etree._Element) -> None:
    """Put a table's parts in the order that XHTML wants, with one head and one foot."""
    order = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}
    for name in ("thead", "tfoot"):
        for more in table.findall(name)[1:]:
            more.tag = "tbody"
    for more in table.findall("caption")[1:]:
        more.tag = "p"
        _before(table, more)
    for child in list(table):
        if child.tag not in order:
            _before(table, child)
    parts = sorted(table, key=lambda part: order[str(part.tag)])
    if parts != list(table):
        table[:] = parts


def _before(table: etree._Element, stray: etree._Element) -> None:
    stray.tail = None
    table.addprevious(stray)


def _wrap_words(holder: etree._Element) -> None:
    """Put words that stand loose beside blocks into paragraphs."""
    made: list[etree._Element] = []
    for run in _loose(holder, BLOCKS):
        if isinstance(run, etree._Element):
            made.append(run)
            continue
        text, inlines = run
        paragraph = etree.Element("p")
        paragraph.text = text.lstrip()
        paragraph.extend(inlines)
        if inlines:
            inlines[-1].tail = (inlines[-1].tail or "").rstrip()
        else:
            paragraph.text = paragraph.text.rstrip()
        made.append(paragraph)
    holder.text = "\n"
    holder[:] = made
    for child in made:
        child.tail = "\n"
