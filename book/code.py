"""Blocks of code: the language named, the words classed, the text the author's to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST = 200_000
"""Characters of code past which it is set without classes."""

_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*|highlight-source-)?([A-Za-z][\w+#.-]{0,29})")
_PLAIN = {"text", "plain", "plaintext", "none", "no-highlight", "nohighlight", "code", "output"}


def set_code(root: etree._Element) -> None:
    """Make every `pre` a `pre.code`, with its language and its words classed where they are known."""
    for pre in list(root.iter("pre")):
        from_markdown = "code" in (pre.get("class") or "").split()
        _break_lines(pre)
        code = _only_code(pre)
        language = _language(pre, code)
        pre.attrib.clear()
        pre.set("class", "code")
        if code is None:
            continue
        code.attrib.clear()
        if language and language not in _PLAIN:
            pre.set("data-language", language)
        if not len(code):
            code.text = code.text if from_markdown else (code.text or "").removesuffix("\n")
            _class_words(code, code.text or "", language)


def _break_lines(pre: etree._Element) -> None:
    """Put newlines for the `br` of code that somebody pasted as HTML."""
    for line_break in list(pre.iter("br")):
        line_break.tail = "\n" + (line_break.tail or "")
    etree.strip_elements(pre, "br", with_tail=False)


def _only_code(pre: etree._Element) -> etree._Element | None:
    """Return the `code` in a `pre`, made where there is only text; None where there is markup beside it."""
    if len(pre) == 0:
        code = etree.SubElement(pre, "code")
        code.text, pre.text = pre.text, None
        return code
    alone = len(pre) == 1 and pre[0].tag == "code" and not (pre.text or "").strip()
    if not alone or (pre[0].tail or "").strip():
        return None
    pre.text = pre[0].tail = None
    return pre[0]


def _language(pre: etree._Element, code: etree._Element | None) -> str:
    """Return the language that the classes name."""
    for element in (code, pre):
        for name in (element.get("class") or "").split() if element is not None else ():
            match = _LANGUAGE.fullmatch(name)
            if match and (match[1] != name or element is code):
                return match[1].lower()
    return ""


def _class_words(code: etree._Element, text: str, language: str) -> None:
    """Wrap the words of code in spans with Pygments' short classes, if that leaves the text as it is."""
    lexer = _lexer(language)
    if lexer is None or len(text) > LONGEST:
        return
    parts = list(_parts(lexer, text))
    if "".join(part for _, part in parts) != text:
        return
    code.text = ""
    last: etree._Element | None = None
    for name, part in parts:
        if name:
            last = etree.SubElement(code, "span", {"class": name})
            last.text = part
        elif last is not None:
            last.tail = (last.tail or "") + part
        else:
            code.text += part


def _parts(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    """Yield the class and the text of each token, neighbours of one class together."""
    from pygments.token import STANDARD_TYPES

    before, joined = "", ""
    for kind, part in lexer.get_tokens(text):
        while kind not in STANDARD_TYPES and kind.parent is not None:
            kind = kind.parent
        name = STANDARD_TYPES.get(kind, "") if part.strip() else ""
        if name == before:
            joined += part
            continue
        if joined:
            yield before, joined
        before, joined = name, part
    if joined:
        yield before, joined


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if not language or language in _PLAIN:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
