from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from making import config, post, reading

from book import build
from book.arrange import arrange
from book.model import Book

GLOSSARY = (
    "<dl><dt>Quoin (quoins)</dt><dd>A wedge.</dd><dt>Running head</dt><dt>Headline</dt><dd>A line.</dd></dl>"
)


def glossed(*bodies: str, glossary: str = GLOSSARY, **more: Any) -> Book:
    posts = [post(f"p{n}", date(2016, 1, n), body=body) for n, body in enumerate(bodies, 1)]
    page = post("words", date(2016, 1, 1), kind="page", role="glossary", body=glossary, untitled=True)
    return arrange(reading(*posts, page), config(**more))


def links(book: Book) -> list[list[tuple[str, str]]]:
    """Return, for each post, the words that are linked and where to."""
    roots = [etree.fromstring(f"<div>{one.body}</div>") for one in book.posts]
    for root, one in zip(roots, book.posts, strict=True):
        assert "".join(root.itertext()) == "".join(etree.fromstring(f"<div>{one.body}</div>").itertext())
    return [
        [("".join(a.itertext()), a.get("href")) for a in root.iter("a") if a.get("class") == "term"]
        for root in roots
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>The quoins, a quoin, a QUOIN.</p>", ["quoins"]),
        ("<p>A quoin and a running head; the headline.</p>", ["quoin", "running head"]),
        ("<p>A <em>quoin</em>.</p><p>x <em>y</em> headline z</p>", ["quoin", "headline"]),
        ("<h2>Quoin</h2><p><code>quoin</code> <a href='#post-p1'>quoin</a></p><pre>quoin</pre>", []),
        ("<p>quoining running ahead</p>", []),
        ("<p>one<br/>quoin<br/>two</p>", ["quoin"]),
    ],
)
def test_the_first_place_of_a_term_is_linked(body: str, words: list[str]) -> None:
    assert [word for word, _ in links(glossed(body))[0]] == words


def test_every_chapter_has_its_own_first_place() -> None:
    bodies = ("<p>quoin</p>", "<p>quoin</p>")
    target = ("quoin", "#glossary.term-1")
    assert links(glossed(*bodies)) == [[target], [target]]
    assert links(glossed(*bodies, by="month")) == [[target], []]


def test_words_stay_as_they_are() -> None:
    body = "<p>A <b>quoin</b> &amp; a quoin<sup>1</sup> and headline</p>"
    book = glossed(body)
    assert "".join(etree.fromstring(f"<div>{next(book.posts).body}</div>").itertext()) == (
        "A quoin & a quoin1 and headline"
    )


@pytest.mark.parametrize(
    ("glossary", "message"),
    [
        ("<p>Words.</p>", "the glossary has no terms"),
        ("<dl><dt>Quoin</dt><dd>a</dd><dt>quoin</dt><dd>b</dd></dl>", "the glossary explains `quoin` twice"),
        (
            "<dl><dt>Quoin</dt><dd>a</dd><dt>Zed</dt><dd>b</dd><dt>(?)</dt><dd>c</dd></dl>",
            "terms of the glossary that stand nowhere in the text: `Zed`, `?`",
        ),
    ],
)
def test_what_is_wrong_with_a_glossary_is_told(glossary: str, message: str) -> None:
    (notice,) = glossed("<p>A quoin.</p>", glossary=glossary).warnings
    assert notice.message == message
    assert (notice.path, bool(notice.hint)) == (Path("chapters/words.md"), True)


def test_a_book_without_a_glossary_is_as_it_was() -> None:
    book = arrange(reading(post("a", date(2016, 1, 1), body="<p>quoin</p>")), config())
    assert next(book.posts).body == "<p>quoin</p>"


def test_terms_are_links_on_screens_and_marked_on_paper(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text('title = "G"\n')
    (tmp_path / "chapters" / "2016-01-01-a.md").write_text("---\ntitle: A\n---\n\nOne quoin, two quoins.\n")
    (tmp_path / "chapters" / "words.md").write_text(
        "---\nrole: glossary\n---\n\nQuoin (quoins)\n:   A wedge.\n"
    )
    made = {one.format: one.path for one in build(tmp_path, out=tmp_path / "out").editions}
    text = " ".join(
        "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(made["pdf"])).split()
    )
    assert "One quoin°, two quoins." in text
    with zipfile.ZipFile(made["epub"]) as packed:
        chapter = packed.read("EPUB/text/2016-01-01-a.xhtml").decode()
    assert (
        '<a class="term" href="glossary.xhtml#glossary.term-1" epub:type="glossref" role="doc-glossref">'
        "quoin</a>, two quoins." in chapter
    )
