"""Ghost exports: posts of every version and editor, as their readers saw them, and no secret among them."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.model import Draft, Gathered
from book.sources.ghost import gather, recognises

SETTINGS = [
    {"key": "title", "value": "Un blog"},
    {"key": "locale", "value": "fr_CA"},
    {"key": "timezone", "value": "America/Montreal"},
    {"key": "stripe_secret_key", "value": "SECRET-1"},
]
USERS = [
    {"id": "u1", "name": "Ann Other", "email": "ann@blog.example", "password": "SECRET-2"},
    {"id": "u2", "name": "Ben", "email": "ben@blog.example"},
]


def post(html: str | None = "<p>Text.</p>", **values: Any) -> dict[str, Any]:
    return {
        "id": "p1", "uuid": "1111-2222", "title": "A post", "slug": "a-post", "html": html, "type": "post",
        "status": "published", "visibility": "public", "published_at": "2021-03-01T03:30:00.000Z",
    } | values  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    def make(*posts: dict[str, Any], name: str = "blog.json", **tables: Any) -> Path:
        data = {"posts": list(posts), "settings": SETTINGS, "users": USERS} | tables
        document = {"db": [{"meta": {"exported_on": 1, "version": "5.0.0"}, "data": data}]}
        path = tmp_path / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return make


Export = Callable[..., Path]


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_a_post_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(
        post(
            updated_at="2021-03-02T03:30:00.000Z",
            custom_excerpt="In short.",
            feature_image="__GHOST_URL__/content/images/size/w600/2021/a.jpg",
        ),
        tags=[
            {"id": "t1", "name": "First"},
            {"id": "t2", "name": "Second"},
            {"id": "t3", "name": "#internal"},
            {"id": "t4", "name": "Hidden", "visibility": "internal"},
        ],
        posts_tags=[
            {"post_id": "p1", "tag_id": f"t{number}", "sort_order": order}
            for number, order in ((2, 1), (1, 0), (3, 2), (4, 3))
        ],
        posts_authors=[
            {"post_id": "p1", "author_id": "u2", "sort_order": 0},
            {"post_id": "p1", "author_id": "u1", "sort_order": 1},
        ],
        posts_meta=[
            {"post_id": "p1", "feature_image_alt": "A tree", "feature_image_caption": "<span>Mine</span>"}
        ],
    )
    found = gather(source, url="https://blog.example/")
    assert (found.title, found.language, found.url) == ("Un blog", "fr-CA", "https://blog.example/")
    draft = one(found)
    zone = timezone(timedelta(hours=-5))
    assert draft.date == datetime(2021, 2, 28, 22, 30, tzinfo=zone)
    assert draft.updated == datetime(2021, 3, 1, 22, 30, tzinfo=zone)
    assert (draft.authors, draft.tags) == (("Ben", "Ann Other"), ("First", "Second"))
    assert (draft.slug, draft.url) == ("a-post", "https://blog.example/a-post/")
    assert (draft.summary, draft.source) == ("In short.", "ghost:1111-2222")
    assert draft.body == '![A tree](https://blog.example/content/images/2021/a.jpg "Mine")\n\nText.'


def test_without_the_blogs_address_links_lead_from_its_root(export: Export) -> None:
    html = '<p><a href="__GHOST_URL__/other/">Other</a> <a href="__GHOST_URL__">Home</a></p>'
    assert one(gather(export(post(html)))).body == "[Other](/other/) [Home](/)"


def test_a_picture_shown_at_the_head_of_the_text_is_not_shown_twice(export: Export) -> None:
    html = '<figure><img src="__GHOST_URL__/content/images/2021/a.jpg"></figure><p>Text.</p>'
    draft = one(gather(export(post(html, feature_image="__GHOST_URL__/content/images/2021/a.jpg"))))
    assert draft.body == "![](/content/images/2021/a.jpg)\n\nText."


def test_no_secret_reaches_what_is_gathered(export: Export, tmp_path: Path) -> None:
    source = export(post(), members=[{"email": "reader@mail.example"}], api_keys=[{"secret": "SECRET-3"}])
    gather_into([source], tmp_path / "chapters")
    written = "".join(
        path.read_text("utf-8") for path in (tmp_path / "chapters").rglob("*") if path.is_file()
    )
    assert "SECRET" not in written and "@" not in written


@pytest.mark.parametrize(
    ("values", "option", "reason"),
    [
        ({"status": "draft"}, "drafts", "a draft; `--drafts`"),
        ({"status": "scheduled"}, "drafts", "scheduled; `--drafts`"),
        ({"status": "sent"}, "private", "sent by e-mail only; `--private`"),
        ({"visibility": "members"}, "private", "for members only; `--private`"),
        ({"visibility": "paid"}, "private", "for members only"),
    ],
)
def test_what_was_not_published_comes_in_only_when_asked_for(
    export: Export, values: dict[str, str], option: str, reason: str
) -> None:
    source = export(post(**values), post(id="p2", uuid="2", title="Another"))
    found = gather(source)
    assert [draft.title for draft in found.drafts] == ["Another"]
    assert reason in found.skipped[0].reason
    asked = gather(source, **{option: True})
    assert sorted(draft.title for draft in asked.drafts) == ["A post", "Another"]
    assert [draft.draft for draft in asked.drafts if draft.title == "A post"] == [option == "drafts"]


def test_a_draft_without_a_date_has_the_day_it_was_begun(export: Export) -> None:
    values = {"status": "draft", "published_at": None, "created_at": "2020-01-01T12:00:00.000Z"}
    draft = one(gather(export(post(**values)), drafts=True))
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2020-01-01T07:00:00-05:00"


@pytest.mark.parametrize(
    "values", [{"type": "page"}, {"type": None, "page": 1}, {"type": None, "page": True}]
)
def test_pages_are_known_in_every_version(export: Export, values: dict[str, Any]) -> None:
    assert one(gather(export(post(**values)), pages=True)).kind == "page"
    found = gather(export(post(**values)))
    assert not found.drafts
    assert found.skipped[0].reason.endswith("is a page; `--pages` brings it in")


def test_the_form_that_other_tools_write_is_read(tmp_path: Path) -> None:
    source = tmp_path / "import.json"
    old = post(published_at=1_400_000_000_000, image="/content/images/2014/05/a.jpg", author_id=1, id=7)
    data = {"posts": [old], "users": [{"id": 1, "name": "Ann"}], "settings": []}
    source.write_text(json.dumps({"meta": {"version": "003"}, "data": data}))
    assert recognises(source)
    found = gather(source)
    draft = one(found)
    assert draft.date == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)
    assert draft.authors == ("Ann",)
    assert draft.body.startswith("![](/content/images/2014/05/a.jpg)")
    assert any("the export tells no time zone" in message for message in told(found))
    assert one(gather(source, zone="Asia/Tokyo")).date.isoformat() == "2014-05-14T01:53:20+09:00"  # type: ignore[union-attr]
    with pytest.raises(BookError, match="there is no time zone named `Mars`"):
        gather(source, zone="Mars")


def text(words: str, form: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": words, "format": form}


def block(kind: str, *children: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **values}


LEXICAL = {
    "root": block(
        "root",
        block("extended-heading", text("Heading"), tag="h3"),
        block(
            "paragraph", text("Plain "), text("bold", 1), text(" & "), text("code", 16), {"type": "linebreak"}
        ),
        block("paragraph", block("link", text("a link"), url="https://a.example")),
        block("extended-quote", text("Quoted")),
        block(
            "list",
            block("listitem", text("one")),
            block("listitem", block("list", block("listitem", text("inner")), listType="bullet")),
            block("listitem", text("two")),
            listType="number",
            start=3,
        ),
        {
            "type": "image",
            "src": "__GHOST_URL__/content/images/x.png",
            "alt": "Alt",
            "caption": "<i>Words</i>",
        },
        {"type": "codeblock", "code": "if a < b:\n    pass", "language": "python"},
        {"type": "callout", "calloutEmoji": "💡", "calloutText": "<p>Mind <b>this</b></p>"},
        {"type": "toggle", "heading": "More", "content": "<p>Inside</p>"},
        {"type": "button", "buttonText": "Go", "buttonUrl": "https://b.example"},
        {"type": "horizontalrule"},
        {"type": "markdown", "markdown": "Some *Markdown*"},
        {"type": "html", "html": "<p>Some <em>HTML</em></p>"},
        {"type": "signup", "header": "Sign up"},
        {"type": "paywall"},
        {"type": "unheard-of"},
        block("unheard-of-holder", block("paragraph", text("Kept"))),
    )
}


def test_a_text_of_the_newer_editor_is_read_where_it_was_never_rendered(export: Export) -> None:
    found = gather(export(post(None, lexical=json.dumps(LEXICAL))))
    assert (
        one(found).body
        == """\
### Heading

Plain **bold** & `code`

[a link](https://a.example)

> Quoted

3. one
    - inner
4. two

<figure>
<p><img src="/content/images/x.png" alt="Alt"></p>
<figcaption><em>Words</em></figcaption>
</figure>

```python
if a < b:
    pass
```

> 💡 Mind **this**

#### More

Inside

[Go](https://b.example)

* * *

Some *Markdown*

Some *HTML*

Kept"""
    )
    assert told(found) == [
        "`A post`: a form to sign up was left out",
        "`A post`: a card of the kind `unheard-of` was left out",
    ]


MOBILEDOC = {
    "version": "0.3.1",
    "atoms": [["soft-return", "", {}]],
    "cards": [
        ["image", {"src": "/content/images/y.png"}],
        ["hr", {}],
        ["card-markdown", {"markdown": "# M"}],
    ],
    "markups": [["strong"], ["a", ["href", "https://a.example"]], ["script"]],
    "sections": [
        [1, "h2", [[0, [], 0, "Heading"]]],
        [
            1,
            "p",
            [[0, [], 0, "a "], [0, [0, 1], 1, "b"], [0, [], 1, " c"], [1, [], 0, 0], [0, [2], 1, "<d>"]],
        ],
        [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
        [10, 0],
        [10, 1],
        [10, 2],
        [10, 99],
        "nonsense",
    ],
}


def test_a_text_of_the_older_editor_is_read_where_it_was_never_rendered(export: Export) -> None:
    found = gather(export(post(None, mobiledoc=json.dumps(MOBILEDOC))))
    assert one(found).body == (
        "## Heading\n\na **[b](https://a.example) c**  \n&lt;d>\n\n- one\n- two\n\n"
        "![](/content/images/y.png)\n\n* * *\n\n# M"
    )
    assert told(found) == []


@pytest.mark.parametrize(
    "broken",
    ["{not json", '{"root":' + '{"type":"x","children":[' * 300 + "]}" * 300 + "}"],
    ids=["cut", "deep"],
)
def test_a_text_that_is_broken_is_told_and_the_post_still_comes_in(export: Export, broken: str) -> None:
    found = gather(export(post(None, lexical=broken, plaintext="What remains")))
    assert one(found).body == "What remains"
    assert "`lexical`, is broken" in told(found)[0]


CARDS = """
<figure class="kg-card kg-bookmark-card kg-card-hascaption"><a class="kg-bookmark-container" href="https://a.example">
<div class="kg-bookmark-content"><div class="kg-bookmark-title">Title</div>
<div class="kg-bookmark-description">About it</div><div class="kg-bookmark-metadata">
<img class="kg-bookmark-icon" src="https://a.example/icon.png"><span class="kg-bookmark-author">Ann</span>
<span class="kg-bookmark-publisher">Press</span></div></div>
<div class="kg-bookmark-thumbnail"><img src="https://a.example/thumb.png"></div></a>
<figcaption>Words</figcaption></figure>
<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>
<div class="kg-callout-text">Mind</div></div>
<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading">
<h4 class="kg-toggle-heading-text"><span>More</span></h4>
<button class="kg-toggle-card-icon"><svg></svg></button></div>
<div class="kg-toggle-content"><p>Inside</p></div></div>
<div class="kg-card kg-audio-card"><img class="kg-audio-thumbnail" src="x.png">
<div class="kg-audio-player-container">
<audio src="https://a.example/a.mp3"></audio><div class="kg-audio-title">A song</div>
<div class="kg-audio-player"><span>0:00</span></div></div></div>
<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="https://a.example/f.pdf"><div>
<div class="kg-file-card-title">A paper</div><div class="kg-file-card-caption">Read it</div>
<div class="kg-file-card-filename">f.pdf</div><div class="kg-file-card-filesize">1 MB</div></div></a></div>
<!--members-only--><p>End, <a href="#/portal/signup">subscribe</a></p>
"""


def test_cards_become_what_they_are_without_what_only_a_page_needs(export: Export) -> None:
    found = gather(export(post(CARDS)))
    head, _, body = one(found).body.partition("\n")
    assert head == "[Title](https://a.example) — Ann — Press  "
    assert (
        body
        == """\
About it

Words

> 💡 Mind

#### More

Inside

[A song](https://a.example/a.mp3)

[A paper](https://a.example/f.pdf)

Read it

End, subscribe"""
    )
    assert told(found) == []


def test_pictures_come_from_the_zip_that_holds_them(export: Export, tmp_path: Path) -> None:
    source = export(post('<p><img src="__GHOST_URL__/content/images/2021/03/a.jpg"></p>'))
    archive = tmp_path / "whole.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(source, "blog.json")
        zipped.writestr("content/images/2021/03/a.jpg", b"right")
        zipped.writestr("content/images/2020/01/a.jpg", b"wrong")
    assert recognises(archive)
    assert gather(archive).media == {"/content/images/2021/03/a.jpg": b"right"}


def test_rows_of_any_kind_do_no_harm(export: Export) -> None:
    odd = [None, 1, "x", [], {"title": 5, "html": ["x"], "slug": {}, "published_at": "0000-00-00 00:00:00"}]
    far = post(published_at="9999-12-31T23:59:59.000Z", id="p9", uuid="9", title="Far")
    found = gather(export(*odd, far, post(), tags=None, users=[None], posts_tags={"a": 1}, settings="x"))
    assert [draft.title for draft in found.drafts] == ["A post", "Far", ""]
    assert "`Far` is dated 9999-12-31" in told(found)


def test_a_lone_half_of_a_character_is_marked(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text(json.dumps({"db": [{"data": {"posts": [post("<p>a\ud800b</p>")]}}]}))
    assert one(gather(source)).body == "a\ufffdb"


def test_a_broken_file_is_told_with_its_place_and_read_as_far_as_it_is_whole(export: Export) -> None:
    source = export(post(), post(id="p2", uuid="2", title="Another"), post(id="p3", uuid="3", title="Third"))
    whole = source.read_text("utf-8")
    source.write_text(whole[: whole.index("Third") + 2], "utf-8")
    with pytest.raises(BookError, match="this is not JSON") as caught:
        gather(source)
    assert "--recover" in str(caught.value) and caught.value.notices[0].line == 1
    found = gather(source, recover=True)
    assert [draft.title for draft in found.drafts][:2] == ["A post", "Another"]
    assert any("what was whole was read, and posts: 3" in message for message in told(found))


def test_posts_after_the_place_where_a_file_is_broken_are_had_too(export: Export) -> None:
    titles = ["One", "Two", "Three", "Four"]
    source = export(*(post(id=title, uuid=title, title=title, slug=title.lower()) for title in titles))
    whole = source.read_text("utf-8")
    source.write_text(whole.replace('"Two"', '"Two" "', 1), "utf-8")
    found = gather(source, recover=True)
    assert [draft.title for draft in found.drafts] == ["One", "Three", "Four"]
    assert found.drafts[1].authors == one(gather(export(post()))).authors


def test_a_million_characters_in_one_line_come_in_whole(export: Export) -> None:
    body = one(gather(export(post(f"<p>{'word ' * 200_000}</p>")))).body
    assert body.count("word") == 200_000


@pytest.mark.parametrize(
    "content",
    [
        '{"posts": [{"id": "1", "title": "T", "body": "B"}]}',
        '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        '{"data": {"posts": "none"}}',
        '{"db": 1}',
        "[1, 2]",
        "",
    ],
)
def test_other_json_is_not_taken_for_a_ghost_export(tmp_path: Path, content: str) -> None:
    source = tmp_path / "a.json"
    source.write_text(content)
    assert not recognises(source)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FACTS = sorted(CORPUS.glob("ghost/*/facts.json"))


@pytest.mark.parametrize("file", FACTS or [None], ids=lambda file: file.parent.name if file else "none")
def test_every_sample_gives_what_is_known_to_be_in_it(file: Path | None) -> None:
    if file is None:
        pytest.skip("there is no ../shared/corpora/ghost beside this checkout")
    fact = json.loads(file.read_text("utf-8"))
    found = gather(CORPUS / fact["file"], drafts=True, private=True, pages=True)
    kinds = Counter(f"{draft.kind}/{'draft' if draft.draft else 'published'}" for draft in found.drafts)
    assert kinds == fact["by_type_status"]
    posts = [draft for draft in found.drafts if draft.kind == "post" and not draft.draft]
    assert len(posts) == fact["published_posts"]
    days = sorted(draft.date.isoformat()[:19] for draft in posts if draft.date)
    assert (days[0], days[-1]) == (fact["first_post"][:19], fact["last_post"][:19])
    assert Counter(name for draft in posts for name in draft.authors) == fact["authors"]
    assert len({tag for draft in posts for tag in draft.tags}) == fact["distinct_tags"]
    assert (found.title, found.language) == (fact["title"], fact["locale"])


def test_halves_of_characters_are_told(export: Export) -> None:
    found = gather(export(post("<p>One \ud83d two</p>")))
    assert "One \ufffd two" in one(found).body
    assert "halves of characters became U+FFFD: 1" in told(found)


def test_captions_of_a_blog_that_moved_from_wordpress_are_captions(export: Export) -> None:
    html = '<p>[caption id="a" caption="The sea"]<img src="https://blog.example/a.jpg">[/caption]</p>'
    assert one(gather(export(post(html)))).body == '![](https://blog.example/a.jpg "The sea")'
