from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Manuscript
from lxml import etree
from pointing import Printed

from book import build
from book.errors import BookError
from book.index.collation import Collation
from book.index.letters import Heading, Letter
from book.index.marking import mark
from book.index.phrases import Lexicon, Tokens, phrase
from book.index.views import letters_of_index
from book.report import BuildReport

TERMS = """\
[heron]
match = ["heron*", "grey fisher"]
avoid = ["heron pie"]
see-also = "otter"
[otter]
[otter.sub.holt]
match = "holt"
[bittern]
see = "heron"
["Mr Quill"]
sort = "Quill"
["étang"]
[unicorn]
[the]
"""
TOML = """\
title = "Marsh"
author = "A. Writer"
language = "en-GB"
[index]
of = ["terms", "marks", "tags"]
titles = true
calendar = true
[style]
openings = "recto"
[editions.ebook]
format = "epub"
[editions.paperback]
format = "pdf"
trim = "a6"
"""
RAIN = "The rain had stopped by then and nobody in that lane said a word about it until evening came. "
BIRDS = {
    1: f"A heron stood. {RAIN * 14}\n\nThen the Herons left. {RAIN * 6}\n\n"
    "One grey *fisher* more, by an étang.",
    2: f"{RAIN * 3}An otter, its holt.\n\n{RAIN * 12}\n\n"
    "Another otter there.<!-- index: reeds; weather > wind -->",
    3: f"Heron pie is no heron. {RAIN * 20} Mr Quill said so.[^1]\n\n[^1]: He likes an otter.\n",
    4: f"{RAIN * 30}",
    5: f"{RAIN * 2}The heron. " + f"{RAIN * 12} A heron. " * 4 + "<!-- index: weather -->",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    root = tmp_path_factory.mktemp("indexed")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(TOML)
    (root / "chapters" / "index.toml").write_text(TERMS)
    for number, text in BIRDS.items():
        tags = "tags: [Water]\n" if number in (2, 3) else ""
        head = f"---\ntitle: Letter {number}\ndate: {2016 + number // 3}-02-0{number}\n{tags}---\n\n"
        (root / "chapters" / f"letter-{number}.md").write_text(head + text + "\n")
    page = "---\ntitle: Before\ndate: 2016-01-01\nkind: page\nrole: preface\n---\n\nThe heron comes first.\n"
    (root / "chapters" / "preface.md").write_text(page)
    return build(root, out=root / "out")


@pytest.fixture(scope="module")
def printed(built: BuildReport) -> Printed:
    return Printed(built.editions[1].path)


def listed(printed: Printed, term: str) -> list[str]:
    """Return the labels of the pages that the index gives for a term."""
    start = next(n for n in reversed(range(len(printed.texts))) if printed.texts[n].startswith("Index B"))
    text = re.sub(r"(?<=\d) ?– ?(?=\d)", "–", " ".join(printed.texts[start:]))
    found = re.search(rf"{re.escape(term)} ((?:(?:[\divx]+(?:–[\divx]+)?)(?:, )?)+)", text)
    assert found, text
    pages: list[str] = []
    for run in re.split(", ?", found[1].strip(", ")):
        first, _, last = run.partition("–")
        begin = printed.labels.index(first)
        pages += printed.labels[begin : printed.labels.index(last or first) + 1]
    return pages


def standing(printed: Printed, pattern: str) -> list[str]:
    """Return the labels of the pages, before the indexes, on which words stand."""
    end = next(n for n, text in enumerate(printed.texts) if text.startswith("The posts by year"))
    return [
        label
        for label, text in zip(printed.labels[:end], printed.texts, strict=False)
        if re.search(pattern, re.sub(r"[Hh]eron pie", "", text), re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    ("term", "pattern"),
    [
        ("heron", r"\bherons?\b|grey fisher"),
        ("otter", r"\botter\b"),
        ("holt", r"\bholt\b"),
        ("Mr Quill", r"Mr Quill"),
        ("étang", "étang"),
        ("reeds", r"Another otter"),
        ("wind", r"Another otter"),
    ],
)
def test_the_index_names_every_page_on_which_a_term_stands_and_no_other(
    printed: Printed, term: str, pattern: str
) -> None:
    expected = standing(printed, pattern)
    assert expected
    assert listed(printed, term) == expected


def test_every_number_leads_to_its_page(printed: Printed) -> None:
    numbers = [one for one in printed.with_page_numbers() if ".ix-" in one.target]
    assert len(numbers) >= 10
    assert "vii" in {one.words for one in numbers} or "ix" in {one.words for one in numbers}
    for one in printed.with_page_numbers():
        assert one.words == one.label, one


def test_a_tag_is_a_run_of_the_pages_of_its_posts(printed: Printed) -> None:
    water = listed(printed, "Water")
    first = next(n for n, text in enumerate(printed.texts) if " Letter 2 The rain" in text)
    last = next(n for n, text in enumerate(printed.texts) if " Letter 4 The rain" in text)
    assert set(water) <= set(printed.labels[first:last])
    assert water[0] == printed.labels[first]
    assert len(water) == 6


def test_references_and_the_other_lists_are_printed(printed: Printed) -> None:
    text = " ".join(printed.texts)
    assert "bittern see heron" in text
    assert "see also otter" in text
    assert text.index("bittern see") < text.index("Mr Quill ") or "Q Mr Quill" in text
    assert re.search(r"Index of titles L Letter 1 2016", text)
    assert re.search(r"The posts by year 2016 1 Feb Letter 1", text)


def test_terms_that_say_nothing_or_too_much_are_told(built: BuildReport) -> None:
    told = {warning.message: warning for warning in built.editions[0].warnings}
    nowhere = told["the term `unicorn` stands nowhere in the book"]
    assert (nowhere.path.name if nowhere.path else None, nowhere.line) == ("index.toml", 13)
    assert any("`the` stands almost everywhere" in message for message in told)


def test_the_ebooks_index_is_one_and_its_links_lead_to_the_words(built: BuildReport) -> None:
    with zipfile.ZipFile(built.editions[0].path) as archive:
        documents = {
            name.rpartition("/")[2]: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    index = documents["index.xhtml"]
    section = index.xpath("//*[@role='doc-index']")[0]
    assert section.get("{http://www.idpf.org/2007/ops}type") == "index"
    places = section.xpath(".//*[@class='locators']/*[local-name()='a']")
    assert len(places) > 8
    for place in places:
        file, _, ident = place.get("href").partition("#")
        assert not ident or documents[file].xpath(f"//*[@id='{ident}']"), place.get("href")
    herons = section.xpath(".//*[@class='entry'][*[@class='term']='heron']")[0].xpath(".//*[@title]")
    assert [one.get("title") for one in herons] == ["Before", "Letter 1", "Letter 3", "Letter 5"]
    assert [one.text for one in herons] == ["1", "2", "3", "4"]
    words = {"".join(documents[p.get("href").partition("#")[0]].xpath(
        f"//*[@id='{p.get('href').partition('#')[2]}']")[0].itertext()).lower() for p in herons}  # fmt: skip
    assert words <= {"heron", "herons", "grey"}


@pytest.mark.parametrize(
    ("terms", "line", "message"),
    [
        ('[a]\n[b]\nsee = "c"\n', 2, "`see` of `b` points at `c`, which is not there"),
        ('[a]\nsee = "a"\n', 1, "`see` of `a` points at itself"),
        ('[a]\nsee-also = "A"\n', 1, "`see-also` of `a` points at itself"),
        ('[a]\nsee = "b"\n[b]\nsee = "a"\n', 1, "`see` of `a` points at `b`, which only points on"),
        ('[a]\n[b]\nsee = "a"\nmatch = "x"\n', 3, "`b` has `see`, and more than that"),
        ('[a]\nmach = "x"\n', 2, "unknown key `mach`"),
        ('[a]\nmatch = 3\n', 2, "`match` is neither text nor a list of texts"),
        ('[a]\nmatch = "—"\n', 2, "there is no word in `—`"),
        ('a = "b"\n', 1, "`a` is no heading"),
        ("[a.sub.b.sub.c.sub.d]\n", 1, "`d` stands under 3 headings"),
        ("[a\n", 1, "this is not TOML"),
    ],
)  # fmt: skip
def test_a_fault_in_the_terms_is_told_with_its_line(
    terms: str, line: int, message: str, manuscript: Manuscript
) -> None:
    root = manuscript(files={"chapters/index.toml": terms})
    with pytest.raises(BookError) as told:
        build(root, editions=["ebook"])
    notice = told.value.notices[0]
    assert message in notice.message
    assert (notice.path.name if notice.path else None, notice.line) == ("index.toml", line)
    assert not (notice.hint or "").endswith(": ")  # a list of nothing


def test_without_terms_marks_and_tags_nothing_is_added(manuscript: Manuscript, octavo: Any) -> None:
    report = build(manuscript(), editions=["ebook"])
    with zipfile.ZipFile(report.editions[0].path) as archive:
        assert not [name for name in archive.namelist() if "index" in name]


@pytest.mark.parametrize(
    ("written", "body", "found"),
    [
        ("New York", "in new\u00a0york now", 1),
        ("New York", "a new, York", 0),
        ("New York", "new <em>Yo</em>rk", 1),
        ("New York", "New</p><p>York", 0),
        ("quoin*", "quoins, quoin, cinquoin", 2),
        ("don't", "Don’t", 1),
        ("東京", "私は東京都に住む", 1),
        ("C++", "in C++ now", 1),
        ("word", 'word<a class="noteref" href="#n">1</a>', 1),
        ("one", '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>one</mi></math>', 0),
    ],
)
def test_terms_are_found_as_readers_find_them(written: str, body: str, found: int) -> None:
    lexicon = Lexicon.of([made] if (made := phrase(written, ("x",))) else [])
    marked, places, _ = mark(f"<p>{body}</p>", "post-a", lexicon)
    assert len(places) == found
    assert marked.count('class="ix"') == found
    plain = re.sub(r'<span class="ix"[^>]*>(.*?)</span>', r"\1", marked)
    assert plain.replace('<a class="noteref" href="#n">', "") == f"<p>{body}</p>".replace(
        '<a class="noteref" href="#n">', ""
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Åbo", "eclair", "éclair", "“Quoin”", "Zoo"]),
        ("sv", ["eclair", "éclair", "“Quoin”", "Zoo", "Åbo"]),
        ("es", ["nube", "nz", "ñandú", "oca"]),
        ("de", ["Öl", "Ole", "Straße", "Strasse"]),
    ],
)
def test_words_are_sorted_as_their_language_sorts(language: str, words: list[str]) -> None:
    collation = Collation(language)
    ordered = sorted(sorted(words), key=collation.key)
    assert ordered == words or language == "de"
    assert [one for one in ordered if one[0] == "Ö" or one[0] == "O"] == ["Öl", "Ole"] or language != "de"
    assert collation.letter("éclair") == "E"
    assert collation.letter("3D") == ""
    assert collation.letter("“Quoin”") == "Q"
    assert Heading("index.1", "x").locators == ()


STORY = (
    "Today Nell Harbottle came by. We saw Nell Harbottle again, with the composing stick in hand. "
    "A composing stick is a tray. The composing stick was hers; Rain fell. Then Geoffrey came to Lyon.\n"
)


def test_names_and_recurring_terms_are_proposed_once(octavo: Any, manuscript: Manuscript) -> None:
    posts = {
        f"2017-01-0{n}-day-{n}": f"---\ntitle: Day {n}\n---\n\n{'Lyon. ' if n > 1 else STORY}"
        for n in range(1, 7)
    }
    root = manuscript(posts, files={"chapters/index.toml": "[Lyon]\n"})
    ran = octavo("index", root, "--propose")
    assert ran.code == 0, ran.stderr
    written = (root / "chapters" / "index.toml").read_text()
    assert written.startswith("[Lyon]\n\n# Proposed")
    assert '# ["composing stick"]  # 3 times, in 1 post' in written
    assert '["Rain"]' not in written
    assert '# ["Lyon"]' not in written
    assert "0 proposals are new" in octavo("index", root, "--propose").stdout
    accepted = written.replace('# ["composing', '["composing')
    (root / "chapters" / "index.toml").write_text(accepted)
    assert octavo("index", root).stdout == "composing stick: 2\nLyon: 6\n"


def test_an_index_that_is_empty_says_how_to_begin(octavo: Any, manuscript: Manuscript) -> None:
    assert "`book index --propose`" in octavo("index", manuscript()).stdout


def test_an_entry_that_goes_on_in_another_column_says_so_there(manuscript: Manuscript) -> None:
    birds = [f"bird{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(150)]
    terms = (
        "[Alpha]\nmatch = 'rain'\n"
        + "[Birds]\nmatch = []\n"
        + "".join(f"[Birds.sub.{bird}]\n" for bird in birds)
    )
    text = f"---\ntitle: Day\ndate: 2017-01-01\n---\n\n{', '.join(birds)} and rain.\n"
    toml = 'title = "B"\n[editions.paperback]\nformat = "pdf"\ntrim = "a6"\n'
    root = manuscript({"2017-01-01-day": text}, toml=toml, files={"chapters/index.toml": terms})
    printed = Printed(build(root, out=root / "out").editions[0].path)
    start = next(n for n, page in enumerate(printed.texts) if page.startswith("Index A Alpha"))
    told = " ".join(printed.texts[start:])
    assert re.search(r"B Birds bird", told)
    places = re.findall(r"Birds \(continued\) (bird..)", told)
    columns = 2 * (len(printed.texts) - start - 1)  # the colophon ends the book
    assert columns - 2 <= len(places) < columns
    assert [bird for bird in birds if bird not in told] == []
    assert places == sorted(places)


def test_an_index_leaves_the_lines_as_they_were(built: BuildReport, tmp_path: Path) -> None:
    root = built.editions[1].path.parents[1]
    copy = tmp_path / "plain"
    shutil.copytree(root / "chapters", copy / "chapters")
    (copy / "chapters" / "index.toml").unlink()
    (copy / "book.toml").write_text(TOML.replace('of = ["terms", "marks", "tags"]', "of = []"))
    plain = Printed(build(copy, editions=["paperback"], out=copy / "out").editions[0].path)
    indexed = Printed(built.editions[1].path)
    text, same = ([one for one in printed.texts if "lane" in one] for printed in (plain, indexed))
    assert len(text) > 10
    assert same == text


def test_entries_that_others_refer_to_are_known_in_print() -> None:
    holt = Heading("index.2", "holt")
    otter = Heading(
        "index.1", "otter", children=(holt, Heading("index.3", "cub", also=(("otter", "index.1"),)))
    )
    bittern = Heading("index.4", "bittern", see=(("otter: holt", "index.2"),))
    otters, bitterns = letters_of_index([Letter("O", (otter,)), Letter("B", (bittern,))])
    meant = [otters["headings"][0], *otters["headings"][0]["children"], *bitterns["headings"]]
    assert [(one["ident"], one["meant"]) for one in meant] == [
        ("index.1", True),
        ("index.2", True),
        ("index.3", False),
        ("index.4", False),
    ]


def test_words_stand_where_the_text_has_them_whatever_their_case_becomes() -> None:
    text = "Die STRAẞE, ‘İstanbul’ — 東京 x"
    words = Tokens(text)
    assert words.folded[:5] == ["die", "strasse", ",", "'", "i\u0307stanbul"]
    assert [text[word.start : word.end] for word in words] == text.replace("東京", " 東 京").replace(
        "STRAẞE,", "STRAẞE ,"
    ).replace("‘İstanbul’", "‘ İstanbul ’").split()
