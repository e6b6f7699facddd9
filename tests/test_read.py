from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from book import config
from book.errors import BookError
from book.model import Reading
from book.read import read


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 6)).save(out, "PNG")
    return out.getvalue()


def reading(root: Path, **more: Any) -> Reading:
    return read(config.load(root), **more)


def test_headers_are_understood(manuscript: Any) -> None:
    text = (
        "---\ntitle: 'It''s here'\ndate: 2017-08-30 12:30\nauthor: Ann\ntags: [a, b]\nslug: Über uns\nurl: https://e.org/x\n"
        "language: fr\nsummary: S\norder: 2\nupdated: 2018-01-01\n---\n\nText.\n"
    )
    (post,) = reading(manuscript({"x": text})).posts
    assert (post.title, post.slug, post.authors, post.tags) == ("It’s here", "uber-uns", ("Ann",), ("a", "b"))
    assert (post.date, post.updated) == (datetime(2017, 8, 30, 12, 30), date(2018, 1, 1))
    assert (post.url, post.language, post.summary, post.order, post.words) == (
        "https://e.org/x",
        "fr",
        "S",
        2,
        1,
    )


def test_dates_from_file_names_and_titles_from_headings(manuscript: Any) -> None:
    (post,) = reading(manuscript({"2017-08-30-closing-gaps": "# Closing “Gaps”\n\nText.\n"})).posts
    assert (post.slug, post.title, post.date) == ("closing-gaps", "Closing “Gaps”", date(2017, 8, 30))
    assert post.body == "<p>Text.</p>"


def test_a_post_without_a_title_is_named_by_its_date(manuscript: Any) -> None:
    root = manuscript({"2017-08-30": "Text.\n"}, toml='title = "T"\nlanguage = "fr"\n')
    made = reading(root)
    assert (made.posts[0].title, made.posts[0].untitled) == ("30 août 2017", True)
    assert [w.message for w in made.warnings] == ["post has no title; it is named by its date"]


def test_all_faults_of_all_files_are_said_at_once(manuscript: Any) -> None:
    root = manuscript(
        {
            "a": "---\ntitle: A\n---\nx",
            "b": "---\ntitle: [\n---\nx",
            "2017-02-30-c": "x",
            "d": "---\ndate: 2017-02-30\n---\n",
        }
    )
    with pytest.raises(BookError) as caught:
        reading(root)
    assert [n.path.name for n in caught.value.notices if n.path] == [
        "2017-02-30-c.md",
        "a.md",
        "b.md",
        "d.md",
    ]
    assert all(notice.hint for notice in caught.value.notices)


def test_a_draft_may_lack_a_date(manuscript: Any) -> None:
    (post,) = reading(manuscript({"idea": "---\ntitle: An idea\ndraft: true\n---\nx"})).posts
    assert (post.draft, post.undated) == (True, True)


def test_two_posts_with_one_slug_are_an_error(manuscript: Any) -> None:
    root = manuscript({"2017-01-01-same": "x", "2018-01-01-same": "y"})
    with pytest.raises(BookError, match=r"has the slug `same`, and so has 2017-01-01-same\.md"):
        reading(root)


def test_of_a_name_that_nobody_gave_a_gap_shows_both_ends(manuscript: Any) -> None:
    token = "AVvXsE" + "hd4Q" * 20 + "end"
    text = f"![](https://pictures.example/img/a/{token}) ![](a/{'x' * 30}.jpg)"
    body = reading(manuscript({"2017-01-01-x": f"# T\n\n{text}\n"})).posts[0].body
    assert f"Picture missing: {token[:20]}…{token[-10:]}<" in body
    assert f"Picture missing: {'x' * 30}.jpg<" in body


def test_a_missing_picture_shows_as_a_captioned_gap_and_is_counted(manuscript: Any) -> None:
    text = "![A cat](cat.png)\n\nSee ![](gone/dog.png) here.\n\n![ok](media/ok.png)\n"
    made = reading(manuscript({"2017-01-01-x": "# T\n\n" + text}, files={"chapters/media/ok.png": png()}))
    body = made.posts[0].body
    assert '<figure><p class="missing-picture">Picture missing: A cat</p></figure>' in body
    assert '<span class="missing-picture">Picture missing: dog.png</span>' in body
    assert len([w for w in made.warnings if "is missing" in w.message]) == 2
    (media,) = made.media
    assert f'<img src="media/{media.name}" alt="ok" width="8" height="6"/>' in body
    assert made.posts[0].media == (media.name,)


def test_pictures_of_one_line_stand_apart_where_one_is_missing(manuscript: Any) -> None:
    ok = "![ok](media/ok.png)"
    text = f"![In Spain, a span](a.png) {ok}\n![](b.png)\n\n{ok} {ok}"
    body = reading(manuscript({"2017-01-01-x": text}, files={"chapters/media/ok.png": png()})).posts[0].body
    gap = '<figure><p class="missing-picture">Picture missing: {}</p></figure>'
    assert gap.format("In Spain, a span") + "<figure><img " in body
    assert gap.format("b.png") in body
    assert body.count("<figure>") == 3
    assert body.count("<img ") == 3


def test_what_is_no_post_is_left_out_and_named(manuscript: Any) -> None:
    files = {
        "chapters/notes.txt": "x",
        "chapters/.hidden.md": "x",
        "chapters/2017-01-02-y.md~": "x",
        "chapters/gathered.json": "{}",
        "chapters/README.md": "How I keep my posts.",
        "chapters/_templates/new.md": "x",
    }
    made = reading(manuscript({"2017-01-01-x": "x"}, files=files))
    assert len(made.posts) == 1
    assert [(s.path.name, s.reason) for s in made.skipped if s.path] == [
        ("2017-01-02-y.md~", "an editor's copy of a file"),
        ("README.md", "it tells of the folder it is in, and is no post"),
        ("new.md", "its name begins with `_`"),
        ("notes.txt", "not a Markdown file (`.md`)"),
    ]


def test_texts_in_book_toml_become_pages(manuscript: Any) -> None:
    toml = 'title = "T"\ndedication = "For *Ann*"\nepigraph = "> Say"\nabout = "Me."\n'
    pages = {p.role: p for p in reading(manuscript(toml=toml)).posts if p.kind == "page"}
    assert pages["dedication"].body == "<p>For <em>Ann</em></p>"
    assert set(pages) == {"dedication", "epigraph", "about-the-author"}


def test_reading_is_remembered_and_gives_the_same_with_any_number_of_workers(manuscript: Any) -> None:
    posts = {
        f"2017-01-{n:02}-p{n}": f"# P{n}\n\n" + f"word{n} *x* and so on.\n\n" * 800 + "\n\n[^1]: N\n"
        for n in range(1, 9)
    }
    root = manuscript(posts)
    one = reading(root, jobs=1)
    assert reading(root) == one
    assert reading(root, jobs=3, fresh=True) == one
    store = root / ".book" / "posts"
    for entry in [path for path in store.rglob("*") if path.is_file()]:
        entry.write_bytes(b"corrupt")
    assert reading(root) == one


def test_runaway_markdown_keeps_its_words(manuscript: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.reading._SECONDS", 1)
    runaway = "[1]: b\n|-|\n" * 10_000
    made = reading(manuscript({"2017-01-01-x": f"# T\n\nBefore {runaway} after\n", "2017-01-02-y": "*Fine*"}))
    assert "Before" in made.posts[0].body
    assert "after" in made.posts[0].body
    assert made.posts[1].body == "<p><em>Fine</em></p>"
    assert "cannot be read as Markdown: it took more than" in made.warnings[0].message


def test_hostile_slugs_give_distinct_safe_names(manuscript: Any) -> None:
    slugs = ["../x", "CON", "a/b", "Ünïcode", "日本語", "a b", ".hidden", "x" * 300, "🎉 party", "-dash-"]
    posts = {f"p{n}": f'---\ntitle: T{n}\ndate: 2017-01-01\nslug: "{s}"\n---\nx' for n, s in enumerate(slugs)}
    names = [post.slug for post in reading(manuscript(posts)).posts]
    assert len(set(names)) == len(slugs)
    for name in names:
        assert name.isascii()
        assert name == name.lower()
        assert "/" not in name
        assert not name.startswith((".", "-"))
        assert len(name) <= 60


@pytest.mark.parametrize(
    ("written", "language"), [("de_DE.UTF-8", "de-DE"), ("pt-br", "pt-BR"), ("🇬🇧", None), ("english", None)]
)
def test_a_post_s_language_is_a_tag_or_none(manuscript: Any, written: str, language: str | None) -> None:
    made = reading(manuscript({"2017-01-01-x": f"---\ntitle: T\nlanguage: {written}\n---\n\nText.\n"}))
    assert made.posts[0].language == language
    told = [one.message for one in made.warnings if "is not a language tag" in one.message]
    assert bool(told) is (language is None)


def test_of_posts_that_are_left_out_on_purpose_nothing_is_told(manuscript: Any) -> None:
    post = "---\ntitle: {}\ndate: {}\n---\n\nText.\n\n### Deep\n\n![](gone.jpg)\n"
    project = manuscript(
        {"a": post.format("Old", "2016-05-01"), "b": post.format("New", "2018-05-01")},
        toml='title = "T"\nlanguage = "en"\n[chapters]\nfrom = "2017"\n',
    )
    told = read(config.load(project)).warnings
    assert {notice.path.name for notice in told if notice.path} == {"b.md"}
    assert any("gone.jpg" in notice.message for notice in told)
