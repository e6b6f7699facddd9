"""The EPUB's pages begin where the printed book's begin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from binding import LANG, Opened, bind, composed, drawn
from paging import letters, paged, pages_of

import book
from book.check import check_file
from book.desk import Bound, Desk, Printed
from book.editions import epub
from book.epub.markup import parse, serialise
from book.epub.pagebreaks import Paging, set_breaks
from book.epub.printedpages import PrintedPage
from book.errors import BookError

TOML = """\
title = "Small Corrections"
author = "Ann Author"
language = "en-GB"
publisher = "The Lean-to Press"

[editions.ebook]
format = "epub"
page-list = "paperback"

[editions.paperback]
format = "pdf"
isbn = "978-0-306-40615-7"
"""
PLAIN = (
    "The {n}th of the paragraphs speaks, unhurriedly, of extraordinary considerations and their number {n}. "
)


def prose(first: int, count: int) -> str:
    """Paragraphs that are long enough for pages to end within them, and all different."""
    return "\n\n".join(PLAIN.format(n=n) * 6 for n in range(first, first + count))


def manuscript(folder: Path) -> Path:
    """Two posts with all that can stand at a page's beginning."""
    chapters = folder / "chapters"
    (chapters / "media").mkdir(parents=True)
    (chapters / "media" / "salt.png").write_bytes(drawn((600, 700)))
    notes = "\n\n".join(f"Called here[^n{n}], {PLAIN.format(n=100 + n) * 3}" for n in range(6))
    notes += "\n\n" + "\n".join(f"[^n{n}]: A note, number {n}, {PLAIN.format(n=200 + n)}" for n in range(6))
    table = "| Name | Worth |\n|---|---|\n" + "\n".join(f"| row {n} | {n * 17} |" for n in range(90))
    code = "```python\n" + "\n".join(f"def f{n}(x):\n    return {{x: {n}}}\n" for n in range(40)) + "```"
    listed = "\n".join(f"{n}. Item {n}, {PLAIN.format(n=300 + n)}" for n in range(1, 40))
    pictures = f"![Salt](media/salt.png)\n\n{prose(30, 2)}\n\n" * 3
    for name, parts in {
        "2020-01-01-one.md": [prose(1, 8), notes, "## Rows", table, "## Code", code],
        "2020-02-01-two.md": ["## Items", listed, "## Pictures", pictures, prose(50, 4)],
    }.items():
        header = f"---\ntitle: Post {name[11:14]}\ndate: {name[:10]}\ntags: [a]\n---\n\n"
        (chapters / name).write_text(header + "\n\n".join(parts) + "\n")
    (folder / "book.toml").write_text(TOML)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The EPUB and the PDF of one book."""
    report = book.build(manuscript(tmp_path_factory.mktemp("paged")), jobs=1)
    ebook, paperback = report.editions
    return Opened(ebook.path), paperback.path, ebook


def test_every_page_begins_with_the_words_after_its_break(built: Any) -> None:
    opened, pdf, _ = built
    printed, marked = pages_of(pdf), paged(opened)
    assert len(printed) > 20
    odd = {}
    for label, text in printed.items():
        wanted, given = letters(text)[:24], letters(marked.get(label, ""))
        if not given.startswith(wanted):
            odd[label] = (text[:60], marked.get(label, "")[:60])
    repeated = [label for label, (text, _) in odd.items() if text.split() and text.startswith("Name Worth")]
    for label in repeated:  # the head of a table that goes on is not said twice
        assert letters(printed[label])[9:33] in letters(marked[label])[:24]
    contents = [label for label, (text, _) in odd.items() if text.startswith("Contents")]
    assert len(repeated) >= 1
    assert set(odd) == {*repeated, *contents}, odd


def test_nav_ncx_and_breaks_are_one_thing_told_three_times(built: Any) -> None:
    opened, pdf, _ = built
    links = opened.find("//h:nav[@e:type='page-list'][@role='doc-pagelist']//h:a", "text/nav.xhtml")
    labels = [link.text for link in links]
    assert labels == list(pages_of(pdf))
    for link in links:
        name, _, ident = link.get("href").partition("#")
        (mark,) = opened.find(f"//*[@id='{ident}']", f"text/{name}")
        assert (mark.get("aria-label"), mark.get("role")) == (link.text, "doc-pagebreak")
    targets = opened.find("//n:pageTarget", "toc.ncx")
    assert [target.get("value") or target[0][0].text for target in targets] == labels
    assert {target.get("type") for target in targets} == {"front", "normal"}
    (last,) = opened.find("//n:meta[@name='dtb:maxPageNumber']/@content", "toc.ncx")
    assert last == labels[-1]


def test_the_package_says_whose_pages_they_are(built: Any) -> None:
    opened, _, ebook = built
    assert opened.find("//o:meta[@property='pageBreakSource']/text()") == ["urn:isbn:9780306406157"]
    features = opened.find("//o:meta[@property='schema:accessibilityFeature']/text()")
    assert {"pageNavigation", "pageBreakMarkers"} <= set(features)
    assert not ebook.warnings
    assert not [one for one in check_file(opened.path) if one.rule != "ace"]


# Pages that are read from the right

HEBREW = "על את של הוא היא לא כי אם גם רק כל זה בית ספר דרך יום לילה מים אור שמש".split()  # noqa: SIM905
ARABIC = "في من إلى على عن هذا هذه ذلك كان يكون قال كتب قرأ ذهب جاء بيت كتاب طريق".split()  # noqa: SIM905


def leftward(words: Sequence[str]) -> str:
    """Paragraphs whose words follow each other in ever other ways."""
    sentences = (
        " ".join(words[(n * n + n * k + k) % len(words)] for k in range(9)) + f" {n}." for n in range(150)
    )
    return "\n\n".join(" ".join(five) for five in zip(*[iter(sentences)] * 5, strict=True))


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A book in Arabic, and a post in Hebrew in it, whose words PDFium knows to read."""
    folder = tmp_path_factory.mktemp("turned")
    (folder / "chapters").mkdir()
    toml = 'title = "كتاب"\nauthor = "A"\nlanguage = "ar"\n' + TOML[TOML.index("[editions.ebook]") :]
    (folder / "book.toml").write_text(toml)
    table = "| هذا | كتاب |\n|---|---|\n" + "\n".join(f"| سطر {n} | رقم {n * 17} |" for n in range(60))
    for day, (language, text) in enumerate(
        [("ar", leftward(ARABIC)), ("he", leftward(HEBREW)), ("ar", f"{leftward(ARABIC)}\n\n{table}")], 1
    ):
        header = f"---\ntitle: T {day}\ndate: 2020-01-0{day}\nlanguage: {language}\n---\n\n"
        (folder / "chapters" / f"2020-01-0{day}-p{day}.md").write_text(header + text + "\n")
    ebook, paperback = book.build(folder, jobs=1).editions
    return Opened(ebook.path), paperback.path, ebook


def test_pages_read_from_the_right_all_have_their_breaks(turned: Any) -> None:
    opened, pdf, ebook = turned
    assert not ebook.warnings
    links = opened.find("//h:nav[@e:type='page-list']//h:a", "text/nav.xhtml")
    assert [link.text for link in links] == list(pages_of(pdf))
    assert len(links) > 15


def test_words_read_from_the_right_follow_their_breaks(turned: Any) -> None:
    """PDFium reads Hebrew as it is read, if not the figures in it; of Arabic it knows no letters."""
    opened, pdf, _ = turned
    marked = paged(opened)
    hebrew = {label: text for label, text in pages_of(pdf).items() if "של" in text.split()}
    assert len(hebrew) > 3
    for label, text in hebrew.items():
        words = "".join(re.findall("[א-ת]+", text))[:24]
        assert "".join(re.findall("[א-ת]+", marked[label])).startswith(words), label


def test_pages_read_from_the_right_begin_where_chapters_do(turned: Any) -> None:
    opened, pdf, _ = turned
    with pypdfium2.PdfDocument(pdf) as document:
        begins = {
            one.get_title(): document.get_page_label(one.get_dest().get_index())
            for one in document.get_toc()
            if one.get_title().startswith("T ")
        }
    assert len(begins) == 3
    marked = paged(opened)
    for title, label in begins.items():
        assert letters(title) in letters(marked[label][:60]), label
    sizes = sorted(len(letters(marked[label])) for label in marked if label.isdigit())
    assert sizes[len(sizes) // 2] > sizes[-1] * 0.6  # as pages of prose are: alike


# How a place is found


def breaks(body: str, *words: str | PrintedPage) -> tuple[str, Paging]:
    """Set breaks in one document and return its body, breaks written as `[label]`."""
    root = parse(body)
    pages = [
        PrintedPage(str(number), one, False, ()) if isinstance(one, str) else one
        for number, one in enumerate(words, 1)
    ]
    paging = set_breaks([root], pages, set())
    for mark in list(root.iter("{*}span")):
        if mark.get("role") == "doc-pagebreak":
            mark.text = f"[{mark.get('aria-label')}]"
            for name in list(mark.attrib):
                del mark.attrib[name]
    text = serialise(root[1]).decode().replace("<span>[", "[").replace("]</span>", "]")
    return re.sub(r"^.*?<body[^>]*>|</body>\s*$", "", text, flags=re.DOTALL), paging


@pytest.mark.parametrize(
    ("body", "words", "wanted"),
    [
        ("<p>One two three.</p>", ["One", "three."], "<p>[1]One two [2]three.</p>"),
        ("<p>extraordinary things</p>", ["ordinary things"], "<p>[1]extraordinary things</p>"),
        ("<p>ex<em>tra</em>ordinary</p>", ["dinary"], "<p>[1]ex<em>tra</em>ordinary</p>"),
        ("<p>a <em><b>word</b> more</em></p>", ["word more"], "<p>a [1]<em><b>word</b> more</em></p>"),
        ("<p>He said “Yes, now”.</p>", ["“Yes, now”."], "<p>He said [1]“Yes, now”.</p>"),
        ("<p>a well-known place</p>", ["known place"], "<p>a well-[1]known place</p>"),
        ("<pre><code>f {\n}\ng(x)\n</code></pre>", ["}\ng(x)"], "<pre><code>f {\n[1]}\ng(x)\n</code></pre>"),
        ("<ol><li>Salt.</li><li>Oil.</li></ol>", ["2. Oil."], "<ol><li>Salt.</li><li>[1]Oil.</li></ol>"),
        ("<p>漢字の本文である。</p>", ["本文である。"], "<p>漢字の[1]本文である。</p>"),
        (
            "<p>Salt. The <a>fault</a> was closed in time for the fair.</p>",
            ["The fault (‘Closing Gaps’, p. 57) was closed in time for the fair."],
            "<p>Salt. [1]The <a>fault</a> was closed in time for the fair.</p>",
        ),
        ("<p>Was ﬁne, was ﬁne.</p>", ["fine, was fine"], "<p>Was [1]ﬁne, was ﬁne.</p>"),
    ],
)
def test_a_break_stands_before_the_word(body: str, words: Sequence[str], wanted: str) -> None:
    assert breaks(body, *words)[0] == wanted


def test_of_like_places_the_one_is_taken_where_the_page_can_begin() -> None:
    refrain = "Row, row, row your boat. "
    body = f"<p>{refrain * 20}</p>"
    text, _ = breaks(body, refrain * 8, refrain * 8, refrain * 4)
    assert text == f"<p>[1]{refrain * 8}[2]{refrain * 8}[3]{refrain * 4}</p>"


def test_a_picture_above_the_words_is_on_their_page() -> None:
    body = '<p>Before.</p><figure><img src="a" alt=""/><figcaption>Below.</figcaption></figure>'
    low = PrintedPage("2", "Below.", True, ())
    assert '<figure>[2]<img src="a" alt=""/>' in breaks(body, "Before.", low)[0]
    high = PrintedPage("2", "Below.", False, ())
    assert "<figcaption>[2]Below." in breaks(body, "Before.", high)[0]


def test_a_page_that_is_a_picture_alone() -> None:
    body = '<p>Before.</p><p><img src="a" alt=""/></p><p>After.</p>'
    alone = PrintedPage("2", "", True, ())
    text, paging = breaks(body, "Before.", alone, "After.")
    assert text == '<p>[1]Before.</p><p>[2]<img src="a" alt=""/></p><p>[3]After.</p>'
    assert not paging.lost


def test_a_heading_of_two_signs_is_found_where_its_identifier_stands() -> None:
    """What follows it on paper, dates and folios, the EPUB has not."""
    body = '<p>目次の前の頁である。</p><div id="toc"><h1>目次</h1><p>題一</p></div><p>後の本文である。</p>'
    contents = PrintedPage("2", "目次\n題一 2020年1月1日 . . . . 1", False, ("toc",))
    text, paging = breaks(body, "目次の前の頁である。", contents, "後の本文である。")
    assert '<div id="toc"><h1>[2]目次</h1>' in text
    assert not paging.lost


@pytest.mark.parametrize(
    ("body", "words", "wanted"),
    [
        (
            '<section id="a"><h1>One</h1><section id="b"><p>two three</p></section></section>',
            ["One", "two three"],
            '[1]<section id="a"><h1>One</h1>[2]<section id="b"><p>two three</p></section></section>',
        ),
        (
            '<section id="a"><section id="b"><header><p>One</p></header><p>two</p></section></section>',
            ["One", "two"],
            '[1]<section id="a"><section id="b"><header><p>One</p></header><p>[2]two</p></section></section>',
        ),
        (
            '<section id="a"><img src="x" alt=""/><h1>One</h1></section>',
            ["One"],
            '<section id="a"><img src="x" alt=""/><h1>[1]One</h1></section>',
        ),
        (
            '<section id="a"><p>Two one</p></section>',
            ["one"],
            '<section id="a"><p>Two [1]one</p></section>',
        ),
    ],
)
def test_a_section_that_begins_a_page_is_on_it_with_its_identifier(
    body: str, words: list[str], wanted: str
) -> None:
    text, paging = breaks(body, *words)
    assert text == wanted
    assert not paging.lost


def test_a_page_of_words_that_are_nowhere_is_said() -> None:
    _, paging = breaks("<p>One two three.</p>", "One", "Something quite other", "three.")
    assert [one.label for one in paging.breaks] == ["1", "3"]
    assert paging.lost == ("2",)


def test_identifiers_that_there_are_stay_theirs() -> None:
    root = parse('<p id="page-1">One</p>')
    paging = set_breaks([root], [PrintedPage("1", "One", False, ())], {"page-1"})
    assert [one.ident for one in paging.breaks] == ["page-1-2"]


# Which edition


def test_an_edition_without_pages_has_no_page_list(tmp_path: Path) -> None:
    others: Mapping[str, Bound] = {"other": Bound(None, path=tmp_path / "other.epub")}
    desk = Desk("ebook", tmp_path / "b.epub", tmp_path / ".book", others=others)
    with pytest.raises(BookError, match="`page-list` names `other`, which has no pages"):
        epub.bind(composed(tmp_path), desk, page_list="other")


def test_a_cover_has_no_pages_of_the_book(tmp_path: Path) -> None:
    wrap = Bound(1, printed=Printed(9, 9), path=tmp_path / "wrap.pdf", companions={".jpg": b"front"})
    desk = Desk("ebook", tmp_path / "b.epub", tmp_path / ".book", others={"wrap": wrap})
    with pytest.raises(BookError, match="`page-list` names `wrap`, which is a cover"):
        epub.bind(composed(tmp_path), desk, page_list="wrap")


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\nnothing")
    others = {"paper": Bound(1, printed=Printed(1, 1), path=tmp_path / "paper.pdf")}
    desk = Desk("ebook", tmp_path / "b.epub", tmp_path / ".book", others=others)
    with pytest.raises(BookError, match="the pages of this PDF cannot be read"):
        epub.bind(composed(tmp_path), desk, page_list="paper")


def test_without_a_page_list_there_are_no_breaks(tmp_path: Path) -> None:
    bind(composed(tmp_path), tmp_path / "b.epub")
    opened = Opened(tmp_path / "b.epub")
    assert not any(b"pagebreak" in data or b"page-list" in data for data in opened.files.values())
    assert opened.package.get(LANG) == "en-GB"
