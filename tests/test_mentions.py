from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from making import config, post, reading
from pointing import Printed

from book import build
from book.arrange import arrange
from book.config import Project, Style
from book.typeset import typeset

FIRST = post("first", date(2017, 1, 1), title="First", body='<p><a href="#post-last">ahead</a></p>')
SECOND = post(
    "second",
    date(2017, 1, 2),
    title="Second & more",
    body='<p id="post-second.mention-1"><a href="#post-first">a</a> '
    '<a id="post-second.x" href="#post-first.b">b</a><a href="#post-second">itself</a></p>',
)
LAST = post("last", date(2017, 1, 3), title="Last", body='<p><a title="t" href="#post-first">c</a></p>')


def chapter(folder: Path, *, medium: str, wanted: bool = True, language: str = "en-GB") -> str:
    settings = config(language=language)
    style = Style(mentions=wanted, references="none")
    made = typeset(arrange(reading(FIRST, SECOND, LAST), settings), Project(folder, settings), style, medium)
    everything = "".join(galley.body for galley in made.galleys)
    idents = re.findall(r'\sid="([^"]+)"', everything)
    assert len(idents) == len(set(idents))
    assert set(re.findall(r'class="locator" href="#([^"]+)"', everything)) <= set(idents)
    return everything


def test_screens_name_the_later_posts_once(tmp_path: Path) -> None:
    made = chapter(tmp_path, medium="screen")
    said = re.findall(r'<p class="mentions">(.*?)</p>', made)
    assert said == [
        'Mentioned later in <a href="#post-second">Second &amp; more</a> and <a href="#post-last">Last</a>.'
    ]


def test_print_lists_every_place(tmp_path: Path) -> None:
    made = chapter(tmp_path, medium="print")
    assert re.findall(r'class="locator" href="#(.*?)"', made) == [
        "post-second.mention-2",
        "post-second.x",
        "post-last.mention-1",
    ]
    assert "mentions" not in chapter(tmp_path, medium="print", wanted=False)


@pytest.mark.parametrize("language", ["ar", "de", "es", "fa", "fr", "it", "ja", "nl", "pt", "zh"])
def test_it_is_said_in_every_language(language: str, tmp_path: Path) -> None:
    assert 'class="mentions"' in chapter(tmp_path, medium="print", language=language)


def test_the_pages_are_those_of_the_links(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    toml = 'title = "M"\n[style]\nmentions = true\n[editions.paperback]\nformat = "pdf"\ntrim = "a6"\n'
    (tmp_path / "book.toml").write_text(toml)
    words = "Rain again, and nobody in the lane said a word about it until the evening. " * 12
    for number in range(1, 7):
        link = "[the first](one-1.md)" if number % 2 == 0 else "nothing"
        text = f"{words}\n\n" * 3 + f"Here is {link} once more.\n\n"
        header = f"---\ntitle: Title {number}\ndate: 2017-01-0{number}\n---\n\n"
        (tmp_path / "chapters" / f"one-{number}.md").write_text(header + text)
    printed = Printed(build(tmp_path, out=tmp_path / "out").editions[0].path)
    told = next(text for text in printed.texts if "Mentioned later" in text)
    pages = re.search(r"Mentioned later on pp\. ([\d, ]+)\.", told)
    assert pages
    expected = [label for label, text in zip(printed.labels, printed.texts, strict=True)
                if "Here is the first" in text]  # fmt: skip
    assert pages[1].split(", ") == expected
    assert len(expected) == 3
