"""Feeds of every kind: whole posts where they hold them, and word of what they do not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.model import Draft, Gathered
from book.sources._addresses import last_words
from book.sources.feed import gather, recognises

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A &amp;amp; B</title>
<link>https://blog.example</link><description>x</description><language>de-DE</language>{}</channel></rss>
"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://blog.example/">
<title>A blog</title><link rel="self" href="feed.xml"/><link href="https://blog.example/"/>
<author><name>Ann</name><email>ann@mail.example</email></author>{}</feed>
"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="x"><title>A blog</title><link>https://blog.example/</link><items/></channel>{}</rdf:RDF>
"""


def item(*more: str, **values: str) -> str:
    known = {
        "title": "A post", "link": "https://blog.example/2020/a-post.html", "guid": "urn:1",
        "pubDate": "Wed, 01 Jul 2020 23:30:00 +0200", "description": "<p>Text.</p>",
    } | values  # fmt: skip
    fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in known.items() if value)
    return f"<item>{fields}{''.join(more)}</item>"


def content(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


def entry(*more: str, **values: str) -> str:
    known = {"title": "A post", "id": "urn:1", "published": "2020-07-01T23:30:00+02:00"} | values
    fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in known.items() if value)
    return f'<entry>{fields}<link href="2020/a-post"/>{"".join(more)}</entry>'


Export = Callable[..., Path]


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str, name: str = "feed.xml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_a_post_of_rss_comes_in_with_all_that_is_said_of_it(saved: Export) -> None:
    more = "<dc:creator>Ann</dc:creator><category>Sea &amp; sand</category><category>x</category>"
    source = saved(RSS.format(item(more, content("<p>The whole text.</p>"), description="About it")))
    assert recognises(source)
    found = gather(source)
    assert (found.title, found.language, found.url) == ("A & B", "de-DE", "https://blog.example")
    draft = one(found)
    assert (draft.title, draft.body, draft.summary) == ("A post", "The whole text.", "About it")
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2020-07-01T23:30:00+02:00"
    assert (draft.authors, draft.tags, draft.slug) == (("Ann",), ("Sea & sand", "x"), "a-post")
    assert (draft.url, draft.source) == ("https://blog.example/2020/a-post.html", "feed:urn:1")


def test_a_post_of_atom_comes_in_with_all_that_is_said_of_it(saved: Export) -> None:
    more = (
        '<updated>2020-07-03T10:00:00+02:00</updated><category term="t" label="Label"/>'
        '<content type="html">&lt;p&gt;&lt;a href="other"&gt;Text&lt;/a&gt;&lt;/p&gt;</content>'
    )
    found = gather(saved(ATOM.format(entry(more))))
    assert (found.title, found.language, found.url) == ("A blog", "fr", "https://blog.example/")
    draft = one(found)
    assert draft.body == "[Text](https://blog.example/2020/other)"
    assert (draft.authors, draft.tags) == (("Ann",), ("Label",))
    assert isinstance(draft.updated, datetime) and draft.updated.day == 3
    assert draft.url == "https://blog.example/2020/a-post"


def test_a_post_of_the_oldest_rss_comes_in(saved: Export) -> None:
    inside = "<dc:date>2004-05-06T07:08:09+01:00</dc:date><dc:subject>Sea</dc:subject>"
    source = saved(RDF.format(item(inside, content("<p>Text.</p>"), pubDate="", guid="")))
    assert recognises(source)
    draft = one(gather(source))
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2004-05-06T07:08:09+01:00"
    assert (draft.tags, draft.body, draft.source) == (("Sea",), "Text.", f"feed:{draft.url}")


def json_feed(**values: Any) -> str:
    post = {
        "id": "1", "url": "https://blog.example/a-post", "title": "1 < 2", "content_html": "<p>Text.</p>",
        "date_published": "2020-07-01T23:30:00+02:00", "tags": ["x", 5], "authors": [{"name": "Ann"}],
    } | values  # fmt: skip
    document = {
        "version": "https://jsonfeed.org/version/1.1", "title": "A blog", "language": "ja",
        "home_page_url": "https://blog.example/", "items": [post],
    }  # fmt: skip
    return json.dumps(document)


def test_a_post_of_json_comes_in_with_all_that_is_said_of_it(saved: Export) -> None:
    source = saved(json_feed(), "feed.json")
    assert recognises(source)
    found = gather(source)
    draft = one(found)
    assert (draft.title, draft.body, draft.tags, draft.authors) == ("1 < 2", "Text.", ("x",), ("Ann",))
    assert (found.language, found.url) == ("ja", "https://blog.example/")
    assert (
        one(gather(saved(json_feed(content_html="", content_text="1 < 2\nB"), "b.json"))).body
        == "1 &lt; 2  \nB"
    )


@pytest.mark.parametrize(
    ("content_of", "expected"),
    [
        ('<content type="text">1 &lt; 2\n\nB</content>', "1 &lt; 2\n\nB"),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>b</b></p></div></content>',
         "A **b**"),
        ("<summary>Short</summary><content>Longer than short</content>", "Longer than short"),
        ('<content type="html" xml:base="https://c.example/d/">&lt;img src="e.png"&gt;</content>',
         "![](https://c.example/d/e.png)"),
        ("<content mode='xml'><p xmlns='http://www.w3.org/1999/xhtml'>Old</p></content>", "Old"),
    ],
)  # fmt: skip
def test_the_type_of_a_text_is_believed(saved: Export, content_of: str, expected: str) -> None:
    assert one(gather(saved(ATOM.format(entry(content_of))))).body == expected


def test_pictures_and_sounds_beside_a_text_are_kept(saved: Export) -> None:
    beside = (
        '<enclosure url="https://a.example/s.mp3" type="audio/mpeg" length="1"/>'
        '<media:content url="https://a.example/p.jpg" medium="image"/>'
    )
    body = one(gather(saved(RSS.format(item(beside))))).body
    assert body == "![](https://a.example/p.jpg)\n\n[A post](https://a.example/s.mp3)\n\nText."


@pytest.mark.parametrize("program", ["https://wordpress.org/?v=6.4.3", "Another 1.0"])
def test_shortcodes_that_wordpress_left_as_they_are_are_read(saved: Export, program: str) -> None:
    text = (
        "<p>[vc_row][vc_column_text]Text [sic].[/vc_column_text][/vc_row]</p>"
        "<p>[youtube id=&#8221;abc&#8221;]</p><pre>[gallery]</pre>"
    )
    found = gather(saved(RSS.format(f"<generator>{program}</generator>" + item(content(text)))))
    if "wordpress" in program:
        assert one(found).body == (
            "Text [sic].\n\n[YouTube](https://www.youtube.com/watch?v=abc)\n\n```\n[gallery]\n```"
        )
        assert any("the layout of a page builder was left out" in line for line in told(found))
    else:
        assert "[vc_row" in one(found).body and "[youtube" in one(found).body


def test_the_feeds_own_last_line_is_left_out(saved: Export) -> None:
    line = (
        '<p>The post <a href="https://www.blog.example/2020/a-post.html">A post</a> appeared first on '
        '<a href="https://blog.example">A blog</a>.</p>'
    )
    found = gather(saved(RSS.format(item(content(f"<p>Text.</p>{line}")))))
    assert one(found).body == "Text."
    assert told(found)[0].startswith("`A post`: the feed's own last line was left out: “The post A post")


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("", "this feed holds 1 post: feeds mostly hold the last ones only"),
        ('<atom:link rel="next" href="?paged=2"/>',
         "this feed holds 1 post, and others are on further pages of it"),
        ('<openSearch:totalResults xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/">312'
         "</openSearch:totalResults>", "this feed holds 1 of 312 posts"),
    ],
)  # fmt: skip
def test_a_feed_that_may_not_hold_all_posts_says_so(saved: Export, channel: str, expected: str) -> None:
    assert expected in told(gather(saved(RSS.format(channel + item()))))


@pytest.mark.parametrize(
    "description",
    ["The beginning of it […]", "<p>The beginning&hellip;</p>", "Words alone, and no more of it.",
     '<p>Begun.</p><p><a href="https://blog.example/2020/a-post.html">Read on</a></p>'],
)  # fmt: skip
def test_a_feed_that_holds_only_the_beginnings_says_so(saved: Export, description: str) -> None:
    found = gather(saved(RSS.format(item(description=description))))
    assert "posts of which the feed holds only the beginning: 1 (`A post`)" in told(found)


def test_feeds_of_one_blog_give_each_post_once(saved: Export, tmp_path: Path) -> None:
    saved(RSS.format(item() + item(guid="urn:2", title="Another")), "all.xml")
    saved(ATOM.format(entry('<content type="html">&lt;p&gt;Text, and longer.&lt;/p&gt;</content>')), "a.atom")
    assert recognises(tmp_path)
    found = gather(tmp_path)
    assert {draft.title: draft.body for draft in found.drafts} == {
        "A post": "Text, and longer.",
        "Another": "Text.",
    }


def test_a_feed_of_comments_is_no_blog(saved: Export) -> None:
    source = saved(RSS.format(item(link="https://blog.example/a#comment-5")))
    with pytest.raises(BookError, match="this is a feed of comments"):
        gather(source)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("ann@mail.example (Ann Other)", ("Ann Other",)),
        ("Ann Other <ann@mail.example>", ("Ann Other",)),
        ("ann@mail.example", ()),
        ("Ann", ("Ann",)),
    ],
)
def test_people_are_named_without_where_they_are_found(
    saved: Export, author: str, expected: tuple[str, ...]
) -> None:
    assert one(gather(saved(RSS.format(item(author=author))))).authors == expected


def test_what_is_commonly_wrong_is_read_all_the_same(saved: Export) -> None:
    odd = item(pubDate="sometime") + "<item/>" + item(guid="", link="", title="", pubDate="Mon, 31 Feb 2020")
    far = item(guid="urn:9", pubDate="Fri, 31 Dec 9999 23:59:59 GMT", title="Far")
    found = gather(saved("\n junk \n" + RSS.format(odd + far + item(guid="urn:3", title="Fine"))))
    assert {"Fine", "Far", "A post"} <= {draft.title for draft in found.drafts}
    assert "`A post`: `sometime` is not a date that exists" in told(found)
    assert "`Far` is dated 9999-12-31" in told(found)


def test_a_file_that_breaks_off_is_told_and_read_as_far_as_it_is_whole(saved: Export) -> None:
    whole = RSS.format(item() + item(guid="urn:2") + item(guid="urn:3", title="Third"))
    source = saved(whole[: whole.rindex("Third")])
    with pytest.raises(BookError, match="this XML is broken"):
        gather(source)
    assert {"feed:urn:1", "feed:urn:2"} <= {draft.source for draft in gather(source, recover=True).drafts}


@pytest.mark.parametrize(
    ("date", "is_told"),
    [
        ("Wed, 01 Jul 2020 23:30:00 +0000", True),
        ("Wed, 01 Jul 2020 23:30:00 GMT", True),
        ("2020-07-01T23:30:00Z", True),
        ("Wed, 01 Jul 2020 23:30:00 +0200", False),
        ("2020-07-01", False),
    ],
)
def test_days_that_may_not_be_the_authors_own_are_told(saved: Export, date: str, is_told: bool) -> None:
    source = saved(RSS.format(item(pubDate=date)))
    told = [
        notice.hint for notice in gather(source).warnings if "days are those of Greenwich" in notice.message
    ]
    assert told == (["give `--option zone=Europe/Berlin`, or whichever it is"] if is_told else [])
    assert not any("Greenwich" in notice.message for notice in gather(source, zone="Asia/Tokyo").warnings)


def test_days_are_the_authors_own_where_the_zone_is_given(saved: Export) -> None:
    source = saved(RSS.format(item(pubDate="Wed, 01 Jul 2020 22:30:00 GMT")))
    assert one(gather(source, zone="Europe/Paris")).date.isoformat() == "2020-07-02T00:30:00+02:00"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>&lt;rss&gt; <rss></rss></body></html>",
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>',
        '<feed><category term="http://schemas.google.com/blogger/2008/kind#post"/></feed>',
        '{"version": "1", "items": []}',
        '<opml version="1.0"/>',
    ],
)
def test_other_files_are_not_taken_for_feeds(saved: Export, text: str) -> None:
    assert not recognises(saved(text))


def test_a_feed_beside_other_forms_of_a_blog_is_not_what_is_meant(saved: Export, tmp_path: Path) -> None:
    saved(RSS.format(item()))
    saved("---\ntitle: x\n---\n", "2020-01-01-x.md")
    assert not recognises(tmp_path)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FACTS = sorted(CORPUS.glob("feeds/**/*.facts.json"))


@pytest.mark.parametrize("file", FACTS or [None], ids=lambda file: file.stem if file else "none")
def test_every_sample_gives_what_is_known_to_be_in_it(file: Path | None) -> None:
    if file is None:
        pytest.skip("there is no ../shared/corpora/feeds beside this checkout")
    fact = json.loads(file.read_text("utf-8"))
    assert recognises(CORPUS / fact["file"])
    found = gather(CORPUS / fact["file"])
    assert len(found.drafts) == fact["published_posts"]
    days = [draft.date.isoformat() for draft in found.drafts if draft.date]
    assert (days[0], days[-1]) == (fact["first_post"], fact["last_post"])
    assert Counter(name for draft in found.drafts for name in draft.authors) == fact["authors"]
    assert len({tag for draft in found.drafts for tag in draft.tags}) == fact["distinct_tags"]
    assert len(found.media) == fact["image_refs_distinct"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://a.example/2020/one.html", "one"),
        ("https://a.example/one/index.html", "one"),
        ("https://a.example/index.html#of-tea", "of-tea"),
        ("https://a.example/%D8%A7/", "\u0627"),
        ("https://a.example/index.php", None),
        ("https://a.example", None),
    ],
)
def test_a_post_is_named_by_the_words_of_its_address(address: str, words: str | None) -> None:
    assert last_words(address) == words
