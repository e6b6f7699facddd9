"""Pictures in headings stand by themselves, but for signs that belong to the words."""

from __future__ import annotations

import pytest
from lxml import etree
from outlines import outline_of

from book.body import set_body


def outline(markdown: str) -> list[str]:
    return outline_of(set_body(markdown, "post-x", "en", ()).xhtml)


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("## The lake<br>![](a.png)", ["h2: The lake", "figure: [a.png]"]),
        ("## ![](a.png)<br>The *blue* *deep* lake", ["figure: [a.png]", "h2: The blue deep lake"]),
        ("## [![](a.png)](https://e.example/)", ["figure: [a.png]"]),
        ("## ![](a.png) ![](b.png)", ["figure: [a.png]", "figure: [b.png]"]),
        (
            "<h4>One<img src='a.png'>two<img src='b.png'></h4>\n\nWords.",
            ["h2: One", "figure: [a.png]", "h2: two", "figure: [b.png]", "p: Words."],
        ),
    ],
)
def test_pictures_leave_headings_for_where_they_stood(markdown: str, blocks: list[str]) -> None:
    assert outline(markdown) == blocks


@pytest.mark.parametrize(
    "markdown", ["## ![](a.png) The lake", "<h2>The lake <img src='a.png' width='16'></h2>", "## The lake"]
)
def test_signs_stay_among_the_words(markdown: str) -> None:
    assert [line[:3] for line in outline(markdown)] == ["h2:"]


def test_the_first_heading_keeps_the_name_that_links_know() -> None:
    made = set_body("[See](#lake)\n\n## One<br>![](a.png)<br>two {#lake}", "post-x", "en", ()).xhtml
    root = etree.fromstring(f"<div>{made}</div>")
    [link] = root.iter("a")
    assert [heading.get("id") for heading in root.iter("h2")].count(link.get("href", "").lstrip("#")) == 1
