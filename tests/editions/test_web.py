"""The web edition: whole, linked, searchable, and nothing fetched from anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import tinyhtml5
from lxml import etree

from book import config
from book.bind import places
from book.build import build
from book.errors import BookError

TOML = """\
title = "Small & Plain"
author = "Ann"
language = "en"

[editions.site]
format = "web"
"""
POSTS = {
    "2020-01-01-one": "---\ntitle: One\n---\nFirst, [the second](2020-02-01-two.md).[^1]\n\n[^1]: A note.",
    "2020-02-01-two": '---\ntitle: "Two <b>"\n---\n```\n\nx  = 1 < 2 && 3\n```\n\n[away](https://e.org/x.xhtml)',
    "2020-03-01-three": "---\ntitle: Three\n---\nÉtude, last of all.",
}
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def made(manuscript: Any) -> tuple[Path, Path]:
    root = manuscript(POSTS, toml=TOML)
    (edition,) = build(root).editions
    assert edition.pages is None
    return root, edition.path


def trees(site: Path) -> dict[Path, Any]:
    found = sorted(site.rglob("*.html"))
    assert found
    return {path: etree.fromstring(path.read_bytes()) for path in found}


def files(site: Path) -> dict[str, bytes]:
    return {str(p.relative_to(site)): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def test_every_link_and_file_is_there_and_nothing_comes_from_outside(made: tuple[Path, Path]) -> None:
    _, site = made
    pages = trees(site)
    idents = {path: {e.get("id") for e in root.iter() if e.get("id")} for path, root in pages.items()}
    for path, root in pages.items():
        for element in root.iter(etree.Element):
            for attribute in ("href", "src"):
                to = element.get(attribute)
                if to is None or (element.tag == f"{XHTML}a" and urlsplit(to).scheme):
                    continue
                parts = urlsplit(to)
                assert not parts.scheme and not parts.netloc, f"{path}: {to}"
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                assert target.is_file(), f"{path}: {to}"
                assert not parts.fragment or parts.fragment in idents[target], f"{path}: {to}"
    for sheet in site.rglob("*.css"):
        for address in re.findall(r"url\(['\"]?([^'\")]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file()


def test_pages_follow_each_other_and_lead_home(made: tuple[Path, Path]) -> None:
    _, site = made
    two = next(root for path, root in trees(site).items() if path.stem.endswith("two"))
    relations = {a.get("rel"): a for a in two.iter(f"{XHTML}a") if a.get("rel")}
    assert relations["prev"].get("href") == "2020-01-01-one.html"
    assert relations["next"].get("href") == "2020-03-01-three.html"
    assert "../index.html" in [a.get("href") for a in two.iter(f"{XHTML}a")]
    home = etree.fromstring((site / "index.html").read_bytes())
    titles = [a.text for a in home.findall(f".//{XHTML}nav[@class='toc']//{XHTML}a")]
    assert titles == ["One", "Two", "Three"]
    assert home.findtext(f".//{XHTML}h1") == "Small & Plain"


def test_an_address_of_somebody_else_stays_as_it_is(made: tuple[Path, Path]) -> None:
    _, site = made
    assert "https://e.org/x.xhtml" in (site / "text/2020-02-01-two.html").read_text(encoding="utf-8")


def test_listings_are_the_same_read_as_html(made: tuple[Path, Path]) -> None:
    """A browser reads these files as HTML, which drops a listing's first line break."""
    _, site = made
    data = (site / "text/2020-02-01-two.html").read_bytes()
    read = {"HTML": tinyhtml5.parse(data), "XML": etree.fromstring(data)}
    codes = ["".join(tree.find(f".//{XHTML}pre").itertext()) for tree in read.values()]
    assert codes[0] == codes[1]
    assert codes[0].startswith("\nx  = 1 < 2 && 3")
    words = ["".join(tree.find(f".//{XHTML}main").itertext()).split() for tree in read.values()]
    assert words[0] == words[1]


def test_the_index_holds_the_words_of_every_page(made: tuple[Path, Path]) -> None:
    _, site = made
    script = (site / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.octavoIndex=").removesuffix(";\n"))
    words = {href: text for _, href, text in entries}
    assert "Étude, last of all." in words["text/2020-03-01-three.html"]
    assert "Search" not in words["text/2020-03-01-three.html"]
    assert all((site / href).is_file() for href in words)


def test_again_gives_the_same_files_and_drops_those_of_before(made: tuple[Path, Path]) -> None:
    root, site = made
    before = files(site)
    (site / "text" / "old.html").write_text("left over")
    build(root, fresh=True)
    assert files(site) == before
    assert [path.name for path in site.parent.iterdir()] == [site.name]


def test_a_build_killed_between_two_moves_has_lost_nothing(made: tuple[Path, Path]) -> None:
    root, site = made
    before = files(site)
    with places(config.load(root), config.load(root).config.editions, None) as (place,):
        aside = place.part.with_name(f"{place.part.name}.old")
    site.replace(aside)
    (root / "chapters" / "broken.md").write_text("---\ndate: [\n---\n")
    with pytest.raises(BookError):
        build(root)
    assert files(site) == before


def test_a_folder_that_is_no_edition_is_left_alone(made: tuple[Path, Path]) -> None:
    root, site = made
    (site / ".octavo").unlink()
    with pytest.raises(BookError, match="a folder that is no edition stands where the edition goes"):
        build(root)
    assert (site / "index.html").is_file()


def test_a_style_sheet_of_the_project_replaces_ours(manuscript: Any) -> None:
    root = manuscript(POSTS, toml=TOML, files={"styles/web.css": "body { color: teal }"})
    (edition,) = build(root).editions
    assert (edition.path / "css/web.css").read_text() == "body { color: teal }"


def test_a_script_in_a_post_is_no_script_of_the_site(manuscript: Any) -> None:
    root = manuscript({"2020-01-01-x": "---\ntitle: X\n---\nA<script>alert(1)</script>B"}, toml=TOML)
    (edition,) = build(root).editions
    page = etree.fromstring((edition.path / "text/2020-01-01-x.html").read_bytes())
    assert [one.get("src") for one in page.iter(f"{XHTML}script")] == ["../search.js"]


def test_a_sheet_of_the_project_has_the_last_word(manuscript: Any) -> None:
    toml = TOML + '\n[style]\nstylesheets = ["mine.css"]\n'
    root = manuscript(POSTS, toml=toml, files={"mine.css": "header.bar { display: none }"})
    (edition,) = build(root).editions
    for page in trees(edition.path).values():
        sheets = [one.get("href").rpartition("/")[2] for one in page.iter(f"{XHTML}link")]
        assert sheets == ["fonts.css", "base.css", "screen.css", "web.css", "octavo.css", "mine.css"]
