"""Selectors are compiled once, and those that cannot be are told each time."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import cssselect2
import pytest
from tinycss2 import parse_stylesheet

from book.press.engine.selectors import compiled


def prelude(selector: str) -> list[object]:
    [rule] = parse_stylesheet(selector + " { color: red }")
    return list(rule.prelude)


def test_what_is_written_alike_is_compiled_once_and_matches_the_same() -> None:
    once = compiled(prelude("p.verse > b, [title='a b']"))
    assert compiled(prelude("p.verse > b, [title='a b']")) is once
    assert compiled(prelude("p.verse b")) is not once
    root = Element("p", {"class": "verse"})
    SubElement(root, "b")
    SubElement(root, "i", {"title": "a b"})
    matcher = cssselect2.Matcher()
    for selector in once:
        matcher.add_selector(selector, "found")
    elements = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
    assert [bool(matcher.match(element)) for element in elements] == [False, True, True]


def test_what_is_no_selector_is_refused_again_and_again() -> None:
    for _ in range(2):
        with pytest.raises(cssselect2.SelectorError):
            compiled(prelude("p::"))
