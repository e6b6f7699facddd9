"""Posts that call their authors by what their generator calls them have these people's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.sources._authors import Authors
from book.sources.markdown import gather


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_data/authors.yml", "ann:\n  name: Ann Salt\n  email: ann@mail.example\n"),
        ("_data/authors.yml", "Ann: Ann Salt\nbo: bo@mail.example\n"),
        ("_data/authors/ann.yml", "name: Ann Salt\n"),
        ("_data/members.yml", "- username: ann\n  name: Ann  Salt\n- name: Nobody\n"),
        ("data/authors.toml", "[ann]\nname = 'Ann Salt'\n"),
        ("data/authors/ann.json", '{"display_name": "Ann Salt"}'),
        ("content/authors/ann/_index.md", "---\ntitle: Ann Salt\n---\n\nI am.\n"),
        ("blog/authors.yml", "ann:\n  name: Ann Salt\n  title: Cook\n"),
        ("docs/blog/.authors.yml", "authors:\n  ann:\n    name: Ann Salt\n"),
        ("src/content/authors/ann.json", '{"name": "Ann Salt"}'),
        ("src/content/authors/ann.md", "---\nname: Ann Salt\n---\n"),
        ("_authors/salt.md", "---\nshort_name: ann\nname: Ann Salt\n---\n"),
        ("content/author.yaml", "- id: ann\n  first_name: Ann\n  last_name: Salt\n"),
    ],
)
def test_people_are_called_by_their_names(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert Authors(tmp_path).named(["ann", "Cy", "ann"]) == ("Ann Salt", "Cy")
    (tmp_path / "content" / "posts").mkdir(parents=True, exist_ok=True)
    assert Authors(tmp_path / "content" / "posts").named(["ANN"]) == ("Ann Salt",)


@pytest.mark.parametrize("text", ["ann: [", "- 1\n- ann", "", "just words", "ann:\n  name: 7\n", "\0"])
def test_a_list_that_cannot_be_read_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "authors.yml").write_text(text)
    assert Authors(tmp_path).named(["ann"]) == ("ann",)


def test_nothing_is_looked_for_beside_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "authors.yml").write_text("ann:\n  name: Ann Salt\n")
    (tmp_path / "a.md").write_text("---\ntitle: A\nauthor: ann\n---\n\nText.\n")
    assert gather(tmp_path / "a.md").drafts[0].authors == ("ann",)


def test_a_post_names_them_in_any_form(tmp_path: Path) -> None:
    (tmp_path / "authors.yml").write_text("ann:\n  name: Ann Salt\nbo:\n  name: Bo Sea\n")
    header = "title: A\nauthors:\n  - ann\n  - name: Cy\n    title: Cook\n  - bo\n"
    (tmp_path / "2020-01-02-a.md").write_text(f"---\n{header}---\n\nText.\n")
    [draft] = gather(tmp_path).drafts
    assert draft.authors == ("Ann Salt", "Cy", "Bo Sea")
