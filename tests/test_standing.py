"""Builds of projects in which nothing has changed: what stands is left, and nothing else is taken for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import book
from book import standing

TOML = 'title = "Standing"\nidentifier = "urn:x:standing"\n[editions.ebook]\nformat = "epub"\n'
POST = "---\ntitle: One\n---\n\nSome words, ![no picture](media/none.png) and more.\n"


@pytest.fixture
def project(manuscript: Any) -> Path:
    root: Path = manuscript(
        {"2020-01-01-one": POST, "2020-01-02-two": "---\ndraft: true\n---\n\nLater.\n"}, toml=TOML
    )
    return root


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list of builds that went through the stages."""
    from book import config

    ran: list[str] = []
    load = config.load

    def loaded(root: Path) -> Any:
        ran.append(root.name)
        return load(root)

    monkeypatch.setattr(config, "load", loaded)
    return ran


def test_nothing_changed_is_known_and_reported_alike(project: Path, stages: list[str]) -> None:
    first = book.build(project)
    assert first.warnings and first.skipped
    before = first.editions[0].path.stat()
    second = book.build(project)
    assert len(stages) == 1
    assert second.editions[0].path.stat().st_mtime_ns == before.st_mtime_ns
    assert second.warnings == first.warnings and second.skipped == first.skipped
    told, again = first.json(), second.json()
    for report in (told, again):
        report["editions"][0].pop("seconds")
    assert told == again


def _edit(root: Path) -> None:
    post = root / "chapters" / "2020-01-01-one.md"
    stat = post.stat()
    post.write_text(POST.replace("more", "less"), encoding="utf-8")
    os.utime(post, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # of the same size and time


CHANGES: dict[str, Callable[[Path], object]] = {
    "a post edited": _edit,
    "a post more": lambda root: (root / "chapters" / "2020-01-03-three.md").write_text("Three.\n"),
    "a post gone": lambda root: (root / "chapters" / "2020-01-02-two.md").unlink(),
    "the picture found": lambda root: (
        (root / "chapters" / "2020-01-01-one").mkdir()
        or (root / "chapters" / "2020-01-01-one" / "none.png").write_bytes(b"no picture")
    ),
    "book.toml": lambda root: (root / "book.toml").write_text(TOML.replace("Standing", "Fallen")),
    "a template": lambda root: (
        (root / "templates").mkdir() or (root / "templates" / "none.xhtml").write_text("<p/>")
    ),
    "the edition gone": lambda root: (root / "out" / "standing.epub").unlink(),
    "the edition changed": lambda root: (root / "out" / "standing.epub").write_bytes(b"harmed"),
    "what is remembered": lambda root: [
        path.write_bytes(path.read_bytes()[:-1])
        for path in (root / ".book" / "standing").rglob("*")
        if path.is_file()
    ],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changed_is_built(
    project: Path, stages: list[str], change: Callable[[Path], object]
) -> None:
    book.build(project)
    change(project)
    report = book.build(project)
    assert len(stages) == 2
    book.build(project)
    assert len(stages) == 2
    assert report.editions[0].path.read_bytes().startswith(b"PK")


def test_what_is_asked_for_is_told_apart(
    project: Path, stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book.build(project)
    book.build(project, editions=["ebook"])
    book.build(project, out=tmp_path)
    book.build(project, fresh=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    book.build(project)
    assert len(stages) == 5
    with pytest.raises(book.BookError):
        book.build(project, strict=True)


def test_outputs_inside_the_project_are_not_remembered(project: Path, stages: list[str]) -> None:
    for _ in range(2):
        book.build(project, out=project / "chapters")
    assert len(stages) == 2


def test_what_changes_during_a_build_is_built_again(
    project: Path, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from book import bind

    put = bind.put

    def edited(places: Any) -> Any:
        _edit(project)
        return put(places)

    monkeypatch.setattr(bind, "put", edited)
    book.build(project)
    (project / "chapters" / "2020-01-01-one.md").write_text(POST, encoding="utf-8")
    book.build(project)
    assert len(stages) == 2


def test_folders_that_are_not_looked_through_are_not_relied_on(project: Path, stages: list[str]) -> None:
    (project / "out").mkdir()
    (project / "out" / "mine.css").write_text("p { color: black }", encoding="utf-8")
    (project / "book.toml").write_text(
        TOML.replace("[editions", '[style]\nstylesheets = ["out/mine.css"]\n[editions'), encoding="utf-8"
    )
    for _ in range(2):
        book.build(project)
    assert len(stages) == 2


def test_histories_caches_and_environments_are_passed_over(project: Path) -> None:
    def name() -> str:
        found = standing.asked(project, None, (), strict=False)
        assert found is not None
        return found.name

    first = name()
    for folder, sign in ((".git", "HEAD"), ("cache", "CACHEDIR.TAG"), (".venv", "pyvenv.cfg")):
        (project / folder).mkdir()
        (project / folder / sign).write_text("sign", encoding="utf-8")
    assert name() == first
    (project / "styles").symlink_to("chapters")
    assert name() != first


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path, stages: list[str]) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("canary", encoding="utf-8")
    (project / "chapters" / "leads-out.txt").symlink_to(outside)
    book.build(project)
    outside.write_text("changed", encoding="utf-8")
    book.build(project)
    assert len(stages) == 1
