"""Attributes of a post's elements are what XHTML knows, whichever digits their author counts with."""

from __future__ import annotations

import pytest
from lxml import etree

from book.attributes import settle_attributes


@pytest.mark.parametrize(
    ("start", "kept"), [("3", "3"), ("٣", "3"), ("۱۲", "12"), ("-2", "-2"), ("iv", None), ("3.5", None)]
)
def test_where_a_list_begins_is_a_number(start: str, kept: str | None) -> None:
    root = etree.fromstring(f'<div><ol start="{start}"><li value="{start}"/></ol></div>')
    settle_attributes(root)
    assert (root[0].get("start"), root[0][0].get("value")) == (kept, kept)
