"""Markdown comes in with its header understood, whoever wrote it, and with the pictures of its folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.model import Draft, Gathered
from book.placement import place
from book.sources.markdown import gather, recognises

Folder = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Give a function that makes a folder `blog` of files."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "blog"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


def only(found: Gathered) -> Draft:
    assert len(found.drafts) == 1, found
    return found.drafts[0]


def post(*rows: str, body: str = "Text.") -> str:
    return "\n".join(("---", *rows, "---", "", body, ""))


def test_a_post_with_a_yaml_header(folder: Folder) -> None:
    root = folder({"a.md": post("title: One: two", "x: 1").replace("One: two", '"One: two"')})
    assert not gather(root).drafts[0].date
    text = post('title: "One: two"', "date: 2017-08-30 10:00:00 +0200", "tags: [a, b c]", "mood: fine")
    found = only(gather(folder({"a.md": text})))
    assert (found.title, found.tags, found.body.strip(), dict(found.extra)) == (
        "One: two",
        ("a", "b c"),
        "Text.",
        {"mood": "fine"},
    )
    assert isinstance(found.date, datetime)
    assert found.date.utcoffset() == timedelta(hours=2)


def test_a_post_with_a_toml_header(folder: Folder) -> None:
    text = '+++\ntitle = "One"\ndate = 2017-08-30\n[taxonomies]\ntags = ["a"]\n+++\n\nText.\n'
    found = only(gather(folder({"one.md": text})))
    assert (found.title, found.date, found.extra["taxonomies"]) == ("One", date(2017, 8, 30), {"tags": ["a"]})


@pytest.mark.parametrize(
    "heading", ["# Closing *gaps* #\n", "Closing gaps\n============\n", "\n\n#  Closing gaps {#x}\n"]
)
def test_a_post_without_header(folder: Folder, heading: str) -> None:
    found = only(gather(folder({"2017-08-30-other-name.md": f"{heading}\nText.\n\n# Not this\n"})))
    assert (found.title, found.date, found.slug) == ("Closing gaps", date(2017, 8, 30), "other-name")
    assert found.body == "Text.\n\n# Not this\n"


def test_a_title_of_the_last_resort(folder: Folder) -> None:
    found = gather(folder({"2017-08-30-closing-gaps.md": "Text.\n"}))
    assert only(found).title == "Closing gaps"
    assert [notice.line for notice in found.warnings] == [1]
    nameless = gather(folder({"2017-08-30-closing-gaps.md": "x", "2017-08-31.md": "Text.\n"}))
    assert [draft.title for draft in nameless.drafts] == ["Closing gaps", ""]


def test_a_heading_that_repeats_the_title_goes(folder: Folder) -> None:
    found = only(
        gather(folder({"2017-08-30-a.md": post("title: Closing Gaps", body="# Closing gaps\n\nText.")}))
    )
    assert found.body == "Text.\n"
    other = only(gather(folder({"2017-08-30-a.md": post("title: Closing Gaps", body="# Part one\n\nText.")})))
    assert other.body == "# Part one\n\nText.\n"


@pytest.mark.parametrize(
    ("rows", "field", "value"),
    [
        (["lastmod: 2018-01-01"], "updated", date(2018, 1, 1)),
        (["pubDate: Jul 08 2022"], "date", date(2022, 7, 8)),
        (["published: 2016-01-02"], "date", date(2016, 1, 2)),
        (["author: A. Writer"], "authors", ("A. Writer",)),
        (["authors:", "  - name: A", "    email: a@b.c", "  - B"], "authors", ("A", "B")),
        (["author: {name: A}"], "authors", ("A",)),
        (["categories: [travel, food]", "tags: food, sea"], "tags", ("travel", "food", "sea")),
        (["category: travel"], "tags", ("travel",)),
        (["permalink: /2017/08/x/"], "url", "/2017/08/x/"),
        (["lang: fr"], "language", "fr"),
        (["description: >", "  In", "  short."], "summary", "In short."),
        (["draft: true"], "draft", True),
        (["published: false"], "draft", True),
        (["published: true"], "draft", False),
        (["status: publish"], "draft", False),
        (["status: draft"], "draft", True),
        (["layout: page"], "kind", "page"),
        (["layout: post", "type: post"], "kind", "post"),
        (["order: 2"], "order", 2),
        (["slug: other"], "slug", "other"),
        (["Title: Loud"], "title", "Loud"),
        (["title: 2001"], "title", "2001"),
        (["authors: Zoé Léger; Anaïs"], "authors", ("Zoé Léger", "Anaïs")),
    ],
)
def test_keys_that_mean_the_same(folder: Folder, rows: list[str], field: str, value: Any) -> None:
    given = [] if field in ("title", "date") else ["title: A title"]
    found = only(gather(folder({"2017-08-30-a.md": post(*given, *rows)}), drafts=True, pages=True))
    assert getattr(found, field) == value
    assert not found.extra


def test_tags_may_stand_among_taxonomies(folder: Folder) -> None:
    rows = ("taxonomies:", "  tags: [a, b]", "  categories: c", "  other: 3")
    assert only(gather(folder({"2017-08-30-a.md": post("title: A", *rows)}))).tags == ("a", "b", "c")
    assert only(gather(folder({"2017-08-30-a.md": post("title: A", "taxonomies: [a]")}))).tags == ()


def test_unknown_keys_are_kept(folder: Folder) -> None:
    rows = [
        "title: A",
        "layout: wide",
        "image: x.png",
        "version: 1.10",
        "order: first",
        "menu: {main: {weight: 2}}",
    ]
    text = post(*rows).replace("order: first", "position: first")
    found = only(gather(folder({"2017-08-30-a.md": text})))
    assert found.extra == {
        "layout": "wide",
        "image": "x.png",
        "version": "1.10",
        "position": "first",
        "menu": {"main": {"weight": 2}},
    }


@pytest.mark.parametrize(
    ("name", "rows", "day"),
    [
        ("2017-08-30-a.md", ["date: 2017-09-01"], date(2017, 9, 1)),
        ("2017-08-30-a.md", ["date: never"], date(2017, 8, 30)),
        ("2017-08-30-trip/index.md", [], date(2017, 8, 30)),
        ("posts/2017/08/30/a.md", [], date(2017, 8, 30)),
        ("a.md", ["date: 2019/06/06 08:10:00"], datetime(2019, 6, 6, 8, 10)),
        ("a.md", ["date: 2017-02-30"], None),
        ("a.md", [], None),
    ],
)
def test_where_a_date_comes_from(folder: Folder, name: str, rows: list[str], day: Any) -> None:
    found = gather(folder({name: post("title: A", *rows)}))
    assert only(found).date == day
    bad = [row for row in rows if "never" in row or "02-30" in row]
    assert [notice.line for notice in found.warnings] == [3] * len(bad)


def test_files_that_cannot_be_read_are_named_and_the_rest_comes_in(folder: Folder) -> None:
    root = folder(
        {
            "2017-01-01-good.md": post("title: Good"),
            "2017-01-02-yaml.md": post("title: a\nlayout post"),
            "2017-01-03-open.md": "---\ntitle: A\n\nText.\n",
            "2017-01-04-latin.md": "---\ntitle: A\n---\n\nDéjà.\n".encode("latin-1"),
            "2017-01-05-empty.md": "",
            "2017-02-30-impossible.md": "Text.",
            "_index.md": post("title: List"),
            ".git/2017-01-06-hidden.md": post("title: Hidden"),
            "_site/2017-01-07-made.md": post("title: Made"),
        }
    )
    found = gather(root)
    assert [draft.title for draft in found.drafts] == ["Good", "A"]
    assert found.drafts[1].body == "Déjà.\n"
    assert [notice.path for notice in found.warnings if "taken for cp1252" in notice.message] == [
        root / "2017-01-04-latin.md"
    ]
    assert {(one.path.name, one.line) for one in found.skipped if one.path} == {
        ("2017-01-02-yaml.md", 4),
        ("2017-01-03-open.md", 1),
        ("2017-01-05-empty.md", None),
        ("2017-02-30-impossible.md", None),
        ("_index.md", None),
    }


@pytest.mark.parametrize(
    ("header", "title", "tags"),
    [
        ("title: a: b\ntags: [x]", "a: b", ("x",)),
        ('title: "A" and B\ntags:\n- x\n- y', '"A" and B', ("x", "y")),
        ('title: "A" and "B"', '"A" and "B"', ()),
        ('title: "Unclosed', "Unclosed", ()),
        ("title: 'It's so'", "It's so", ()),
        ("title: @home", "@home", ()),
        ("title: *A*", "*A*", ()),
        ("title: 日本語: たび", "日本語: たび", ()),
    ],
)
def test_a_value_that_is_not_yaml_is_read_as_it_stands_and_told(
    folder: Folder, header: str, title: str, tags: tuple[str, ...]
) -> None:
    root = folder({"2017-01-01-a.md": f"---\n{header}\n---\nText.\n"})
    found = gather(root)
    assert [(one.title, one.tags, one.body.strip()) for one in found.drafts] == [(title, tags, "Text.")]
    assert len([notice for notice in found.warnings if "and is mended" in notice.message]) == 1
    assert not found.skipped


@pytest.mark.parametrize(
    ("text", "title", "tags", "body"),
    [
        ("---\ntitle: A\ntitle: B\ntags:\n\t- x\n---\nText.\n", "A", ("x",), "Text."),
        ("---\ntitle: A\nlayout post\n---\nText.\n", "A", (), "Text."),
        ("---\ntitle: A\ntags: x\n\nText.\n\nMore: text.\n", "A", ("x",), "Text.\n\nMore: text."),
    ],
)
def test_a_broken_header_is_mended_when_asked(
    folder: Folder, text: str, title: str, tags: tuple[str, ...], body: str
) -> None:
    root = folder({"2017-01-01-a.md": text, "2017-01-02-b.md": post("title: B")})
    found = gather(root)
    assert [draft.title for draft in found.drafts] == ["B"]
    assert found.skipped[0].reason.endswith("; `--recover` mends it")
    again = gather(root, recover=True)
    assert (again.drafts[0].title, again.drafts[0].tags) == (title, tags)
    assert again.drafts[0].body.strip() == body
    assert [notice.path for notice in again.warnings if "and is mended" in notice.message] == [
        root / "2017-01-01-a.md"
    ]
    assert not again.skipped


def test_what_a_header_says_twice_in_the_same_words_is_told(folder: Folder) -> None:
    root = folder({"2017-01-01-a.md": post("title: A", "tags: x", "date: 2017-01-02", "tags:  x")})
    found = gather(root)
    assert (only(found).title, only(found).tags) == ("A", ("x",))
    assert [notice.message for notice in found.warnings] == ["`tags` is given twice, and is mended"]


def test_of_what_a_header_says_twice_the_last_is_meant(folder: Folder) -> None:
    rows = ("title: A", "mark: x", "date: 2017-01-02", "title: B: C", "mark: y")
    found = gather(folder({"2017-01-01-a.md": post(*rows)}))
    assert (only(found).title, only(found).extra["mark"]) == ("B: C", "y")
    assert [notice.line for notice in found.warnings] == [5]


def test_one_file_at_fault_is_an_error(folder: Folder) -> None:
    root = folder({"2017-01-02-yaml.md": post("title: a\nlayout post")})
    with pytest.raises(BookError, match="not YAML"):
        gather(root / "2017-01-02-yaml.md")


def test_drafts_private_posts_and_pages_come_only_when_asked_for(folder: Folder) -> None:
    root = folder(
        {
            "_drafts/2017-01-01-a.md": post("title: A"),
            "_posts/2017-01-02-b.md": post("title: B"),
            "_posts/2017-01-03-c.md": post("title: C", "password: s3cret"),
            "_posts/2017-01-04-d.md": post("title: D", "status: private"),
            "about.md": post("title: About", "layout: page"),
        }
    )
    found = gather(root)
    assert [draft.title for draft in found.drafts] == ["B"]
    assert sorted(skipped.reason for skipped in found.skipped) == [
        "it is a draft; `--drafts` brings it in",
        "it is a page; `--pages` brings it in",
        "it is private; `--private` brings it in",
        "it is private; `--private` brings it in",
    ]
    every = gather(root, drafts=True, private=True, pages=True)
    assert {draft.title: (draft.draft, draft.kind) for draft in every.drafts} == {
        "A": (True, "post"),
        "B": (False, "post"),
        "C": (False, "post"),
        "D": (False, "post"),
        "About": (False, "page"),
    }
    assert not any("s3cret" in str(draft) for draft in every.drafts)


def test_a_folder_of_posts_parts_them_from_pages(folder: Folder) -> None:
    """Jekyll and Hexo do not ask a header which of the two a file is."""
    root = folder(
        {
            "_posts/2017-01-01-a.md": post("title: A", "layout: page"),
            "news/_posts/2017-01-02-b.md": post("title: B", "type: page"),
            "2017-01-03-c.md": post("title: C"),
            "topics/d.md": post("title: D", "layout: topic"),
            "about/index.md": post("title: E", "date: 2016-01-01"),
            "_notes/f.md": post("title: F", "date: 2016-01-02"),
            "_tabs/g.md": post("title: G"),
            "docs/h.md": "# H\n\nText.\n",
        }
    )
    assert [draft.title for draft in gather(root).drafts] == ["C", "F", "A", "B"]
    pages = {draft.title for draft in gather(root, pages=True).drafts if draft.kind == "page"}
    assert pages == {"D", "E", "G", "H"}


def test_without_a_folder_of_posts_a_place_says_nothing(folder: Folder) -> None:
    root = folder({"a/about.md": post("title: A", "date: 2017-01-01"), "b.md": post("title: B")})
    assert [draft.kind for draft in gather(root).drafts] == ["post", "post"]


def test_pictures_are_found_in_the_folder(folder: Folder) -> None:
    body = "\n\n".join(
        (
            "![a](img/sea.jpg) `![x](img/none.jpg)`",
            "![b](/assets/lake%20one.png?w=600) [![c](/static-one.gif)](/static-one.gif)",
            '<img alt="" src="{{ site.baseurl }}/assets/lake%20one.png">',
            "![d](https://example.org/far.jpg) ![e](gone.png) ![f](data:image/png;base64,AAAA)",
            "[ref]: img/ref.png",
        )
    )
    root = folder(
        {
            "2017-08-30-a.md": post("title: A", body=body),
            "img/sea.jpg": b"sea",
            "img/ref.png": b"ref",
            "assets/lake one.png": b"lake",
            "static/static-one.gif": b"static",
        }
    )
    found = gather(root)
    there = {address: path.read_bytes() for address, path in found.media.items() if isinstance(path, Path)}
    assert there == {
        "img/sea.jpg": b"sea",
        "img/ref.png": b"ref",
        "assets/lake%20one.png": b"lake",
        "static/static-one.gif": b"static",
    }
    assert {address for address, path in found.media.items() if path is None} == {
        "https://example.org/far.jpg",
        "gone.png",
    }
    assert [(notice.line, "gone.png" in notice.message) for notice in found.warnings] == [(11, True)]
    assert "![b](assets/lake%20one.png)" in only(found).body
    assert "`![x](img/none.jpg)`" in only(found).body


def test_pictures_of_one_name_in_two_folders_are_two(folder: Folder) -> None:
    text = post("title: A", body="![x](cover.png)")
    root = folder(
        {
            "2017-01-01-a/index.md": text,
            "2017-01-01-a/cover.png": b"one",
            "2017-01-02-b/index.md": text,
            "2017-01-02-b/cover.png": b"two",
        }
    )
    found = gather(root)
    assert sorted(path.read_bytes() for path in found.media.values() if isinstance(path, Path)) == [
        b"one",
        b"two",
    ]
    assert len({draft.body for draft in found.drafts}) == 2
    assert [draft.source for draft in found.drafts] == ["markdown:a", "markdown:b"]


def test_pictures_are_found_whatever_their_capitals_and_accents(folder: Folder) -> None:
    body = "![a](/Images/Sea.JPG) ![b](../images/caf%C3%A9.png) ![c](/images/two.png) ![d](/images/none.png)"
    files: dict[str, str | bytes] = {"_posts/2017-08-30-a.md": post("title: A", body=body)}
    for name in ("sea.jpg", "cafe\u0301.png", "TWO.png", "Two.png"):
        files[f"images/{name}"] = name.encode()
    found = gather(folder(files))
    assert [path.name for path in found.media.values() if isinstance(path, Path)] == [
        "sea.jpg",
        "cafe\u0301.png",
    ]
    assert [one.message.split("`")[1] for one in found.warnings] == ["/images/two.png", "/images/none.png"]


def test_a_header_says_where_its_pictures_are(folder: Folder) -> None:
    body = "![a](sea.jpg) ![b](/lake.jpg) ![c](../near.jpg) ![d](https://example.org/sea.jpg)"
    header = ("title: A", "media_subpath: /assets/a/", "image:", "  path: cover.png")
    root = folder(
        {
            "_posts/2017-01-01-a.md": post(*header, body=body),
            "assets/a/sea.jpg": b"sea",
            "assets/a/lake.jpg": b"lake",
            "assets/a/cover.png": b"cover",
            "near.jpg": b"near",
        }
    )
    found = gather(root)
    assert set(found.media) == {
        *("assets/a/sea.jpg", "assets/a/lake.jpg", "assets/a/cover.png"),
        *("near.jpg", "https://example.org/sea.jpg"),
    }
    assert only(found).body.startswith("![](assets/a/cover.png)\n\n![a](assets/a/sea.jpg) ")
    assert not found.warnings


def test_nothing_outside_the_folder_is_read(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "secret.md").write_text(post("title: Secret"), encoding="utf-8")
    body = "![a](../secret.png) ![b](link.png) ![c](/../secret.png) ![d](%2e%2e/secret.png) ![e](ring.png)"
    root = folder({"2017-08-30-a.md": post("title: A", body=body)})
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "ring.png").symlink_to(root / "ring.png")
    (root / "2017-08-31-b.md").symlink_to(tmp_path / "secret.md")
    (root / "away").symlink_to(tmp_path, target_is_directory=True)
    found = gather(root)
    assert only(found).title == "A"
    assert set(found.media.values()) == {None}
    assert [one.path.name for one in found.skipped if one.path] == ["2017-08-31-b.md", "away"]


def test_what_other_tools_mean_passes_unharmed(folder: Folder) -> None:
    body = "Text.\n{: .class}\n\n:::"
    found = gather(folder({"2017-08-30-a.md": post("title: A", body=body)}))
    assert only(found).body.strip() == body
    assert not found.warnings


def test_control_characters_are_dropped_and_told(folder: Folder) -> None:
    root = folder({"2017-01-01-a.md": post("title: A", body="前\x08処\x1b理。")})
    found = gather(root)
    assert only(found).body.strip() == "前処理。"
    assert [notice.message for notice in found.warnings] == ["control characters were dropped: 2"]


def test_the_site_says_its_name(folder: Folder) -> None:
    post_a = {"_posts/2017-08-30-a.md": post("title: A")}
    yaml = gather(folder({**post_a, "_config.yml": "title: My Blog\nurl: https://example.org\nlang: fr\n"}))
    assert (yaml.title, yaml.url, yaml.language) == ("My Blog", "https://example.org", "fr")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "gatsby-config.js",
            "module.exports = { siteMetadata: { title: `Salt`, author: { name: 'Ann' } }, p: [x()] }",
        ),
        (
            "docusaurus.config.ts",
            "const c: Config = { title: 'Salt', i18n: {locales: ['en']} };\nexport default c;",
        ),
        (
            "src/consts.ts",
            "// what it is\nexport const SITE_TITLE = 'Salt';\nexport const SITE_AUTHOR = 'Ann';",
        ),
        (
            "src/config.ts",
            "export const SITE = { website: 'https://x.example/', author: 'Ann', title: 'Salt' } as const;",
        ),
        ("mkdocs.yml", "site_name: Salt\nsite_author: Ann <ann@mail.example>\n"),
    ],
)
def test_sites_of_other_generators_say_theirs_too(folder: Folder, name: str, text: str) -> None:
    found = gather(folder({"content/2017-08-30-a.md": post("title: A"), name: text}) / "content")
    assert (found.title, found.author) == ("Salt", None if "docusaurus" in name else "Ann")


@pytest.mark.parametrize("text", ["title = 'T'\nbaseURL = '/'\n", "title = [\n", "\0"])
def test_a_site_that_cannot_be_read_says_nothing(folder: Folder, text: str) -> None:
    found = gather(folder({"2017-08-30-a.md": post("title: A"), "hugo.toml": text}))
    assert (found.title, found.url) == ("T" if "'T'" in text else None, None)


def test_names_that_are_no_text_do_no_harm(folder: Folder) -> None:
    root = folder({"2017-08-30-a.md": post("title: A", body="![x](b.png)")})
    strange = os.fsdecode(b"2017-08-31-\xff\xfe.md")
    (root / strange).write_text("Text.\n\n![x](c.png)", encoding="utf-8")
    (root / os.fsdecode(b"\xff.png")).write_bytes(b"x")
    report = place([gather(root)], root.parent / "chapters")
    assert len(report.added) == 2


def test_what_is_neither_file_nor_folder_is_not_recognised(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not recognises(tmp_path / "pipe")
    assert not recognises(tmp_path / "gone")


def test_what_is_recognised(folder: Folder) -> None:
    root = folder(
        {
            "yes/2017-08-30-a.md": "Text.",
            "headers/a.markdown": post("title: A"),
            "no/README.md": "# About",
            "file.txt": post("title: A"),
            "plain.txt": "Text.",
        }
    )
    known = {path.name for path in root.iterdir() if recognises(path)}
    assert known == {"yes", "headers", "file.txt"}
    assert recognises(root / "no" / "README.md")


@pytest.mark.parametrize(
    "text",
    [
        "Title: Salt: a story\nDate: 2010-12-03 10:20\nTags: sea, salt\nSlug: salt\n\nWords.\n",
        "Title: Salt: a story\ndate: 2010-12-03 10:20\ntags: [sea, salt]\nslug: salt\n---\n\nWords.\n",
        'title: "Salt: a story"\ndate: 2010-12-03 10:20:00\ntags:\n- sea\n- salt\nslug: salt\n---\nWords.\n',
    ],
)
def test_headers_without_a_fence_above(folder: Folder, text: str) -> None:
    root = folder({"any.md": text})
    assert recognises(root)
    found = only(gather(root))
    assert (found.title, found.slug, found.tags, found.body.strip()) == (
        "Salt: a story",
        "salt",
        ("sea", "salt"),
        "Words.",
    )
    assert found.date == datetime(2010, 12, 3, 10, 20)


@pytest.mark.parametrize("text", ["Note: this is no header.\n\nWords.\n", "Title: x and no more of it"])
def test_prose_with_colons_is_prose(folder: Folder, text: str) -> None:
    assert only(gather(folder({"2010-12-03-a.md": text}))).body.strip() == text.strip()


@pytest.mark.parametrize(
    "path",
    [
        "blog/2013/01-06-osx-wifi.md",
        "2013/01/06/osx-wifi.md",
        "2013/01/06-osx-wifi/index.md",
        "2013-01-06/osx-wifi.md",
    ],
)
def test_a_path_can_tell_the_day(folder: Folder, path: str) -> None:
    found = only(gather(folder({path: "# Wifi\n\nWords.\n"})))
    assert (found.date, found.slug) == (date(2013, 1, 6), "osx-wifi")


def test_a_text_in_a_file_of_its_own_is_put_where_it_is_included(folder: Folder) -> None:
    body = (
        "{% capture told %}{% include texts/told.md %}{% endcapture %}\n"
        "<div>\n{{ told | markdownify }}\n</div>\n\n"
        "{% include_relative more.md %}\n{% include ../../secret.md %}\n{% include ring.md %}"
    )
    root = folder(
        {
            "_posts/2020-01-01-a.md": f"---\ntitle: A\n---\n{body}\n",
            "_includes/texts/told.md": "What is *told*.\n",
            "_posts/more.md": "And more.\n",
            "_includes/ring.md": "Round {% include ring.md %}",
        }
    )
    (root.parent / "secret.md").write_text("canary", encoding="utf-8")
    found = next(draft for draft in gather(root).drafts if draft.title == "A")
    assert "What is *told*." in found.body
    assert "And more." in found.body
    assert "canary" not in found.body
    assert found.body.count("Round") == 4


def test_every_file_is_a_post_or_named_with_the_reason(folder: Folder, tmp_path: Path) -> None:
    text = post("title: A", "date: 2017-08-30")
    root = folder(
        {
            "_config.yml": "title: Blog\n",
            "_posts/2017-08-30-a.md": text,
            "_posts/twice/2017-08-30-a.md": text,
            "_posts/2017-08-31-b.html": post("title: B", body="<p>Text.</p>"),
            "_posts/2017-09-01-c.md": post("title: C", "published: false"),
            "_posts/2017-09-02-empty.md": "",
            "_posts/2017-09-03-broken.md": "---\ntitle: [\n---\n\nText.\n",
            "_posts/2017-09-04-d.textile": "h1. D\n",
            "_posts/2017-09-05-e.Rmd": post("title: E", body="woven"),
            "_posts/2017-09-05-e.html": post("title: E", body="<p>E</p>"),
            "about.md": post("title: About"),
            "contact.html": post("title: Contact", body="<p>Here.</p>"),
            "index.html": post("layout: home", body="{% for post in site.posts %}{% endfor %}"),
            "README.md": "How to build.\n",
        }
    )
    (root / "link").symlink_to(tmp_path, target_is_directory=True)
    found = gather(root)
    report = place([found], tmp_path / "chapters")
    assert (report.files, len(report.added), len(report.skipped)) == (14, 5, 9)
    assert report.files == len(report.added) + len(report.skipped)
    assert {one.path.name for one in report.skipped if one.path} >= {"contact.html", "index.html", "link"}
    again = place([found], tmp_path / "chapters")
    assert again.files == again.unchanged + len(again.skipped)


def test_posts_in_html_are_dated_by_their_headers_and_pages_come_when_asked_for(folder: Folder) -> None:
    files = {
        "content/post/old.html": post("title: Old", "date: 2009-01-02", body="<p>Text.</p>"),
        "content/about.html": post("title: About", body="<p>Me.</p>"),
        "themes/list.html": "{{ define }}",
    }
    root = folder(files)
    assert recognises(root)
    assert only(gather(root)).title == "Old"
    assert [one.kind for one in gather(root, pages=True).drafts] == ["page", "post"]


def test_folders_that_are_passed_over_are_named_where_posts_may_be_in_them(folder: Folder) -> None:
    root = folder(
        {
            "2017-08-30-a.md": post("title: A"),
            ".trash/b.md": post("title: B"),
            "node_modules/x/README.md": "Text.\n",
            ".c.md": post("title: C"),
            "._2017-08-30-a.md": "\0\0",
        }
    )
    told = [(one.path and one.path.name, one.message) for one in gather(root).warnings]
    assert told == [
        (".c.md", "this file is hidden by its name, and not looked into"),
        (".trash", "posts may be in this folder, which is not looked into: 1"),
    ]


def test_a_post_that_is_the_index_of_the_folder_one_stands_in_has_its_name(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder({"index.md": post("title: A\ndate: 2020-01-02")}))
    assert only(gather(Path())).slug == "blog"


def test_of_a_quarto_blog_lists_are_no_posts_and_hidden_cells_are_told(folder: Folder) -> None:
    cells = "```{r}\n#| echo: false\nplot(1)\n```\n\n```{r}\ny\n```\n"
    found = gather(
        folder(
            {
                "index.qmd": "---\ntitle: Home\nlisting:\n  contents: posts\n---\n",
                "posts/a/index.qmd": f"---\ntitle: A\ndate: 2020-01-02\n---\n\nWords.\n\n{cells}",
            }
        )
    )
    assert only(found).body.split() == ["Words.", "```r", "y", "```"]
    assert [(one.message, one.line) for one in found.warnings] == [
        ("cells of code left out, which show only what they make: 1", 6)
    ]
    assert [one.reason for one in found.skipped] == [
        "it is a list of posts that the website makes, and no post"
    ]


def test_what_a_website_copies_or_begins_posts_with_is_no_post(folder: Folder) -> None:
    post = "---\ntitle: T\ndate: 2020-01-02\ndraft: 0\n---\nText.\n"
    files = {"content/a.md": post, "static/talk/notes.md": post, "archetypes/default.md": '---\ntitle: "{{'}
    found = gather(folder(files))
    assert [draft.slug for draft in found.drafts] == ["a"]
    assert sorted(one.reason for one in found.skipped) == [
        "it is what new posts begin with, and no post",
        "it lies in `static`, from where the website copies files as they are",
    ]


def test_posts_in_a_folder_called_static_are_posts_where_no_content_is_beside_it(folder: Folder) -> None:
    found = gather(folder({"static/a.md": "---\ntitle: T\ndate: 2020-01-02\n---\nText.\n"}))
    assert [draft.slug for draft in found.drafts] == ["a"]
