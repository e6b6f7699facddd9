"""What a typesetter marks: each rule on planted pages, and all of them on a book that was made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from book import registry
from book.build import build
from book.check import check
from book.errors import BookError
from book.model import Edition, Finding
from book.proofread import findings, proofread
from book.proofreading import _letters
from book.proofreading._kinds import _KINDS, counted
from book.proofreading._letters import proofs
from book.proofreading._lines import Line, Page, Proofs
from book.report import BuildReport
from book.terminal import built

LEFT, MEASURE, LEADING = 50.0, 300.0, 14.0


def line(text: str = "words of a line", *, x: float = LEFT, wide: float = MEASURE, size: float = 10.0,
         space: float = 3.0) -> Line:  # fmt: skip
    return Line(text, x, LEFT + wide, 0.0, size, (space,) * max(1, text.count(" ")))


def page(number: int, lines: Sequence[Line], *, top: float = 500.0, leading: float = LEADING) -> Page:
    placed = tuple(
        Line(one.text, one.x, one.end, top - at * leading, one.size, one.spaces)
        for at, one in enumerate(lines)
    )
    return Page(number, placed, tuple(one for one in placed if one.size == 10))


def text(count: int = 30) -> list[Line]:
    """Return a page of paragraphs: full lines, each fifth one short, and the next one set in."""
    return [
        line(wide=120.0 if at % 5 == 4 else MEASURE, x=LEFT + (12 if at % 5 == 0 else 0))
        for at in range(count)
    ]


def marks(*pages: Page) -> list[tuple[str, int]]:
    book = Proofs(pages)
    rules = [registry.find("proofreading", name) for name in registry.names("proofreading")]
    return [(mark.rule, mark.page) for rule in rules for mark in rule.read(book)]


def test_pages_that_are_well_set_get_no_mark() -> None:
    assert marks(*(page(number, text()) for number in (1, 2, 3, 4))) == []


def test_three_divided_words_in_a_row_are_a_ladder() -> None:
    lines = text()
    for at in (6, 7, 8):
        lines[at] = line("the line is divi-")
    assert marks(page(1, lines), page(2, text())) == [("hyphen-ladder", 1)]
    lines[8] = line("the line is whole")
    assert marks(page(1, lines), page(2, text())) == []


def test_a_word_is_divided_at_the_end_of_a_recto() -> None:
    lines = [*text(28), line("the word is divi-")]
    assert marks(page(1, lines), page(2, text(29))) == [("hyphen-at-recto-end", 1)]
    assert marks(page(1, text()), page(2, [*text(29), line("so is th-")]), page(3, text())) == []


@pytest.mark.parametrize(("space", "rule"), [(7.0, "loose-line"), (1.5, "tight-line")])
def test_lines_that_gape_or_crowd(space: float, rule: str) -> None:
    lines = text()
    lines[7] = line(space=space)
    assert marks(page(1, lines), page(2, text())) == [(rule, 1)]


def test_a_heading_at_the_foot() -> None:
    lines = [*text(29), line("A heading", size=12.0, wide=80)]
    lines.append(line("17", size=9.0, wide=10))
    full = Page(1, page(1, lines).lines, page(1, lines).body[:-1])
    assert ("heading-at-foot", 1) in marks(full, page(2, text()))


def test_a_heading_over_a_picture_or_above_the_foot_is_in_its_place() -> None:
    """Of a picture there are no lines, so a heading that stands over one is the last line of its page."""
    for lines in (10, 27):
        over = [*text(lines), line("A heading", size=12.0, wide=80)]
        made = page(1, over)
        assert marks(Page(1, made.lines, made.body), page(2, text()), page(3, text())) == []


def test_text_that_is_larger_than_tables_or_goes_on_is_no_heading() -> None:
    """Where most of a book is tables, text is larger than what is set most."""
    rows = [line(f"{at} and a cell", space=90.0) for at in range(29)]
    for words, size in (("So it was.", 12.0), ("and this is what there was:", 12.0)):
        count = 60 if words.endswith(".") else 1
        lines = [*rows, *[line(words, size=size, wide=80)] * count]
        made = page(1, lines)
        assert [mark for mark in marks(made, page(2, text())) if mark[0] == "heading-at-foot"] == []


@pytest.mark.parametrize("spaces", [(3.0, 40.0, 3.0), (2.0, 13.0), (26.0,)])
def test_a_row_of_columns_is_no_loose_line(spaces: tuple[float, ...]) -> None:
    lines = text()
    lines[7] = line("a row of cells")._replace(spaces=spaces)
    assert marks(page(1, lines), page(2, text())) == []


def test_what_stands_below_a_line_of_code_does_not_stand_alone() -> None:
    """A line that is mostly code is of another size than text, and of its paragraph all the same."""
    second = page(2, [line("/etc/exports or /etc/hosts to", size=8.0), line("end.", wide=40), *text(28)])
    assert marks(page(1, text(29)), second) == []


def test_contents_that_go_on_are_a_list_though_few_of_their_lines_have_pages() -> None:
    listed = [line(f"A title {at}") for at in range(20)]
    few = [line("A title that is long and"), line("on two lines"), line("Index 51", space=80.0)]
    assert marks(page(1, listed), page(2, few), page(3, [line("Title", size=20.0), *text(20)])) == []


def test_a_last_line_alone_at_a_head_and_a_first_line_alone_at_a_foot() -> None:
    widow = [line("end.", wide=40), *text(29)]
    assert ("widow", 2) in marks(page(1, text(29)), page(2, widow))
    orphan = [*text(30), line("A paragraph begins", x=LEFT + 12)]
    assert ("orphan", 1) in marks(page(1, orphan), page(2, [line(), *text(29)]))
    whole = [*text(30), line("One line that is a paragraph.", x=LEFT + 12)]
    assert marks(page(1, whole), page(2, [line(), *text(29)])) == []
    for first in (text()[0], line("• another item of the list"), line("2. another item")):
        assert marks(page(1, orphan), page(2, [first, *text(29)])) == []


def test_a_chapter_that_ends_with_a_page_of_two_lines() -> None:
    opening = [line("A Title", size=20.0, wide=90), *text(20)]
    assert marks(page(1, text()), page(2, text(2)), page(3, opening)) == [("short-page", 2)]


def test_a_chapter_that_ends_with_a_page_of_a_quotation_and_its_note() -> None:
    opening = [line("A Title", size=20.0, wide=90), *text(20)]
    head, quoted, note = line("A Head", size=8.0), line("Said.", size=9.5), line("1 By whom.", size=8.0)
    end = page(2, [quoted], top=500.0)
    above, below = page(2, [head], top=530.0), page(2, [note, note, note], top=150.0)
    end = Page(2, (*above.lines, *end.lines, *below.lines), ())
    assert marks(page(1, text()), end, page(3, opening)) == [("short-page", 2)]


def test_a_dedication_is_no_short_end() -> None:
    opening = [line("A Title", size=20.0, wide=90), *text(20)]
    imprint = page(1, [line(size=8.0)] * 6)
    assert marks(imprint, page(2, text(2)), page(3, []), page(4, opening), page(5, text())) == []


@pytest.mark.parametrize("entry", ["About the author . . . . 63", "About the author  63", "Preface  xii"])
def test_the_end_of_a_list_of_pages_is_no_short_end(entry: str) -> None:
    opening = [line("A title", size=20.0), *text(20)]
    assert marks(page(1, text()), page(2, [line(entry)] * 3), page(3, opening)) == []


def test_a_list_of_pages_has_no_paragraphs_to_mark() -> None:
    entries = [
        line(f"An entry . . . . . {at}", x=LEFT + (12 if at % 5 == 0 else 0), space=9) for at in range(30)
    ]
    entries.append(line("A last entry . . . 31", x=LEFT + 12))
    assert marks(page(1, text()), page(2, text()), page(3, entries), page(4, [line(), *text(29)])) == []


def test_a_few_lines_under_a_picture_are_no_short_page() -> None:
    opening = [line("A Title", size=20.0, wide=90), *text(20)]
    for top, found in ((500.0, [("short-page", 2)]), (200.0, [])):
        assert marks(page(1, text()), page(2, text(2), top=top), page(3, opening)) == found


def test_what_begins_on_a_page_of_its_own_is_no_short_end() -> None:
    opening = [line("A Title", size=20.0, wide=90), *text(20)]
    pages = (page(1, text()), page(2, text(2)), page(3, opening))
    (rule,) = (registry.find("proofreading", name) for name in ["feet"])
    assert [mark.rule for mark in rule.read(Proofs(pages))] == ["short-page"]
    assert not list(rule.read(Proofs(pages, ((2, "Dedication"),))))


@pytest.mark.parametrize(
    ("words", "runt"),
    [
        ("so.", True),
        ("it is", True),
        ("enough", False),
        ("1984", False),
        ("的。", True),
        ("文字。", False),
    ],
)
def test_a_paragraph_that_ends_in_a_scrap(words: str, runt: bool) -> None:
    lines = text()
    lines[4] = line(words, wide=20)
    assert marks(page(1, lines), page(2, text())) == ([("runt", 1)] if runt else [])


def test_a_short_line_of_verse_or_of_a_list_is_no_runt() -> None:
    lines = text()
    lines[3], lines[4] = line("a verse", wide=70), line("ends", wide=20)
    assert marks(page(1, lines), page(2, text())) == []


def test_facing_pages_that_end_apart_or_out_of_step() -> None:
    assert marks(page(1, text()), page(2, text(30)), page(3, text(25)), page(4, text())) == [
        ("uneven-spread", 2)
    ]
    shifted = page(3, text(), top=505.0)
    assert ("off-grid", 2) in marks(page(1, text()), page(2, text()), shifted, page(4, text()))


# On a book that was made.

PROSE = "Many a plain word stands here in a row, and another follows it to the end of the line. " * 12


@pytest.fixture(scope="module")
def paperback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("book")
    (root / "chapters").mkdir()
    for day in (1, 2):
        (root / "chapters" / f"2020-01-0{day}-post{day}.md").write_text(
            f"---\ntitle: Post {day}\ndate: 2020-01-0{day}\nslug: post-{day}\n---\n\n"
            + "\n\n".join([PROSE] * 6),
            encoding="utf-8",
        )
    toml = 'title = "A"\nlanguage = "en"\n[editions.paperback]\nformat = "pdf"\n'
    (root / "book.toml").write_text(toml, encoding="utf-8")
    (edition,) = build(root).editions
    return Path(edition.path)


def test_a_books_leading_measure_and_words_are_read(paperback: Path) -> None:
    book = proofs(paperback)
    assert book.leading == pytest.approx(14, abs=0.1)
    assert book.measure == pytest.approx((148 - 42) * 72 / 25.4, abs=2.5)
    words = " ".join(one.text for page in book.pages for one in page.body)
    assert "another follows it to the end" in words


def test_pages_are_read_as_they_are_set_as_they_are_read_in_the_finished_file(tmp_path: Path) -> None:
    """What the build tells of its pages is what `book check --pages` finds in the PDF."""
    (tmp_path / "chapters").mkdir()
    for day in (1, 2):
        words = [f"{PROSE} {'Extraordinarily ' * day * number}" for number in range(9)]
        (tmp_path / "chapters" / f"2020-01-0{day}-post{day}.md").write_text(
            f"# Post {day}\n\n" + "\n\n".join(words), encoding="utf-8"
        )
    (tmp_path / "book.toml").write_text(
        'title = "A"\nlanguage = "en"\n[editions.paperback]\nformat = "pdf"\nlinebreaks = "greedy"\n', "utf-8"
    )
    for fresh in (True, False):  # set, and remembered
        (edition,) = build(tmp_path, fresh=fresh).editions
        told = [(mark.rule, mark.message.partition(",")[0]) for mark in edition.marks]
        assert told == [(mark.rule, mark.message.partition(",")[0]) for mark in proofread(edition.path)]
        assert len(told) > 3
        assert build(tmp_path).json()["editions"][0]["marks"][0]["rule"] == told[0][0]


def test_marks_are_counted_in_plain_words() -> None:
    kinds = {rule for rule, _ in _KINDS.items()}
    assert counted(["runt", "loose-line", "loose-line"]) == "2 loose lines, 1 paragraph that ends in a scrap"
    assert counted(["of-another"]) == "1 of another"
    assert not any("-" in counted([rule]) for rule in kinds)


def test_a_build_tells_of_its_pages_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    marked = [Finding(rule, "note", "page 1: x") for rule in ("widow", "runt", "widow")]
    edition = Edition("paperback", "pdf", Path("out/a.pdf"), 2, marks=tuple(marked))
    built(BuildReport((edition,), 1, ()), quiet=False)
    (line,) = [one for one in capfd.readouterr().err.splitlines() if "typesetter" in one]
    assert "2 last lines left alone, 1 paragraph that ends in a scrap" in line
    assert "`book check out/a.pdf --pages`" in line


def test_words_are_shown_without_signs_that_a_terminal_would_escape() -> None:
    lines = text()
    lines[7] = line("p.\u00a08 of\u2009it", space=9.0)
    (found,) = findings(Proofs((page(1, lines), page(2, text()))))
    assert found.message.endswith("‘p. 8 of it’")


def test_what_is_marked_is_said_with_page_and_chapter(paperback: Path) -> None:
    for finding in proofread(paperback):
        assert finding.message.startswith("page ")
        assert finding.path == paperback
        assert finding.severity == "note"


def test_check_reads_pages_when_it_is_asked_to(paperback: Path, tmp_path: Path) -> None:
    plain, read = check([paperback]).findings, check([paperback], pages=True).findings
    assert len(read) >= len(plain)
    (tmp_path / "no.pdf").write_bytes(b"no PDF")
    for path in (tmp_path / "no.pdf", tmp_path, tmp_path / "gone.pdf"):
        with pytest.raises(BookError):
            check([path], pages=True)


def test_spaces_that_are_only_guessed_are_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs of other programs have places where a reader guesses a space, and where nothing else stands."""
    word = [(10.0 + n, 10.8 + n, 500.0, 10.0, sign) for n, sign in enumerate("words")]
    guessed = [(30.0, 30.0, 480.0, 10.0, _letters._GUESSED)]
    monkeypatch.setattr(_letters, "_letters", lambda _: [*word, *guessed])
    assert [line.text for line in _letters._lines(None)] == ["words"]
