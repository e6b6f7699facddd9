"""Drafts, private posts and pages come in when they are asked for, by the same words for every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from book import registry
from book.errors import BookError
from book.gather import ASKED, find
from book.header import parse

EXPORT = """\
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A blog</title><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"""
ITEM = """\
<item><title>{title}</title><content:encoded><![CDATA[<p>Words of {title}.</p>]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2020-01-0{number} 10:00:00</wp:post_date>
<wp:post_name>{title}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<wp:post_password>{password}</wp:post_password></item>"""


def export(folder: Path, *items: dict[str, Any]) -> Path:
    plain = {"status": "publish", "kind": "post", "password": ""}
    written = [ITEM.format(**{**plain, "number": n, **one}) for n, one in enumerate(items, start=1)]
    path = folder / "export.xml"
    path.write_text(EXPORT.format(items="".join(written)), encoding="utf-8")
    return path


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return export(
        tmp_path,
        {"title": "Shown"},
        {"title": "Draft", "status": "draft"},
        {"title": "Hidden", "status": "private"},
        {"title": "Locked", "password": "s3cret"},
        {"title": "About", "kind": "page"},
    )


def test_on_the_command_line_each_has_a_name_of_its_own(octavo: Any, blog: Path, tmp_path: Path) -> None:
    def files(*asked: str) -> set[str]:
        into = tmp_path / "-".join(("book", *asked))
        result = octavo("gather", blog, "--into", into, *asked)
        assert result.code == 0, result.stderr
        return {path.name for path in (into / "chapters").glob("*.md")}

    shown = {"2020-01-01-shown.md"}
    assert files() == shown
    assert files("--drafts") == shown | {"2020-01-02-draft.md"}
    assert files("--private") == shown | {"2020-01-03-hidden.md", "2020-01-04-locked.md"}
    assert files("--pages") == shown | {"2020-01-05-about.md"}


def test_what_is_not_asked_for_is_named_with_what_brings_it_in(
    octavo: Any, blog: Path, tmp_path: Path
) -> None:
    result = octavo("gather", blog, "--into", tmp_path / "book")
    for words in (
        "`Draft` is a draft; `--drafts` brings it in",
        "`Hidden` is private; `--private` brings it in",
        "`Locked` is protected by a password; `--private` brings it in",
        "`About` is a page; `--pages` brings it in",
    ):
        assert words in result.stderr
    assert "s3cret" not in result.stderr


def test_a_new_project_takes_the_same_options(octavo: Any, blog: Path, tmp_path: Path) -> None:
    result = octavo("new", tmp_path / "book", "--from", blog, "--pages")
    assert result.code == 0, result.stderr
    path = tmp_path / "book/chapters/2020-01-05-about.md"
    assert parse(path.read_text("utf-8"), path).values["kind"] == "page"


def test_an_export_with_drafts_alone_says_so(tmp_path: Path) -> None:
    source = export(tmp_path, {"title": "One", "status": "draft"}, {"title": "Two", "status": "draft"})
    with pytest.raises(BookError) as caught:
        find([source])
    assert caught.value.notices[0].message == (
        "no post was found here, read as `wordpress`: `One` is a draft; `--drafts` brings it in"
        "; left out besides: 1"
    )
    assert caught.value.notices[0].hint is None


def test_a_kind_that_has_no_drafts_takes_the_wish_and_has_none(tmp_path: Path) -> None:
    page = tmp_path / "diary.txt"
    page.write_text("7 October 2017\n\nGaps\n\nText.\n\n3 October 2017\n\nNews\n\nText.\n", encoding="utf-8")
    assert len(find([page], asked=ASKED)[0].drafts) == 2


@pytest.mark.parametrize("name", registry.names("sources"))
def test_nothing_is_brought_in_unasked_by_any_kind(name: str) -> None:
    defaults = registry.find("sources", name).gather.__kwdefaults__ or {}
    assert not any(defaults.get(wish) for wish in ASKED)
