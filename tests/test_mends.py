"""What is changed on the way into the book is told: once for each post, or once for many."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from book import config
from book.mends import Mend, in_words, told
from book.model import Notice
from book.read import read
from book.remarks import mended

SCRIPTED = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
    ' onload="x()"><script>x()</script><image xlink:href="https://example.org/a.png" width="3" height="3"/>'
    '<rect width="5" height="5" fill="url(https://example.org/f.svg#a)"/></svg>'
)


def warnings(root: Path) -> list[Notice]:
    return list(read(config.load(root)).warnings)


def header(title: str = "T", day: str = "2017-01-01") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n---\n"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("# One\n\n##### Five\n\n### Three", 7, "headings left a level out, and were moved up: `Five`"),
        ('<p id="a">A</p>\n\n<p id="a">B</p>', 5, "identifiers that stood twice in a post were renamed: `a`"),
        (
            "a\n\n<table><tr><td><h2>Menu</h2></td><td><p>One</p><p>Two</p></td></tr></table>",
            7,
            "side by side; they stand one below the other: `Menu One Two`",
        ),
        ("a\n\nb <b>bold\n\nc", 7, "HTML that nothing closes ends with its paragraph: `<b>`"),
        ("a\n\n<div class='x'>\nwords\n\nc", 7, "ends with its paragraph: `<div class='x'>`"),
        (
            "a\n\n<svg viewBox='0 0 9 9' onclick='x()'><rect width='5' height='5'/></svg>",
            7,
            "drawings lost what no book may hold: `onclick`",
        ),
    ],
)
def test_a_repair_is_told_with_its_line(manuscript: Any, body: str, line: int, message: str) -> None:
    root = manuscript({"x": f"{header()}{body}\n"})
    (notice,) = warnings(root)
    assert message in notice.message
    assert (notice.path, notice.line) == (root / "chapters" / "x.md", line)
    assert notice.hint


def test_markup_in_a_title_is_told(manuscript: Any) -> None:
    root = manuscript({"x": f"{header('A <b>bold</b> title 😀')}Words.\n"})
    (notice,) = warnings(root)
    assert notice.message == "markup in a title was left out: `A <b>bold</b> title 😀`"
    assert notice.line == 2


def test_pictures_that_lie_and_drawings_with_scripts_are_told(manuscript: Any) -> None:
    root = manuscript({"x": f"{header()}![A](media/lie.png)\n\n![B](media/evil.svg)\n\n![C](media/c.jpeg)\n"})
    folder = root / "chapters" / "media"
    folder.mkdir(exist_ok=True)
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "JPEG")
    (folder / "lie.png").write_bytes(out.getvalue())
    (folder / "c.jpeg").write_bytes(out.getvalue())
    (folder / "evil.svg").write_text(SCRIPTED)
    project = config.load(root)
    for fresh in (True, False):  # made, and remembered
        drawing, suffix = read(project, fresh=fresh).warnings
        lost = "onload, script, image, address elsewhere"
        assert drawing.message == f"drawings lost what no book may hold: `evil.svg ({lost})`"
        assert "renamed: `lie.png (JPEG)`" in suffix.message
        assert (drawing.line, suffix.line) == (7, 5)


def test_a_picture_that_lacks_only_its_end_is_shown_and_told(manuscript: Any) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "JPEG")
    files = {"chapters/media/a.jpg": out.getvalue()[:-2]}
    project = config.load(manuscript({"x": f"{header()}![A](media/a.jpg)\n"}, files=files))
    for fresh in (True, False):  # made, and remembered
        [told] = read(project, fresh=fresh).warnings
        assert told.message == "pictures lacked the mark at their end, and got it: `a.jpg`"
        assert told.line == 5


def test_what_is_common_on_blogs_is_no_repair(manuscript: Any) -> None:
    body = (
        "### A blog's first heading\n\n#### Below\n\n## Up\n\n"
        "<p>one\n<p>two\n\n<ul><li>a<li>b</ul>\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "```html\n<div><b id='a'>\n```\n\n"
        "`<i>` and \\<i>, <a name='y'></a> and <br> <img src='data:,' alt=''>\n\n"
        "<div>\n\n    <p>indented</p>\n    </div>\n\n"
        "<svg viewBox='0 0 9 9'><use href='#x'/><g id='x'/></svg>\n"
    )
    root = manuscript({"x": f"{header()}{body}"})
    assert [n.message for n in warnings(root) if "picture" not in n.message] == []


def test_repairs_in_many_posts_are_told_once(manuscript: Any) -> None:
    posts = {f"x{n}": f"{header(f'T{n}', f'2017-01-0{n}')}<b>a {n}\n\nb\n" for n in range(1, 6)}
    (notice,) = warnings(manuscript(posts))
    assert notice.message == (
        "in 5 posts HTML that nothing closes ends with its paragraph: "
        "`x1.md`, `x2.md`, `x3.md` and 2 more"
    )  # fmt: skip
    assert notice.path is None


def test_many_in_one_post_are_counted() -> None:
    mends = [Mend("heading", f"H{n}", Path("x.md"), n) for n in range(1, 8)]
    (notice,) = told(mends)
    assert notice.message == "headings left a level out, and were moved up: `H1`, `H2`, `H3` and 4 more"
    assert notice.line == 1


def test_a_repair_that_is_told_alone_says_what_it_is() -> None:
    assert in_words(mended("unclosed", "<script>")) == (
        "HTML that nothing closes ends with its paragraph: `<script>`"
    )
    assert in_words("a script was left out") == "a script was left out"
