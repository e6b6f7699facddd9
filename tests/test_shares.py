"""Work that is shared among processes gives what it gives in one."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from book.errors import BookError
from book.shares import shared

HERE = os.getpid()
can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def square_of(number: int) -> tuple[int, bool]:
    return number * number, os.getpid() == HERE


@can_fork
def test_results_are_in_the_order_of_the_items_whoever_made_them() -> None:
    results = shared(square_of, range(1, 102), jobs=3)
    assert [square for square, _ in results] == [number * number for number in range(1, 102)]
    if threading.active_count() == 1:
        assert [here for _, here in results].count(True) == 51  # two shares of half the least there must be


def test_few_items_and_one_job_stay_here() -> None:
    assert all(here for _, here in shared(square_of, range(99), jobs=4))
    assert all(here for _, here in shared(square_of, range(500), jobs=1))
    assert shared(square_of, []) == []


def test_nothing_is_forked_beside_other_threads() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert all(here for _, here in shared(square_of, range(500), jobs=4))
    finally:
        ended.set()
        thread.join()


def refused(number: int) -> int:
    if number == 77:
        raise BookError("seventy-seven is refused")
    return number


def killed_elsewhere(number: int) -> int:
    if number == 77 and os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def unsendable_elsewhere(number: int) -> object:
    return (lambda: number) if os.getpid() != HERE else number


def test_an_error_is_raised_as_it_is_in_one_process() -> None:
    with pytest.raises(BookError, match="seventy-seven is refused"):
        shared(refused, range(200), jobs=2)


@can_fork
@pytest.mark.parametrize("function", [killed_elsewhere, unsendable_elsewhere])
def test_a_share_whose_process_fails_is_done_again(function: object) -> None:
    assert shared(function, range(200), jobs=2) == [*range(200)]  # type: ignore[arg-type]


@can_fork
def test_a_machine_without_another_process_does_it_all_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused_fork() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused_fork)
    results = shared(square_of, range(200), jobs=3)
    assert results == [(number * number, True) for number in range(200)]
