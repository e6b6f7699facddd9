"""A file's name may begin with its post's date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from book.dates import day_in_address, split_name
from book.errors import BookError


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("2017-08-30-closing-gaps.md", date(2017, 8, 30), "closing-gaps"),
        ("20170830 closing.md", date(2017, 8, 30), "closing"),
        ("2017_08_30_closing_gaps.md", date(2017, 8, 30), "closing_gaps"),
        ("2017-08-30.md", date(2017, 8, 30), ""),
        ("2009-03-21-ltsp4.2-sound.md", date(2009, 3, 21), "ltsp4.2-sound"),
        ("12345678-thing.md", None, "12345678-thing"),
        ("2017-08-301.md", None, "2017-08-301"),
        ("closing-gaps.md", None, "closing-gaps"),
    ],
)
def test_a_name_is_parted(name: str, day: date | None, rest: str) -> None:
    assert split_name(Path(name)) == (day, rest)


def test_an_impossible_day_is_an_error() -> None:
    with pytest.raises(BookError, match="2017-02-30"):
        split_name(Path("2017-02-30-x.md"))


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/2017/10/7/a-day/", date(2017, 10, 7)),
        ("https://example.org/2017/02/30/no-day/", None),
        ("https://example.org/1/10/07/", None),
        ("https://[broken/2017/10/07/", None),
        ("", None),
    ],
)
def test_a_day_is_read_from_an_address(address: str, day: date | None) -> None:
    assert day_in_address(address) == day
