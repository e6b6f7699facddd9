"""Blogger's exports: the backup of old and Google's Takeout give the same posts, on the author's own days."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.gather import kind_of
from book.model import Draft, Gathered
from book.sources.blogger import gather, recognises

ATOM = "xmlns='http://www.w3.org/2005/Atom'"
KIND = "http://schemas.google.com/g/2005#kind"
TERM = "http://schemas.google.com/blogger/2008/kind"
BLOG = "tag:blogger.com,1999:blog-12"


def backup(*entries: str) -> str:
    return (
        f"<?xml version='1.0'?><?xml-stylesheet href='x.css'?><feed {ATOM} xmlns:app='http://purl.org/atom/app#'"
        f" xmlns:thr='http://purl.org/syndication/thread/1.0'><id>{BLOG}.archive</id>"
        "<updated>2012-06-01T00:00:00.000+02:00</updated><title type='text'>My blog</title>"
        "<link rel='alternate' type='text/html' href='http://my.blogspot.com/'/>"
        f"{setting('BLOG_LOCALE', 'de_DE')}{setting('BLOG_TIME_ZONE', 'Europe/Berlin')}"
        f"{kept('template', 'layout', '&lt;html&gt;')}{''.join(entries)}</feed>"
    )


def kept(kind: str, name: str, content: str, *inside: str) -> str:
    return (
        f"<entry><id>{BLOG}.{name}</id><category scheme='{KIND}' term='{TERM}#{kind}'/>{''.join(inside)}"
        f"<content type='html'>{content}</content></entry>"
    )


def setting(name: str, value: str) -> str:
    return kept("settings", f"settings.{name}", value)


def post(
    number: int,
    body: str = "Text",
    *inside: str,
    kind: str = "post",
    date: str = "2012-03-04T23:30:00.001+01:00",
) -> str:
    return kept(
        kind, f"post-{number}", escape(body), f"<published>{date}</published><updated>{date}</updated>",
        f"<title type='text'>Post {number}</title>",
        "<author><name>Ann</name><email>noreply@blogger.com</email></author>",
        f"<link rel='alternate' href='http://my.blogspot.com/2012/03/post-{number}.html'/>", *inside,
    )  # fmt: skip


DRAFT = "<app:control><app:draft>yes</app:draft></app:control>"


def answer(number: int, to: int, *inside: str) -> str:
    return post(
        number, f"Comment {number}", f"<thr:in-reply-to ref='{BLOG}.post-{to}'/>", *inside, kind="comment"
    )


def taken_out(*entries: str) -> str:
    return (
        f"<?xml version='1.0'?><feed {ATOM} xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        f"<id>{BLOG}</id><title>My blog</title>{''.join(entries)}</feed>"
    )


def entry(number: int, body: str = "Text", *, kind: str = "POST", status: str = "LIVE", **values: str) -> str:
    known = {
        "parent": "", "inReplyTo": "", "filename": f"/2012/03/post-{number}.html", "trashed": "",
    } | values  # fmt: skip
    own = "".join(f"<blogger:{name}>{value}</blogger:{name}>" for name, value in known.items())
    return (
        f"<entry><id>{BLOG}.post-{number}</id><blogger:type>{kind}</blogger:type>"
        f"<blogger:status>{status}</blogger:status><author><name>Ann</name></author>"
        f"<title>Post {number} &amp;#39;s</title><content type='html'>{escape(body)}</content>"
        "<published>2012-03-04T22:30:00.001Z</published><updated>2012-03-04T22:30:00Z</updated>"
        f"<category scheme='tag:blogger.com,1999:blog-12' term='Travel'/><link/><enclosure/>{own}</entry>"
    )


SETTINGS = (
    "blog_name,blog_locale,blog_time_zone,blog_subdomain,email_for_posting\n"
    "My blog,de_DE,Europe/Berlin,my,x@y.example\n"
)


@pytest.fixture
def takeout(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that lays out a Takeout: blogs by name, and other files."""

    def make(
        blogs: dict[str, str], files: dict[str, bytes | str] | None = None, settings: str = SETTINGS
    ) -> Path:
        root = tmp_path / "Takeout" / "Blogger"
        everything: dict[str, bytes | str] = dict(files or {})
        for name, text in blogs.items():
            everything[f"Blogs/{name}/feed.atom"] = text
            everything[f"Blogs/{name}/settings.csv"] = settings
        for name, content in everything.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def backed_up(tmp_path: Path) -> Callable[..., Path]:
    def make(*entries: str) -> Path:
        path = tmp_path / "blog-06-01-2012.xml"
        path.write_text(backup(*entries), encoding="utf-8")
        return path

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def test_a_backup_gives_a_post_with_all_that_is_said_of_it(backed_up: Callable[..., Path]) -> None:
    labels = "".join(
        f"<category scheme='http://www.blogger.com/atom/ns#' term='{name}'/>" for name in ("a", "b c")
    )
    found = gather(backed_up(post(1, "One<br /><br />two", labels)))
    assert (found.title, found.language, found.url) == ("My blog", "de-DE", "http://my.blogspot.com")
    draft = one(found)
    assert (draft.title, draft.body, draft.authors, draft.tags) == (
        "Post 1",
        "One\n\ntwo",
        ("Ann",),
        ("a", "b c"),
    )
    assert draft.date == datetime.fromisoformat("2012-03-04T23:30:00+01:00")
    assert draft.url == "http://my.blogspot.com/2012/03/post-1.html"
    assert draft.source == "blogger:12/1"
    assert draft.updated is None


def test_a_takeout_gives_the_same_post_on_the_same_day(
    takeout: Callable[..., Path], backed_up: Callable[..., Path]
) -> None:
    found = gather(takeout({"My blog": taken_out(entry(1))}))
    draft = one(found)
    old = one(gather(backed_up(post(1))))
    assert draft.title == "Post 1 's"
    assert draft.date == old.date
    assert str(draft.date) == "2012-03-04 23:30:00+01:00"
    assert (draft.url, draft.tags, draft.source) == (
        "https://my.blogspot.com/2012/03/post-1.html",
        ("Travel",),
        old.source,
    )
    assert "x@y.example" not in repr(found)


def test_summer_time_is_the_zones_own(takeout: Callable[..., Path]) -> None:
    summer = entry(1).replace("2012-03-04T22", "2012-07-04T22")
    assert str(one(gather(takeout({"b": taken_out(summer)}))).date) == "2012-07-05 00:30:00+02:00"


@pytest.mark.parametrize("settings", ["blog_time_zone\nMars/Olympus\n", "x\ny\n", ""])
def test_a_zone_that_is_not_known_is_said(settings: str, takeout: Callable[..., Path]) -> None:
    found = gather(takeout({"b": taken_out(entry(1))}, settings=settings))
    assert str(one(found).date) == "2012-03-04 22:30:00+00:00"
    assert any("the blog's time zone is not in the export" in notice.message for notice in found.warnings)


def test_only_what_is_published_comes_unless_asked_for(
    takeout: Callable[..., Path], backed_up: Callable[..., Path]
) -> None:
    sources = [
        takeout(
            {
                "b": taken_out(
                    entry(1), entry(2, status="DRAFT"), entry(3, status="SCHEDULED"), entry(4, kind="PAGE"),
                    entry(5, status="SOFT_TRASHED"), entry(6, trashed="2012-01-01"),
                )
            }
        ),
        backed_up(
            post(1), post(2, "x", DRAFT), post(3, date="2012-07-01T00:00:00.000+02:00"), post(4, kind="page"),
        ),
    ]  # fmt: skip
    for source in sources:
        assert [draft.source for draft in gather(source).drafts] == ["blogger:12/1"]
        plain = {draft.source: draft for draft in gather(source, pages=True).drafts}
        assert {name: draft.kind for name, draft in plain.items()} == {
            "blogger:12/1": "post",
            "blogger:12/4": "page",
        }
        everything = {draft.source: draft for draft in gather(source, drafts=True, pages=True).drafts}
        assert everything.keys() - plain.keys() == {"blogger:12/2", "blogger:12/3"}
        assert everything["blogger:12/2"].draft
        assert everything["blogger:12/2"].url is None
        assert all(
            "brings it in" in one.reason or "in the bin" in one.reason for one in gather(source).skipped
        )


def test_comments_are_threaded_and_only_those_shown(
    takeout: Callable[..., Path], backed_up: Callable[..., Path]
) -> None:
    def comment(number: int, to: str = "", status: str = "LIVE") -> str:
        parent, answers = f"{BLOG}.post-1", f"{BLOG}.post-{to}" if to else ""
        return entry(
            number, "Line\nnext", kind="COMMENT", status=status, parent=parent, inReplyTo=answers, filename=""
        )

    spam = comment(8, status="SPAM_COMMENT")
    draft = one(
        gather(takeout({"b": taken_out(comment(7), spam, comment(9, "7"), comment(10, "8"), entry(1))}))
    )
    assert [(one.ident, one.parent, one.body) for one in draft.comments] == [
        ("7", None, "Line  \nnext"), ("9", "7", "Line  \nnext"), ("10", None, "Line  \nnext"),
    ]  # fmt: skip
    related = "<link rel='related' href='http://www.blogger.com/feeds/12/1/comments/default/7'/>"
    old = one(gather(backed_up(post(1), answer(7, 1), answer(9, 1, related))))
    assert [(one.ident, one.parent) for one in old.comments] == [("7", None), ("9", "7")]


def test_pictures_are_found_in_the_albums_by_their_names(takeout: Callable[..., Path]) -> None:
    def shown(name: str) -> str:
        return f'<img src="https://blogger.googleusercontent.com/img/b/R/AV/s320/{name}">'

    body = shown("Day+one.jpg") + shown("cut.jpg") + shown("twice.jpg") + shown("gone.jpg")
    albums: dict[str, bytes | str] = {
        "Albums/My blog/Day one.jpg": b"1",
        "Albums/My blog/a-very-lo.jpg": b"2",
        "Albums/My blog/a-very-lo.jpg.json": json.dumps({"filename": "cut.jpg"}),
        "Albums/My blog/twice.jpg": b"3",
        "Albums/Other/twice.jpg": b"4",
        "Albums/My blog/broken.json": "{",
    }
    root = takeout({"My blog": taken_out(entry(1, body))}, albums)
    found = gather(root)
    assert all("/s1600/" in address for address in found.media)
    names = {address.rpartition("/")[2]: where for address, where in found.media.items()}
    assert names == {
        "Day+one.jpg": root / "Albums/My blog/Day one.jpg",
        "cut.jpg": root / "Albums/My blog/a-very-lo.jpg",
        "twice.jpg": root / "Albums/My blog/twice.jpg",
        "gone.jpg": None,
    }


def test_a_zip_and_its_folder_give_the_same(takeout: Callable[..., Path], tmp_path: Path) -> None:
    picture = '<img src="https://x.example/p.jpg">'
    root = takeout({"My blog": taken_out(entry(1, picture))}, {"Albums/My blog/p.jpg": b"1"})
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        for file in sorted(root.rglob("*.*")):
            archive.write(file, file.relative_to(tmp_path))
    zipped, folder = gather(tmp_path / "takeout.zip"), gather(tmp_path)
    assert zipped.media == {"https://x.example/p.jpg": b"1"}
    assert one(zipped).body == one(folder).body
    assert recognises(tmp_path / "takeout.zip")
    assert recognises(tmp_path)


def test_of_several_blogs_all_come_and_one_can_be_named(takeout: Callable[..., Path]) -> None:
    root = takeout({"One": taken_out(entry(1)), "Two": taken_out(entry(2)).replace("blog-12", "blog-13")})
    found = gather(root)
    assert [draft.source for draft in found.drafts] == ["blogger:12/1", "blogger:13/2"]
    assert any("this holds 2 blogs" in notice.message for notice in found.warnings)
    assert [draft.source for draft in gather(root, blog="Two").drafts] == ["blogger:13/2"]
    with pytest.raises(BookError, match="no blog named `Three`") as error:
        gather(root, blog="Three")
    assert "`One`, `Two`" in str(error.value)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<div class="separator"><a href="http://4.bp.blogspot.com/-a/B/s1600/p.jpg">'
            '<img src="http://4.bp.blogspot.com/-a/B/s320/p.jpg"></a></div>Words<br />more<br /><br />End',
            "![](http://4.bp.blogspot.com/-a/B/s1600/p.jpg)\n\nWords  \nmore\n\nEnd",
        ),
        ("Line\nnext\n\nPart", "Line  \nnext\n\nPart"),
        ("<p>wrapped\nline</p><a name='more'></a><p>b</p>", "wrapped line\n\nb"),
        (
            '<a href="http://my.blogspot.de/2012/03/post-2.html#c">x</a> <a href="http://my.example/2012/03/post-2.html">y</a>',
            "[x](http://my.blogspot.com/2012/03/post-2.html#c) [y](http://my.example/2012/03/post-2.html)",
        ),
    ],
)
def test_bodies_read_as_they_did(body: str, expected: str, backed_up: Callable[..., Path]) -> None:
    found = gather(backed_up(post(1, body), post(2)))
    assert found.drafts[0].body == expected


def test_what_a_title_links_to_stands_first(backed_up: Callable[..., Path]) -> None:
    link = "<link rel='related' href='https://x.example/story'/>"
    assert one(gather(backed_up(post(1, "Text", link)))).body == "<https://x.example/story>\n\nText"


def test_shortcodes_that_came_along_from_another_service_become_what_they_stood_for(
    backed_up: Callable[..., Path],
) -> None:
    body = (
        '<p>[caption width="300"]<img src="https://a.example/b.jpg" alt="Boat"> A <i>boat</i>[/caption]</p>'
        '<p>[gallery ids="1,2"]</p><pre>[gallery ids="1"]</pre><p>As [1] says.</p>'
        "<p>[youtube https://youtu.be/abcdefghijk]</p>"
    )
    found = gather(backed_up(post(1, body)))
    text = one(found).body
    assert "<figcaption>A <em>boat</em></figcaption>" in text
    assert "https://youtu.be/abcdefghijk" in text
    assert text.count("[gallery") == text.count("caption]") + 1 == 1
    assert "As [1] says." in text.replace("\\", "")
    assert [notice.message for notice in found.warnings if "gallery" in notice.message] == [
        '`Post 1`: the shortcode `[gallery ids="1,2"]` was left out: nothing says which pictures it showed'
    ]


def test_what_only_looks_like_a_blog_is_said_to_be_something_else(
    takeout: Callable[..., Path], tmp_path: Path
) -> None:
    theme = tmp_path / "theme.xml"
    theme.write_text("<?xml version='1.0'?><html xmlns:b='http://www.google.com/2005/gml/b'><head/></html>")
    assert recognises(theme)
    with pytest.raises(BookError, match="this is a blog's theme, and holds no posts"):
        gather_into([theme], tmp_path / "chapters")
    comment = entry(7, kind="COMMENT", parent=f"{BLOG}.post-1")
    root = takeout({"Mine": taken_out(entry(1))}, {"Comments/Yours/feed.atom": taken_out(comment, comment)})
    assert len(gather(root).drafts) == 1
    with pytest.raises(BookError, match="holds 2 comments and no post: they were written elsewhere"):
        gather_into([root / "Comments/Yours/feed.atom"], tmp_path / "chapters")


def test_gathering_again_from_the_other_kind_of_export_adds_nothing(
    takeout: Callable[..., Path], backed_up: Callable[..., Path], tmp_path: Path
) -> None:
    chapters = tmp_path / "chapters"
    assert len(gather_into([backed_up(post(1), post(2))], chapters).added) == 2
    assert not gather_into([takeout({"My blog": taken_out(entry(1), entry(2))})], chapters).added


def test_a_feed_of_another_program_is_no_export(tmp_path: Path) -> None:
    feed = tmp_path / "feed.atom"
    feed.write_text(f"<feed {ATOM}><title>x</title><entry><title>y</title></entry></feed>")
    assert not recognises(feed)


CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
MARKED_AS_DRAFTS = {"pelican-test/bloggerexport.xml": 2}
"""Entries that say `app:draft` with a prefix the file does not declare: its facts count them as published."""


def facts() -> list[Any]:
    found = []
    for file in sorted(CORPORA.glob("blogger-*/*/facts.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        found += told if isinstance(told, list) else [told]
    return [pytest.param(one, id=one["file"]) for one in found] or [None]


@pytest.mark.parametrize("fact", facts())
def test_every_sample_gives_what_is_known_to_be_in_it(fact: dict[str, Any] | None) -> None:
    source = fact and next(
        (p for p in (CORPORA / fact["file"], CORPORA / "blogger-classic" / fact["file"]) if p.exists()), None
    )
    if not fact or not source:
        pytest.skip("there is no ../shared/corpora beside this checkout")
    found = gather(source.parent if source.name == "feed.atom" else source, drafts=True, pages=True)
    live = [draft for draft in found.drafts if not draft.draft]
    kinds = fact["by_type_status"]
    hidden = MARKED_AS_DRAFTS.get("/".join(source.parts[-2:]), 0)
    assert len(live) + hidden == kinds.get("post/published", 0) + kinds.get("page/published", 0)
    assert len(found.drafts) - len(live) - hidden == kinds.get("post/draft", 0)
    on_posts = fact["comments_by_status"].get("published", 0) - fact["comments_whose_post_is_missing"]
    assert sum(len(draft.comments) for draft in found.drafts) == on_posts
    posts = [draft for draft in found.drafts if draft.kind == "post" and (hidden or not draft.draft)]
    moments = sorted(draft.date.astimezone() for draft in posts if isinstance(draft.date, datetime))
    if moments:
        ends = [
            datetime.fromisoformat(fact[name]).replace(microsecond=0) for name in ("first_post", "last_post")
        ]
        assert [moments[0], moments[-1]] == ends
    assert kind_of(source.parent if source.name == "feed.atom" else source) == "blogger"


def test_real_posts_are_on_their_authors_own_days(shared: Callable[[str], Path]) -> None:
    """The last post was written at 03:14 in Greenwich, the evening before in Denver."""
    found = gather(shared("corpora/blogger-takeout/heisencoder/blog/Takeout/Blogger"), blog="Heisencoder")
    assert len(found.drafts) == 33
    assert [str(found.drafts[0].date), str(found.drafts[-1].date)] == [
        "2007-09-17 08:24:00-06:00",
        "2011-02-15 20:14:00-07:00",
    ]
    assert len(found.media) == 3
    assert None not in found.media.values()
