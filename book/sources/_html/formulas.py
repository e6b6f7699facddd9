"""Formulas that a script of the page would have set: TeX between signs, or what such a script made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from book.remarks import Say
from book.sources._html.nodes import words

_SCRIPT = re.compile(r"mathjax|katex", re.IGNORECASE)
_COMMAND = (
    r"\\(?:[dt]?frac|binom|sqrt|sum|prod|int|oint|lim|infty|partial|nabla|alpha|beta|gamma|delta|epsilon|varepsilon"
    r"|theta|lambda|mu|sigma|pi|phi|varphi|psi|omega|cdot|cdots|ldots|times|leq?|geq?|neq?|approx|equiv|in|subset"
    r"|cup|cap|forall|exists|math(?:bb|bf|rm|cal|it|sf)|text|operatorname|left|right|hat|bar|vec|overline|tilde|to"
    r"|rightarrow|Rightarrow|mapsto|log|ln|sin|cos|tan|exp|max|min|quad|begin)(?![a-zA-Z])"
)
_BLOCK = r"(?:equation|align|alignat|gather|multline|eqnarray)\*?"
_FORMULA = re.compile(
    r"(?<!\\)\\\((?P<inline>(?:(?!(?<!\\)\\\().){1,2000}?)\\\)|(?<!\\)\\\[(?P<shown>(?:(?!(?<!\\)\\\[).){1,4000}?)\\\]|(?<!\\)\$\$(?P<paired>[^$]{1,4000}?)\$\$"
    rf"|(?P<block>\\begin\{{(?P<name>{_BLOCK})\}}(?:(?!\\begin\{{(?P=name)\}}).){{1,4000}}?\\end\{{(?P=name)\}})"
    r"|(?<![\\$\w])\$(?P<single>[^\s$](?:[^$\n]{0,300}?[^\s$\\])?)\$(?![$\w])",
    re.DOTALL,
)
_SURE = re.compile(_COMMAND)
_LIKE_TEX = re.compile(
    r".*[\\^_{}].*|[A-Za-z]['′]?|(?=.*[A-Za-z])(?!.*[A-Za-z]{3})[\w\s.,=<>+*/()|!'-]+", re.DOTALL
)
"""What may stand between single signs: TeX, one letter, or letters and numbers that are no words."""
_NO_FORMULAS = words("code pre kbd samp tt xmp listing textarea")
_BREAK = "\ufdd2"


def mark(root: etree._Element, html: str, say: Say) -> None:
    """Mark a tree's formulas as what they are, where its page had them set or some can be nothing else."""
    if "math" in html.lower() or "katex" in html:
        _settle_made(root, say)
    signs = "".join(map(str, root.itertext())) if "$" in html or "\\" in html else ""
    if not signs or not (_SCRIPT.search(html) or _is_sure(signs)):
        return
    for element in list(root.iter()):
        if isinstance(element.tag, str) and not _is_apart(element):
            _mark_in(element)


def _is_sure(text: str) -> bool:
    """Tell whether a text has formulas that can be nothing else: known commands between signs."""
    found = (
        next(filter(None, match.groups()), "") for match in _FORMULA.finditer(text) if not match["single"]
    )
    return any(_SURE.search(formula) for formula in found)


def _is_apart(element: etree._Element) -> bool:
    around = (element, *element.iterancestors())
    return any(one.tag in _NO_FORMULAS or one.get("class") == "arithmatex" for one in around)


def _mark_in(element: etree._Element) -> None:
    """Mark the formulas that stand in the text of an element itself, over the ends of its lines."""
    made = [part for run in _runs(element) for part in _marked(run)]
    if not any(isinstance(part, etree._Element) and part.get("class") == "arithmatex" for part in made):
        return
    for child in list(element):
        element.remove(child)
    element.text = None
    last: etree._Element | None = None
    for part in made:
        if isinstance(part, etree._Element):
            part.tail = None
            element.append(part)
            last = part
        elif last is None:
            element.text = (element.text or "") + part
        else:
            last.tail = (last.tail or "") + part


def _runs(element: etree._Element) -> Iterator[str | etree._Element]:
    """Give the texts in an element, with a sign for each end of a line, and the elements between them."""
    text = element.text or ""
    for child in list(element):
        tail = child.tail or ""
        if child.tag == "br":
            text += _BREAK + tail
        else:
            yield text
            yield child
            text = tail
    yield text


def _marked(run: str | etree._Element) -> Iterator[str | etree._Element]:
    if not isinstance(run, str):
        yield run
        return
    end = 0
    for match in _FORMULA.finditer(run):
        single = match["single"]
        if single and not _LIKE_TEX.fullmatch(single):
            continue
        tex = single or match["inline"] or match["shown"] or match["paired"] or match["block"]
        yield from _with_breaks(run[end : match.start()])
        yield _formula(tex.replace(_BREAK, "\n"), inline=bool(single or match["inline"]))
        end = match.end()
    yield from _with_breaks(run[end:])


def _with_breaks(text: str) -> Iterator[str | etree._Element]:
    first, *rest = text.split(_BREAK)
    yield first
    for part in rest:
        yield etree.Element("br")
        yield part


def _formula(tex: str, *, inline: bool) -> etree._Element:
    made = etree.Element("span" if inline else "div", {"class": "arithmatex"})
    made.text = tex.strip()
    return made


def _settle_made(root: etree._Element, say: Say) -> None:
    """Put the TeX in the place of what a script set of it, where both are there; drop the doubles."""
    for element in list(root.iter()):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        names = {*(element.get("class") or "").split()}
        if name == "math" or {"katex", "katex-display"} & names:
            _settle_set(element, shown=element.get("display") == "block" or "katex-display" in names, say=say)
        elif {"MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_CHTML", "MathJax_SVG"} & names:
            _drop_before_tex(element)


def _settle_set(element: etree._Element, *, shown: bool, say: Say) -> None:
    notes = [
        one
        for one in element.iter()
        if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == "annotation"
    ]
    texts = (one.text or "" for one in notes if "tex" in (one.get("encoding") or "").lower())
    tex = next(texts, "") or element.get("alttext") or ""
    above = element.getparent()
    if above is None or _is_apart(above):
        return
    if tex.strip():
        made = _formula(tex, inline=not shown)
        made.tail, element.tail = element.tail, None
        above.replace(element, made)
        return
    for one in notes:
        one.text = ""
    say("a formula was left as its letters, without its form")


def _drop_before_tex(element: etree._Element) -> None:
    """Drop what MathJax set; the TeX it was made of stands after it."""
    above, after = element.getparent(), element.getnext()
    while after is not None and (after.get("class") or "").startswith("MathJax"):
        after = after.getnext()
    if above is None or after is None or after.get("class") != "arithmatex":
        return
    before = element.getprevious()
    if before is None:
        above.text = (above.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    element.tail = None
    above.remove(element)
