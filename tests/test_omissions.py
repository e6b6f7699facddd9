from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from conftest import Manuscript
from lxml import etree

from book.build import composed
from book.omissions import SIGN, mark, without

POST = """\
---
title: Wren
date: 2020-05-05
---

Before it.

> The block with *everything* in it.

After $x^2$ it.
"""
TOML = """
title = "Left out"
[editions.ebook]
format = "epub"
[editions.site]
format = "web"
[editions.paperback]
format = "pdf"
"""


@pytest.fixture
def root(manuscript: Manuscript) -> Path:
    return manuscript({"2020-05-05-wren": POST}, toml=TOML)


def named(root: Path) -> str:
    """Return the name of the quotation in the post."""
    (galley,) = [one for one in composed(root, "screen").galleys if one.role == "chapter"]
    return f"{galley.ident}#{mark(etree.fromstring(galley.body).find('.//blockquote'))}"


def test_a_mark_does_not_depend_on_the_parser_or_on_what_is_around() -> None:
    block = '<p class="b" id="a">one <em xmlns:x="urn:x" x:y="1">two</em>&amp;<!-- no --></p>'
    around = f'<section xmlns="http://www.w3.org/1999/xhtml">before {block} after</section>'
    assert mark(etree.fromstring(around)[0]) == mark(ElementTree.fromstring(block))
    assert mark(etree.fromstring("<p>one</p>")) != mark(etree.fromstring("<p>ones</p>"))
    assert mark(etree.fromstring("<p><b/>one</p>")) != mark(etree.fromstring("<p><b>one</b></p>"))


def test_a_block_is_left_out_of_every_edition_and_the_build_says_so(
    root: Path, octavo: Callable[..., Any]
) -> None:
    name = named(root)
    ran = octavo("build", root, "--omit", name)
    assert ran.code == 0
    assert ran.stderr.count(f"the block `{name}`, “The block with everything in it.”, is left out") == 1
    with zipfile.ZipFile(root / "out" / "left-out.epub") as epub:
        texts = [epub.read(one).decode() for one in epub.namelist() if "wren" in one]
    texts += [path.read_text(encoding="utf-8") for path in (root / "out").rglob("*wren*.html")]
    pdf = pypdfium2.PdfDocument(root / "out" / "left-out-paperback.pdf")
    texts.append(" ".join(page.get_textpage().get_text_range() for page in pdf))
    pdf.close()
    assert len(texts) == 3
    for text in texts:
        assert "everything" not in text
        assert re.search(rf"Before it\..*{re.escape(SIGN)}.*After", text, re.DOTALL)
    assert "<math" in texts[0]


def test_book_toml_can_say_it(root: Path, octavo: Callable[..., Any]) -> None:
    file = root / "book.toml"
    said = TOML.replace('"epub"', f'"epub"\nomit = ["{named(root)}"]')
    file.write_text(said, encoding="utf-8")
    assert octavo("build", root, "--edition", "ebook").code == 0
    with zipfile.ZipFile(root / "out" / "left-out.epub") as epub:
        assert not any(b"everything" in epub.read(one) for one in epub.namelist())


def test_a_block_that_is_not_there_is_told(root: Path) -> None:
    made, told = without(composed(root, "screen"), ["post-wren#0000000000", "nowhere#1"])
    assert made.galleys == composed(root, "screen").galleys
    assert [notice.message for notice in told] == [
        "there is no block `post-wren#0000000000` to leave out",
        "there is no block `nowhere#1` to leave out",
    ]


def test_a_deep_block_has_a_mark() -> None:
    assert mark(ElementTree.fromstring("<p>" * 3000 + "deep" + "</p>" * 3000))
