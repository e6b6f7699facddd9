"""Finished EPUBs are remembered, and only by what shaped them."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from binding import bind, composed, retitled

from book.desk import Desk
from book.editions import epub
from book.epub import coverpage, publishing, wholeness
from book.epub.memory import Memory
from book.errors import BookError
from book.model import Composition


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory) -> Composition:
    return composed(tmp_path_factory.mktemp("book"))


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were made, not recalled."""
    made: list[Path] = []
    publish = publishing.publish

    def counted(composition: Composition, to: Path, **options: str | None) -> object:
        made.append(to)
        return publish(composition, to, conforms_to=None, certified_by=None)

    monkeypatch.setattr(publishing, "publish", counted)
    return made


def test_an_unchanged_book_is_not_made_again(
    composition: Composition, published: list[Path], tmp_path: Path
) -> None:
    first = bind(composition, tmp_path / "first.epub")
    again = bind(composition, tmp_path / "again.epub")
    assert [path.name for path in published] == ["first.epub"]
    assert (tmp_path / "again.epub").read_bytes() == (tmp_path / "first.epub").read_bytes()
    assert again.warnings == first.warnings
    epub.bind(composition, Desk("ebook", tmp_path / "fresh.epub", tmp_path / ".book", fresh=True))
    assert [path.name for path in published] == ["first.epub", "fresh.epub"]
    assert (tmp_path / "fresh.epub").read_bytes() == (tmp_path / "first.epub").read_bytes()


def test_whatever_changes_is_made_again(
    composition: Composition, published: list[Path], tmp_path: Path
) -> None:
    bind(composition, tmp_path / "first.epub")
    bind(retitled(composition, title="Other"), tmp_path / "titled.epub")
    *before, last = composition.galleys
    reworded = replace(last, body=last.body.replace("</section>", "<p>More.</p></section>"))
    bind(replace(composition, galleys=(*before, reworded)), tmp_path / "reworded.epub")
    repainted = replace(composition.book, media=tuple(replace(m, digest="0") for m in composition.book.media))
    bind(replace(composition, book=repainted), tmp_path / "repainted.epub")
    assert len(published) == 4


def test_a_long_book_is_not_written_out_to_be_known_again(composition: Composition, tmp_path: Path) -> None:
    long = replace(composition.galleys[-1], body="A long chapter. " * 4_000)
    galleys = tuple(replace(long, ident=f"chapter-{number}") for number in range(100))
    book = replace(composition, galleys=galleys)
    Memory(Desk("ebook", tmp_path / "first.epub", tmp_path), composition)  # reads the program, once
    tracemalloc.start()
    try:
        Memory(Desk("ebook", tmp_path / "long.epub", tmp_path), book)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < sum(len(galley.body) for galley in galleys) / 4


def test_a_harmed_memory_is_no_memory(
    composition: Composition, published: list[Path], tmp_path: Path
) -> None:
    bind(composition, tmp_path / "first.epub")
    for entry in (tmp_path / ".book" / "epub").glob("??/*"):
        entry.write_bytes(entry.read_bytes()[:-1] + b"?")
    bind(composition, tmp_path / "again.epub")
    assert len(published) == 2
    assert (tmp_path / "again.epub").read_bytes() == (tmp_path / "first.epub").read_bytes()


def test_a_refused_option_is_refused_again(composition: Composition, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(BookError):
            bind(composition, tmp_path / "claimed.epub", conforms_to="wcag-9")


def test_an_edit_draws_no_cover_and_counts_only_the_words_of_what_changed(
    composition: Composition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw, parse = coverpage.drawn, wholeness.parse
    monkeypatch.setattr(
        coverpage,
        "drawn",
        lambda book, faces, store: drawn.append(book.metadata.title) or draw(book, faces, store),
    )
    parsed: list[str] = []
    monkeypatch.setattr(wholeness, "parse", lambda body: parsed.append(body) or parse(body))
    bind(composition, tmp_path / "first.epub")
    *before, last = composition.galleys
    edited = replace(last, body=last.body.replace("</section>", "<p>More.</p></section>"))
    changed = replace(composition, galleys=(*before, edited))
    parsed.clear()
    bind(changed, tmp_path / "edited.epub")
    assert drawn == [composition.book.metadata.title]
    assert parsed == [edited.body]
    epub.bind(changed, Desk("ebook", tmp_path / "fresh.epub", tmp_path / ".other", fresh=True))
    assert (tmp_path / "edited.epub").read_bytes() == (tmp_path / "fresh.epub").read_bytes()
    bind(retitled(changed, title="Other"), tmp_path / "titled.epub")
    assert drawn[-1] == "Other"
