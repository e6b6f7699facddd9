"""What is told to someone who waits for pages."""

from __future__ import annotations

from time import monotonic

import pytest

from book.press.progress import Meter


def test_steps_and_pages_are_counted() -> None:
    told: list[str] = []
    meter = Meter(told.append, "setting pages", 4)
    meter.at(0)
    meter.at(1, 12)
    assert told == ["setting pages: 0 of 4", "setting pages: 1 of 4, 12 pages"]


@pytest.mark.parametrize(
    ("spent", "done", "left"),
    [(30.0, 10, "about 30 s left"), (600.0, 5, "about 30 min left"), (30.0, 20, None), (1.0, 10, None)],
)
def test_time_left_is_told_once_it_can_be_judged(spent: float, done: int, left: str | None) -> None:
    told: list[str] = []
    Meter(told.append, "setting pages", 20, begun=monotonic() - spent).at(done)
    assert told[0].endswith(left) if left else "left" not in told[0]
