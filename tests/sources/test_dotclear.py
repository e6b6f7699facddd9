"""Dotclear's exports: posts on their authors' clocks, and nothing of what their readers are known by."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.gather import kind_of
from book.model import Draft, Gathered
from book.sources.dotclear import gather, recognises

POST = {
    "post_id": "1", "blog_id": "default", "user_id": "ann", "cat_id": "2", "post_dt": "2017-03-25 00:35:00",
    "post_tz": "Europe/Paris", "post_upddt": "2017-03-27 22:09:23", "post_password": "", "post_type": "post",
    "post_format": "xhtml", "post_url": "2017/03/25/Le-sel", "post_lang": "fr", "post_title": "Le sel & <la>",
    "post_excerpt_xhtml": "", "post_content": "", "post_content_xhtml": '<p>Un "tas"\r\nde sel \\ ici.</p>',
    "post_notes": "not for readers", "post_status": "1",
}  # fmt: skip
COMMENT = {
    "comment_id": "7", "post_id": "1", "comment_dt": "2017-03-26 10:00:00", "comment_tz": "Europe/Paris",
    "comment_author": "Bo", "comment_email": "bo@mail.example", "comment_ip": "10.0.0.1",
    "comment_content": "<p>Oui, <em>ici</em>.</p>", "comment_status": "1", "comment_trackback": "0",
}  # fmt: skip


def quoted(value: str) -> str:
    for sign, written in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ('"', '\\"')):
        value = value.replace(sign, written)
    return f'"{value}"'


def table(name: str, *rows: dict[str, str]) -> str:
    lines = (",".join(map(quoted, row.values())) for row in rows)
    return "\n".join((f"\n[{name} {','.join(rows[0])}]", *lines, "")) if rows else ""


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*tables: str, kind: str = "single") -> Path:
        path = tmp_path / "2017-backup.txt"
        path.write_text(f"///DOTCLEAR|2.25.3|{kind}\n{''.join(tables)}", "utf-8", newline="")
        return path

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def test_a_post_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(
        table("category", {"cat_id": "2", "blog_id": "default", "cat_title": "Mer"}),
        table("setting", {"setting_id": "lang", "blog_id": "default", "setting_value": "fr"}),
        table("post", POST),
        table("meta", {"meta_id": "sel", "meta_type": "tag", "post_id": "1"}),
        table("comment", COMMENT, COMMENT | {"comment_id": "8", "comment_status": "-2"},
              COMMENT | {"comment_id": "9", "comment_trackback": "1"}),
    )  # fmt: skip
    assert kind_of(source) == "dotclear"
    found = gather(source, url="https://ann.example/")
    draft = one(found)
    assert (draft.title, draft.body) == ("Le sel &amp; &lt;la&gt;", 'Un "tas" de sel \\\\ ici.')
    assert (
        str(draft.date) == "2017-03-25 00:35:00+01:00" and str(draft.updated) == "2017-03-28 00:09:23+02:00"
    )
    assert (draft.tags, draft.authors, draft.slug) == (("Mer", "sel"), ("ann",), "Le-sel")
    assert (draft.language, found.language) == ("fr", "fr")
    assert draft.url == "https://ann.example/post/2017/03/25/Le-sel"
    [comment] = draft.comments
    assert (comment.author, comment.body, str(comment.date)) == (
        "Bo",
        "Oui, *ici*.",
        "2017-03-26 10:00:00+02:00",
    )


def test_what_stands_above_a_text_is_part_of_it(export: Export) -> None:
    row = POST | {"post_excerpt_xhtml": "<p>Above.</p>", "post_content_xhtml": "<p>Below.</p>"}
    assert one(gather(export(table("post", row)))).body == "Above.\n\nBelow."


@pytest.mark.parametrize(
    ("change", "reason", "asked"),
    [
        ({"post_status": "0"}, "a draft; `--drafts`", "drafts"),
        ({"post_status": "-1"}, "scheduled; `--drafts`", "drafts"),
        ({"post_status": "-2"}, "waiting to be published; `--drafts`", "drafts"),
        ({"post_password": "secret"}, "behind a password; `--private`", "private"),
        ({"post_type": "page"}, "a page; `--pages`", "pages"),
        ({"post_type": "related"}, "neither a post nor a page: `related`", None),
    ],
)
def test_what_was_not_for_everybody_comes_in_when_it_is_asked_for(
    export: Export, change: dict[str, str], reason: str, asked: str | None
) -> None:
    source = export(table("post", POST | change))
    found = gather(source)
    assert not found.drafts and reason in found.skipped[0].reason
    if asked:
        draft = one(
            gather(source, drafts=asked == "drafts", private=asked == "private", pages=asked == "pages")
        )
        assert (draft.draft, draft.kind) == (asked == "drafts", "page" if asked == "pages" else "post")


def test_of_several_blogs_one_is_chosen(export: Export) -> None:
    blogs = [{"blog_id": name, "blog_name": name.title(), "blog_url": f"http://{name}.example/index.php?"}
             for name in ("salt", "sea")]  # fmt: skip
    posts = [POST | {"blog_id": "salt"}, POST | {"blog_id": "sea", "post_id": "2", "user_id": "bo"}]
    users = [
        {"user_id": "bo", "user_pwd": "hash", "user_email": "bo@mail.example", "user_displayname": "Bo Sea"}
    ]
    source = export(table("blog", *blogs), table("user", *users), table("post", *posts), kind="full")
    with pytest.raises(BookError, match="the posts of several blogs: `salt`, `sea`"):
        gather(source)
    with pytest.raises(BookError, match="there is no blog `sand`"):
        gather(source, blog="sand")
    found = gather(source, blog="sea")
    assert (found.title, one(found).authors) == ("Sea", ("Bo Sea",))
    assert one(found).url == "http://sea.example/index.php?post/2017/03/25/Le-sel"


def test_the_export_of_the_first_dotclear(export: Export) -> None:
    post = {
        "post_id": "3", "user_id": "ann", "cat_id": "1", "post_dt": "2004-05-06 07:08:09",
        "post_titre": "Caf&eacute;", "post_titre_url": "Cafe", "post_content": "<p>Noir.</p>",
        "post_content_wiki": "Noir.", "post_pub": "1",
    }  # fmt: skip
    comment = {"comment_id": "1", "post_id": "3", "comment_auteur": "Bo", "comment_content": "Oui.",
               "comment_dt": "2004-05-07 00:00:00", "comment_pub": "1"}  # fmt: skip
    draft = one(gather(export(table("categorie", {"cat_id": "1", "cat_libelle": "Bar"}), table("post", post),
                              table("comment", comment))))  # fmt: skip
    assert (draft.title, draft.body, draft.tags) == ("Café", "Noir.", ("Bar",))
    assert str(draft.date) == "2004-05-06 07:08:09" and draft.comments[0].author == "Bo"


def test_a_file_that_breaks_off_is_an_error_with_its_line(export: Export) -> None:
    source = export(table("post", POST, POST | {"post_id": "2"}))
    source.write_text(source.read_text("utf-8")[:-40], "utf-8")
    with pytest.raises(BookError) as caught:
        gather(source)
    assert caught.value.notices[0].line == 5
    found = gather(source, recover=True)
    assert one(found).source == "dotclear:default/1"
    assert found.warnings[0].message.endswith("it is left out")


def test_no_secret_reaches_the_project(export: Export, tmp_path: Path) -> None:
    users = table("user", {"user_id": "ann", "user_pwd": "a-hash", "user_email": "ann@mail.example"})
    source = export(users, table("post", POST), table("comment", COMMENT), kind="full")
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(source, "backup.txt")
    assert recognises(packed)
    gather_into([packed], tmp_path / "book" / "chapters")
    texts = [path.read_text("utf-8") for path in (tmp_path / "book").rglob("*") if path.is_file()]
    assert len(texts) == 3
    assert not any(
        word in text for text in texts for word in ("a-hash", "@mail", "10.0.0.1", "not for readers")
    )


def test_the_sample(shared: Callable[[str], Path]) -> None:
    found = gather(shared("corpora/other/dotclear/dotclear.txt"), drafts=True, pages=True)
    assert [(draft.title, draft.kind, draft.draft) for draft in found.drafts] == [
        ("Welcome to Dotclear!", "post", True),
        ("My first page", "page", True),
    ]
    first = found.drafts[0]
    assert first.date is not None and first.date.isoformat() == "2017-03-25T00:35:00+01:00"
    assert date(2017, 3, 25).isoformat() in first.date.isoformat()
    assert (first.tags, len(first.comments)) == (("Indiana",), 1)
    assert "MonaLisaGraffiti.JPG" in first.body
