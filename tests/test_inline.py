"""Marks within lines are found as Python-Markdown finds them, in fewer looks."""

from __future__ import annotations

import random

import pytest
from markdown.treeprocessors import InlineProcessor

from book.dialect.inline import _SIGNS, Inline
from book.markup import _converter, to_html

PIECES = (
    "word ", "a", " ", "\n", "  \n", "\\\n", "\\", "`", "``", "$", "$$", "\\(", "\\)", "[", "](/u)", "][r]",
    "![", "!", "[^1]", "[^", "]", "<", ">", "<https://x.org>", "<a@x.org>", "<b>", "</b>", "<!-- c -->", "&",
    "&amp;", "&#8217;", "~", "~~", "^", "^^", "*", "**", "***", "_", "__", "x_y_z", "\\*", "{: .c }", "é",
)  # fmt: skip
AFTER = "\n\n[r]: /r 'R'\n[^1]: A *note*.\n"


def made(seed: int) -> str:
    """Make up a text with all kinds of marks, some of them alone."""
    chance = random.Random(seed)
    few = [*chance.sample(PIECES, chance.randint(2, 8)), "word "]
    return "".join(chance.choices(few, k=chance.randint(1, 24))) + AFTER


def test_what_is_found_is_what_markdown_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [made(seed) for seed in range(600)]
    ours = [to_html(text) for text in texts]
    converter = _converter()[0]
    assert isinstance(converter.treeprocessors["inline"], Inline)
    converter.treeprocessors.register(InlineProcessor(converter), "inline", 20)
    try:
        theirs = [to_html(text) for text in texts]
    finally:
        _converter.cache_clear()
    assert len({html.count("<") for html in ours}) > 10
    assert ours == theirs


def test_every_kind_of_mark_is_known_by_its_sign() -> None:
    assert all(name in _converter()[0].inlinePatterns for name in _SIGNS)
    assert len(_SIGNS) == len(_converter()[0].inlinePatterns)


def test_plain_prose_is_looked_at_by_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr(
        InlineProcessor,
        "_InlineProcessor__applyPattern",
        lambda self, pattern, data, *_: looked.append(pattern) or (data, False, 0),
    )
    assert to_html("Plain prose, and nothing (else) – it's so.") == (
        "<p>Plain prose, and nothing (else) – it's so.</p>"
    )
    assert looked == []
