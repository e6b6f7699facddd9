"""Words of galleys held against the documents that readers are given, when nothing more is done to these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unicodedata import normalize

from book import accounting
from book.accounting import shown, unshown
from book.epub.documents import Document
from book.epub.markup import parse
from book.epub.styles import outright
from book.errors import BookError
from book.model import Notice, Sheet
from book.nouns import many
from book.omissions import HOLDERS, begins, mark
from book.press.ledger import Ledger

_FAULT = "this is a fault of Octavo's, and nothing is written; please report it with the post"
_AROUND = HOLDERS | {"body", "table", "tbody", "thead", "tfoot", "tr"}
SHAPERS = (accounting.SHAPERS, Path(__file__).read_bytes())
"""What shapes findings that are remembered."""


def account(document: Document, text: str, ledger: Ledger | None = None) -> None:
    """Raise BookError, with the block, where words of a galley are not in the `text` of its document.

    The `ledger` knows what was said of documents before.
    """
    galley = document.galley

    def lost() -> list[str]:
        root = parse(galley.body)[1]
        words = unshown("".join(root.itertext()), text)
        if not words:
            return []
        count = many(words.total(), "word")
        said = f"{count} of `{galley.title}` would not be in this edition: “{shown(words)}”"
        block = next(_missing(root, text), None)
        if block is None:
            return [said, _FAULT]
        name = f"{galley.ident}#{mark(block)}"
        return [
            f"{said}, of the block that begins “{begins(block)}”",
            f"{_FAULT}; or leave it out: `--omit {name}`",
        ]

    found = ledger.found(lost, galley.title, galley.ident, galley.body, text) if ledger else lost()
    if found:
        raise BookError(found[0], hint=found[1])


def _missing(root: Any, text: str) -> Iterator[Any]:
    """Yield the smallest blocks of a galley whose letters do not stand together in a text."""
    whole = _letters(text)
    blocks = (one for one in root.iter() if _is_block(one) and not any(map(_is_block, one)))
    return (one for one in blocks if _letters("".join(one.itertext())) not in whole)


def _is_block(element: Any) -> bool:
    parent = element.getparent()
    return isinstance(element.tag, str) and parent is not None and _local(parent) in _AROUND


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", normalize("NFKC", text).casefold())


def hidden(documents: Sequence[Document], sheets: Sequence[Sheet]) -> tuple[Notice, ...]:
    """Tell of the words that style sheets hide from readers."""
    said = [
        (selector, declaration)
        for sheet in sheets
        for selector, declaration in outright(sheet)
        if declaration.lower_name == "display"
    ]
    if not any(_value(declaration) == "none" for _, declaration in said):
        return ()
    matcher = _matcher(said)
    return tuple(notice for document in documents for notice in _hidden(document, matcher))


def _value(declaration: Any) -> str:
    from tinycss2 import serialize

    return str(serialize(declaration.value)).strip().lower()


def _matcher(said: Sequence[tuple[str, Any]]) -> Any:
    from cssselect2 import Matcher, SelectorError, compile_selector_list

    matcher = Matcher()
    for number, (written, declaration) in enumerate(said):
        try:
            selectors = compile_selector_list(written)
        except SelectorError:
            continue  # which no reader understands either
        for selector in selectors:
            matcher.add_selector(selector, (declaration.important, selector.specificity, number, declaration))
    return matcher


def _hidden(document: Document, matcher: Any) -> Iterator[Notice]:
    from cssselect2 import ElementWrapper

    texts: list[str] = []
    unseen: set[Any] = set()
    for wrapper in ElementWrapper.from_html_root(document.root).iter_subtree():
        if wrapper.etree_element.getparent() in unseen:
            unseen.add(wrapper.etree_element)
            continue
        rules = [payload for _, _, pseudo, payload in matcher.match(wrapper) if pseudo is None]
        if rules and _value(max(rules, key=lambda rule: rule[:3])[3]) == "none":
            unseen.add(wrapper.etree_element)
            texts.append("".join(wrapper.etree_element.itertext()))
    words = unshown(" ".join(texts), "")
    if words:
        message = f"{words.total()} words of `{document.title}` are hidden by a style sheet: “{shown(words)}”"
        yield Notice(message, hint="readers do not see them in this edition, because of `display: none`")
