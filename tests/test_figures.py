"""Pictures on lines of their own are figures; words below them that are meant so are captions."""

from __future__ import annotations

import pytest
from lxml import etree
from outlines import outline_of

from book.body import set_body


def made(markdown: str) -> str:
    return set_body(markdown, "post-x", "en", ()).xhtml


def outline(markdown: str) -> list[str]:
    return outline_of(made(markdown))


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("Look here:\n<img src='a.png'>", ["p: Look here:", "figure: [a.png]"]),
        ("![](a.png)\nand then.", ["figure: [a.png]", "p: and then."]),
        ("One.\n![](a.png)\n![](b.png)\nTwo.", ["p: One.", "figure: [a.png]", "figure: [b.png]", "p: Two."]),
        ("One.<br>\n[![](a.png)](https://e.org)<br/>Two.", ["p: One.", "figure: [a.png]", "p: Two."]),
        ("A word ![](a.png) inline.", ["p: A word [a.png] inline."]),
        ("One ![](a.png)\n*and* two.", ["p: One [a.png] and two."]),
    ],
)
def test_paragraphs_part_at_pictures_on_lines_of_their_own(markdown: str, blocks: list[str]) -> None:
    assert outline(markdown) == blocks


@pytest.mark.parametrize(
    "markdown",
    [
        "![](a.png)\n*A cat, asleep*",
        '<div class="imgcap">\n<img src="a.png">\n<div class="thecap">A cat, asleep</div>\n</div>',
        '<p><img src="a.png"><br><span class="wp-caption-text">A cat, asleep</span></p>',
        '<div class="wrap"><a href="https://e.org"><img src="a.png"></a>'
        '<p class="image-caption">A cat, asleep</p></div>',
    ],
)  # fmt: skip
def test_captions_are_known_by_their_class_or_by_their_place(markdown: str) -> None:
    root = etree.fromstring(f"<div>{made(markdown)}</div>")
    (figure,) = root.findall("figure")
    assert "".join(map(str, figure.find("figcaption").itertext())) == "A cat, asleep"  # type: ignore[union-attr]
    assert figure.find(".//img") is not None


@pytest.mark.parametrize(
    "markdown",
    [
        '![](a.png "Felix")\n*A cat*',
        "![](a.png)\n\n*A cat* sat.",
        '<div>Words <img src="a.png"><p class="caption">A cat</p></div>',
    ],
)
def test_other_words_stay_words(markdown: str) -> None:
    root = etree.fromstring(f"<div>{made(markdown)}</div>")
    captions = ["".join(map(str, one.itertext())) for one in root.iter("figcaption")]
    assert "A cat" not in captions
    assert "A cat" in "".join(map(str, root.itertext()))


def test_the_identifier_of_a_parted_paragraph_stays_once() -> None:
    xhtml = made('<p id="here">One.\n<img src="a.png">\nTwo.</p>\n\n[to](#here)')
    assert xhtml.count('id="post-x.here"') == 1
