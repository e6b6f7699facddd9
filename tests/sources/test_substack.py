"""Substack exports: posts with their widgets as text, and no subscriber among them."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.model import Draft, Gathered
from book.sources.substack import gather, recognises

COLUMNS = (
    "post_id", "post_date", "is_published", "email_sent_at", "inbox_sent_at", "type", "audience", "title",
    "subtitle", "podcast_url",
)  # fmt: skip


def row(**values: str) -> dict[str, str]:
    return {
        "post_id": "12.a-post", "post_date": "2021-03-01T03:30:00.123Z", "is_published": "true",
        "type": "newsletter", "audience": "everyone", "title": "A post", "subtitle": "About &amp; it",
    } | values  # fmt: skip


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*rows: dict[str, str], **texts: str) -> Path:
        folder = tmp_path / "export"
        (folder / "posts").mkdir(parents=True, exist_ok=True)
        written = StringIO()
        writer = csv.DictWriter(written, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        (folder / "posts.csv").write_text(written.getvalue(), "utf-8")
        (folder / "email_list.csv").write_text("email\nreader@mail.example\n", "utf-8")
        (folder / "posts" / "12.opens.csv").write_text("post_id,email\n12,reader@mail.example\n", "utf-8")
        for name, text in texts.items():
            (folder / "posts" / f"{name}.html").write_text(text, "utf-8")
        return folder

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def widget(name: str, data: Any, inside: str = "", tag: str = "div") -> str:
    return f'<{tag} class="{name}" data-attrs="{escape(json.dumps(data))}">{inside}</{tag}>'


def test_a_post_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(row(), **{"12.a-post": "<p>Text.</p>"})
    assert recognises(source)
    found = gather(source, url="https://ann.example/", zone="Asia/Tokyo")
    draft = one(found)
    assert (draft.title, draft.summary, draft.body) == ("A post", "About & it", "Text.")
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2021-03-01T12:30:00+09:00"
    assert (draft.slug, draft.url) == ("a-post", "https://ann.example/p/a-post")
    assert (draft.source, draft.kind) == ("substack:12", "post")
    assert told(found) == []
    assert one(gather(source)).date == datetime(2021, 3, 1, 3, 30, tzinfo=UTC)


def test_the_address_is_known_by_the_newsletters_own_buttons(export: Export) -> None:
    button = (
        '<p class="button-wrapper"><a class="button primary" href="https://ann.example/subscribe?">Go</a></p>'
    )
    found = gather(export(row(), **{"12.a-post": f"<p>Text.</p>{button}"}))
    assert one(found).url == "https://ann.example/p/a-post"
    assert one(found).body == "Text."
    assert "`A post`: a button was left out: “Go”" in told(found)


def test_a_button_that_leads_elsewhere_stays_a_link(export: Export) -> None:
    button = '<p class="button-wrapper"><a class="button primary" href="https://shop.example/">Buy</a></p>'
    assert one(gather(export(row(), **{"12.a-post": button}))).body == "[Buy](https://shop.example/)"


@pytest.mark.parametrize(
    ("values", "option", "reason"),
    [
        ({"is_published": "false", "post_date": ""}, "drafts", "a draft; `--drafts`"),
        ({"is_published": "FALSE"}, "drafts", "a draft"),
        ({"audience": "only_paid"}, "private", "for some subscribers only; `--private`"),
        ({"audience": "founding"}, "private", "for some subscribers only"),
    ],
)
def test_what_not_everybody_could_read_comes_in_only_when_asked_for(
    export: Export, values: dict[str, str], option: str, reason: str
) -> None:
    source = export(row(**values), row(post_id="13.b", title="Another"), **{"12.a-post": "a", "13.b": "b"})
    found = gather(source)
    assert one(found).title == "Another"
    assert reason in found.skipped[0].reason
    assert {draft.title for draft in gather(source, **{option: True}).drafts} == {"A post", "Another"}


def test_pages_are_kept_apart_and_what_others_wrote_is_left_out(export: Export) -> None:
    source = export(row(type="page"), row(post_id="13.b", type="restack"), **{"12.a-post": "a", "13.b": "b"})
    assert one(gather(source, pages=True)).kind == "page"
    assert "somebody else" in gather(source, pages=True).skipped[0].reason
    assert gather(source).drafts == ()


def test_a_podcast_has_a_link_to_what_is_heard(export: Export) -> None:
    values = {"type": "podcast", "podcast_url": "https://a.example/e.mp3"}
    assert one(gather(export(row(**values)))).body == "[A post](https://a.example/e.mp3)"
    found = gather(export(row(**values), **{"12.a-post": "<p>Notes.</p>"}))
    assert one(found).body == "[A post](https://a.example/e.mp3)\n\nNotes."


def test_a_post_whose_text_is_missing_is_told(export: Export) -> None:
    found = gather(export(row()))
    assert one(found).body == ""
    assert "`A post`: its text is not in the export" in told(found)


IMAGE = (
    '<div class="captioned-image-container"><figure><a class="image-link image2" target="_blank" '
    'href="https://substackcdn.com/image/fetch/f_auto/https%3A%2F%2Fs3.example%2Fa.png">'
    '<div class="image2-inset">'
    "<picture><source type='image/webp' srcset='x.webp 424w'><img "
    'src="https://substackcdn.com/image/fetch/w_1456,c_limit/https%3A%2F%2Fs3.example%2Fa.png" '
    'data-attrs="{}" alt="Alt"></picture><div class="image-link-expand"><svg></svg></div></div></a>'
    '<figcaption class="image-caption">Words</figcaption></figure></div>'
)
WIDGETS = [
    (IMAGE, '![Alt](https://s3.example/a.png "Words")'),
    (
        widget(
            "image-gallery-embed",
            {"gallery": {"images": [{"src": "https://a.example/1.png"}], "caption": "Two"}},
        ),
        "![](https://a.example/1.png)\n\nTwo",
    ),
    (
        widget("image3", {"src": "https://a.example/3.png", "title": "Three"}),
        "![Three](https://a.example/3.png)",
    ),
    (widget("latex-rendered", {"persistentExpression": "a < b_1"}), "$$\na < b_1\n$$"),
    (
        widget(
            "tweet", {"url": "https://x.example/1", "full_text": "One\nTwo", "username": "ann", "name": "Ann"}
        ),
        "> One  \n> Two\n>\n> — [Ann (@ann)](https://x.example/1)",
    ),
    (
        widget(
            "digest-post-embed", {"canonical_url": "https://b.example/p/x", "title": "X", "caption": "On x"}
        ),
        "[X](https://b.example/p/x)\n\nOn x",
    ),
    (
        widget("embedded-post-wrap", {"url": "https://b.example/p/y", "title": "Y", "publication_name": "B"}),
        "[Y — B](https://b.example/p/y)",
    ),
    (
        '<div class="file-embed-wrapper"><div class="file-embed-details-h1">A paper</div>'
        '<a class="file-embed-button" href="https://a.example/f.pdf"><span>Download</span></a></div>',
        "[A paper](https://a.example/f.pdf)",
    ),
    (
        f"<p>With {widget('mention-wrap', {'name': 'Ben', 'id': 5}, tag='span')} there.</p>",
        "With Ben there.",
    ),
    (
        '<div class="youtube-wrap" data-attrs="{}"><div class="youtube-inner">'
        '<iframe src="https://www.youtube-nocookie.com/embed/abc?rel=0"></iframe></div></div>',
        "[YouTube](https://www.youtube.com/watch?v=abc&rel=0)",
    ),
    ('<p>Free.</p><div class="paywall-jump"></div><p>Paid.</p>', "Free.\n\nPaid."),
    (widget("poll-embed", {"id": 1}) + "<p>After.</p>", "After."),
    ('<div class="subscription-widget-wrap"><form><input></form></div><p>After.</p>', "After."),
    ('<div class="tweet" data-attrs="{broken"><p>Kept</p></div>', "Kept"),
    (
        '<p>Text<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.</p>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>A note.</p></div></div>',
        "Text[^1].\n\n[^1]: A note.",
    ),
]


@pytest.mark.parametrize(("html", "expected"), WIDGETS)
def test_widgets_become_what_they_show(export: Export, html: str, expected: str) -> None:
    assert one(gather(export(row(), **{"12.a-post": html}))).body == expected


def test_subscribers_are_never_read(export: Export, tmp_path: Path) -> None:
    gather_into([export(row(), **{"12.a-post": "<p>Text.</p>"})], tmp_path / "chapters")
    files = [path.read_text("utf-8") for path in (tmp_path / "chapters").rglob("*") if path.is_file()]
    assert files and not any("@" in text for text in files)


def test_a_zip_works_and_the_list_alone_says_what_is_missing(export: Export, tmp_path: Path) -> None:
    source = export(row(), **{"12.a-post": "<p>Text.</p>"})
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in sorted(source.rglob("*.*")):
            zipped.write(path, path.relative_to(source).as_posix())
    assert recognises(archive) and one(gather(archive)).body == "Text."
    assert recognises(source / "posts.csv")
    with pytest.raises(BookError, match="does not hold their texts"):
        gather(source / "posts.csv")


def test_a_list_that_breaks_off_gives_what_is_whole(export: Export) -> None:
    source = export(row(), row(post_id="13.b", title="Another, \u201cquoted\u201d"), **{"12.a-post": "a"})
    text = (source / "posts.csv").read_text("utf-8")
    (source / "posts.csv").write_text(text[: text.index("Another") + 4], "utf-8")
    assert [draft.title for draft in gather(source).drafts] == ["A post", "Anot"]


@pytest.mark.parametrize("content", ["", "a,b,c\n1,2,3\n", "post_id,title\n1,2\n"])
def test_other_tables_are_not_taken_for_lists_of_posts(tmp_path: Path, content: str) -> None:
    source = tmp_path / "posts.csv"
    source.write_text(content)
    assert not recognises(source)


def test_the_newsletter_of_another_tools_tests_comes_in_whole(shared: Callable[[str], Path]) -> None:
    source = shared("corpora/substack/ghost-migrate-tests/packages/mg-substack/test/fixtures")
    found = gather(source, pages=True)
    assert [(draft.kind, draft.title) for draft in found.drafts] == [
        ("post", "Plain Text"),
        ("post", "Comment Buttons"),
        ("post", "Talk to Us"),
        ("page", "About Us"),
    ]
    assert [skipped.reason.partition(";")[0] for skipped in found.skipped] == ["`Plain Text` is a draft"]
    assert found.url == "https://example.substack.com"
    assert not any("Sign up" in draft.body or "Leave a comment" in draft.body for draft in found.drafts)


def test_the_newsletter_is_called_what_its_boxes_thank_for_reading(export: Export) -> None:
    box = '<div class="preamble"><p class="cta-caption">Thanks for reading {}! Subscribe for free.</p></div>'
    texts = {
        "12.a-post": box.format("Salt &amp; Sea"),
        "13.b": box.format("this post"),
        "14.c": "<p>Text.</p>",
    }
    rows = [row(), row(post_id="13.b"), row(post_id="14.c")]
    assert gather(export(*rows, **texts)).title == "Salt & Sea"
    assert gather(export(*rows, **texts | {"12.a-post": "<p>Thanks for reading X! Bye.</p>"})).title is None
