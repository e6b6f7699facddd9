"""A chapter that is looked at: set and shown before the rest, as it will be in the whole book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from press.compositions import chapter, composition, pages, text

from book.desk import Desk
from book.model import Composition, Sheet
from book.press import geometry, standby
from book.press.pool import Call, Pool
from book.press.press import Press, Printed
from book.press.sight import Glimpse, Sight
from book.press.workers import Worker

REFERENCE = ' <a class="xref" href="#post-{}">there</a>'
CSS = 'a.xref::after { content: " on " target-counter(attr(href), page); }'


class Reader:
    """Prints a book again and again, looking at one chapter."""

    def __init__(self, folder: Path, ident: str | None) -> None:
        self.folder, self.seen = folder, list[Glimpse]()
        self.sight = Sight(self.seen.append, ident)

    def print(self, made: Composition, trim: str = "a6") -> Printed:
        self.seen.clear()
        values = geometry.sheet(geometry.page(trim, {}), "recto", made.galleys[2].ident)
        store = self.folder / "store"
        desk = Desk("paperback", self.folder / "book.pdf", store, 1, sight=self.sight)
        return Press(made, desk, Sheet("values", values)).print()


def book(*, two: str = "", size: int = 2, css: str = CSS) -> Composition:
    """Make a book of chapters that each open a recto, and so are gatherings of their own."""
    long = text(5)
    chapters = [
        chapter("one", "One", long + "<p>See" + REFERENCE.format("three") + "</p>"),
        chapter(
            "two", "Two", f"<p>{two}</p>" + text(size) + "<p>See" + REFERENCE.format("three") + "</p>" + long
        ),
        chapter("three", "Three", long + "<p>Back" + REFERENCE.format("one") + "</p>"),
    ]
    return composition(chapters, css=css, openings="recto")


def pictures(pdf: bytes, first: int, count: int) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[n].render(scale=1).to_pil().tobytes() for n in range(first, first + count)]


@pytest.fixture(scope="module", autouse=True)
def staying() -> Iterator[None]:
    """Let press processes stay from test to test, as they do in a preview."""
    standby.stay()
    yield
    for one in standby._kept or ():
        one.close()
    standby._kept = None


def test_what_is_shown_is_what_is_printed(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "post-two")
    reader.print(book())
    assert not reader.seen, "there was nothing to compare with"
    printed = reader.print(book(two="Changed."))
    [glimpse] = reader.seen
    whole = pages(printed.pdf)
    first = next(n for n, page in enumerate(whole) if "Changed." in page)
    count = len(pages(glimpse.pdf))
    assert glimpse.ident == "post-two" and glimpse.pages == count > 1
    assert pictures(glimpse.pdf, 0, count) == pictures(printed.pdf, first, count)
    assert pages(glimpse.pdf) == whole[first : first + count]


def test_a_look_changes_nothing_of_the_book(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "one", "post-two")
    for made in (
        book(),
        book(two="Changed."),
        book(two="Changed.", size=9),
        book(css=CSS + "p { hyphens: none; }"),
    ):
        looked = reader.print(made)
        assert looked.pdf == Reader(tmp_path / "other", None).print(made).pdf
    assert reader.seen


def test_what_keeps_its_place_is_set_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Pool.run

    def heard(pool: Pool, calls: Iterable[Call]) -> Iterator[tuple[Call, Any]]:
        calls = list(calls)
        asked.extend(call.name for call in calls)
        return run(pool, calls)

    reader = Reader(tmp_path, "post-two")
    reader.print(book())
    monkeypatch.setattr(Pool, "run", heard)
    until_shown: list[int] = []
    reader.sight.show = lambda _: until_shown.append(asked.count("body"))
    reader.print(book(two="Changed."))
    assert until_shown == [1]


def test_a_chapter_that_grew_is_shown_with_all_its_pages(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "post-two")
    reader.print(book())
    reader.print(book(size=12))
    [glimpse] = reader.seen
    assert len(pages(glimpse.pdf)) > glimpse.pages


def test_a_style_that_changed_is_shown_at_once(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "post-two")
    reader.print(book())
    printed = reader.print(book(css=CSS + "p { letter-spacing: 0.1pt; }"))
    [glimpse] = reader.seen
    assert "Two" in pages(glimpse.pdf)[0]
    assert pages(printed.pdf)


@pytest.mark.parametrize("ident", ["post-one", "post-nowhere", None])
def test_nothing_is_shown_that_did_not_change(tmp_path: Path, ident: str | None) -> None:
    reader = Reader(tmp_path, ident)
    reader.print(book())
    reader.print(book(two="Changed."))
    assert not reader.seen


def test_another_shape_of_page_is_not_guessed_at(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "post-two")
    reader.print(book())
    reader.print(book(two="Changed."), trim="a5")
    assert not reader.seen


def workers() -> list[Worker]:
    return [worker for one in standby._kept or () for worker in one.idle]


@pytest.mark.parametrize(
    "more",
    ["p { text-indent: 2em }", "ol { list-style: odd } @counter-style odd { system: cyclic; symbols: '*' }"],
)
def test_a_process_that_stays_takes_other_style_sheets_and_sets_as_a_new_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr(standby, "_kept", None)
    text = "<ol><li>First</li></ol>"
    plain, other = book(two=text), book(two=text, css=CSS + more)
    alone = [Reader(tmp_path / f"alone-{n}", None).print(one).pdf for n, one in enumerate((plain, other))]
    assert alone[0] != alone[1]
    standby.stay()
    try:
        reader = Reader(tmp_path / "staying", None)
        reader.print(plain)
        kept = workers()
        assert reader.print(other).pdf == alone[1]
        assert kept and workers() == kept, "another process was started"
        reader.print(book(two="Changed."))
        assert reader.print(plain).pdf == alone[0]
    finally:
        for one in standby._kept or ():
            one.close()


def test_processes_that_stay_print_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "_kept", None)
    alone = Reader(tmp_path / "alone", None).print(book())
    standby.stay()
    try:
        reader = Reader(tmp_path / "staying", "post-two")
        reader.print(book(two="First."))
        kept = workers()
        assert kept and all(worker.alive for worker in kept)
        assert reader.print(book()).pdf == alone.pdf
        assert workers() == kept
        for worker in kept:
            worker._child.process.kill()
            worker._child.process.wait()
        assert reader.print(book(two="Second.")).pages == alone.pages
    finally:
        for one in standby._kept or ():
            one.close()
