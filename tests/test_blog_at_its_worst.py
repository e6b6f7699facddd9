"""A blog with everything that references, notes, indexes and letters must outlive, in one book."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
from pointing import Printed

from book import build
from book.report import BuildReport

TOML = """
title = "Worst"
language = "en-GB"
[style]
mentions = true
[letters]
of = "all"
[index]
of = ["terms", "tags"]
[editions.ebook]
format = "epub"
[editions.paperback]
format = "pdf"
links = "footnotes"
[editions.back]
format = "pdf"
links = "backnotes"
"""
LONG = "https://example.org/" + "long/" * 396
FILES = {
    "2016-01-01-round.md": "---\n\nTo [itself](2016-01-01-round.md), [about](2016-01-02-about.md).",
    "2016-01-02-about.md": "---\n\nTo [round](2016-01-01-round.md) and [many](2016-01-03-many.md).",
    "2016-01-04-left.md": "---\n\nTo [a draft](2016-01-05-draft.md), [a post left out](2016-01-06-out.md), "
    "[one that is elsewhere](2016-01-07-elsewhere.md), [one that never was](2016-01-08-never.md) "
    f"and [far]({LONG}).",
    "2016-01-05-draft.md": "draft: true\n---\n\nNo.",
    "2016-01-06-out.md": "tags: [private]\n---\n\nNo.",
    "2016-01-07-elsewhere.md": "tags: [private]\nurl: https://example.org/elsewhere\n---\n\nNo.",
}


@dataclass(frozen=True)
class Worst:
    """A built book whose one post has so many links out of the book and into it, and so many comments."""

    report: BuildReport
    links: int
    comments: int

    @property
    def messages(self) -> list[str]:
        return [warning.message for warning in self.report.warnings]

    def ebook(self) -> str:
        with zipfile.ZipFile(self.report.editions[0].path) as packed:
            return "".join(packed.read(n).decode() for n in packed.namelist() if n.endswith(".xhtml"))


@pytest.fixture(scope="module", params=[(110, 20), pytest.param((500, 500), marks=pytest.mark.slow)])
def worst(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Worst:
    links, comments = request.param
    root = tmp_path_factory.mktemp("worst")
    folder = root / "chapters" / "comments"
    folder.mkdir(parents=True)
    (root / "book.toml").write_text(TOML + '[chapters]\nwithout = ["private"]\n')
    words = (f"[word {n}](https://example.org/{n}) and [round](2016-01-01-round.md)" for n in range(links))
    many = {"2016-01-03-many.md": "---\n\n" + "\n\n".join(words)}
    for name, text in (FILES | many).items():
        (root / "chapters" / name).write_text(f"---\ntitle: {name[11:-3].title()}\n{text}\n")
    (root / "chapters" / "index.toml").write_text('[to]\n[word]\n[nothing]\n[see-me]\nsee = "word"\n')
    said = "".join(f'- id: "{n}"\n  name: Reader {n}\n  text: Yes {n}.\n' for n in range(comments))
    (folder / "2016-01-01-round.yaml").write_text(said)
    (folder / "2011-01-01-deleted.yaml").write_text('- id: "1"\n  name: Ghost\n  text: Boo.\n')
    return Worst(build(root, out=root / "out"), links, comments)


@pytest.fixture(scope="module")
def printed(worst: Worst) -> Printed:
    return Printed(worst.report.editions[1].path)


def test_links_in_circles_name_their_pages(worst: Worst, printed: Printed) -> None:
    shown = printed.with_page_numbers()
    assert len(shown) > worst.links
    for one in shown:
        assert one.words == one.label, one
    first = printed.page("1")
    assert re.search(r"To itself \(p\. 1\), about \(p\. \d+\)\. Mentioned later on pp\. \d+–\d+\.", first)


def test_links_to_what_is_left_out_are_undone_or_lead_to_where_it_was(worst: Worst, printed: Printed) -> None:
    ebook = worst.ebook()
    assert "<a>a draft</a>, <a>a post left out</a>, <a" in ebook
    assert '<a href="https://example.org/elsewhere">one that is elsewhere</a>, <a>one that never' in ebook
    about = [message for message in worst.messages if "link" in message and "2016-01-0" in message]
    for name in ("2016-01-05-draft.md", "2016-01-06-out.md", "2016-01-08-never.md"):
        assert any(name in message for message in about), name
    assert "one that is elsewhere,1" in " ".join(printed.texts)


def test_a_thousand_links_in_one_post_are_all_printed(worst: Worst, printed: Printed) -> None:
    text = " ".join(printed.texts)
    numbers = {int(n) for n in re.findall(r"example\.org/(\d+)\b", text)}
    assert numbers == set(range(worst.links))
    told = f"{worst.links} links are too many for the foot of pages: their notes stand at the end"
    assert told in worst.messages


def test_notes_at_the_books_end_hold_them_too(worst: Worst) -> None:
    back = Printed(worst.report.editions[2].path)
    start = next(n for n, text in enumerate(back.texts) if text.startswith("Notes "))
    numbers = {int(n) for n in re.findall(r"example\.org/(\d+)\b", " ".join(back.texts[start:]))}
    assert numbers == set(range(worst.links))


def test_an_endless_address_is_cut_and_told(worst: Worst, printed: Printed) -> None:
    assert len(LONG) == 2000
    assert any(m.startswith("an address of 2000 characters is cut in print") for m in worst.messages)
    assert "[…]" in " ".join(printed.texts)
    assert LONG in worst.ebook()


def test_a_term_that_says_nothing_is_told_and_one_in_each_line_has_its_pages(
    worst: Worst, printed: Printed
) -> None:
    assert "the term `nothing` stands nowhere in the book" in worst.messages
    index = next(text for text in printed.texts if text.startswith("Index "))
    assert "see-me see word" in index
    assert re.search(r"W word \d+–\d+", index)


def test_every_comment_is_a_letter_and_those_on_deleted_posts_are_named(
    worst: Worst, printed: Printed
) -> None:
    text = " ".join(printed.texts)
    assert [n for n in range(worst.comments) if f"Yes {n}." not in text] == []
    assert "Boo." not in text
    assert [
        (one.path.name, one.reason) for one in worst.report.skipped if one.path and one.path.suffix == ".yaml"
    ] == [("2011-01-01-deleted.yaml", "these comments are on a post that is not there")]
