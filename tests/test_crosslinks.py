from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from making import post

from book.crosslinks import resolve
from book.matter import idents
from book.model import Note, Origin, Post

TARGET = post(
    "closing-gaps",
    date(2017, 8, 30),
    url="http://www.example.org/2017/08/closing-gaps.html",
    body='<h2 id="post-closing-gaps.why">Why</h2>',
)


def link(href: str, **more: object) -> Post:
    return post("from", date(2017, 9, 1), body=f'<p><a class="x" href="{href}">there</a></p>', **more)


def mended(href: str, home: str | None = "https://example.org/", **more: object) -> tuple[str, list[str]]:
    posts, warnings = resolve([link(href, **more), TARGET], [link(href, **more), TARGET], home)
    return posts[0].body, [warning.message for warning in warnings]


@pytest.mark.parametrize(
    "href",
    [
        "2017-08-30-closing-gaps.md",
        "./closing-gaps.md",
        "../chapters/closing-gaps.md",
        "closing-gaps",
        "/closing-gaps/",
        "http://www.example.org/2017/08/closing-gaps.html",
        "https://example.org/2017/08/closing-gaps",
        "https://example.org/2017/08/closing-gaps/?utm_source=x",
        "/2017/08/closing-gaps.html",
        "//example.org/2017/08/closing-gaps.html",
    ],
)
def test_every_way_of_naming_a_post_leads_to_it(href: str) -> None:
    from dataclasses import replace

    from book.model import Origin

    origin = Origin(TARGET.origin.path.with_name("2017-08-30-closing-gaps.md"), 1)  # type: ignore[union-attr]
    target = TARGET if href.endswith("/closing-gaps.md") else replace(TARGET, origin=origin)
    posts, warnings = resolve([link(href), target], [target], "https://example.org/")
    assert posts[0].body == '<p><a class="x" href="#post-closing-gaps">there</a></p>'
    assert warnings == []


def test_a_fragment_goes_to_the_heading_where_there_is_one() -> None:
    assert 'href="#post-closing-gaps.why"' in mended("closing-gaps#why")[0]
    assert 'href="#post-closing-gaps"' in mended("closing-gaps#gone")[0]


def test_links_out_of_the_book_stay_as_they_are() -> None:
    for href in ("https://other.org/closing-gaps", "mailto:a@b.org", "#post-from.x"):
        body, warnings = mended(href)
        assert f'href="{href}"' in body
        assert not warnings


def test_a_path_on_the_blog_that_is_no_post_becomes_a_full_address() -> None:
    assert 'href="https://example.org/about/"' in mended("/about/")[0]


def test_a_link_to_nothing_is_undone_and_said() -> None:
    body, warnings = mended("missing.md")
    assert body == '<p><a class="x">there</a></p>'
    assert "leads to nothing in the book" in warnings[0]


def test_a_post_left_out_is_linked_where_it_was_published_or_not_at_all() -> None:
    draft = post("secret", date(2017, 1, 1), draft=True)
    posts, warnings = resolve([link("secret.md")], [draft], None)
    assert "href" not in posts[0].body
    assert "left out" in warnings[0].message
    posts, warnings = resolve([link("closing-gaps")], [TARGET], None)
    assert f'href="{TARGET.url}"' in posts[0].body
    assert not warnings


def test_addresses_with_ampersands_survive_the_way_through_xml() -> None:
    body, _ = mended("https://other.org/?a=1&amp;b=%C3%A9")
    assert 'href="https://other.org/?a=1&amp;b=%C3%A9"' in body


def test_links_in_notes_are_resolved_too() -> None:
    noted = post(
        "n", date(2017, 1, 1), notes=(Note("post-n.note-1", 1, '<p><a href="closing-gaps">x</a></p>'),)
    )
    posts, _ = resolve([noted, TARGET], [noted, TARGET], None)
    assert posts[0].notes[0].body == '<p><a href="#post-closing-gaps">x</a></p>'


def test_a_link_to_front_matter_leads_to_its_leaf() -> None:
    page = post("before", date(2017, 1, 1), kind="page", role="foreword", origin=Origin(Path("before.md")))
    linking = post("one", date(2017, 1, 2), body='<p><a href="before.md">Before</a></p>')
    found, _ = resolve([linking, page], [linking, page], None, idents([page]))
    assert 'href="#foreword"' in found[0].body
