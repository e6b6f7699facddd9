"""Journal.TXT: each day says only what has changed since the day before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import kind_of
from book.sources.journal import gather, recognises

JOURNAL = """\
---
year:  2017
month: July
day:   Mon 31
---
First *day*.

---

A rule, and no header, is above.
---
month: August
day: 1
---
Second day.
---
d: Wed 2
---
---
d: 2
---
Again.
---
y: 2018
m: 3
d: Fr 9
---
Later.
"""


def write(tmp_path: Path, text: str, name: str = "journal.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_days_carry_what_they_do_not_say(tmp_path: Path) -> None:
    found = gather(write(tmp_path, JOURNAL))
    assert [(draft.date, draft.order) for draft in found.drafts] == [
        (date(2017, 7, 31), None),
        (date(2017, 8, 1), None),
        (date(2017, 8, 2), 1),
        (date(2017, 8, 2), 2),
        (date(2018, 3, 9), None),
    ]
    assert found.drafts[0].body == "First *day*.\n\n---\n\nA rule, and no header, is above."
    assert [draft.origin.line for draft in found.drafts][:2] == [6, 15]
    assert len({draft.source for draft in found.drafts}) == 5
    assert not found.warnings


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("date: 2017-07-19", date(2017, 7, 19)),
        ("year: 2017\nmonth: 7\nday: Wed 19", date(2017, 7, 19)),
        ("year: 2017\nmonth: juillet\nday: mer. 19", date(2017, 7, 19)),
        ("y: 2017\nj: 200", date(2017, 7, 19)),
        ("year: 2017\nweek: 29", date(2017, 7, 17)),
    ],
)
def test_ways_to_say_a_day(tmp_path: Path, head: str, day: date) -> None:
    path = write(tmp_path, f"---\n{head}\n---\nText.\n---\ndate: 2018-01-01\n---\nMore.\n")
    assert recognises(path)
    assert gather(path).drafts[0].date == day


def test_the_file_name_may_say_year_and_month(tmp_path: Path) -> None:
    found = gather(write(tmp_path, "---\nday: 5\n---\nText.\n", "2016-10-oktoberfest.txt"))
    assert found.drafts[0].date == date(2016, 10, 5)


def test_a_wrong_weekday_is_said(tmp_path: Path) -> None:
    found = gather(write(tmp_path, "---\nyear: 2017\nmonth: July\nday: Mon 19\n---\nText.\n"))
    assert [(notice.line, notice.message) for notice in found.warnings] == [(1, "2017-07-19 was a Wednesday")]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("day: 5", "no whole date"),
        ("year: 2017\nmonth: 2\nday: 30", "no such day"),
        ("date: soon", "no whole date"),
    ],
)
def test_a_day_that_cannot_be_known_is_refused(tmp_path: Path, head: str, message: str) -> None:
    with pytest.raises(BookError, match=message) as caught:
        gather(write(tmp_path, f"\n---\n{head}\n---\nText.\n"))
    assert caught.value.notices[0].line == 2


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\ndate: 2017-01-01\n---\nText.\n",
        "---\ndate: 2017-01-01\n---\nOne post.\n",
        "Text.\n",
        "\0",
        "",
    ],
)
def test_other_files_are_not_journals(tmp_path: Path, text: str) -> None:
    assert not recognises(write(tmp_path, text))


def test_the_sample(shared: Callable[[str], Path]) -> None:
    path = shared("corpora/plaintext/journaltxt/samples/Vienna.txt")
    assert kind_of(path) == "journal"
    found = gather(path)
    assert [draft.date for draft in found.drafts] == [date(2017, 7, day) for day in (17, 18, 19)]
    text = path.read_text(encoding="utf-8")
    assert all(draft.body in text for draft in found.drafts)
    assert sum(draft.body.count("\n") + 1 for draft in found.drafts) >= 60
