"""A post that is only a link shows where it leads: in print the address, on a screen a link."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest

from book import build, config
from book.read import read

HEADER = "---\ntitle: T\ndate: 2019-03-04\n"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("link: https://www.example.org/a_b_c/?utm_source=x", "example.org/a_b_c/"),
        ("external-url: http://example.org/*a*?b=1&c=2", "example.org/*a*?b=1&amp;c=2"),
        ("externalUrl: https://example.org", "example.org"),
        ("target: https://example.org/...", "example.org/..."),
    ],
)
def test_the_address_of_a_header_stands_for_words(manuscript: Any, header: str, body: str) -> None:
    reading = read(config.load(manuscript({"x": f"{HEADER}{header}\n---\n"})))
    (post,) = reading.posts
    assert post.body.startswith('<p><a class="address" href="http')
    assert post.body.endswith(f">{body}</a></p>")
    assert not reading.warnings


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("link: /2019/here", ""),
        ("link: 'javascript:x()'", ""),
        ("link: 'https://[broken'", ""),
        ("url: https://blog.example/t", ""),
        ("link: https://example.org", "Words of mine."),
    ],
)
def test_other_posts_stay_as_they_are(manuscript: Any, header: str, body: str) -> None:
    reading = read(config.load(manuscript({"x": f"{HEADER}{header}\n---\n{body}\n"})))
    assert reading.posts[0].body == (f"<p>{body}</p>" if body else "")
    assert [one.message for one in reading.warnings] == ([] if body else ["post is empty"])


def test_print_has_the_address_and_no_note_and_the_epub_a_link(manuscript: Any) -> None:
    root = manuscript({"x": f"{HEADER}link: https://www.example.org/a-page?utm_source=x\n---\n"})
    report = build(root)
    by_format = {edition.format: edition.path for edition in report.editions}
    with ZipFile(by_format["epub"]) as epub:
        texts = [epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml")]
    assert sum('href="https://www.example.org/a-page"' in text for text in texts) == 1
    with pypdfium2.PdfDocument(by_format["pdf"]) as pdf:
        pages = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert pages.count("example.org/a-page") == 1
