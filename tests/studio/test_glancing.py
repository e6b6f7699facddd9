"""A chapter that is looked at is shown anew before the book is read, and is what the book will have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from book.press import standby
from book.studio.builder import _answer
from book.studio.looking import Eyes
from book.studio.order import Order

TOML = 'title = "Glances"\nlanguage = "en"\nidentifier = "urn:uuid:4fe8a1a5-05cb-4b4d-8a64-5a1b6f7d9a11"\n\n'
TOML += '[style.settings]\nindent = "1em"\n\n[editions.paperback]\nformat = "pdf"\n'
TEXT = "\n\n".join(["The wind had gone round in the night, and nobody said so. " * 9] * 6)
POST = '---\ntitle: "{title}"\ndate: 2020-01-{day:02}\n---\n\n{text}\n'


class Heard:
    """Stands for the pipe to the studio: hears what is told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.pages: list[str] = []

    def poll(self) -> bool:
        return False

    def send(self, said: tuple[str, Any]) -> None:
        kind, facts = (*said, None)[:2]
        if kind == "told" and not str(facts).startswith("reading"):
            return
        self.told.append((kind, facts))
        if kind == "glimpse":
            self.pages = texts(Path(facts["path"]))


def texts(path: Path) -> list[str]:
    """Return the words on each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Callable[..., Heard]]]:
    """A project, and a builder that stays and looks at its second post."""
    root = tmp_path_factory.mktemp("glances")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(TOML)
    for day, title in enumerate(("One", "Two", "Three"), 1):
        write(root, title, day)
    standby.stay()
    eyes = Eyes(lambda kind, facts: heard[-1].send((kind, facts)))
    heard: list[Heard] = []

    def order(*changed: str) -> Heard:
        heard.append(Heard())
        _answer(heard[-1], Order(root, root / ".book" / "studio", (), "post-two", frozenset(changed)), eyes)  # type: ignore[arg-type]
        return heard[-1]

    order()
    yield root, order
    for one in standby._kept or ():
        one.close()
    standby._kept = None


def write(root: Path, title: str, day: int, more: str = "") -> str:
    name = f"chapters/2020-01-{day:02}-{title.lower()}.md"
    (root / name).write_text(POST.format(title=title, day=day, text=f"{more}\n\n{TEXT}"))
    return name


def bound(heard: Heard) -> list[str]:
    [facts] = [facts for kind, facts in heard.told if kind == "bound"]
    return texts(Path(facts["editions"][0]["path"]))


def test_a_post_that_is_edited_is_seen_before_the_book_is_read(looking: Any) -> None:
    root, order = looking
    heard = order(write(root, "Two", 2, "A kettle boils.[^1]\n\n[^1]: Twice."))
    assert [kind for kind, _ in heard.told] == ["glimpse", "told", "bound", "done"]
    whole = bound(heard)
    first = whole.index(heard.pages[0])
    assert heard.pages == whole[first : first + len(heard.pages)]
    [edited] = [page for page in heard.pages if "A kettle boils" in page]
    assert "Twice." in edited


def test_a_setting_is_seen_before_the_book_is_read(looking: Any) -> None:
    root, order = looking
    (root / "book.toml").write_text(TOML.replace('"1em"', '"3em"') + "linebreaks = 'greedy'\n")
    heard = order("book.toml")
    assert [kind for kind, _ in heard.told] == ["glimpse", "told", "bound", "done"]
    whole = bound(heard)
    first = whole.index(heard.pages[0])
    assert heard.pages == whole[first : first + len(heard.pages)]


def test_what_is_not_looked_at_and_what_cannot_be_told_is_seen_when_the_book_is_built(looking: Any) -> None:
    root, order = looking
    heard = order(write(root, "Three", 3, "Elsewhere."))
    assert [kind for kind, _ in heard.told] == ["told", "bound", "done"]
    heard = order(write(root, "Two", 2, "Both."), write(root, "One", 1, "Both."))
    assert [kind for kind, _ in heard.told] == ["told", "glimpse", "bound", "done"]


def test_a_fault_is_told_by_the_build_alone(looking: Any) -> None:
    root, order = looking
    name = write(root, "Two", 2)
    whole = (root / name).read_text()
    (root / name).write_text(whole.replace("date: 2020-01-02", "date: never"))
    heard = order(name)
    assert [kind for kind, _ in heard.told] == ["told", "failed"]
    (root / name).write_text(whole.replace("Two", "Second"))
    assert [kind for kind, _ in order(name).told][-2:] == ["bound", "done"]
