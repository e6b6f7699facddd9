"""Styles of markers and calls, which elements that are alike share."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from book.press.engine import loading

loading.load()

from weasyprint.layout import LayoutContext  # noqa: E402

from book.press.engine.engine import Engine  # noqa: E402
from book.press.engine.fetcher import BookFetcher  # noqa: E402
from book.press.engine.targets import Targets  # noqa: E402

SHEET = """
li::marker { content: '*'; color: inherit }
li.loud { color: red }
ol li:last-child::marker { content: '+' }
"""
ITEMS = """
<html><body><ol><li>a</li><li>b</li><li class='loud'>c</li><li id='named'>d</li><li>e</li></ol></body></html>
"""


@pytest.fixture(scope="module")
def styled() -> tuple[Any, list[Element]]:
    engine = Engine(BookFetcher({}))
    engine.load(SHEET)
    engine.wear([SHEET])
    root = fromstring(ITEMS)
    _, context, _ = engine.structure(root, Targets({}), LayoutContext)
    return context.style_for, list(root.iter("li"))


def test_elements_that_are_alike_share_the_styles_of_their_markers(styled: tuple[Any, list[Element]]) -> None:
    style_for, (one, other, *_) = styled
    for kind in ("marker", "footnote-call", "footnote-marker"):
        assert style_for(one, kind) is style_for(other, kind)


def test_elements_that_are_not_alike_have_styles_of_their_own(styled: tuple[Any, list[Element]]) -> None:
    style_for, (one, _, loud, named, last) = styled
    markers = [style_for(item, "marker") for item in (one, loud, named, last)]
    assert len(set(map(id, markers))) == 4
    assert [marker["color"].coordinates[0] for marker in markers] == [0, 1, 0, 0]
    assert [marker["content"][0][1] for marker in markers] == ["*", "*", "*", "+"]
