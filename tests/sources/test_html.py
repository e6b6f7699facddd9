"""Pages that a browser saved: the post on them, its day, and nothing of the page around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from book.gather import kind_of
from book.model import Draft, Gathered
from book.sources._page.sitetitle import site_title
from book.sources.html import gather, recognises

TEXT = "<p>The first paragraph of the post, which is long enough to be one.</p><p>And a second.</p>"
BODY = "The first paragraph of the post, which is long enough to be one.\n\nAnd a second."

WORDPRESS = """<!DOCTYPE html>
<html lang="de-DE"><head><meta charset="utf-8"><title>A post – A blog</title>
<meta property="og:site_name" content="A blog"><meta property="og:title" content="A post – A blog">
<meta name="description" content="What it is about">
<meta property="article:published_time" content="2020-07-01T21:30:00+00:00">
<link rel="canonical" href="https://blog.example/2020/07/a-post/"></head><body>
<header><h1 class="site-title">A blog</h1><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><article class="post hentry"><img class="wp-post-image" src="/up/head.jpg" alt="Head">
<header class="entry-header"><h1 class="entry-title">A post</h1>
<time class="entry-date published" datetime="2020-07-01T23:30:00+02:00">1. Juli</time>
<span class="author vcard"><a class="url fn n" rel="author" href="/a">Ann</a></span></header>
<div class="entry-content">{body}<div class="sharedaddy sd-sharing">Share this</div>
<div class="related">Related posts</div></div>
<footer class="entry-footer"><a rel="tag" href="/t">Sea</a> <a rel="category tag" href="/s">Sand</a></footer>
</article>
<section id="comments"><ol class="commentlist"><li>Ben writes: well said!</li></ol></section></main>
<aside class="sidebar"><h2>About me</h2>
<p>Words on the side that are long enough to be a paragraph too.</p></aside>
</body></html>"""

Export = Callable[..., Path]


@pytest.fixture
def saved(tmp_path: Path) -> Export:
    def make(page: str, name: str = "page.html", encoding: str = "utf-8") -> Path:
        path = tmp_path / "saved" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode(encoding))
        return path

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> str:
    return "\n".join(notice.message for notice in found.warnings)


def test_the_post_on_a_page_comes_in_with_all_that_the_page_tells(saved: Export) -> None:
    source = saved(WORDPRESS.format(body=TEXT + '<p><a href="../other/">Other</a></p>'))
    assert recognises(source)
    found = gather(source, zone="Europe/Berlin")
    assert (found.title, found.language, found.url) == ("A blog", "de-DE", "https://blog.example")
    draft = one(found)
    assert draft.title == "A post"
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2020-07-01T23:30:00+02:00"
    assert (draft.authors, draft.tags) == (("Ann",), ("Sea", "Sand"))
    assert (draft.slug, draft.url) == ("a-post", "https://blog.example/2020/07/a-post/")
    assert draft.summary == "What it is about"
    other = "[Other](https://blog.example/2020/07/other/)"
    assert draft.body == f"![Head](https://blog.example/up/head.jpg)\n\n{BODY}\n\n{other}"


def test_what_is_left_out_is_told(saved: Export) -> None:
    words = told(gather(saved(WORDPRESS.format(body=TEXT))))
    assert "comments on the page were left out: “Ben writes: well said!”" in words
    assert "the page's furniture was left out: “Related posts”" in words


def test_what_is_said_for_search_engines_is_understood(saved: Export) -> None:
    article = {
        "@graph": [
            {"@type": "WebSite", "name": "A blog"},
            {
                "@type": ["BlogPosting"], "headline": "Tom &amp; Ann",
                "datePublished": "2021-02-03T04:05:06+09:00",
                "dateModified": "2021-02-04T04:05:06+09:00", "author": [{"name": "Ann"}],
                "keywords": "sea, sand",
                "url": "https://blog.example/x",
            },
        ]
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(article)}</script>'
    draft = one(gather(saved(f"<html><head>{script}</head><body><article>{TEXT}</article></body></html>")))
    assert (draft.title, draft.authors, draft.tags) == ("Tom & Ann", ("Ann",), ("sea", "sand"))
    assert (draft.url, draft.body) == ("https://blog.example/x", BODY)
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2021-02-03T04:05:06+09:00"
    assert isinstance(draft.updated, datetime) and draft.updated.day == 4


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ('<time datetime="2020-01-02">x</time>', date(2020, 1, 2)),
        ('<abbr class="published" title="2020-01-02T03:04:05+01:00">x</abbr>', date(2020, 1, 2)),
        ('<span class="date">Donnerstag, 2. Januar 2020</span>', date(2020, 1, 2)),
        ('<h2 class="date-header"><span>jeudi 2 janvier 2020</span></h2>', date(2020, 1, 2)),
        ('<p class="posted">Posted on January 2, 2020</p>', date(2020, 1, 2)),
        ('<div class="post-date">2020年1月2日</div>', date(2020, 1, 2)),
        ('<span class="date">الخميس، 2 يناير 2020</span>', date(2020, 1, 2)),
        ('<span class="date">۱۲ دی ۱۳۹۸</span>', date(2020, 1, 2)),
        ('<span class="entry-date">2020/1/2 12:30</span>', date(2020, 1, 2)),
        ('<span class="date">2 de enero de 2020</span>', date(2020, 1, 2)),
        ('<link rel="canonical" href="https://b.example/2020/01/02/x.html">', date(2020, 1, 2)),
        ("", None),
    ],
)
def test_the_day_is_found_however_a_page_shows_it(saved: Export, shown: str, expected: date | None) -> None:
    page = f"<html><body><article><h1>A post</h1>{shown}<div>{TEXT}</div></article></body></html>"
    when = one(gather(saved(page))).date
    assert (when.date() if isinstance(when, datetime) else when) == expected


def test_a_page_without_any_marks_gives_its_densest_part(saved: Export) -> None:
    menu = "".join(f'<li><a href="/{n}">A link in the menu, number {n}</a></li>' for n in range(40))
    page = (
        f"<html><title>A post | A blog</title><body><ul>{menu}</ul><div><div>{TEXT}</div></div></body></html>"
    )
    draft = one(gather(saved(page)))
    assert (draft.title, draft.body) == ("A post", BODY)


def test_each_of_several_posts_on_a_page_comes_in(saved: Export) -> None:
    posts = "".join(
        f'<div class="post"><h2 class="post-title"><a href="/2020/0{n}/x{n}.html">Post {n}</a></h2>'
        f'<span class="post-date">{n} May 2020</span><div class="post-body">{TEXT}</div></div>'
        for n in (1, 2, 3)
    )
    head = '<head><title>A blog</title><link rel="canonical" href="https://blog.example/"></head>'
    found = gather(saved(f"<html>{head}<body>{posts}</body></html>"))
    assert [(draft.title, str(draft.date), draft.url) for draft in found.drafts] == [
        (f"Post {n}", f"2020-05-0{n}", f"https://blog.example/2020/0{n}/x{n}.html") for n in (1, 2, 3)
    ]
    assert all(draft.body == BODY for draft in found.drafts)


@pytest.mark.parametrize(
    "folder", ["page_files", "page-Dateien", "page_fichiers", "page.files", "page_ファイル"]
)
def test_pictures_that_were_saved_with_the_page_are_found(saved: Export, folder: str) -> None:
    page = WORDPRESS.format(body=f'{TEXT}<p><img src="./{folder}/a.jpg"> <img src="/up/b.jpg"></p>')
    source = saved(page)
    beside = source.parent / folder
    beside.mkdir()
    (beside / "a.jpg").write_bytes(b"picture")
    (beside / "frame.html").write_text("<html><body>A frame</body></html>")
    (beside / "data.json").write_text("{}")
    for one_source in (source, source.parent):
        assert recognises(one_source)
        found = gather(one_source)
        assert len(found.drafts) == 1
        paths = {address: path.name for address, path in found.media.items() if isinstance(path, Path)}
        assert list(paths.values()) == ["a.jpg"]
        assert found.media["https://blog.example/up/b.jpg"] is None


def test_no_file_outside_the_folder_is_read(saved: Export, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    found = gather(saved(WORDPRESS.format(body=f'{TEXT}<img src="../secret.png">')))
    assert not any(found.media.values())


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("shift_jis", "Shift_JIS"),
        ("euc_jp", "euc-jp"),
        ("utf-8", ""),
        ("euc_jp", ""),
        ("utf-8", "Shift_JIS-X"),
    ],
)
def test_pages_are_read_in_their_encoding(saved: Export, encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = "<p>朝の港は静かで、船が三つ泊まっていた。帰りに市場で魚を買った。安かった。</p>" * 3
    head = f"<head>{meta}<title>港を歩く</title></head>"
    page = f"<html>{head}<body><h1>港を歩く</h1><div>{text}</div></body></html>"
    draft = one(gather(saved(page, encoding=encoding)))
    assert draft.title == "港を歩く"
    assert draft.body.startswith("朝の港は静かで")


def test_the_address_that_a_browser_notes_is_taken(saved: Export) -> None:
    page = f"<html><body><article>{TEXT}</article></body></html>"
    source = saved(f"<!-- saved from url=(0031)https://blog.example/2020/x -->\n{page}")
    assert one(gather(source)).url == "https://blog.example/2020/x"


def test_the_title_at_the_head_of_the_text_does_not_stand_twice(saved: Export) -> None:
    page = f"<html><title>A post</title><body><article><h1>A post</h1>{TEXT}</article></body></html>"
    assert one(gather(saved(page))).body == BODY


def test_a_page_without_a_post_is_named(saved: Export) -> None:
    found = gather(saved("<html><head><title>x</title></head><body><ul><li> </li></ul></body></html>"))
    assert found.drafts == () and found.skipped[0].reason == "no post was found on this page"


def test_an_empty_page_is_an_empty_post_and_told(saved: Export) -> None:
    found = gather(saved(" \n"))
    assert one(found).body == "" and one(found).title == "page"
    assert [notice.message for notice in found.warnings] == ["this page is empty, and so is its post"]


def test_a_page_that_breaks_off_is_read(saved: Export) -> None:
    page = WORDPRESS.format(body=TEXT)
    assert one(gather(saved(page[: page.index("second") + 6]))).body.endswith("And a second")


def test_a_page_of_a_million_characters_in_one_line_comes_in_whole(saved: Export) -> None:
    body = one(gather(saved(WORDPRESS.format(body=f"<p>{'word ' * 200_000}</p>")))).body
    assert body.count("word") == 200_000


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: x\n---\n<p>y</p>",
        '<html xmlns:b="http://www.google.com/2005/gml/b"><head/></html>',
        '<html><body><article class="h-entry"><section data-field="body"></section></article></body></html>',
    ],
)
def test_other_files_are_not_taken_for_pages(saved: Export, content: str) -> None:
    assert not recognises(saved(content))


def test_pages_beside_another_form_of_a_blog_are_not_what_is_meant(saved: Export) -> None:
    folder = saved(WORDPRESS.format(body=TEXT)).parent
    (folder / "2020-01-01-x.md").write_text("---\ntitle: x\n---\n")
    assert not recognises(folder)


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("just text & more < less", "just text & more"),
        ('<?xml version="1.0" encoding="latin-1"?><html><body><p>café</p></body></html>', "café"),
        ("<div>" * 3_000 + "deep" + "</div>" * 3_000, "deep"),
    ],
)
def test_a_file_that_holds_a_piece_of_a_page_is_one_post(tmp_path: Path, piece: str, words: str) -> None:
    source = tmp_path / "piece.html"
    source.write_text(piece)
    assert kind_of(source) == "html"
    (draft,) = gather(source).drafts
    assert words in draft.body.replace("\\", "").replace("&amp;", "&").replace("&lt;", "<")


@pytest.mark.parametrize(
    ("pages", "named"),
    [
        ([("First | Salt — Sea", "First"), ("Second | Salt — Sea", "Second")], "Sea"),
        ([("First | Salt", "First"), ("Second | Salt", "Second"), ("About me", "About me")], "Salt"),
        ([("Salt » First", "First")], "Salt"),
        ([("Salt: a blog", None)], "Salt: a blog"),
        ([("Salt | page 2", None), ("Salt | page 3", None)], "Salt"),
        ([("Wholly other", "First")], ""),
        ([("First | A", "First"), ("Second | B", "Second")], ""),
        ([("", "First"), ("", None)], ""),
        ([], ""),
    ],
)
def test_a_blog_is_called_what_the_titles_of_its_pages_share(
    pages: list[tuple[str, str | None]], named: str
) -> None:
    assert site_title(pages) == named
