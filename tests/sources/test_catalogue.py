"""Links in double brackets, links to other posts' files, and the pictures that stand for posts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from PIL import Image

from book.build import build
from book.gather import gather as into_chapters
from book.model import Gathered
from book.sources.markdown import gather

Folder = Callable[[dict[str, str]], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "blog" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".png":
                Image.new("RGB", (4, 4), text or "red").save(path)
            else:
                path.write_text(text, encoding="utf-8")
        return tmp_path / "blog"

    return make


def post(title: str, body: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2020-01-02\n{more}---\n\n{body}\n"


def body_of(found: Gathered, title: str = "A") -> str:
    return next(draft.body.strip() for draft in found.drafts if draft.title == title)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("See [[The Sea]].", "See [The Sea](the-sea.md)."),
        ("See [[the sea|water]].", "See [water](the-sea.md)."),
        ("See [[notes/The Sea#Waves|waves]].", "See [waves](the-sea.md#waves)."),
        ("[[The Sea#Big Waves, Small]]", "[The Sea > Big Waves, Small](the-sea.md#big-waves-small)"),
        ("[[The Sea#A#二月 Wind]]", "[The Sea > 二月 Wind](the-sea.md#%E4%BA%8C%E6%9C%88-wind)"),
        ("See [[The Sea^tide]], [[#^ebb|so]].", "See [The Sea](the-sea.md#tide), [so](#ebb)."),
        ("## Salt\n\nSee [[#Salt]].", "## Salt\n\nSee [Salt](#salt)."),
        ("See [[Nowhere#Waves]].", "See Nowhere > Waves."),
        ("It falls. ^ebb\n\nIt rises. ^0a1b2c\n\nx ^2 and so ^on\n\n[[#^ebb|so]]",
         'It falls.<span id="ebb"></span>\n\nIt rises.\n\nx ^2 and so ^on\n\n[so](#ebb)'),
        ("See [[Wasser]].", "See [Wasser](the-sea.md)."),
        ("See [[二月]].", "See [二月](eryue.md)."),
        ("See [[Nowhere]] and [[Nowhere|elsewhere]].", "See Nowhere and elsewhere."),
        ("![[boat.png|300]]", "![](pictures/boat.png)"),
        ("![[Boat.png|A boat]]", "![A boat](pictures/boat.png)"),
        ("| a |\n|---|\n| [[The Sea\\|water]] |", "| a |\n|---|\n| [water](the-sea.md) |"),
        ("`[[The Sea]]` and [[1]](x) and [[2]]", "`[[The Sea]]` and [[1]](x) and [[2]]"),
        ("```\n[[The Sea]]\n```\n\nif [[ -f x ]]", "```\n[[The Sea]]\n```\n\nif [[ -f x ]]"),
    ],
)  # fmt: skip
def test_double_brackets(folder: Folder, written: str, meant: str) -> None:
    found = gather(
        folder(
            {
                "a.md": post("A", written),
                "notes/The Sea.md": post("Salt", more="aliases: [Wasser]\n"),
                "二月.md": post("B"),
                "pictures/boat.png": "",
            }
        )
    )
    assert body_of(found) == meant


def test_links_to_files_of_posts_lead_to_them_whatever_their_names(folder: Folder, tmp_path: Path) -> None:
    blog = folder(
        {
            "a.md": post("A", "[x](notes/%E4%BA%8C%E6%9C%88.md#end) [y](./notes/b/index.md) [z](gone.md)"),
            "notes/二月.md": post("B"),
            "notes/b/index.md": post("C", more="slug: other\n"),
        }
    )
    assert body_of(gather(blog)) == "[x](eryue.md#end) [y](other.md) [z](gone.md)"
    book = tmp_path / "book"
    into_chapters([blog], book / "chapters")
    report = build(book, editions=["ebook"])
    assert [one.message for one in report.editions[0].warnings if "link" in one.message] == [
        "the link `gone.md` leads to nothing in the book; its words are kept, the link is not"
    ]


def test_links_to_headings_and_paragraphs_of_other_posts_lead_there_in_the_book(
    folder: Folder, tmp_path: Path
) -> None:
    links = "[[B#Größe & Ä]] [[B#^tide|tide]] [y](b.md#gone) [z](b.md#Größe_Ä) [[#Here]]\n\n# Here"
    blog = folder({"a.md": post("A", links), "b.md": post("B", "It falls. ^tide\n\n## Größe & Ä\n\nText.")})
    book = tmp_path / "book"
    into_chapters([blog], book / "chapters")
    build(book, editions=["ebook"])
    with ZipFile(next((book / "out").glob("*.epub"))) as packed:
        page = packed.read("EPUB/text/2020-01-02-a.xhtml").decode()
        other = packed.read("EPUB/text/2020-01-02-b.xhtml").decode()
    led = [unquote(address).partition("#")[2] for address in re.findall(r'<a [^>]*href="([^"]*)"', page)]
    assert led == ["post-b.größe-ä", "post-b.tide", "", "post-b.größe-ä", "post-a.here"]
    assert all(f'id="{name}"' in other for name in led[:2])


@pytest.mark.parametrize(
    ("more", "meant"),
    [
        ("image: /img/boat.png\n", "![](static/img/boat.png)"),
        ("cover:\n  image: img/boat.png\n  alt: A [boat]\n  caption: 'The \"boat\"'\n",
         '![A \\[boat\\]](static/img/boat.png "The &quot;boat&quot;")'),
        ("header:\n  teaser: /img/boat.png\n", "![](static/img/boat.png)"),
        ("images:\n- /img/boat.png\nthumbnail: x.png\n", "![](static/img/boat.png)"),
        ("heroImage: '~/img/boat.png'\nheroImageAlt: A boat\n", "![A boat](static/img/boat.png)"),
        ("header-img: img/boat.png\n", "![](static/img/boat.png)"),
        ("cover_image: https://x.example/y.jpg\n", "![](https://x.example/y.jpg)"),
        ("image: true\nfeatured: yes\n", ""),
    ],
)  # fmt: skip
def test_the_picture_of_a_header_stands_before_the_text(folder: Folder, more: str, meant: str) -> None:
    found = gather(folder({"content/a.md": post("A", more=more), "static/img/boat.png": ""}))
    assert body_of(found) == f"{meant}\n\nText.".strip()
    assert not found.warnings


def test_a_picture_that_the_text_shows_is_not_doubled(folder: Folder) -> None:
    files = {"a.md": post("A", "![x](boat.png)", "image: boat.png\n"), "boat.png": ""}
    assert body_of(gather(folder(files))) == "![x](boat.png)"


def test_the_picture_of_a_bundle(folder: Folder) -> None:
    files = {"a/index.md": post("A"), "a/my-featured.png": "", "a/other.png": "", "b/index.md": post("B")}
    found = gather(folder(files))
    assert body_of(found) == "![](a/my-featured.png)\n\nText."
    assert body_of(found, "B") == "Text."


def test_pictures_that_are_not_there_and_ornaments_are_told(folder: Folder) -> None:
    files = {f"{n}.md": post(f"P{n}", more="image: all.png\n") for n in range(5)}
    found = gather(folder({**files, "all.png": "", "a.md": post("A", more="image: gone.png\n")}))
    assert all(draft.body.strip() == "Text." for draft in found.drafts)
    assert not found.media
    assert sorted(one.message for one in found.warnings) == [
        "the picture `all.png` stands for 5 posts: it is an ornament, and left out",
        "there is no picture `gone.png`, which stands for this post, in this folder",
    ]
