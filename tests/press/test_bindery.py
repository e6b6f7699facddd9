"""A book is bound and proofread, at once or, if it is long, one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from book.press import bindery
from book.press.pool import Call
from book.press.proofs import Numbers, lines_from_json, lines_to_json
from book.press.workers import Lost
from book.proofreading._lines import Line


class Hands:
    """A pool that notes in what order it is asked for things."""

    def __init__(self, answer: Any) -> None:
        self.done: list[str] = []
        self.size = 0
        self._answer = answer

    @contextmanager
    def aside(self, call: Call) -> Iterator[Any]:
        self.done.append("begun")
        self.size = call.size
        yield lambda: self.done.append("read") or self._answer

    def ask(self, name: str, *_: object, size: int) -> Any:
        self.done.append("read")
        self.size = size
        return self._answer

    def close(self) -> None:
        self.done.append("closed")


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> Any:
    def bind(pages: int, answer: Any) -> tuple[Any, list[str], int]:
        hands = Hands(answer)
        monkeypatch.setattr(bindery, "bind", lambda _: hands.done.append("bound") or b"%PDF")
        volume: Any = SimpleNamespace(placed=())
        return bindery.bound(volume, pages, lambda _: b"", hands), hands.done, hands.size  # type: ignore[arg-type]

    return bind


MARKED = ((), ("words",))


def test_a_book_is_bound_while_it_is_read(bound: Any) -> None:
    made, done, size = bound(bindery.MANY, MARKED)
    assert made == (b"%PDF", MARKED)
    assert done == ["begun", "bound", "read"]
    assert size > 0


def test_a_long_book_is_read_and_its_readers_gone_before_it_is_bound(bound: Any) -> None:
    made, done, size = bound(bindery.MANY + 1, MARKED)
    assert made == (b"%PDF", MARKED)
    assert done == ["read", "closed", "bound"]
    assert size > 0


@pytest.mark.parametrize("pages", [1, bindery.MANY + 1])
def test_a_book_whose_reader_is_lost_is_read_here(bound: Any, pages: int) -> None:
    assert bound(pages, Lost("its process was killed"))[0] == (b"%PDF", ((), ()))


def test_lines_come_back_as_they_were_and_share_their_numbers() -> None:
    page = [
        Line("“One line”", 36.25, 300.5, 500.0, 10.5, (2.75, 2.75, 2.75)),
        Line("", 36.25, 40.0, 486.5, 10.5, ()),
    ]
    numbers = Numbers()
    (again,) = lines_from_json(lines_to_json([page]), numbers)
    assert again == tuple(page)
    assert json.dumps(again) == json.dumps(page)
    assert len({id(number) for number in (*again[0].spaces, *numbers.values())}) == len(numbers)
    assert again[0].x is again[1].x
