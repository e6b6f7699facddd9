"""Chapters that were rendered before are not rendered again, unless something that shaped them changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from book import renderings
from book.build import composed
from book.rendering import Renderer
from book.renderings import Watched

POSTS = {
    f"2020-0{n}-01-p{n}": f"---\ntitle: Post {n}\n---\n\nWords of {n}, see [one](2020-01-01-p1.md)."
    for n in range(1, 6)
}
TOML = 'title = "T"\nlanguage = "{}"\n'


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Watch what is rendered."""
    found: list[str] = []
    real = Renderer.render

    def render(self: Renderer, name: str, values: Any) -> str:
        found.append(name)
        return real(self, name, values)

    monkeypatch.setattr(Renderer, "render", render)
    return found


def bodies(root: Path) -> list[str]:
    return [galley.body for galley in composed(root, "print").galleys]


def test_only_what_changed_is_rendered_again(manuscript: Any, rendered: list[str]) -> None:
    root = manuscript(POSTS, toml=TOML.format("en"))
    first = bodies(root)
    assert rendered.count("chapter.xhtml") == 5
    assert "reference.xhtml" in rendered
    rendered.clear()
    assert bodies(root) == first
    assert not {"chapter.xhtml", "reference.xhtml"} & set(rendered)
    post = root / "chapters" / "2020-03-01-p3.md"
    post.write_text(post.read_text() + "\n\nMore of it.\n")
    second = bodies(root)
    assert rendered.count("chapter.xhtml") == 1
    assert [before == after for before, after in zip(first, second, strict=True)].count(False) == 1
    assert any("More of it." in body for body in second)


def test_what_all_templates_see_shapes_what_is_remembered(manuscript: Any, rendered: list[str]) -> None:
    root = manuscript(POSTS, toml=TOML.format("en"))
    bodies(root)
    rendered.clear()
    (root / "book.toml").write_text(TOML.format("de"))
    assert any("Januar" in body for body in bodies(root))
    assert rendered.count("chapter.xhtml") == 5


def test_templates_of_the_projects_own_are_not_remembered(manuscript: Any) -> None:
    more = "{% block text %}{{ super() }}<p>{{ book.words }}</p>{% endblock %}"
    own = '{% extends "octavo/chapter.xhtml" %}' + more
    root = manuscript(POSTS, toml=TOML.format("en"), files={"templates/chapter.xhtml": own})
    first = bodies(root)
    post = root / "chapters" / "2020-03-01-p3.md"
    post.write_text(post.read_text() + " More.")
    assert sum(before != after for before, after in zip(first, bodies(root), strict=True)) >= 5


def test_a_long_book_is_not_remembered(
    manuscript: Any, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderings, "ROOM", 1000)
    root = manuscript(POSTS, toml=TOML.format("en"))
    first = bodies(root)
    rendered.clear()
    assert bodies(root) == first
    assert rendered.count("chapter.xhtml") == 5


def test_what_is_asked_for_is_noted() -> None:
    values = {"title": "T", "words": 3}
    book = Watched(values)
    assert book["title"] == "T"
    assert book.get("subtitle") is None
    assert "part" not in book
    assert book.asked == {"title", "subtitle", "part"}
    assert book.told({"words"}) == {"words": "3"}
    assert "words" not in book.asked
    for ask in (list, len, dict, Watched.items, Watched.values, Watched.keys):
        book = Watched(values)
        ask(book)  # type: ignore[operator]
        assert "*" in book.asked
