"""Posts that are folders, and what is said of a post in a file beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book.sources.markdown import gather, recognises

ABOUT = {"title": "Salt & Pepper", "date": "2006-03-08T00:14:50-08:00", "slug": "salt", "tags": ["a"]}


def post(folder: Path, name: str, text: str = "Some words.\n") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize(
    "name", ["20060308-salt/content.md", "2006-03-08-salt/index.md", "2006-03-08-salt/Post.md"]
)
def test_a_folder_with_a_date_is_a_post(tmp_path: Path, name: str) -> None:
    post(tmp_path, name)
    assert recognises(tmp_path)
    (draft,) = gather(tmp_path).drafts
    assert (draft.title, str(draft.date), draft.slug) == ("Salt", "2006-03-08", "salt")


@pytest.mark.parametrize(
    ("file", "other", "text"),
    [
        ("20060308-x/content.md", "20060308-x/about-post.json", json.dumps(ABOUT)),
        (
            "20060308-x/content.md",
            "20060308-x/meta.yaml",
            "title: Salt & Pepper\ndate: 2006-03-08\nslug: salt\ntags: [a]\n",
        ),
        ("2006-03-08-x.md", "2006-03-08-x.json", json.dumps(ABOUT)),
    ],
)
def test_what_stands_beside_a_post_is_its_header(tmp_path: Path, file: str, other: str, text: str) -> None:
    post(tmp_path, file)
    post(tmp_path, other, text)
    (draft,) = gather(tmp_path).drafts
    assert (draft.title, str(draft.date)[:10], draft.slug, draft.tags) == (
        "Salt & Pepper", "2006-03-08", "salt", ("a",),
    )  # fmt: skip


@pytest.mark.parametrize("text", ['{"title": 3}', "[1]", '{"title": ', "x" * 70_000, ""])
def test_what_is_no_header_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    post(tmp_path, "20060308-salt/content.md")
    post(tmp_path, "20060308-salt/data.json", text)
    assert [draft.title for draft in gather(tmp_path).drafts] == ["Salt"]


def test_of_two_files_neither_is_taken(tmp_path: Path) -> None:
    post(tmp_path, "20060308-salt/content.md")
    for name in ("a.json", "b.json"):
        post(tmp_path, f"20060308-salt/{name}", json.dumps(ABOUT))
    assert [draft.title for draft in gather(tmp_path).drafts] == ["Salt"]


def test_a_posts_own_header_is_above_what_stands_beside_it(tmp_path: Path) -> None:
    post(tmp_path, "20060308-salt/index.md", "---\ntitle: Own\n---\nText.\n")
    post(tmp_path, "20060308-salt/a.json", json.dumps(ABOUT))
    assert [draft.title for draft in gather(tmp_path).drafts] == ["Own"]


def test_a_slug_written_as_an_address_is_what_it_says(tmp_path: Path) -> None:
    post(tmp_path, "2012-09-05-x.md", "---\ntitle: 计划\nslug: '%e8%ae%a1%e5%88%92'\n---\nText.\n")
    assert [draft.slug for draft in gather(tmp_path).drafts] == ["计划"]
