"""WordPress exports: every post as it was shown, with what the export says of it and nothing more."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from book.clean import clean
from book.errors import BookError
from book.gather import gather as gather_into
from book.gather import kind_of
from book.markup import to_html
from book.model import Draft, Gathered
from book.sources.wordpress import gather, recognises

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>A blog &amp;amp; more</title><link>https://blog.example</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_email>ann@blog.example</wp:author_email>
<wp:author_display_name>Ann Other</wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"


def item(body: str = "", *more: str, **values: Any) -> str:
    known = {
        "title": "A post", "link": "https://blog.example/2020/07/a-post/", "post_id": 1, "post_type": "post",
        "status": "publish", "post_date": "2020-07-01 23:30:00", "post_date_gmt": "2020-07-01 21:30:00",
        "post_name": "a-post",
    } | values  # fmt: skip
    plain = {"title", "link", "guid", "pubDate"}
    fields = "".join(
        f"<{key}>{value}</{key}>" if key in plain else f"<wp:{key}>{value}</wp:{key}>"
        for key, value in known.items()
    )
    return (
        f"<item>{fields}<dc:creator>ann</dc:creator>{''.join(more)}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )


def meta(key: str, value: object) -> str:
    value = f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value>"
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>{value}</wp:postmeta>"


def picture(number: int, name: str, **values: Any) -> str:
    return item(
        "",
        f"<excerpt:encoded>{values.pop('caption', '')}</excerpt:encoded>",
        meta("_wp_attachment_image_alt", values.pop("alt", "")),
        post_id=number, post_type="attachment", status="inherit", title=name,
        link=f"https://blog.example/?attachment_id={number}",
        attachment_url=f"https://blog.example/wp-content/uploads/2020/07/{name}", **values,
    )  # fmt: skip


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*items: str, name: str = "export.xml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
        return path

    return make


@pytest.fixture
def body(export: Export) -> Callable[..., str]:
    """Give the Markdown of one post's body."""

    def read(text: str, *others: str) -> str:
        found = gather(export(item(text), *others))
        return next(draft.body for draft in found.drafts if draft.title == "A post")

    return read


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_a_post_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(
        item(
            "Text.",
            '<category domain="category" nicename="n">News &amp;amp; views</category>',
            '<category domain="post_tag" nicename="t">tag</category>',
            '<category domain="tag" nicename="o">old tag</category>',
            '<category domain="category" nicename="uncategorized">Uncategorized</category>',
            "<category>no domain</category>",
            "<excerpt:encoded><![CDATA[In &quot;short&quot;.]]></excerpt:encoded>",
            title="Caf&amp;eacute; &lt;em&gt;now&lt;/em&gt;",
            post_name="%e6%97%a5",
            post_modified="2020-07-03 10:00:00",
            post_modified_gmt="2020-07-03 08:00:00",
        )
    )
    found = gather(source)
    zone = timezone(timedelta(hours=2))
    assert (found.title, found.language, found.url) == ("A blog & more", "fr-FR", "https://blog.example")
    draft = one(found)
    assert draft.title == "Café now"
    assert draft.date == datetime(2020, 7, 1, 23, 30, tzinfo=zone)
    assert draft.updated == datetime(2020, 7, 3, 10, tzinfo=zone)
    assert (draft.authors, draft.tags) == (("Ann Other",), ("News & views", "tag", "old tag"))
    assert (draft.slug, draft.url) == ("日", "https://blog.example/2020/07/a-post/")
    assert (draft.summary, draft.body) == ('In "short".', "Text.")
    assert draft.source == "wordpress:blog.example?p=1"
    assert draft.origin.path == source


@pytest.mark.parametrize(
    ("local", "universal", "published", "expected"),
    [
        ("2020-01-01 12:00:00", "2020-01-01 11:00:00", "", "2020-01-01T12:00:00+01:00"),
        ("2020-01-01 12:00:00", "0000-00-00 00:00:00", "", "2020-01-01T12:00:00"),
        ("2020-01-01 12:00:00", "2020-03-01 11:00:00", "", "2020-01-01T12:00:00"),
        ("2020-01-01 12:00:00", "2020-01-01 12:00:41", "", "2020-01-01T12:00:00"),
        ("2020-01-01 05:30:00", "2020-01-01 00:00:00", "", "2020-01-01T05:30:00+05:30"),
        ("", "", "Wed, 01 Jan 2020 10:00:00 +0000", "2020-01-01T10:00:00+00:00"),
    ],
)
def test_dates_are_on_the_authors_own_clock(
    local: str, universal: str, published: str, expected: str, export: Export
) -> None:
    draft = one(gather(export(item(post_date=local, post_date_gmt=universal, pubDate=published))))
    assert isinstance(draft.date, datetime)
    assert draft.date.isoformat() == expected


@pytest.mark.parametrize(
    "date", ["0000-01-01 00:00:00", "2020-02-31 00:00:00", "12345-01-01 00:00:00", "soon"]
)
def test_a_date_that_does_not_exist_leaves_the_post_in_and_is_said(date: str, export: Export) -> None:
    found = gather(export(item("Text", post_date=date, post_date_gmt=""), item("b", post_id=2)))
    assert len(found.drafts) == 2
    assert found.drafts[-1].date is None
    if not date.startswith("0000"):
        assert f"`A post`: `{date}` is not a date that exists" in told(found)


def test_drafts_private_posts_and_the_rest_come_only_when_asked_for(export: Export) -> None:
    source = export(
        item(post_id=1, title="Shown"),
        item(post_id=2, title="Draft", status="draft"),
        item(post_id=3, title="Later", status="future"),
        item(post_id=4, title="Private", status="private"),
        item(post_id=5, title="Locked", post_password="s3cret"),
        item(post_id=6, title="Binned", status="trash"),
        item(post_id=7, title="Page", post_type="page"),
        item(post_id=8, title="Soup", post_type="recipe"),
        item(post_id=9, title="Menu", post_type="nav_menu_item"),
    )

    def titles(**options: Any) -> set[str]:
        return {draft.title for draft in gather(source, **options).drafts}

    assert titles() == {"Shown"}
    assert titles(pages=True) == {"Shown", "Page"}
    assert titles(drafts=True) - titles() == {"Draft", "Later"}
    assert titles(private=True) - titles() == {"Private", "Locked"}
    assert titles(types="recipe") - titles() == {"Soup"}
    reasons = [skipped.reason for skipped in gather(source).skipped]
    assert len(reasons) == 7
    assert "`Page` is a page; `--pages` brings it in" in reasons
    assert "`Draft` is a draft; `--drafts` brings it in" in reasons
    assert not any("s3cret" in reason or "Menu" in reason for reason in reasons)
    kinds = {
        draft.title: (draft.kind, draft.draft) for draft in gather(source, drafts=True, pages=True).drafts
    }
    assert kinds["Page"] == ("page", False)
    assert kinds["Draft"] == ("post", True)


def test_that_a_post_was_given_no_category_is_no_tag(export: Export) -> None:
    terms = [
        f'<category domain="category" nicename="{nicename}"><![CDATA[{name}]]></category>'
        for nicename, name in (
            ("uncategorized", "General"),
            ("sin-categoria", "Sin categoría"),
            ("mar", "Mar"),
        )
    ]
    assert one(gather(export(item("x", *terms)))).tags == ("Mar",)


def test_posts_come_oldest_first(export: Export) -> None:
    found = gather(
        export(
            item(post_id=3, title="C", post_date="2020-03-01 00:00:00", post_date_gmt=""),
            item(post_id=2, title="B", post_date="2020-01-01 00:00:00", post_date_gmt=""),
            item(post_id=1, title="A", post_date="2020-01-01 00:00:00", post_date_gmt=""),
        )
    )
    assert [draft.title for draft in found.drafts] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("One\n\nTwo\nthree", "One\n\nTwo  \nthree"),
        ("One<br />\nTwo<br />\n\nThree", "One  \nTwo\n\nThree"),
        ("<p>One\nline</p>\n<p>Two</p>", "One  \nline\n\nTwo"),
        ("One\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nTwo", "One\n\n- a\n- b\n\nTwo"),
        ("<pre>a\n\nb</pre>\nText", "```\na\n\nb\n```\n\nText"),
        ("<em>One\n\ntwo</em>", "*One*\n\n*two*"),
        ("One\n\n<!--more-->\n\nTwo<!--nextpage-->Three", "One\n\nTwo\n\nThree"),
        ("<!-- wp:paragraph -->\n<p>One\nline</p>\n<!-- /wp:paragraph -->", "One line"),
        (
            '<!-- wp:heading {"level":3} -->\n<h3>T</h3>\n<!-- /wp:heading -->\n\nOld\n\ntext',
            "### T\n\nOld\n\ntext",
        ),
        (
            '<!-- wp:verse -->\n<pre class="wp-block-verse">One\n  two</pre>\n<!-- /wp:verse -->',
            "One  \n&#160;&#160;two",
        ),
    ],
)
def test_newlines_mean_what_wordpress_shows(html: str, expected: str, body: Callable[..., str]) -> None:
    assert body(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '[caption width="9"]<img src="/a.jpg" alt="A" /> Words[/caption]',
            '![A](https://blog.example/a.jpg "Words")',
        ),
        (
            '[caption caption="Old &quot;words&quot;"]<img src="/a.jpg" />[/caption]',
            '![](https://blog.example/a.jpg "Old &quot;words&quot;")',
        ),
        ("[youtube id=\u201dabc\u201d]", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ("[youtube abc]", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ("[youtube=http://www.youtube.com/watch?v=abc&w=9]", "[YouTube](http://www.youtube.com/watch?v=abc&w=9)"),
        ("[embed]https://vimeo.com/1[/embed]", "[Vimeo](https://vimeo.com/1)"),
        ("Look:\n\nhttps://youtu.be/abc\n\nNice.", "Look:\n\n[YouTube](https://youtu.be/abc)\n\nNice."),
        ('[code lang="php"]&lt;b&gt;[1]\n[gallery]\n\n  y[/code]', "```php\n<b>[1]\n[gallery]\n\n  y\n```"),
        ("[sourcecode language='css']a &amp;gt; b[/sourcecode]", "```css\na > b\n```"),
        ("It is [sic] so [1] [here].", "It is [sic] so [1] [here]."),
        ("[[gallery]] shows pictures", "[gallery] shows pictures"),
        ("A wiki's [[Page]] stays", "A wiki's &#91;[Page]] stays"),
        ('[su_box title="x"]Kept *words*[/su_box]', "### x\n\nKept \\*words\\*"),
        ('a [contact-form to="x"] b', "a b"),
        ("Text[ref]A <em>note</em>.[/ref] on.", "Text[^1] on.\n\n[^1]: A *note*."),
        ("Euler: $latex e^{i\\pi}=-1$.", "Euler: $e^{i\\pi}=-1$."),
    ],
)  # fmt: skip
def test_shortcodes_become_what_they_stand_for(html: str, expected: str, body: Callable[..., str]) -> None:
    assert body(html) == expected


def test_galleries_show_the_attachments_they_mean(export: Export) -> None:
    pictures = (
        picture(11, "a.jpg", post_parent=1, alt="First", caption="A caption"),
        picture(12, "b.jpg", post_parent=1),
        picture(13, "c.pdf", post_parent=1),
        picture(14, "d.jpg", post_parent=9),
    )
    where = "https://blog.example/wp-content/uploads/2020/07"
    plain = one(gather(export(item("[gallery]"), *pictures)))
    assert plain.body == f'![First]({where}/a.jpg "A caption")\n\n![]({where}/b.jpg)'
    named = one(gather(export(item('[gallery ids="14,11"]'), *pictures)))
    assert named.body == f'![]({where}/d.jpg)\n\n![First]({where}/a.jpg "A caption")'
    found = gather(export(item("Text [gallery]")))
    assert one(found).body == "Text"
    assert told(found) == ["`A post`: a gallery was left out: the export does not name its pictures"]


def test_the_uploaded_picture_is_shown_rather_than_a_small_copy(export: Export) -> None:
    where = "https://blog.example/wp-content/uploads/2020/07"
    html = f'<a href="https://blog.example/?attachment_id=11"><img src="{where}/a-300x200.jpg"></a>'
    found = gather(export(item(html), picture(11, "a.jpg", alt="Alt")))
    assert one(found).body == f"![Alt]({where}/a.jpg)"
    assert found.media == {f"{where}/a.jpg": None}


def test_the_featured_picture_stands_first_unless_it_is_in_the_text(export: Export) -> None:
    where = "https://blog.example/wp-content/uploads/2020/07/a.jpg"
    thumbnail = meta("_thumbnail_id", 11)
    apart = gather(export(item("Text", thumbnail), picture(11, "a.jpg")))
    assert one(apart).body == f"![]({where})\n\nText"
    within = gather(export(item(f'<img src="{where}"> Text', thumbnail), picture(11, "a.jpg")))
    assert one(within).body.count(where) == 1


def test_footnotes_reusable_blocks_and_what_wordpress_fills_in(export: Export) -> None:
    html = (
        '<!-- wp:paragraph --><p>Text<sup data-fn="u"><a href="#u" id="u-link">1</a></sup>.</p>'
        '<!-- /wp:paragraph --><!-- wp:block {"ref":5} /--><!-- wp:latest-posts /--><!-- wp:footnotes /-->'
    )
    notes = meta("footnotes", json.dumps([{"id": "u", "content": "The <em>note</em>."}]))
    reusable = item(
        "<!-- wp:paragraph --><p>Again.</p><!-- /wp:paragraph -->", post_id=5, post_type="wp_block"
    )
    found = gather(export(item(html, notes), reusable))
    assert one(found).body == "Text[^1].\n\nAgain.\n\n[^1]: The *note*."
    assert told(found) == [
        "`A post`: what WordPress fills in as it shows the page was left out: `latest-posts`"
    ]


def test_links_to_posts_by_number_or_old_address_are_to_the_post(body: Callable[..., str]) -> None:
    other = item(post_id=7, title="Other", link="https://blog.example/other/", guid="http://old.example/?p=7")
    html = (
        '<a href="https://blog.example/?p=7#c">a</a> <a href="http://old.example/?p=7">b</a> '
        '<a href="http://www.blog.example/other">c</a> <a href="https://else.example/other/">d</a>'
    )
    known = "https://blog.example/other/"
    assert body(html, other) == f"[a]({known}#c) [b]({known}) [c]({known}) [d](https://else.example/other/)"


def in_tongue(number: int, title: str, term: str, group: str, *more: str) -> str:
    terms = (
        f'<category domain="language" nicename="{term}">x</category>' if term else "",
        f'<category domain="post_translations" nicename="{group}">{group}</category>' if group else "",
    )
    link = f"https://blog.example/{number}/"
    return item("Text.", *terms, *more, post_id=number, title=title, link=link, post_name=f"n{number}")


def test_of_posts_in_several_languages_one_version_comes_in_and_the_others_are_told(export: Export) -> None:
    def titles(**asked: str) -> list[tuple[str, str | None]]:
        return [(draft.title, draft.language) for draft in gather(blog, **asked).drafts]

    wpml = [meta("_wpml_import_language_code", "de"), meta("_wpml_import_translation_group", "7")]
    blog = export(
        in_tongue(1, "Sel", "fr", "pll_1"), in_tongue(2, "Salt", "en", "pll_1"),
        in_tongue(3, "Tea", "en", ""), in_tongue(4, "Sang", "", ""), in_tongue(5, "Lied", "", "", *wpml),
        in_tongue(6, "Chant", "", "", meta("_wpml_import_translation_group", "7")),
    )  # fmt: skip
    assert titles() == [("Sel", None), ("Tea", "en"), ("Sang", None), ("Chant", None)]
    found = gather(blog)
    assert [one.reason for one in found.skipped] == [
        "`Salt`: it is `Sel` in `en`; `--option in-language=en` brings it in instead",
        "`Lied`: it is `Chant` in `de`; `--option in-language=de` brings it in instead",
    ]
    assert "several languages: 2 (`de` 1, `en` 1, `fr-FR` 2)" in told(found)[-1]
    assert titles(best_language="en-GB")[:2] == [("Salt", None), ("Tea", None)]
    assert titles(in_language="en") == [("Salt", None), ("Tea", None)]
    assert len(titles(in_language="all")) == 6
    only = export(in_tongue(1, "Sel", "fr", ""), in_tongue(2, "Salt", "en", ""))
    assert gather(only, best_language="en").language == "fr-FR"


def test_a_body_that_is_markdown_stays_as_its_author_wrote_it(export: Export) -> None:
    text = (
        "Look at [this](https://x.example/a) and [that][1].\n\n&gt; A *quote*\n\n"
        '[1]: <a href="https://x.example/b">https://x.example/b</a>'
    )
    found = gather(export(item(text)))
    assert one(found).body == (
        "Look at [this](https://x.example/a) and [that][1].\n\n> A *quote*\n\n[1]: https://x.example/b"
    )
    assert told(found) == ["`A post`: it was taken for Markdown, by its looks alone"]


@pytest.mark.parametrize(
    "text", ["# apt-get update\n# apt-get install x", "* one\n* two", 'See <a href="x">a</a> **bold** [x](y)']
)
def test_what_only_resembles_markdown_is_read_as_text(text: str, export: Export) -> None:
    assert not told(gather(export(item(text))))


def test_comments_are_those_that_were_published_in_threads_and_tell_no_addresses(export: Export) -> None:
    def comment(number: int, parent: int, approved: str = "1", kind: str = "") -> str:
        return (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>"
            "<wp:comment_author_email>bo@x.example</wp:comment_author_email>"
            "<wp:comment_author_IP>10.1.2.3</wp:comment_author_IP>"
            f"<wp:comment_date>2020-07-0{number} 10:00:00</wp:comment_date>"
            f"<wp:comment_content><![CDATA[Line {number}\nnext]]></wp:comment_content>"
            f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
            f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )

    remarks = (
        comment(4, 2),
        comment(1, 0),
        comment(2, 1, "spam"),
        comment(3, 0, "1", "pingback"),
        comment(5, 0, "0"),
    )
    draft = one(gather(export(item("Text", *remarks))))
    assert [(one.ident, one.parent, one.body) for one in draft.comments] == [
        ("1", None, "Line 1  \nnext"),
        ("4", "1", "Line 4  \nnext"),
    ]
    assert "x.example" not in repr(draft)
    assert "10.1.2.3" not in repr(draft)


def test_an_export_in_several_files_is_one_blog(export: Export, tmp_path: Path) -> None:
    where = "https://blog.example/wp-content/uploads/2020/07/a.jpg"
    export(item(f'<img src="{where}">'), name="split/1.xml")
    export(picture(11, "a.jpg", alt="Alt"), name="split/2.xml")
    (tmp_path / "split/uploads/2020/07").mkdir(parents=True)
    (tmp_path / "split/uploads/2020/07/a.jpg").write_bytes(b"jpeg")
    found = gather(tmp_path / "split")
    assert one(found).body == f"![Alt]({where})"
    assert found.media == {where: tmp_path / "split/uploads/2020/07/a.jpg"}
    with zipfile.ZipFile(tmp_path / "split.zip", "w") as archive:
        for file in sorted((tmp_path / "split").rglob("*.*")):
            archive.write(file, file.relative_to(tmp_path))
    zipped = gather(tmp_path / "split.zip")
    assert zipped.media == {where: b"jpeg"}
    assert one(zipped).body == one(found).body


def test_an_export_is_known_by_its_content(export: Export, tmp_path: Path) -> None:
    source = export(item("x"), name="whatever.txt")
    assert recognises(source)
    assert kind_of(source) == "wordpress"
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>x</title><item><title>y</title></item></channel></rss>"
    )
    assert not recognises(feed)


def test_broken_xml_is_refused_and_had_when_asked(export: Export) -> None:
    source = export(item("One"), item("Two", post_id=2))
    source.write_text(source.read_text()[:-200])
    with pytest.raises(BookError, match="this XML is broken"):
        gather(source)
    found = gather(source, recover=True)
    assert len(found.drafts) == 2
    assert found.drafts[0].body == "One"
    assert any("this entry was broken" in message for message in told(found))


def test_gathering_twice_writes_the_same_and_nothing_new(export: Export, tmp_path: Path) -> None:
    source = export(item("Text"), item("More", post_id=2, title="Two", post_name="two"))
    first = gather_into([source], tmp_path / "chapters")
    assert [path.name for path in first.added] == ["2020-07-01-a-post.md", "2020-07-01-two.md"]
    again = gather_into([source], tmp_path / "chapters")
    assert (again.added, again.updated, again.unchanged) == ((), (), 2)


def test_an_export_without_posts_says_what_it_has(export: Export, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="`A post` is a draft; `--drafts`"):
        gather_into([export(item(status="draft"))], tmp_path / "chapters")
    with pytest.raises(BookError, match="1 pictures; the posts are in another file"):
        gather_into([export(picture(1, "a.jpg"))], tmp_path / "chapters")


SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "wxr"


def facts() -> list[Any]:
    found = []
    for file in sorted(SAMPLES.glob("*/facts.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        found += told if isinstance(told, list) else [told]
    return [pytest.param(one, id=one["file"]) for one in found] or [None]


DATED_ONLY_BY_PUBDATE = "feature-image-captions.xml"


@pytest.mark.parametrize("fact", facts())
def test_every_sample_gives_what_is_known_to_be_in_it(fact: dict[str, Any] | None) -> None:
    if fact is None or not (SAMPLES / fact["file"]).exists():
        pytest.skip("there is no ../shared/corpora/wxr beside this checkout")
    found = gather(
        SAMPLES / fact["file"],
        drafts=True,
        private=True,
        pages=True,
        recover=bool(fact.get("strict_xml_error")),
    )
    kinds = Counter(f"{draft.kind}/{'draft' if draft.draft else 'published'}" for draft in found.drafts)
    expected: Counter[str] = Counter()
    for name, number in (fact.get("by_type_status") or {}).items():
        kind, _, status = name.partition("/")
        if kind in ("post", "page") and status != "trashed":
            expected[f"{kind}/{'published' if status in ('published', 'private') else 'draft'}"] += number
    assert kinds == expected
    comments = sum(len(draft.comments) for draft in found.drafts)
    assert comments == (fact.get("comments_by_type_status") or {}).get("comment/approved", 0)
    if not fact["file"].endswith(DATED_ONLY_BY_PUBDATE):
        shown = [draft for draft in found.drafts if not draft.draft and draft.kind == "post"]
        days = sorted(draft.date.replace(tzinfo=None) for draft in shown if isinstance(draft.date, datetime))
        span = (str(days[0]), str(days[-1])) if days else (None, None)
        assert span == (fact.get("first_post"), fact.get("last_post"))


def letters(html: str, *, captions: bool = False) -> Counter[str]:
    """Count the letters a reader sees; in our own Markdown, a picture's title is its caption."""
    root = clean(html or " ", lambda _: None)
    titles = [image.get("title", "") for image in root.iter("img")] if captions else []
    return Counter("".join("".join(map(str, [*root.itertext(), *titles])).split()))


def test_the_text_of_a_real_blog_is_all_there(shared: Callable[[str], Path]) -> None:
    """What an independent reading of the export holds is in the posts, but for shortcodes and players."""
    from book.sources._xml import XmlReader

    source = shared("corpora/wxr/cclabs-en/wordpress.xml")
    bodies = {draft.source: draft.body for draft in gather(source, pages=True).drafts}
    total = 0
    with source.open("rb") as stream:
        for element in XmlReader(stream, source, items={"item"}):
            body = bodies[f"wordpress:labs.creativecommons.org?p={element.text('wp:post_id')}"]
            plain = re.sub(r"\[/?caption[^\]]*\]|<!--.*?-->", " ", element.text("content:encoded"))
            before = letters(re.sub(r"(?is)<(object|embed|iframe|style)\b.*?</\1>", " ", plain))
            assert not before - letters(to_html(body) if body else "", captions=True), element.text("title")
            total += sum(before.values())
    assert total > 200_000


def test_a_blog_that_was_moved_by_hand_agrees(shared: Callable[[str], Path]) -> None:
    """The same blog as its author carried it over to Jekyll: shared posts have one title and one day."""
    moved = {}
    for file in shared("corpora/markdown/chrisjrob-jekyll").rglob("*.md"):
        if match := re.match(r"(\d{4}-\d{2}-\d{2})-(.+)", file.stem):
            moved[match[2]] = match[1]
    found = {
        draft.slug: draft for draft in gather(shared("corpora/wxr/chrisjrob-wpcom/wordpress.xml")).drafts
    }
    both = found.keys() & moved.keys()
    assert len(both) > 50
    for slug in both:
        when = found[slug].date
        assert isinstance(when, datetime)
        assert when.date().isoformat() == moved[slug]
