"""References to pictures are found wherever Markdown and HTML write them, and never in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.pictures import pictures, references, rewritten


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![a](x.png)", [("x.png", True)]),
        ("![a]( x.png 'title' )", [("x.png", True)]),
        ("![a](<x y.png>)", [("x y.png", True)]),
        ("![a](x_(1).png)", [("x_(1).png", True)]),
        ("![a [b] c](x.png)", [("x.png", True)]),
        ("[a](x.png)", [("x.png", False)]),
        ("[![a](small.png)](large.png)", [("small.png", True), ("large.png", False)]),
        ("[ref]: x.png 'title'", [("x.png", False)]),
        ("text [ref]: x.png", []),
        ('<img src="x.png" alt="">', [("x.png", True)]),
        ("<IMG ALT='' SRC='x.png'/>", [("x.png", True)]),
        ("<img src=x.png>", [("x.png", True)]),
        ('<a href="x.png?a=1&amp;b=2">', [("x.png?a=1&b=2", False)]),
        ("![a]({{ site.url }}/x.png)", [("{{ site.url }}/x.png", True)]),
        ("`![a](x.png)`", []),
        ("``a ` ![a](x.png)``", []),
        ("`a` ![a](x.png) `b`", [("x.png", True)]),
        ("```\n![a](x.png)\n```\n![b](y.png)", [("y.png", True)]),
        ("~~~~\n```\n![a](x.png)\n~~~~", []),
        ("```\n![a](x.png)", []),
        ("Text.\n\n    ![a](x.png)\n\nText.", []),
        ("- item\n\n    ![a](x.png)", [("x.png", True)]),
        ("Text\n    ![a](x.png)", [("x.png", True)]),
        ("![a]()", []),
        ("![a](x.png", []),
    ],
)
def test_references(body: str, found: list[tuple[str, bool]]) -> None:
    assert [(one.address, one.shown) for one in references(body)] == found


def test_pictures_are_those_shown_or_named_like_one() -> None:
    body = "![a](x) [b](y.JPG?z=1) [c](page.html) [d](y.JPG?z=1)"
    assert pictures(body) == ["x", "y.JPG?z=1"]


def test_only_what_is_named_is_rewritten() -> None:
    body = '![x.png](x.png) x.png <img src="x.png"> [y](yx.png) `(x.png)`'
    assert rewritten(body, {"x.png": "media/1.png"}) == (
        '![x.png](media/1.png) x.png <img src="media/1.png"> [y](yx.png) `(x.png)`'
    )


@given(st.text(st.sampled_from("![](x.png)<>`\"'= \n~:a\\"), max_size=80))
def test_any_text_is_taken(body: str) -> None:
    for one in references(body):
        assert 0 <= one.start < one.end <= len(body)
    assert (
        rewritten(body, {one.address: one.address for one in references(body) if "&" not in one.address})
        == body
    )
