"""Tumblr exports: posts of every kind, with the pictures that came with them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path

import pytest

from book.errors import BookError
from book.model import Draft, Gathered
from book.sources.tumblr import gather, recognises

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tumblr version="1.0"><posts>\n'


def post(*inside: str, **values: str) -> str:
    known = {
        "id": "123", "url": "http://ann.tumblr.example/post/123",
        "url-with-slug": "http://ann.tumblr.example/post/123/a-post", "type": "regular",
        "date-gmt": "2015-01-03 23:00:00 GMT", "date": "Sun, 04 Jan 2015 05:00:00", "format": "html",
        "slug": "a-post", "state": "published", "is_reblog": "false", "tumblelog": "ann",
    } | values  # fmt: skip
    attributes = " ".join(f'{key}="{escape(value)}"' for key, value in known.items())
    return f"<post {attributes}>{''.join(inside)}</post>\n"


def part(name: str, html: str, **attributes: str) -> str:
    written = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{escape(html)}</{name}>"


TEXT = part("regular-title", "A &amp; B") + part("regular-body", "<p>Text.</p>")

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*posts: str, media: tuple[str, ...] = ()) -> Path:
        folder = tmp_path / "export"
        (folder / "posts").mkdir(parents=True, exist_ok=True)
        (folder / "posts" / "posts.xml").write_text(HEAD + "".join(posts) + "</posts></tumblr>", "utf-8")
        for name in media:
            (folder / "media").mkdir(exist_ok=True)
            (folder / "media" / name).write_bytes(name.encode())
        return folder

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_a_post_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(post(TEXT, part("tag", "Sea & sand"), part("tag", "x")))
    assert recognises(source) and recognises(source / "posts" / "posts.xml")
    found = gather(source)
    draft = one(found)
    assert (draft.title, draft.body, draft.tags) == ("A & B", "Text.", ("Sea & sand", "x"))
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2015-01-04T05:00:00+06:00"
    assert (draft.slug, draft.url) == ("a-post", "http://ann.tumblr.example/post/123/a-post")
    assert (draft.source, found.url) == ("tumblr:123", "http://ann.tumblr.example")
    assert draft.origin.line == 3 and told(found) == []


KINDS = [
    ("quote", part("quote-text", "Said &ldquo;so&rdquo;")
     + part("quote-source", "<a href='http://a.example'>Ann</a>"),
     "> Said “so”\n\n— [Ann](http://a.example)"),
    ("link", part("link-text", "Words") + part("link-url", "http://a.example")
     + part("link-description", "<p>Why</p>"),
     "[Words](http://a.example)\n\nWhy"),
    ("answer", part("question", "Why?") + part("answer", "<p>So.</p>"), "> Why?\n\nSo."),
    ("photo", part("photo-caption", "<p>Words</p>") + part("photo-link-url", "http://b.example")
     + part("photo-url", "http://a.example/p_75.jpg", max_width="75")
     + part("photo-url", "http://a.example/p_1280.jpg", max_width="1280"),
     "[![](http://a.example/p_1280.jpg)](http://b.example)\n\nWords"),
    ("video", part("video-source", "https://www.youtube.com/watch?v=x")
     + part("video-caption", "<p>Words</p>"),
     "<https://www.youtube.com/watch?v=x>\n\nWords"),
    ("video", part("video-player", '<iframe src="https://player.vimeo.com/video/1"></iframe>'),
     "[Vimeo](https://vimeo.com/1)"),
    ("audio", part("audio-embed", '<iframe src="https://a.example/p"></iframe>') + part("id3-title", "Song")
     + part("id3-artist", "Ann"), "[Ann — Song — a.example](https://a.example/p)"),
    ("conversation", '<conversation><line name="ann" label="Ann:">Hi</line>'
     '<line name="b" label="">Ho</line></conversation>',
     "**Ann:** Hi\n\n**b** Ho"),
    ("Regular", part("regular-body", "<p>Text.</p>"), "Text."),
    ("unheard-of", part("regular-body", "<p>Text.</p>"), "Text."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "inside", "expected"), KINDS)
def test_posts_of_every_kind_come_in_as_they_were_shown(
    export: Export, kind: str, inside: str, expected: str
) -> None:
    assert one(gather(export(post(inside, type=kind)))).body == expected


def test_a_text_kept_as_markdown_is_read_as_such(export: Export) -> None:
    assert (
        one(gather(export(post(part("regular-body", "*a*\n\n- b"), format="markdown")))).body == "*a*\n\n- b"
    )


def test_the_pictures_of_a_set_are_found_though_their_files_count_from_nought(export: Export) -> None:
    photos = "".join(
        f'<photo offset="o{n}" caption="C{n}"><photo-url max-width="500">http://a.example/{n}.jpg</photo-url></photo>'
        for n in (1, 2)
    )
    names = ("123_0.jpg", "123_1.jpg", "124.png", "999.jpg")
    single = part("photo-url", "http://a.example/single.png", max_width="500")
    found = gather(
        export(
            post(f"<photoset>{photos}</photoset>", type="photo"),
            post(single, type="photo", id="124", date="Mon, 05 Jan 2015 05:00:00"),
            media=names,
        )
    )
    assert found.drafts[0].body == '![](http://a.example/1.jpg "C1")\n\n![](http://a.example/2.jpg "C2")'
    paths = {address: path.name for address, path in found.media.items() if isinstance(path, Path)}
    assert paths == {
        "http://a.example/1.jpg": "123_0.jpg",
        "http://a.example/2.jpg": "123_1.jpg",
        "http://a.example/single.png": "124.png",
    }


@pytest.mark.parametrize(
    ("state", "option", "reason"),
    [
        ("draft", "drafts", "a draft; `--drafts`"),
        ("queued", "drafts", "waiting to be published; `--drafts`"),
        ("private", "private", "private; `--private`"),
        ("submission", None, "what somebody else sent in"),
    ],
)
def test_what_was_not_published_comes_in_only_when_asked_for(
    export: Export, state: str, option: str | None, reason: str
) -> None:
    source = export(post(TEXT, state=state), post(TEXT, id="124", slug="b"))
    found = gather(source)
    assert one(found).source == "tumblr:124"
    assert reason in found.skipped[0].reason
    if option:
        assert len(gather(source, **{option: True}).drafts) == 2


def test_posts_passed_on_are_pointed_out_and_can_be_left_out(export: Export) -> None:
    source = export(post(TEXT, is_reblog="true"), post(TEXT, id="124"))
    assert "posts passed on from other blogs, which hold other people's words: 1" in told(gather(source))
    assert [draft.source for draft in gather(source, reblogs=False).drafts] == ["tumblr:124"]


def test_links_through_tumblrs_counter_lead_where_they_meant(export: Export) -> None:
    body = '<p><a href="https://t.umblr.com/redirect?z=http%3A%2F%2Fa.example%2F%3Fb%3D1&t=x">A</a></p>'
    assert one(gather(export(post(part("regular-body", body))))).body == "[A](http://a.example/?b=1)"


PAGE = """<!DOCTYPE HTML>
<html><head><meta charset="utf-8"/><link rel="stylesheet" href="../style.css"/></head><body>
<h1>A title</h1> Said &amp;ldquo;so&amp;rdquo; <img src="../media/7_1.jpg "/>
<div class="caption">&mdash; &lt;a href=&quot;http://a.example&quot;&gt;Ann&lt;/a&gt;</div>
<div id="footer"><span id="timestamp"> December 2nd, 2014 12:05am </span> <span class="tag">x</span></div>
</body></html>"""


def test_pages_are_read_where_there_is_nothing_better(tmp_path: Path) -> None:
    source = tmp_path / "export"
    (source / "html").mkdir(parents=True)
    (source / "html" / "7.html").write_text(PAGE)
    (source / "html" / "8.html").write_text(PAGE.replace("A title", "Long").replace("Said", "word " * 20_000))
    assert recognises(source) and recognises(source / "html" / "7.html")
    found = gather(source)
    draft = next(draft for draft in found.drafts if draft.title == "A title")
    assert draft.date == datetime(2014, 12, 2, 0, 5)
    assert "Said “so”" in draft.body and "— [Ann](http://a.example)" in draft.body
    assert draft.tags == ("x",) and len(found.drafts) == 2
    assert "pages do not tell drafts" in told(found)[0]


@pytest.mark.parametrize("is_folder", [False, True])
def test_posts_packed_in_a_zip_within_are_read(export: Export, tmp_path: Path, is_folder: bool) -> None:
    inner, source = tmp_path / "posts.zip", tmp_path / "export.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(export(post(TEXT)) / "posts" / "posts.xml", "posts/posts.xml")
    with zipfile.ZipFile(source, "w") as archive:
        archive.write(inner, "posts.zip")
        archive.writestr("media/123.jpg", b"x")
    if is_folder:
        with zipfile.ZipFile(source) as archive:
            archive.extractall(tmp_path / "folder")
        source = tmp_path / "folder"
    assert recognises(source)
    assert one(gather(source)).source == "tumblr:123"


def test_a_damaged_zip_within_is_told(tmp_path: Path) -> None:
    source = tmp_path / "export.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("posts.zip", b"PK")
        archive.writestr("media/1.jpg", b"x")
    with pytest.raises(BookError, match="this zip is broken, or not complete") as caught:
        gather(source)
    assert caught.value.notices[0].path == source / "posts.zip"


def test_a_file_that_breaks_off_is_told_and_read_as_far_as_it_is_whole(export: Export) -> None:
    source = export(post(TEXT), post(TEXT, id="124"), post(TEXT, id="125"))
    file = source / "posts" / "posts.xml"
    whole = file.read_text("utf-8")
    file.write_text(whole[: whole.rindex("Text")], "utf-8")
    with pytest.raises(BookError, match="this XML is broken"):
        gather(source)
    assert {"tumblr:123", "tumblr:124"} <= {draft.source for draft in gather(source, recover=True).drafts}


def test_posts_without_anything_do_no_harm(export: Export) -> None:
    odd = "<post/>" + post(id="9", date="Wed, 99 Xxx 9999 99:99:99", **{"date-gmt": "x"}) + post(TEXT)
    assert len(gather(export(odd)).drafts) == 3


@pytest.mark.parametrize("content", ["", "<posts><post><title>x</title></post></posts>", "<rss></rss>"])
def test_other_files_are_not_taken_for_exports(tmp_path: Path, content: str) -> None:
    source = tmp_path / "posts.xml"
    source.write_text(content)
    assert not recognises(source)


def answer(*posts: dict[str, object], **blog: str) -> str:
    known = {"id": 5, "blog_name": "ann", "post_url": "https://ann.tumblr.example/post/5/x", "slug": "x",
             "date": "2015-01-03 23:00:00 GMT", "tags": ["sea"], "format": "html",
             "state": "published"}  # fmt: skip
    rows = [{**known, "id": 5 + number, **post} for number, post in enumerate(posts)]
    return json.dumps(
        {"meta": {"status": 200}, "response": {"blog": {"title": "Ann", **blog}, "posts": rows}}
    )


def test_posts_as_json_come_in_on_the_blogs_clock(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text(answer({"type": "text", "title": "A & B", "body": "<p>Text.</p>"}, timezone="Asia/Tokyo"))
    assert recognises(path)
    found = gather(path)
    draft = one(found)
    assert (draft.title, draft.body, str(draft.date)) == ("A & B", "Text.", "2015-01-04 08:00:00+09:00")
    assert (draft.tags, draft.source, found.title, found.warnings) == (("sea",), "tumblr:5", "Ann", ())


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ({"type": "quote", "text": "Be.", "source": "Ann"}, "> Be.\n\n— Ann"),
        ({"type": "link", "url": "https://a.example", "title": "A"}, "[A](https://a.example)"),
        ({"type": "answer", "question": "Why?", "answer": "<p>So.</p>"}, "> Why?\n\nSo."),
        ({"type": "chat", "dialogue": [{"label": "A:", "phrase": "Hi"}]}, "**A:** Hi"),
        (
            {"type": "photo", "caption": "<p>At sea</p>", "photos": [
                {"caption": "", "original_size": {"url": "https://m.example/a_1280.jpg", "width": 1280},
                 "alt_sizes": [{"url": "https://m.example/a_75.jpg", "width": 75}]}]},
            "![](https://m.example/a_1280.jpg)\n\nAt sea",
        ),
        (
            {"type": "blocks", "content": [
                {"type": "text", "subtype": "heading1", "text": "Ünï"},
                {"type": "text", "text": "a bold link", "formatting": [
                    {"start": 2, "end": 6, "type": "bold"},
                    {"start": 7, "end": 11, "type": "link", "url": "https://a.example"},
                    {"start": 7, "end": 99, "type": "italic"}]},
                {"type": "text", "subtype": "unordered-list-item", "text": "one"},
                {"type": "text", "subtype": "unordered-list-item", "text": "two"},
                {"type": "image", "alt_text": "sea", "media": [{"url": "https://m.example/s.jpg"}]},
                {"type": "video", "url": "https://v.example/1"}]},
            "## Ünï\n\na **bold** [link](https://a.example)\n\n- one\n- two\n\n![sea](https://m.example/s.jpg)\n\n"
            "<https://v.example/1>",
        ),
    ],
)  # fmt: skip
def test_posts_as_json_of_every_kind(tmp_path: Path, row: dict[str, object], body: str) -> None:
    path = tmp_path / "posts.json"
    path.write_text(answer(row))
    assert one(gather(path)).body == body


def test_what_json_may_hold_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text(
        answer({"photos": [3, {}], "tags": [None, 3], "content": [{"type": 3, "text": []}], "date": 5})
    )
    assert one(gather(path)).date is None
    path.write_text(answer({"state": "draft", "body": "x"}, {"state": "private", "body": "y"}))
    assert len(gather(path).skipped) == 2
    assert len(gather(path, drafts=True, private=True).drafts) == 2
    path.write_text('[{"blog_name": 1, "post_url": 2}]')
    assert len(gather(path).drafts) + len(gather(path).skipped) <= 1
