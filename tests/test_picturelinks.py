"""Links to pictures of the project lead to where the book shows them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from conftest import Manuscript
from test_media import picture

from book import build
from book.report import BuildReport

HEAD = "---\ntitle: {0}\ndate: 2019-05-{1}\nurl: https://blog.example/2019/05/{0}/\n---\n\n{2}\n"


def post(title: str, day: str, text: str) -> str:
    return HEAD.format(title, day, text)


@pytest.fixture
def made(manuscript: Manuscript) -> BuildReport:
    files: dict[str, str | bytes] = {
        "chapters/2019-05-01-one.md": post(
            "one", "01", "[![A heap](media/heap.png)](media/heap.png) and [the heap](media/heap.png)."
        ),
        "chapters/2019-05-02-two.md": post(
            "two", "02", "The [heap](media/heap.png) again, [a hole](media/hole.png), [gone](media/gone.png)."
        ),
        "chapters/media/heap.png": picture(),
        "chapters/media/hole.png": picture(size=(40, 30)),
    }
    root = manuscript(toml='title = "L"\n[editions.ebook]\nformat = "epub"\n', posts={}, files=files)
    return build(root, out=root / "out")


def links(made: BuildReport, name: str) -> dict[str, str]:
    with zipfile.ZipFile(made.editions[0].path) as archive:
        page = archive.read(f"EPUB/text/{name}.xhtml").decode()
    body = page[page.index("<body") :]
    return {words: href for href, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', body)}


def test_a_link_leads_to_the_picture_in_its_own_post_and_one_around_it_is_gone(made: BuildReport) -> None:
    assert links(made, "2019-05-01-one") == {"the heap": "#post-one.picture-1"}
    with zipfile.ZipFile(made.editions[0].path) as archive:
        page = archive.read("EPUB/text/2019-05-01-one.xhtml").decode()
    assert re.search(r'<img [^>]*id="post-one.picture-1"', page)


def test_a_link_leads_to_another_post_that_shows_the_picture(made: BuildReport) -> None:
    assert links(made, "2019-05-02-two")["heap"] == "2019-05-01-one.xhtml#post-one.picture-1"


def test_a_picture_that_is_nowhere_shown_is_told_and_a_missing_one_is_an_address(
    made: BuildReport,
) -> None:
    assert "a hole" not in links(made, "2019-05-02-two")
    assert links(made, "2019-05-02-two")["gone"] == "https://blog.example/2019/05/two/media/gone.png"
    message = "the picture `media/hole.png` is linked to and nowhere shown"
    told = [notice for notice in made.warnings if "nowhere shown" in notice.message]
    assert [(notice.message, Path(notice.path or "").name) for notice in told] == [
        (f"{message}; its words are kept, the link is not", "2019-05-02-two.md")
    ]
